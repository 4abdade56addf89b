using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Processes: <c>proc_fork</c>, <c>proc_join</c>, <c>proc_exit2</c>, <c>proc_id</c>, <c>proc_parent</c>, <c>proc_snapshot</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Processes
{
    private const uint NonBlocking = 1;
    private const uint WakeStopped = 2;

    /// <summary>proc_fork: doubles the process.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="copyMemory">0 for vfork, whose child may do less: it gets a memory of its own all the same.</param>
    /// <param name="pid">Takes the child's number, in the child 0.</param>
    /// <returns>
    /// <see cref="Errno.NoSys"/> when the module does not carry asyncify, or the box has no processes; <see cref="Errno.Again"/> beyond
    /// <see cref="Limits.Processes"/>; <see cref="Errno.NoMem"/>.
    /// </returns>
    [HostImport(WasixModules.Core, "proc_fork", Needs = typeof(ProcessTable), Note = "Needs a module that carries asyncify; ENOSYS otherwise. vfork copies memory too.")]
    internal static Errno ProcFork(GuestThread thread, GuestMemory memory, uint copyMemory, GuestOut<int> pid)
    {
        _ = copyMemory;
        if (thread.Execution is not { } execution)
        {
            return Errno.NoSys;
        }

        if (execution.TryResume(out Resumed resumed))
        {
            return resumed.Errno != Errno.Success ? resumed.Errno
                : memory.TryWrite(pid, (int)resumed.Value) ? Errno.Success
                : Errno.Fault;
        }

        if (!memory.CanWrite(pid))
        {
            return Errno.Fault;
        }

        if (!execution.CanFork)
        {
            return Errno.NoSys;
        }

        ProcessTable processes = thread.Kernel.Processes;
        Errno errno = processes.Fork(thread, out Process? child);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = execution.Fork(child!);
        if (errno != Errno.Success)
        {
            processes.Abandon(child!);
        }

        return errno;
    }

    /// <summary>proc_fork_env: makes the process another one until exec or exit, without a stack of its own.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "proc_fork_env", Support = SupportLevel.Refused, Note = "A child needs an instance of its own: ENOSYS. posix_spawn does what it is for.")]
    internal static Errno ProcForkEnv(GuestThread thread, GuestMemory memory, GuestOut<int> pid)
    {
        _ = thread;
        _ = memory;
        _ = pid;
        return Errno.NoSys;
    }

    /// <summary>proc_exit2: ends the process; does not return.</summary>
    [HostImport(WasixModules.Core, "proc_exit2")]
    internal static void ProcExit2(GuestThread thread, uint rval)
    {
        thread.Unwinding = new ProcessExitException(rval);
    }

    /// <summary>proc_id: the process's number.</summary>
    /// <returns><see cref="Errno.Fault"/>.</returns>
    [HostImport(WasixModules.Core, "proc_id")]
    internal static Errno ProcId(GuestThread thread, GuestMemory memory, GuestOut<int> pid) =>
        memory.TryWrite(pid, thread.Process.Id) ? Errno.Success : Errno.Fault;

    /// <summary>proc_parent: the number of a process's parent; 0 for the first process.</summary>
    /// <returns><see cref="Errno.Srch"/>.</returns>
    [HostImport(WasixModules.Core, "proc_parent", Needs = typeof(ProcessTable))]
    internal static Errno ProcParent(GuestThread thread, GuestMemory memory, int pid, GuestOut<int> parent)
    {
        Errno errno = thread.Kernel.Processes.Parent(pid == 0 ? thread.Process.Id : pid, out int number);
        return errno != Errno.Success ? errno
            : memory.TryWrite(parent, number) ? Errno.Success
            : Errno.Fault;
    }

    /// <summary>proc_join: waits for a child (waitpid).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="pid">Has the child, or none for any; takes the one that was found, 0 when there is none yet.</param>
    /// <param name="flags">1 only looks, 2 takes a stop for an answer.</param>
    /// <param name="status">Takes what became of it.</param>
    /// <returns><see cref="Errno.Child"/>, <see cref="Errno.Inval"/> for unknown flags, <see cref="Errno.Intr"/>.</returns>
    [HostImport(WasixModules.Core, "proc_join", Needs = typeof(ProcessTable))]
    internal static Errno ProcJoin(GuestThread thread, GuestMemory memory, GuestOut<OptionPid> pid, uint flags, GuestOut<JoinStatus> status)
    {
        if (!memory.TryRead(new GuestPtr<OptionPid>(pid.Address), out OptionPid asked) || !memory.CanWrite(status))
        {
            return Errno.Fault;
        }

        if ((flags & ~(NonBlocking | WakeStopped)) != 0)
        {
            return Errno.Inval;
        }

        WaitOptions options = WaitOptions.Ended
            | ((flags & NonBlocking) != 0 ? WaitOptions.NoWait : WaitOptions.None)
            | ((flags & WakeStopped) != 0 ? WaitOptions.Stopped : WaitOptions.None);
        WaitRequest request = new(asked.Tag != 0 ? WaitScope.Process : WaitScope.All, asked.Value, options);
        Errno errno = thread.Kernel.Processes.Wait(thread, request, out WaitReport report);

        // The child's SIGCHLD has come with it.
        thread.SeeToSignals();
        if (errno == Errno.Success)
        {
            memory.TryWrite(pid, new OptionPid { Tag = 1, Value = report.ProcessId });
            memory.TryWrite(status, Describe(report));
        }

        return errno;
    }

    /// <summary>proc_snapshot: asks the host to keep the process, which it does not.</summary>
    /// <returns>Always success.</returns>
    [HostImport(WasixModules.Core, "proc_snapshot", Note = "Does nothing.")]
    internal static Errno ProcSnapshot(GuestThread thread)
    {
        _ = thread;
        return Errno.Success;
    }

    private static JoinStatus Describe(in WaitReport report) => report switch
    {
        { ProcessId: 0 } => default,
        { Status: { State: ChildState.Exited } exited } => new JoinStatus { Tag = JoinTag.Exited, Code = exited.Code },
        { Status: { State: ChildState.Stopped } stopped } => new JoinStatus { Tag = JoinTag.Stopped, StopSignal = (byte)stopped.Signal },
        _ => new JoinStatus { Tag = JoinTag.Signaled, Signal = (byte)report.Status.Signal },
    };
}
