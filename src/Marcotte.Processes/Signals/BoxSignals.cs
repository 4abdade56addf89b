using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Processes.Table;

namespace Marcotte.Processes;

/// <summary>The signals of one box. All state is guarded by the tree's gate; handlers and waits run without it.</summary>
internal sealed partial class BoxSignals(ProcessTree tree) : SignalTable
{
    public override Errno GetAction(Process process, Signal signal, out SignalAction action)
    {
        action = default;
        if (!IsSignal(signal) || Member.Of(process) is not { } member)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            action = member.Signals[signal];
        }

        return Errno.Success;
    }

    public override Errno SetAction(Process process, Signal signal, in SignalAction action)
    {
        if (!IsSignal(signal) || signal is Signal.Kill or Signal.Stop || action.Disposition > Disposition.Handle || Member.Of(process) is not { } member)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            member.Signals.Set(signal, action with { Mask = action.Mask & SignalSet.Blockable });
            if (action.Disposition == Disposition.Ignore || (action.Disposition == Disposition.Default && DefaultActions.Nothing.Contains(signal)))
            {
                DiscardLocked(member, SignalSet.Of(signal));
            }

            member.Signals.Timers?.ActionChangedLocked(signal);
        }

        return Errno.Success;
    }

    public override SignalSet Mask(GuestThread thread) => ThreadSignals.Of(thread)?.Mask ?? SignalSet.Empty;

    public override Errno ChangeMask(GuestThread thread, MaskChange change, SignalSet set)
    {
        if (ThreadSignals.Of(thread) is not { } state)
        {
            return Errno.NoSys;
        }

        SignalSet mask;
        switch (change)
        {
            case MaskChange.Block:
                mask = state.Mask | set;
                break;
            case MaskChange.Unblock:
                mask = state.Mask - set;
                break;
            case MaskChange.Set:
                mask = set;
                break;
            default:
                return Errno.Inval;
        }

        bool comes;
        lock (tree.Gate)
        {
            comes = BlockLocked(state, mask);
        }

        if (comes)
        {
            AttendNow(thread);
        }

        return Errno.Success;
    }

    public override SignalSet ExchangeMask(GuestThread thread, SignalSet mask)
    {
        if (ThreadSignals.Of(thread) is not { } state)
        {
            return SignalSet.Empty;
        }

        lock (tree.Gate)
        {
            SignalSet previous = state.Mask;
            if (BlockLocked(state, mask))
            {
                thread.Interrupt();
            }

            return previous;
        }
    }

    public override SignalSet Pending(GuestThread thread)
    {
        if (ThreadSignals.Of(thread) is not { } state)
        {
            return SignalSet.Empty;
        }

        lock (tree.Gate)
        {
            return state.AllPending & state.Mask;
        }
    }

    public override SignalSet Pending(Process process)
    {
        if (Member.Of(process) is not { } member)
        {
            return SignalSet.Empty;
        }

        lock (tree.Gate)
        {
            return member.Signals.Pending.Set | (OnlyThread(process)?.Pending.Set ?? SignalSet.Empty);
        }
    }

    public override WaitQueue? Arrivals(Process process) => Member.Of(process)?.Signals.Arrivals;

    public override Errno TakePending(Process process, SignalSet set, out SignalInfo info)
    {
        info = default;
        if (Member.Of(process) is not { } member)
        {
            return Errno.Again;
        }

        lock (tree.Gate)
        {
            set &= SignalSet.Blockable;
            bool taken = (OnlyThread(process) is { } only && TakeLocked(member, only.Pending, set, out info))
                || TakeLocked(member, member.Signals.Pending, set, out info);
            return taken ? Errno.Success : Errno.Again;
        }
    }

    public override Errno Suspend(GuestThread thread, SignalSet mask)
    {
        if (ThreadSignals.Of(thread) is not { } state)
        {
            return thread.Waiter.WaitUntil(new WaitQueue(), 0, static _ => false, Deadline.Never);
        }

        bool never = thread.NeverRestarts;
        thread.NeverRestarts = true;
        SignalSet previous = ExchangeMask(thread, mask);
        Errno errno = thread.Waiter.WaitUntil(state.Own, 0, static _ => false, Deadline.Never);

        // A handler that left by a jump leaves the mask as it is, so this is not for a finally.
        thread.NeverRestarts = never;
        ExchangeMask(thread, previous);
        return errno;
    }

    public override Errno Take(GuestThread thread, SignalSet set, Deadline deadline, out SignalInfo info)
    {
        info = default;
        if (ThreadSignals.Of(thread) is not { } state)
        {
            return Errno.NoSys;
        }

        bool never = thread.NeverRestarts;
        try
        {
            thread.NeverRestarts = true;
            SetTaking(state, set & SignalSet.Blockable);
            for (;;)
            {
                Errno errno = thread.Waiter.WaitUntil(state.Own, state, static state => !(state.AllPending & state.Taking).IsEmpty, deadline);
                lock (tree.Gate)
                {
                    if (TakeLocked(state.Member, state.Pending, state.Taking, out info) || TakeLocked(state.Member, state.Member.Signals.Pending, state.Taking, out info))
                    {
                        return Errno.Success;
                    }
                }

                if (errno != Errno.Success)
                {
                    return errno;
                }
            }
        }
        finally
        {
            thread.NeverRestarts = never;
            SetTaking(state, SignalSet.Empty);
        }
    }

    public override SignalInfo Current(GuestThread thread) =>
        ThreadSignals.Of(thread) is { Frames: { Count: > 0 } frames } ? frames.Peek() : default;

    private static bool IsSignal(Signal signal) => signal is > Signal.None and <= Signal.Last;

    private void SetTaking(ThreadSignals state, SignalSet set)
    {
        lock (tree.Gate)
        {
            state.Taking = set;
            if (set.IsEmpty && !(state.AllPending - state.Mask).IsEmpty)
            {
                state.Thread.Interrupt();
            }
        }
    }

    /// <summary>Changes a mask; what other threads can have instead goes to them.</summary>
    /// <returns>Whether something is for this thread now.</returns>
    private bool BlockLocked(ThreadSignals state, SignalSet mask)
    {
        SignalSet blocked = (mask & SignalSet.Blockable) - state.Mask;
        state.Mask = mask & SignalSet.Blockable;
        if (!(blocked & state.Member.Signals.Pending.Set).IsEmpty)
        {
            RetargetLocked(state.Member);
        }

        return !(state.AllPending - state.Mask - state.Taking).IsEmpty;
    }

    /// <summary>The thread of a process that has no other, so that what is its own is also its process's.</summary>
    private static ThreadSignals? OnlyThread(Process process)
    {
        GuestThread? only = null;
        foreach (GuestThread thread in process.Threads)
        {
            if (only is not null)
            {
                return null;
            }

            only = thread;
        }

        return only is null ? null : ThreadSignals.Of(only);
    }

    private static bool TakeLocked(Member member, PendingSignals pending, SignalSet among, out SignalInfo info)
    {
        if (!pending.TryTake(among, out info))
        {
            return false;
        }

        if (member.Signals.Timers is { } timers)
        {
            info = timers.TakenLocked(info);
        }

        return true;
    }

    /// <summary>Sees to what has come for the calling thread, and tells nobody whether that interrupts anything.</summary>
    private void AttendNow(GuestThread thread)
    {
        thread.TakeInterrupt();
        Attend(thread);
    }
}
