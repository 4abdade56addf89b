using Marcotte.Core;
using Marcotte.Processes.Table;

namespace Marcotte.Processes;

/// <content>How signals come to be pending.</content>
internal sealed partial class BoxSignals
{
    public override Errno Send(Process caller, int id, Signal signal, long? value = null) => Send(caller, null, id, signal, value);

    public override Errno Send(GuestThread caller, int id, Signal signal)
    {
        Errno errno = Send(caller.Process, caller, id, signal, null);
        SeeTo(caller);
        return errno;
    }

    public override Errno Queue(GuestThread caller, int id, Signal signal, long value)
    {
        Errno errno = Send(caller.Process, caller, id, signal, value);
        SeeTo(caller);
        return errno;
    }

    public override Errno SendToThread(Process caller, int id, Signal signal) => SendToThread(caller, null, id, signal);

    public override Errno SendToThread(GuestThread caller, int id, Signal signal)
    {
        Errno errno = SendToThread(caller.Process, caller, id, signal);
        SeeTo(caller);
        return errno;
    }

    public override void Raise(Process process, in SignalInfo info)
    {
        if (IsSignal(info.Signal) && Member.Of(process) is { } member)
        {
            lock (tree.Gate)
            {
                RaiseLocked(member, info);
            }
        }
    }

    public override void RaiseInGroup(int group, in SignalInfo info)
    {
        if (!IsSignal(info.Signal))
        {
            return;
        }

        lock (tree.Gate)
        {
            if (tree.Groups.TryGetValue(group, out Group? found))
            {
                RaiseInLocked(found, info);
            }
        }
    }

    internal Errno RaiseLocked(Member member, in SignalInfo info) => QueueLocked(member, null, info, null);

    internal void RaiseInLocked(Group group, in SignalInfo info)
    {
        foreach (Member member in group.Members)
        {
            RaiseLocked(member, info);
        }
    }

    /// <summary>Tells a parent of a child, by SIGCHLD; waits were told already.</summary>
    internal void RaiseChildLocked(Member parent, Member child, WaitStatus status)
    {
        SignalAction action = parent.Signals[Signal.Child];
        bool stops = status.State is ChildState.Stopped or ChildState.Continued;
        if (action.Disposition == Disposition.Ignore || (stops && (action.Flags & SignalFlags.NoChildStop) != 0))
        {
            return;
        }

        SignalCause cause = status.State switch
        {
            ChildState.Exited => SignalCause.ChildExited,
            ChildState.Signaled => SignalCause.ChildKilled,
            ChildState.Stopped => SignalCause.ChildStopped,
            _ => SignalCause.ChildContinued,
        };
        long value = status.State == ChildState.Exited ? status.Code : (long)status.Signal;
        RaiseLocked(parent, new SignalInfo(Signal.Child, cause, child.Id, child.Process.Credentials.RealUserId, value));
    }

    private Errno Send(Process caller, GuestThread? calling, int id, Signal signal, long? value)
    {
        if (signal > Signal.Last)
        {
            return Errno.Inval;
        }

        SignalInfo info = new(signal, value is null ? SignalCause.User : SignalCause.Queue, caller.Id, caller.Credentials.RealUserId, value ?? 0);
        lock (tree.Gate)
        {
            if (id > 0)
            {
                return tree.Members.TryGetValue(id, out Member? member) ? SendLocked(caller, calling, member, info) : Errno.Srch;
            }

            if (id == -1)
            {
                return SendAllLocked(caller, calling, info, tree.Members.Values.Where(member => member.Id != caller.Id && !ReferenceEquals(member, tree.First)));
            }

            int group = id == 0 ? Member.Of(caller)?.Group.Id ?? 0 : id == int.MinValue ? 0 : -id;
            return tree.Groups.TryGetValue(group, out Group? found) ? SendAllLocked(caller, calling, info, found.Members) : Errno.Srch;
        }
    }

    private Errno SendAllLocked(Process caller, GuestThread? calling, in SignalInfo info, IEnumerable<Member> members)
    {
        // One that gets it is enough for success; who gets nothing is told why.
        Errno errno = Errno.Srch;
        bool sent = false;
        foreach (Member member in members)
        {
            Errno one = SendLocked(caller, calling, member, info);
            sent |= one == Errno.Success;
            errno = one;
        }

        return sent ? Errno.Success : errno;
    }

    private Errno SendLocked(Process caller, GuestThread? calling, Member member, in SignalInfo info)
    {
        bool may = CredentialRules.MaySignal(caller.Credentials, member.Process.Credentials)
            || (info.Signal == Signal.Continue && Member.Of(caller) is { } from && ReferenceEquals(from.Session, member.Session));
        return !may ? Errno.Perm : info.Signal == Signal.None ? Errno.Success : QueueLocked(member, null, info, calling);
    }

    private Errno SendToThread(Process caller, GuestThread? calling, int id, Signal signal)
    {
        if (signal > Signal.Last || id <= 0)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            foreach (GuestThread thread in caller.Threads)
            {
                if (thread.Id == id && ThreadSignals.Of(thread) is { } state)
                {
                    SignalInfo info = new(signal, SignalCause.Thread, caller.Id, caller.Credentials.RealUserId);
                    return signal == Signal.None ? Errno.Success : QueueLocked(state.Member, state, info, calling);
                }
            }
        }

