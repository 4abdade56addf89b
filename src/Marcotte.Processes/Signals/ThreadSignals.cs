using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Processes.Table;

namespace Marcotte.Processes;

/// <summary>The signals of one thread. Guarded by the tree's gate; frames and what is taken are its own thread's alone.</summary>
internal sealed class ThreadSignals(Member member, GuestThread thread)
{
    private readonly Stack<SignalInfo> _frames = new();

    internal Member Member => member;

    internal GuestThread Thread => thread;

    internal SignalSet Mask { get; set; }

    /// <summary>What it waits to take instead of having it handled.</summary>
    internal SignalSet Taking { get; set; }

    internal PendingSignals Pending { get; set; } = new();

    /// <summary>Whether it waits for its process to go on.</summary>
    internal bool IsStopped { get; set; }

    /// <summary>The thread alone waits here.</summary>
    internal WaitQueue Own { get; } = new();

    /// <summary>The signals whose handlers run, the innermost one on top.</summary>
    internal Stack<SignalInfo> Frames => _frames;

    internal SignalSet AllPending => Pending.Set | member.Signals.Pending.Set;

    internal static ThreadSignals? Of(GuestThread thread) => thread.SignalState as ThreadSignals;

    /// <summary>Whether a signal that is sent now would reach it.</summary>
    internal bool Wants(Signal signal) => !Mask.Contains(signal) || Taking.Contains(signal);
}
