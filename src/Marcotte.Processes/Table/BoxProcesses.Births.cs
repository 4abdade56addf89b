using Marcotte.Core;

namespace Marcotte.Processes.Table;

/// <content>How processes come to be and cease.</content>
internal sealed partial class BoxProcesses
{
    private int _unborn;

    public override Errno Fork(GuestThread thread, out Process? child)
    {
        child = null;
        if (Member.Of(thread.Process) is not { } parent)
        {
            return Errno.NoSys;
        }

        int id;
        lock (tree.Gate)
        {
            if (tree.IsClosing || !parent.IsAlive || !HasRoomLocked(parent))
            {
                return Errno.Again;
            }

            id = tree.TakeNumberLocked();
            _unborn++;
        }

        Process process = parent.Process.Fork(id);
        lock (tree.Gate)
        {
            _unborn--;
            Member member = new(process, parent);
            member.Signals.InitialMask = ThreadSignals.Of(thread)?.Mask ?? SignalSet.Empty;
            tree.AddLocked(member);
        }

        child = process;
        return Errno.Success;
    }

    public override Errno Start(Process child, Execution execution)
    {
        if (Member.Of(child) is not { } member)
        {
            execution.Dispose();
            return Errno.Srch;
        }

        bool refused;
        lock (tree.Gate)
        {
            refused = tree.IsClosing;
            member.HasStarted = !refused;
            ApplyCpuBoundLocked(member);
        }

        bool told = !refused && tree.Kernel.ProcessObserver is not null;
        if (told)
        {
            tree.Kernel.ProcessObserver!.Started(child, ParentOf(member));
        }

        if (refused || tree.Kernel.Programs.Start(execution) != Errno.Success)
        {
            execution.Dispose();
            execution.Thread.End();
            if (told)
            {
                tree.Kernel.ProcessObserver!.Ended(child, ParentOf(member), new SignaledEnd(Signal.Kill), default);
            }

            Abandon(child);
            return Errno.Again;
        }

        if (execution.Thread.IsInterrupted)
        {
            // Something came for it before it ran, and it looks at epochs that pass from now on.
            tree.Kernel.Interrupt();
        }

        return Errno.Success;
    }

    public override void Abandon(Process child)
    {
        Member? member = Member.Of(child);
        child.Close();
        if (member is null)
        {
            return;
        }

        lock (tree.Gate)
        {
            member.IsAbandoned = true;
            tree.SetEndedLocked(member, WaitStatus.Signaled(Signal.Kill));
            tree.ForgetLocked(member);
        }
    }

    public override void Replaced(Process process)
    {
        if (Member.Of(process) is not { } member)
        {
            return;
        }

        lock (tree.Gate)
        {
            member.HasExecuted = true;
            member.Signals.ForgetHandlers();
            member.Signals.Timers?.DeleteAllLocked();
            if (member.NextCredentials is { } next)
            {
                process.Credentials = next;
                member.NextCredentials = null;
            }
        }
    }

    public override void Ended(Process process, ProcessEnd end)
    {
        Member? member;
        ResourceUsage used;
        lock (tree.Gate)
        {
            if (!tree.Members.TryGetValue(process.Id, out member) || !ReferenceEquals(member.Process, process))
            {
                return;
            }

            used = UsedLocked(member);
        }

        try
        {
            tree.Kernel.ProcessObserver?.Ended(process, ParentOf(member), end, used);
        }
        finally
        {
            lock (tree.Gate)
            {
                tree.EndLocked(member, end.Status, used);
            }
        }
    }

    private int ParentOf(Member member)
    {
        lock (tree.Gate)
        {
            return member.Parent?.Id ?? 0;
        }
    }

    /// <summary>Whether the box has room for one more, and its user, whom user 0 does not have to ask.</summary>
    private bool HasRoomLocked(Member parent)
    {
        while (tree.Members.Count + _unborn >= tree.MaxProcesses || tree.Threads >= Limits.Threads)
        {
            if (tree.Threads >= Limits.Threads || !tree.ForgetAdoptedLocked())
            {
                return false;
            }
        }

        ulong most = tree.BoundLocked(parent, Resource.Processes).Current;
        Credentials credentials = parent.Process.Credentials;
        if (credentials.IsSuperuser || most >= (ulong)tree.MaxProcesses)
        {
            return true;
        }

        uint user = credentials.RealUserId;
        return (ulong)tree.Members.Values.Count(member => member.Process.Credentials.RealUserId == user) < most;
    }

    private void AbandonUnborn()
    {
        Process[] unborn;
        lock (tree.Gate)
        {
            unborn = [.. tree.Members.Values.Where(member => !member.HasStarted && member.IsAlive).Select(member => member.Process)];
        }

        foreach (Process process in unborn)
        {
            Abandon(process);
        }
    }
}
