using Marcotte.Core;

namespace Marcotte.Processes.Table;

/// <summary>Who there is in one box: processes by number, their parents and children, groups and sessions.</summary>
/// <remarks>
/// One gate guards all of it, signals included, since an end, a stop or a new group is one step for all whom it concerns. Under the gate
/// are taken: a process's own lock, wait queues and waiters, and the epoch's; none of these takes the gate.
/// </remarks>
internal sealed class ProcessTree
{
    private readonly Numbers _numbers;
    private readonly object _ends = new();
    private ResourceLimit[]? _bounds;

    internal ProcessTree(Kernel kernel, ProcessPlan plan)
    {
        Kernel = kernel;
        ShieldsFirst = plan.ShieldsFirst;
        MaxProcesses = Math.Min(plan.MaxProcesses, kernel.Limits.Processes);
        _numbers = new Numbers(Numbers.HighestFor(kernel.Limits.Processes, kernel.Limits.Threads));
        Signals = new BoxSignals(this);
    }

    internal Lock Gate { get; } = new();

    internal Kernel Kernel { get; }

    internal BoxSignals Signals { get; }

    /// <summary>Whether others in the box can do to the first process only what it has a handler for.</summary>
    internal bool ShieldsFirst { get; }

    internal int MaxProcesses { get; }

    internal Dictionary<int, Member> Members { get; } = [];

    internal Dictionary<int, Group> Groups { get; } = [];

    internal Member? First { get; private set; }

    /// <summary>Whether all are to end, so that none is made any more.</summary>
    internal bool IsClosing { get; set; }

    /// <summary>Threads of all processes, those included that are about to be.</summary>
    internal int Threads { get; set; }

    /// <summary>Told when the leader of a session has ended, under the gate; terminals let go of the session then.</summary>
    internal event Action<Session>? SessionEnded;

    /// <summary>Takes in the box's first process.</summary>
    internal void Adopt(Process process)
    {
        lock (Gate)
        {
            _numbers.Claim(process.Id);
            Member member = new(process, null) { HasStarted = true };
            First = member;
            Members.Add(process.Id, member);
            process.Slots.Set(Member.Slot, member);
            EnterLocked(member, NewGroupLocked(process.Id, new Session(process.Id)));
            foreach (GuestThread thread in process.Threads)
            {
                Signals.JoinLocked(member, thread);
            }
        }
    }

    internal int TakeNumberLocked() => _numbers.Take();

    internal void DropNumberLocked(int number) => _numbers.Drop(number);

    internal void AddLocked(Member member)
    {
        Members.Add(member.Id, member);
        member.Process.Slots.Set(Member.Slot, member);
        member.AmongChildren = member.Parent!.Children.AddLast(member);
        EnterLocked(member, member.Parent.Group);
    }

    internal void JoinedLocked(Member member, GuestThread thread)
    {
        if (!member.Threads.Alive.Contains(thread.Id))
        {
            Threads++;
        }

        member.Threads.Begin(thread.Id);
    }

    internal void LeftLocked(Member member, GuestThread thread)
    {
        if (!member.Threads.Alive.Contains(thread.Id))
        {
            return;
        }

        Threads--;
        member.Threads.End(thread.Id);
        if (thread.Id != member.Id)
        {
            _numbers.Drop(thread.Id);
        }
    }

    internal static void EnterLocked(Member member, Group group)
    {
        member.Group = group;
        group.Members.Add(member);
    }

    internal Group NewGroupLocked(int id, Session session)
    {
        Group group = new(id, session);
        Groups.Add(id, group);
        _numbers.Use(id);
        _numbers.Use(session.Id);
        return group;
    }

    internal void LeaveLocked(Member member)
    {
        Group group = member.Group;
        group.Members.Remove(member);
        if (group.Members.Count == 0)
        {
            Groups.Remove(group.Id);
            _numbers.Drop(group.Id);
            _numbers.Drop(group.Session.Id);
        }
    }

    internal void MoveLocked(Member member, Group group)
    {
        if (!ReferenceEquals(member.Group, group))
        {
            LeaveLocked(member);
            EnterLocked(member, group);
        }
    }

    /// <summary>Tells a parent that a child has stopped or goes on.</summary>
    internal void ReportLocked(Member member, WaitStatus status)
    {
        if (member.Parent is not { } parent)
        {
            return;
        }

        member.Changed = status;
        member.AmongReporting ??= parent.Reporting.AddLast(member);
        parent.ChildQueue.Wake();
        Signals.RaiseChildLocked(parent, member, status);
    }

    /// <summary>A process has ended: it stays until its parent has waited for it, its children get another, and groups that nobody minds any more are told.</summary>
    internal void EndLocked(Member member, WaitStatus status, ResourceUsage used)
    {
        if (!member.IsAlive)
        {
            return;
        }

        SetEndedLocked(member, status);
        member.Changed = null;
        member.Used = used;
        member.Signals.Timers?.Dispose();
        LeaveChildrenLocked(member);
        if (member.Session.Id == member.Id)
        {
            SessionEnded?.Invoke(member.Session);
        }

        if (member.Parent is { } parent && !ReferenceEquals(parent.Group, member.Group) && ReferenceEquals(parent.Session, member.Session))
        {
            RouseLocked(member.Group, member);
        }

        TellEndLocked(member);
    }

