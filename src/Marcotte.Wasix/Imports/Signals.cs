using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Signals: <c>callback_signal</c>, <c>thread_signal</c>, <c>proc_signal</c>, <c>proc_raise_interval</c>, <c>proc_signals_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Signals
{
    private const int NameBytes = 256;

    /// <summary>callback_signal: names the export that is called for signals. While there is none of the name, signals wait.</summary>
    /// <remarks>
    /// WASIX' libc runs default actions itself and tells the host of no handler, so from now on all signals go to it that are not ignored. A guest that
    /// makes Marcotte's call tells the host what each signal does, and that is not touched: see <see cref="SignalHandling"/>.
    /// </remarks>
    /// <exception cref="UnansweredCallException">The name lies outside of memory.</exception>
    [HostImport(WasixModules.Core, "callback_signal", Needs = typeof(SignalTable))]
    internal static void CallbackSignal(GuestThread thread, GuestMemory memory, GuestText callback)
    {
        Errno errno = memory.ReadText(callback, NameBytes, out ReadOnlySpan<byte> name);
        if (errno != Errno.Success)
        {
            throw new UnansweredCallException($"callback_signal was given a name that cannot be read: {errno.ToName()}.");
        }

        if (thread.Execution is GuestExecution execution)
        {
            execution.SignalExport = name.ToArray();
            SignalHandling.HandToGuest(thread.Process);

            // What came while there was none to call is seen to now.
            if (!ReferenceEquals(thread.Kernel.Signals, SignalTable.None))
            {
                thread.Interrupt();
                thread.SeeToSignals();
            }
        }
    }

    /// <summary>thread_signal: sends a signal to a thread of the process (pthread_kill).</summary>
    /// <returns><see cref="Errno.Srch"/>, <see cref="Errno.Inval"/>.</returns>
    [HostImport(WasixModules.Core, "thread_signal", Needs = typeof(SignalTable))]
    internal static Errno ThreadSignal(GuestThread thread, int tid, uint signal) =>
        SignalHandling.Check(signal, out Signal sent) is not Errno.Success and var errno
            ? errno
            : thread.Kernel.Signals.SendToThread(thread, tid, sent);

    /// <summary>proc_signal: sends a signal to processes (kill).</summary>
    /// <returns><see cref="Errno.Srch"/>, <see cref="Errno.Perm"/>, <see cref="Errno.Inval"/>.</returns>
    [HostImport(WasixModules.Core, "proc_signal", Needs = typeof(SignalTable))]
    internal static Errno ProcSignal(GuestThread thread, int pid, uint signal) =>
        SignalHandling.Check(signal, out Signal sent) is not Errno.Success and var errno
            ? errno
            : thread.Kernel.Signals.Send(thread, pid, sent);

    /// <summary>proc_raise_interval: raises a signal after a while, once or again and again (setitimer).</summary>
    /// <returns><see cref="Errno.Inval"/> for no signal, <see cref="Errno.NotSup"/> for one that no timer raises.</returns>
    [HostImport(WasixModules.Core, "proc_raise_interval", Needs = typeof(SignalTable), Support = SupportLevel.Partial, Note = "SIGALRM, SIGVTALRM and SIGPROF; ENOTSUP for others.")]
    internal static Errno ProcRaiseInterval(GuestThread thread, uint sig, ulong interval, uint repeat)
    {
        Errno errno = SignalHandling.Check(sig, out Signal signal);
        if (errno != Errno.Success || interval > long.MaxValue)
        {
            return Errno.Inval;
        }

        IntervalTimer? timer = signal switch
        {
            Signal.Alarm => IntervalTimer.Real,
            Signal.VirtualAlarm => IntervalTimer.Virtual,
            Signal.Profile => IntervalTimer.Profile,
            _ => null,
        };
        return timer is { } which
            ? thread.Kernel.Signals.SetTimer(thread.Process, which, new TimerSetting((long)interval, repeat != 0 ? (long)interval : 0))
            : Errno.NotSup;
    }

    /// <summary>proc_signals_sizes_get: how many dispositions there are to take over.</summary>
    /// <returns><see cref="Errno.Fault"/>.</returns>
    [HostImport(WasixModules.Core, "proc_signals_sizes_get")]
    internal static Errno ProcSignalsSizesGet(GuestThread thread, GuestMemory memory, GuestOut<uint> size) =>
        memory.TryWrite(size, SignalHandling.CountIgnored(thread.Process)) ? Errno.Success : Errno.Fault;

    /// <summary>proc_signals_get: signals that the program was started with and that do not do their default.</summary>
    /// <returns><see cref="Errno.Fault"/>.</returns>
    [HostImport(WasixModules.Core, "proc_signals_get")]
    internal static Errno ProcSignalsGet(GuestThread thread, GuestMemory memory, GuestOut<SignalDisposition> buf)
    {
        uint address = buf.Address;
        foreach (Signal signal in SignalHandling.Ignored(thread.Process))
        {
            if (!memory.TryWrite(new GuestOut<SignalDisposition>(address), new SignalDisposition { Signal = (byte)signal, Disposition = 1 }))
            {
                return Errno.Fault;
            }

            address += 2;
        }

        return Errno.Success;
    }
}
