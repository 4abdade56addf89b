using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Table;

/// <summary>What the table knows of a process, from its making until somebody has waited for it. Guarded by the tree's gate.</summary>
internal sealed class Member
{
    /// <summary>Finds it for a process that lives.</summary>
    internal static readonly Slot<Member> Slot = new();

    internal Member(Process process, Member? parent)
    {
        Process = process;
        Id = process.Id;
        Parent = parent;
        if (parent is not null)
        {
            Signals = parent.Signals.Fork();
            Bounds = parent.Bounds;
            Niceness = parent.Niceness;
        }
    }

    internal Process Process { get; }

    internal int Id { get; }

    /// <summary>Null for the first process, and for those it left behind.</summary>
    internal Member? Parent { get; set; }

    /// <summary>Its children, the oldest first, each with its node.</summary>
    internal LinkedList<Member> Children { get; } = new();

    internal LinkedListNode<Member>? AmongChildren { get; set; }

    /// <summary>Children of whom there is something to be told.</summary>
    internal LinkedList<Member> Reporting { get; } = new();

    internal LinkedListNode<Member>? AmongReporting { get; set; }

    /// <summary>Woken when <see cref="Reporting"/> or <see cref="Children"/> has changed.</summary>
    internal WaitQueue ChildQueue { get; } = new();

    internal Group Group { get; set; } = null!;

    /// <summary>Whether it runs another program than it was forked with, so that its parent cannot move it any more.</summary>
    internal bool HasExecuted { get; set; }

    /// <summary>Whether a host thread carries it or did.</summary>
    internal bool HasStarted { get; set; }

    /// <summary>Whether it was given up before it ran.</summary>
    internal bool IsAbandoned { get; set; }

    /// <summary>How it ended; null while it lives.</summary>
    internal WaitStatus? Ended { get; set; }

    /// <summary>What was told of its stops last and not waited for.</summary>
    internal WaitStatus? Changed { get; set; }

    /// <summary>Whether its own parent has ended before it.</summary>
    internal bool IsAdopted { get; set; }

    internal MemberSignals Signals { get; } = new();

    internal MemberThreads Threads { get; } = new();

    /// <summary>What it is limited to; shared with its family until one of them changes it.</summary>
    internal ResourceLimit[]? Bounds { get; set; }

    internal int Niceness { get; set; }

    /// <summary>What it used, once it has ended.</summary>
    internal ResourceUsage Used { get; set; }

    /// <summary>What the children that were waited for used.</summary>
    internal ResourceUsage ChildrenUsed { get; set; }

    /// <summary>Who it is once the exec that is under way has come about.</summary>
    internal Credentials? NextCredentials { get; set; }

    internal Session Session => Group.Session;

    internal bool IsAlive => Ended is null;

    internal static Member? Of(Process process) => process.Slots.Get(Slot);
}

/// <summary>A process group; there is one as long as it has a member, also one that has ended.</summary>
internal sealed class Group(int id, Session session)
{
    internal int Id => id;

    internal Session Session => session;

    internal HashSet<Member> Members { get; } = [];

    /// <summary>Whether nobody outside it, in its session, is the parent of one in it: nobody then would let it go on when it stops.</summary>
    internal bool IsOrphanedWithout(Member? leaving)
    {
        foreach (Member member in Members)
        {
            if (!ReferenceEquals(member, leaving) && member.IsAlive && member.Parent is { IsAlive: true } parent
                && !ReferenceEquals(parent.Group, this) && ReferenceEquals(parent.Session, session))
            {
                return false;
            }
        }

        return true;
    }

    internal bool HasStopped()
    {
        foreach (Member member in Members)
        {
            if (member.IsAlive && member.Signals.Stop != StopState.Running)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A session; its number is that of the process that made it.</summary>
internal sealed class Session(int id)
{
    internal int Id => id;
}
