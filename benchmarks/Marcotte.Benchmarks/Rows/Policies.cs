using Marcotte.Core;

namespace Marcotte.Benchmarks.Rows;

/// <summary>What looks at the calls of a row.</summary>
internal static class Policies
{
    /// <summary>A policy with rules on other calls, so that each call is looked up and allowed.</summary>
    /// <param name="builder">Makes the box.</param>
    internal static void AllowAll(BoxBuilder builder) => builder.WithPolicy(policy => policy
        .Deny("sock_*")
        .Deny("proc_raise", Errno.NoSys)
        .Observe("path_open")
        .DenyDescriptors(DescriptorMatch.OfType(FileType.StreamSocket)));

    /// <summary>A policy that denies the row's call, which nobody is told of.</summary>
    /// <param name="builder">Makes the box.</param>
    internal static void DenyYield(BoxBuilder builder) => builder.WithPolicy(policy => policy.Deny("sched_yield"));

    /// <summary>A trace that does nothing with what it is told.</summary>
    /// <param name="builder">Makes the box.</param>
    internal static void TraceNothing(BoxBuilder builder) => builder.WithObserver(new NoTrace());

    private sealed class NoTrace : SyscallObserver
    {
        public override void Completed(in SyscallEvent call)
        {
        }
    }
}