    internal void SetEndedLocked(Member member, WaitStatus status)
    {
        member.Ended = status;
        lock (_ends)
        {
            Monitor.PulseAll(_ends);
        }
    }

    /// <summary>Waits until a process has ended or was given up. For the host, not for guests, and without the gate.</summary>
    internal void Await(Member member)
    {
        lock (_ends)
        {
            while (member.IsAlive)
            {
                Monitor.Wait(_ends);
            }
        }

        if (!member.IsAbandoned)
        {
            member.Process.Join();
        }
    }

    /// <summary>Forgets a process; its number is free again.</summary>
    internal void ForgetLocked(Member member)
    {
        if (!Members.Remove(member.Id))
        {
            return;
        }

        if (member.Parent is { } parent)
        {
            DetachLocked(member, parent);
            parent.ChildQueue.Wake();
        }

        LeaveLocked(member);
        _numbers.Drop(member.Id);
    }

    internal ResourceLimit BoundLocked(Member member, Resource resource) => (member.Bounds ?? DefaultBounds())[(int)resource];

    internal ResourceLimit[] DefaultBounds() => _bounds ??= MakeBounds();

    /// <summary>Makes room by forgetting one that has ended, whose own parent did so before, and that the first process did not wait for.</summary>
    internal bool ForgetAdoptedLocked()
    {
        for (LinkedListNode<Member>? node = First?.Reporting.First; node is not null; node = node.Next)
        {
            if (node.Value is { IsAdopted: true, IsAlive: false } member)
            {
                ForgetLocked(member);
                return true;
            }
        }

        return false;
    }

    private ResourceLimit[] MakeBounds()
    {
        ResourceLimit[] bounds = new ResourceLimit[(int)Resource.RealtimeCpu + 1];
        Array.Fill(bounds, ResourceLimit.None);
        Limits limits = Kernel.Limits;
        Bound(Resource.Core, 0);
        Bound(Resource.Stack, limits.StackBytes);
        Bound(Resource.Processes, MaxProcesses);
        Bound(Resource.Descriptors, limits.Descriptors);
        Bound(Resource.Memory, limits.MemoryBytes);
        Bound(Resource.Locks, limits.RecordLocks);
        Bound(Resource.PendingSignals, limits.PendingSignals);
        bounds[(int)Resource.Nice] = bounds[(int)Resource.RealtimePriority] = default;
        return bounds;
        void Bound(Resource resource, long most) => bounds[(int)resource] = new ResourceLimit((ulong)most, (ulong)most);
    }

    private static void DetachLocked(Member member, Member parent)
    {
        if (member.AmongChildren is { } child)
        {
            parent.Children.Remove(child);
            member.AmongChildren = null;
        }

        if (member.AmongReporting is { } reporting)
        {
            parent.Reporting.Remove(reporting);
            member.AmongReporting = null;
        }
    }

    /// <summary>Has the parent know of an end, or nobody when it does not want to.</summary>
    private void TellEndLocked(Member member)
    {
        if (member.Parent is not { IsAlive: true } parent)
        {
            ForgetLocked(member);
            return;
        }

        SignalAction action = parent.Signals[Signal.Child];
        if (action.Disposition == Disposition.Ignore || (action.Flags & SignalFlags.NoChildWait) != 0)
        {
            Signals.RaiseChildLocked(parent, member, member.Ended!.Value);
            ForgetLocked(member);
            return;
        }

        member.AmongReporting ??= parent.Reporting.AddLast(member);
        parent.ChildQueue.Wake();
        Signals.RaiseChildLocked(parent, member, member.Ended!.Value);
    }

    private void LeaveChildrenLocked(Member member)
    {
        Member? heir = First is { IsAlive: true } first && !ReferenceEquals(first, member) ? first : null;
        while (member.Children.First is { Value: var child })
        {
            DetachLocked(child, member);
            bool bound = !ReferenceEquals(child.Group, member.Group) && ReferenceEquals(child.Session, member.Session);
            child.Parent = heir;
            child.IsAdopted = true;
            child.AmongChildren = heir?.Children.AddLast(child);
            if (!child.IsAlive)
            {
                TellEndLocked(child);
            }
            else if (bound)
            {
                RouseLocked(child.Group, null);
            }
        }
    }

    /// <summary>A group that became orphaned with a process of it stopped would stay so for ever: SIGHUP and SIGCONT.</summary>
    private void RouseLocked(Group group, Member? leaving)
    {
        if (group.IsOrphanedWithout(leaving) && group.HasStopped())
        {
            Signals.RaiseInLocked(group, new SignalInfo(Signal.HangUp, SignalCause.Kernel));
            Signals.RaiseInLocked(group, new SignalInfo(Signal.Continue, SignalCause.Kernel));
        }
    }
}
