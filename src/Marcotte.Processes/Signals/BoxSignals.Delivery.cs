using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Processes.Table;

namespace Marcotte.Processes;

/// <content>What threads do about signals that have come for them.</content>
internal sealed partial class BoxSignals
{
    private enum Step
    {
        Done,
        Stop,
        Handle,
        Again,
    }

    public override Errno Attend(GuestThread thread)
    {
        thread.ThrowIfKilled();
        if (ThreadSignals.Of(thread) is not { } state)
        {
            return Errno.Intr;
        }

        // It waits to go on, further out, and looks again then.
        if (state.IsStopped)
        {
            return Errno.Success;
        }

        bool acted = false;
        bool interrupts = false;
        try
        {
            for (;;)
            {
                Frame frame = default;
                Step step;
                lock (tree.Gate)
                {
                    step = NextLocked(state, ref frame);
                }

                if (step == Step.Done)
                {
                    return interrupts ? Errno.Intr : Errno.Success;
                }

                acted |= step != Step.Again;
                if (step == Step.Stop)
                {
                    WaitStopped(state);
                }
                else if (step == Step.Handle)
                {
                    interrupts |= thread.NeverRestarts || (frame.Flags & SignalFlags.Restart) == 0;
                    RunHandler(state, frame);
                }

                thread.ThrowIfKilled();
            }
        }
        finally
        {
            if (acted)
            {
                // What woke the wait further out may have been taken for this one's.
                thread.Waiter.Signal();
            }
        }
    }

    public override void Joined(GuestThread thread)
    {
        if (Member.Of(thread.Process) is not { } member)
        {
            return;
        }

        lock (tree.Gate)
        {
            JoinLocked(member, thread);
        }
    }

    public override void Left(GuestThread thread)
    {
        if (ThreadSignals.Of(thread) is not { } state)
        {
            return;
        }

        lock (tree.Gate)
        {
            tree.LeftLocked(state.Member, thread);
            RetargetLocked(state.Member);
            CompleteStopLocked(state.Member);
        }
    }

    internal void JoinLocked(Member member, GuestThread thread)
    {
        ThreadSignals state = new(member, thread) { Mask = member.Signals.InitialMask };
        if (member.Signals.Inherited is { } inherited)
        {
            state.Pending = inherited;
            member.Signals.Inherited = null;
        }

        thread.SignalState = state;
        tree.JoinedLocked(member, thread);
        if (member.Signals.Stop != StopState.Running || !(state.AllPending - state.Mask).IsEmpty)
        {
            thread.Interrupt();
        }
    }

    /// <summary>Takes the next signal that has come for a thread, and does what takes no time.</summary>
    private Step NextLocked(ThreadSignals state, ref Frame frame)
    {
        Member member = state.Member;
        if (member.Signals.Stop != StopState.Running)
        {
            return Step.Stop;
        }

        SignalSet wanted = state.AllPending - state.Mask - state.Taking;
        if (!(state.Thread.Execution?.AcceptsSignals ?? false))
        {
            wanted -= member.Signals.Handled;
        }

        if (!TakeLocked(member, state.Pending, wanted, out SignalInfo info) && !TakeLocked(member, member.Signals.Pending, wanted, out info))
        {
            return Step.Done;
        }

        SignalAction action = member.Signals[info.Signal];
        if (action.Disposition == Disposition.Handle)
        {
            frame = EnterLocked(state, info, action);
            return Step.Handle;
        }

        if (action.Disposition == Disposition.Ignore || DefaultActions.Nothing.Contains(info.Signal) || IsShielded(member, info))
        {
            return Step.Again;
        }

        if (DefaultActions.Ends(info.Signal))
        {
            member.Process.End(new SignaledEnd(info.Signal), state.Thread);
            return Step.Again;
        }

        // Nobody would let an orphaned group go on; SIGSTOP does not ask.
        if (info.Signal != Signal.Stop && member.Group.IsOrphanedWithout(null))
        {
            return Step.Again;
        }

        BeginStopLocked(state, info.Signal);
        return Step.Stop;
    }

    private Frame EnterLocked(ThreadSignals state, in SignalInfo info, in SignalAction action)
    {
        Frame frame = new(info, action.Flags, state.Mask);
        SignalSet own = (action.Flags & SignalFlags.NoDefer) == 0 ? SignalSet.Of(info.Signal) : SignalSet.Empty;
        BlockLocked(state, state.Mask | action.Mask | own);
        if ((action.Flags & SignalFlags.ResetHandler) != 0)
        {
            state.Member.Signals.Set(info.Signal, action with { Disposition = Disposition.Default });
        }

        return frame;
    }

    private void RunHandler(ThreadSignals state, in Frame frame)
    {
        GuestThread thread = state.Thread;
        bool never = thread.NeverRestarts;
        SignalSet taking = state.Taking;
        thread.NeverRestarts = false;
        state.Taking = SignalSet.Empty;
        state.Frames.Push(frame.Info);
        tree.Kernel.ProcessObserver?.Handling(thread.Process, frame.Info.Signal);
        try
        {
            thread.Execution!.Deliver(frame.Info.Signal);
        }
        finally
        {
            // Whoever leaves by an exception leaves all frames that it passes; the mask then stays as it is.
            state.Frames.Pop();
        }

        lock (tree.Gate)
        {
            thread.NeverRestarts = never;
            state.Taking = taking;
            BlockLocked(state, frame.Mask);
        }
    }

    private void BeginStopLocked(ThreadSignals state, Signal signal)
    {
        Member member = state.Member;
        member.Signals.StopSignal = signal;
        member.Signals.Stop = StopState.Stopping;
        foreach (GuestThread thread in member.Process.Threads)
        {
            if (!ReferenceEquals(thread, state.Thread) && ThreadSignals.Of(thread) is { IsStopped: false } other)
            {
                Notify(other, null);
            }
        }
    }

    private void WaitStopped(ThreadSignals state)
    {
        Member member = state.Member;
        lock (tree.Gate)
        {
            state.IsStopped = true;
            CompleteStopLocked(member);
        }

        try
        {
            state.Thread.Waiter.WaitUntil(member.Signals.StopQueue, member, static member => member.Signals.Stop == StopState.Running, Deadline.Never);
        }
        finally
        {
            lock (tree.Gate)
            {
                state.IsStopped = false;
            }
        }
    }

    /// <summary>The last thread to stop tells the parent.</summary>
    private void CompleteStopLocked(Member member)
    {
        if (member.Signals.Stop != StopState.Stopping || member.Process.Threads.IsEmpty)
        {
            return;
        }

        foreach (GuestThread thread in member.Process.Threads)
        {
            if (ThreadSignals.Of(thread) is { IsStopped: false })
            {
                return;
            }
        }

        member.Signals.Stop = StopState.Stopped;
        tree.ReportLocked(member, WaitStatus.Stopped(member.Signals.StopSignal));
    }

    private void ContinueLocked(Member member)
    {
        StopState was = member.Signals.Stop;
        if (was == StopState.Running)
        {
            return;
        }

        member.Signals.Stop = StopState.Running;
        member.Signals.StopQueue.Wake();
        if (was == StopState.Stopped)
        {
            tree.ReportLocked(member, WaitStatus.Continued);
        }
    }

    /// <summary>A handler that runs, and the mask to come back to.</summary>
    private readonly record struct Frame(SignalInfo Info, SignalFlags Flags, SignalSet Mask);
}
