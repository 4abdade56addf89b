using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>
/// Who knows what signals do: WASIX' libc keeps that to itself, so the host hands it all of them; a guest that makes Marcotte's call tells the host, which
/// then runs default actions itself. Which of the two a program is shows with its first such call.
/// </summary>
internal sealed class SignalHandling
{
    private static readonly Slot<SignalHandling> Slot = new(static handling => new SignalHandling { _exact = handling._exact, _handed = handling._handed }, isOfProgram: true);

    private volatile bool _exact;
    private SignalSet _handed;

    /// <summary>A signal's number as a guest passes it.</summary>
    internal static Errno Check(uint number, out Signal signal)
    {
        signal = (Signal)(byte)number;
        return number > (uint)Signal.Last ? Errno.Inval : Errno.Success;
    }

    /// <summary>The program's libc sees to all signals that do their default now, unless the program has said that it tells each.</summary>
    internal static void HandToGuest(Process process)
    {
        SignalHandling handling = Of(process);
        SignalTable signals = process.Kernel.Signals;
        if (handling._exact)
        {
            return;
        }

        for (Signal signal = Signal.HangUp; signal <= Signal.Last; signal++)
        {
            if (signals.GetAction(process, signal, out SignalAction action) == Errno.Success
                && action.Disposition == Disposition.Default
                && signals.SetAction(process, signal, new SignalAction(Disposition.Handle, FlagsOf(signal))) == Errno.Success)
            {
                handling._handed |= SignalSet.Of(signal);
            }
        }
    }

    /// <summary>The program has made Marcotte's call: what was handed to it does its default again, and nothing is handed to it any more.</summary>
    internal static void BeExact(Process process)
    {
        SignalHandling handling = Of(process);
        if (handling._exact)
        {
            return;
        }

        handling._exact = true;
        for (SignalSet rest = handling._handed; !rest.IsEmpty; rest -= SignalSet.Of(rest.First))
        {
            process.Kernel.Signals.SetAction(process, rest.First, default);
        }

        handling._handed = SignalSet.Empty;
    }

    /// <summary>Signals that a process ignores.</summary>
    internal static IEnumerable<Signal> Ignored(Process process)
    {
        for (Signal signal = Signal.HangUp; signal <= Signal.Last; signal++)
        {
            if (process.Kernel.Signals.GetAction(process, signal, out SignalAction action) == Errno.Success && action.Disposition == Disposition.Ignore)
            {
                yield return signal;
            }
        }
    }

    internal static uint CountIgnored(Process process) => (uint)Ignored(process).Count();

    /// <summary>Whether the libc has a handler is not known: what does nothing by default should not end waits of a guest that has none.</summary>
    private static SignalFlags FlagsOf(Signal signal) =>
        signal is Signal.Child or Signal.Continue or Signal.Urgent or Signal.Window ? SignalFlags.Restart : SignalFlags.None;

    private static SignalHandling Of(Process process)
    {
        if (process.Slots.Get(Slot) is { } known)
        {
            return known;
        }

        SignalHandling made = new();
        process.Slots.Set(Slot, made);
        return made;
    }
}
