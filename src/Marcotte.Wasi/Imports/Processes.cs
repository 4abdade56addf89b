using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>The process itself: <c>proc_*</c> and <c>sched_yield</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Processes
{
    /// <summary>proc_exit: ends the process; does not return.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="rval">The exit code, all 32 bits.</param>
    [HostImport(WasiModules.Preview1, "proc_exit")]
    [HostImport(WasiModules.Unstable, "proc_exit")]
    internal static void ProcExit(GuestThread thread, uint rval)
    {
        thread.Unwinding = new ProcessExitException(rval);
    }

    /// <summary>proc_raise: sends the process a signal.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="sig">The signal.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for no signal of the specification, else <see cref="Errno.NotSup"/>: preview 1 has no way
    /// to handle a signal, and a libc raises in itself.
    /// </returns>
    [HostImport(WasiModules.Preview1, "proc_raise", Support = SupportLevel.Refused, Note = "Preview 1 guests cannot handle signals: ENOTSUP.")]
    [HostImport(WasiModules.Unstable, "proc_raise", Support = SupportLevel.Refused, Note = "Preview 1 guests cannot handle signals: ENOTSUP.")]
    internal static Errno ProcRaise(GuestThread thread, Signal sig)
    {
        _ = thread;
        return sig > Signal.Sys ? Errno.Inval : Errno.NotSup;
    }

    /// <summary>sched_yield: lets others run.</summary>
    /// <param name="thread">Who calls.</param>
    /// <returns>Always success.</returns>
    /// <remarks>A preview 1 process has one thread, and threads of other processes are the host's to schedule.</remarks>
    [HostImport(WasiModules.Preview1, "sched_yield")]
    [HostImport(WasiModules.Unstable, "sched_yield")]
    internal static Errno SchedYield(GuestThread thread)
    {
        _ = thread;
        return Errno.Success;
    }
}
