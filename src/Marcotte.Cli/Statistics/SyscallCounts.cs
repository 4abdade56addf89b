using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Cli;

/// <summary>Counts host calls by name, as strace -c does.</summary>
internal sealed class SyscallCounts : SyscallObserver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Syscall, Count> _counts = new(ReferenceEqualityComparer.Instance);

    public override void Completed(in SyscallEvent call)
    {
        lock (_lock)
        {
            ref Count count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, call.Syscall, out _);
            count.Calls++;
            count.Errors += call.Errno == Errno.Success ? 0 : 1;
            count.Elapsed += call.Elapsed;
        }
    }

    /// <summary>What was counted, what took longest first.</summary>
    internal IReadOnlyList<(string Name, Count Count)> ToList()
    {
        lock (_lock)
        {
            return [.. _counts.OrderByDescending(pair => pair.Value.Elapsed).Select(pair => (pair.Key.Name, pair.Value))];
        }
    }

    /// <summary>Calls of one name.</summary>
    internal struct Count
    {
        internal long Calls;
        internal long Errors;
        internal TimeSpan Elapsed;
    }
}
