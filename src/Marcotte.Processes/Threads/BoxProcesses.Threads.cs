using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Table;

/// <content>Further threads of a process, and what they wait for each other by.</content>
internal sealed partial class BoxProcesses
{
    public override Errno StartThread(GuestThread thread, uint argument, out int id)
    {
        id = 0;
        if (Member.Of(thread.Process) is not { } member || thread.Execution is not { } execution)
        {
            return Errno.NoSys;
        }

        int number;
        lock (tree.Gate)
        {
            if (tree.IsClosing || tree.Threads >= Limits.Threads)
            {
                return Errno.Again;
            }

            number = tree.TakeNumberLocked();
            tree.Threads++;
        }

        Errno errno = execution.NewThread(number, argument, out Execution? made);
        lock (tree.Gate)
        {
            // Counted for itself by now, if it came to be; its number is given back when it leaves.
            tree.Threads--;
            if (made is null)
            {
                tree.DropNumberLocked(number);
                return errno;
            }

            if (ThreadSignals.Of(made.Thread) is { } state && ThreadSignals.Of(thread) is { } own)
            {
                state.Mask = own.Mask;
            }
        }

        if (tree.Kernel.Programs.Start(made) != Errno.Success)
        {
            made.Dispose();
            made.Thread.End();
            return Errno.Again;
        }

        if (made.Thread.IsInterrupted)
        {
            tree.Kernel.Interrupt();
        }

        id = number;
        return Errno.Success;
    }

    public override Errno JoinThread(GuestThread thread, int id)
    {
        if (id == thread.Id)
        {
            return Errno.DeadLk;
        }

        if (Member.Of(thread.Process) is not { } member)
        {
            return Errno.Srch;
        }

        lock (tree.Gate)
        {
            if (!member.Threads.Alive.Contains(id))
            {
                return member.Threads.HasEnded(id) ? Errno.Success : Errno.Srch;
            }
        }

        return thread.Waiter.WaitUntil(member.Threads.Queue, (this, member, id), static wait => wait.Item1.HasLeft(wait.member, wait.id), Deadline.Never);
    }

    public override Errno FutexWait(GuestThread thread, uint address, uint expected, Deadline deadline) =>
        ThreadSignals.Of(thread) is { } state ? state.Member.Threads.Futexes.Wait(thread, state.Own, address, expected, deadline) : Errno.NoSys;

    public override int FutexWake(GuestThread thread, uint address, int count) =>
        Member.Of(thread.Process)?.Threads.Futexes.Wake(address, count) ?? 0;

    private bool HasLeft(Member member, int id)
    {
        lock (tree.Gate)
        {
            return !member.Threads.Alive.Contains(id);
        }
    }
}
