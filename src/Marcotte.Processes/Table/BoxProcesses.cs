using Marcotte.Core;

namespace Marcotte.Processes.Table;

/// <summary>The processes of one box.</summary>
internal sealed partial class BoxProcesses(ProcessTree tree) : ProcessTable, IDisposable
{
    private Limits Limits => tree.Kernel.Limits;

    public override Process? Find(int id)
    {
        lock (tree.Gate)
        {
            return tree.Members.TryGetValue(id, out Member? member) && member.IsAlive ? member.Process : null;
        }
    }

    public override IReadOnlyList<ProcessStat> List()
    {
        Member[] members;
        lock (tree.Gate)
        {
            members = [.. tree.Members.Values.OrderBy(member => member.Id)];
        }

        List<ProcessStat> stats = [];
        foreach (Member member in members)
        {
            lock (tree.Gate)
            {
                stats.Add(new ProcessStat(
                    member.Id, member.Parent?.Id ?? 0, member.Group.Id, member.Session.Id, StateLocked(member), member.IsAlive ? member.Process : null, UsedLocked(member)));
            }
        }

        return stats;
    }

    public override Errno Parent(int id, out int parent) => Ask(id, static member => member.Parent?.Id ?? 0, out parent);

    public override Errno Group(int id, out int group) => Ask(id, static member => member.Group.Id, out group);

    public override Errno Session(int id, out int session) => Ask(id, static member => member.Session.Id, out session);

    public override Errno SetGroup(Process caller, int id, int group)
    {
        if (group < 0)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            Member? self = Member.Of(caller);
            Member? member = id == 0 ? self : tree.Members.GetValueOrDefault(id);
            if (self is null || member is null)
            {
                return Errno.Srch;
            }

            if (!ReferenceEquals(member, self))
            {
                if (!ReferenceEquals(member.Parent, self))
                {
                    return Errno.Srch;
                }

                if (!ReferenceEquals(member.Session, self.Session))
                {
                    return Errno.Perm;
                }

                if (member.HasExecuted)
                {
                    return Errno.Access;
                }
            }

            return member.Session.Id == member.Id ? Errno.Perm : JoinLocked(member, group == 0 ? member.Id : group);
        }
    }

    public override Errno NewSession(Process caller)
    {
        lock (tree.Gate)
        {
            if (Member.Of(caller) is not { } member)
            {
                return Errno.Srch;
            }

            // Also when it left the group that is called by its number: the session would be called by it too.
            return tree.Groups.ContainsKey(member.Id) ? Errno.Perm : NewSessionLocked(member);
        }
    }

    public override void EndAll()
    {
        lock (tree.Gate)
        {
            tree.IsClosing = true;
        }

        for (;;)
        {
            Member[] left;
            lock (tree.Gate)
            {
                left = [.. tree.Members.Values.Where(member => member.HasStarted && member.IsAlive && !ReferenceEquals(member, tree.First))];
            }

            if (left.Length == 0)
            {
                break;
            }

            foreach (Member member in left)
            {
                member.Process.End(new SignaledEnd(Signal.Kill));
            }

            foreach (Member member in left)
            {
                tree.Await(member);
            }
        }

        AbandonUnborn();
    }

    /// <summary>Ends all that is left when the box goes.</summary>
    public void Dispose()
    {
        EndAll();
        lock (tree.Gate)
        {
            tree.First?.Signals.Timers?.Dispose();
        }
    }

    private Errno NewSessionLocked(Member member)
    {
        tree.MoveLocked(member, tree.NewGroupLocked(member.Id, new Session(member.Id)));
        return Errno.Success;
    }

    /// <summary>Puts one into a group of its session, or into a new one of its own number.</summary>
    private Errno JoinLocked(Member member, int group)
    {
        if (tree.Groups.TryGetValue(group, out Group? found))
        {
            if (!ReferenceEquals(found.Session, member.Session))
            {
                return Errno.Perm;
            }
        }
        else if (group != member.Id)
        {
            return Errno.Perm;
        }
        else
        {
            found = tree.NewGroupLocked(group, member.Session);
        }

        tree.MoveLocked(member, found);
        return Errno.Success;
    }

    private Errno Ask(int id, Func<Member, int> question, out int answer)
    {
        lock (tree.Gate)
        {
            bool there = tree.Members.TryGetValue(id, out Member? member);
            answer = there ? question(member!) : 0;
            return there ? Errno.Success : Errno.Srch;
        }
    }

    private static char StateLocked(Member member)
    {
        if (!member.IsAlive)
        {
            return 'Z';
        }

        if (member.Signals.Stop == StopState.Stopped)
        {
            return 'T';
        }

        foreach (GuestThread thread in member.Process.Threads)
        {
            if (!thread.Waiter.IsWaiting)
            {
                return 'R';
            }
        }

        return 'S';
    }

    private static ResourceUsage UsedLocked(Member member) => member.IsAlive ? member.Process.Usage() : member.Used;
}