        return Errno.Srch;
    }

    private void SeeTo(GuestThread caller)
    {
        if (caller.IsInterrupted || caller.IsKilled)
        {
            AttendNow(caller);
        }
    }

    /// <summary>Makes a signal pending, and has a thread see to it; or does at once what needs no thread.</summary>
    /// <remarks>It is for one thread only, or for any; the calling one will look by itself.</remarks>
    private Errno QueueLocked(Member member, ThreadSignals? only, in SignalInfo info, GuestThread? calling)
    {
        if (!member.IsAlive)
        {
            return Errno.Success;
        }

        Signal signal = info.Signal;
        if (signal == Signal.Continue && !IsShielded(member, info))
        {
            DiscardLocked(member, DefaultActions.Stops);
            ContinueLocked(member);
        }
        else if (DefaultActions.Stops.Contains(signal))
        {
            DiscardLocked(member, SignalSet.Of(Signal.Continue));
        }

        if (IsDroppedLocked(member, only, info))
        {
            return Errno.Success;
        }

        ThreadSignals? target = only is null ? ChooseLocked(member, signal) : only.Wants(signal) ? only : null;
        bool reaches = target is not null || (member.Process.Threads.IsEmpty && !member.Signals.InitialMask.Contains(signal));
        bool ends = DefaultActions.Ends(signal) && member.Signals[signal].Disposition == Disposition.Default;
        bool isRunning = member.Signals.Stop == StopState.Running && !(target?.Taking.Contains(signal) ?? false);
        if (signal == Signal.Kill || (ends && reaches && isRunning))
        {
            member.Process.End(new SignaledEnd(signal));
            return Errno.Success;
        }

        long limit = Math.Min(tree.Kernel.Limits.PendingSignals, (long)Math.Min(long.MaxValue, tree.BoundLocked(member, Resource.PendingSignals).Current));
        if (!(only?.Pending ?? member.Signals.Pending).TryAdd(info, limit))
        {
            return Errno.Again;
        }

        member.Signals.Arrivals.Wake();
        if (target is not null)
        {
            Notify(target, calling);
        }

        return Errno.Success;
    }

    /// <summary>Whether a signal would do nothing, now or later, and so is forgotten.</summary>
    private bool IsDroppedLocked(Member member, ThreadSignals? only, in SignalInfo info)
    {
        SignalAction action = member.Signals[info.Signal];
        bool ignored = action.Disposition switch
        {
            Disposition.Ignore => true,
            Disposition.Default => DefaultActions.Nothing.Contains(info.Signal) || IsShielded(member, info),
            _ => false,
        };
        if (!ignored)
        {
            return false;
        }

        // Who blocks it may do something else about it before it looks.
        if (only is not null)
        {
            return !IsKept(only, info.Signal);
        }

        foreach (GuestThread thread in member.Process.Threads)
        {
            if (ThreadSignals.Of(thread) is { } state && IsKept(state, info.Signal))
            {
                return false;
            }
        }

        return !member.Process.Threads.IsEmpty || !member.Signals.InitialMask.Contains(info.Signal);
    }

    private static bool IsKept(ThreadSignals state, Signal signal) => state.Mask.Contains(signal) || state.Taking.Contains(signal);

    /// <summary>The first process keeps the box together: others in the box do to it only what it has a handler for (kill(2)). Number 0 is the host.</summary>
    private bool IsShielded(Member member, in SignalInfo info) =>
        tree.ShieldsFirst && ReferenceEquals(member, tree.First)
        && info.Cause is SignalCause.User or SignalCause.Queue or SignalCause.Thread && info.ProcessId != 0 && info.ProcessId != member.Id
        && member.Signals[info.Signal].Disposition == Disposition.Default;

    private static ThreadSignals? ChooseLocked(Member member, Signal signal)
    {
        foreach (GuestThread thread in member.Process.Threads)
        {
            if (ThreadSignals.Of(thread) is { } state && state.Wants(signal))
            {
                return state;
            }
        }

        return null;
    }

    /// <summary>Has a thread look. Who waits is woken; who computes looks at the next epoch.</summary>
    private void Notify(ThreadSignals state, GuestThread? calling)
    {
        // Once interrupted it will look; whoever interrupted it first has seen to the epoch.
        bool first = !state.Thread.IsInterrupted;
        state.Thread.Interrupt();
        if (first && !ReferenceEquals(state.Thread, calling))
        {
            tree.Kernel.Interrupt();
        }
    }

    /// <summary>What is pending for a process goes to threads that can have it, now that another cannot.</summary>
    private void RetargetLocked(Member member)
    {
        if (member.Signals.Pending.Set.IsEmpty)
        {
            return;
        }

        foreach (GuestThread thread in member.Process.Threads)
        {
            if (ThreadSignals.Of(thread) is { } state && !(member.Signals.Pending.Set - state.Mask).IsEmpty)
            {
                Notify(state, null);
            }
        }
    }

    private static void DiscardLocked(Member member, SignalSet set)
    {
        member.Signals.Pending.Remove(set);
        foreach (GuestThread thread in member.Process.Threads)
        {
            ThreadSignals.Of(thread)?.Pending.Remove(set);
        }
    }
}
