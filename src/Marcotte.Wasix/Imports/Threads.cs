using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Threads: <c>thread_*</c> and <c>wasi.thread-spawn</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Threads
{
    /// <summary>wasi.thread-spawn: starts a thread in the same memory, which calls the export <c>wasi_thread_start</c>.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="startArg">Given to it.</param>
    /// <returns>Its number; below zero the errno, negated.</returns>
    [HostImport(WasixModules.Threads, "thread-spawn", Needs = typeof(ProcessTable))]
    internal static int ThreadSpawn(GuestThread thread, uint startArg)
    {
        Errno errno = thread.Kernel.Processes.StartThread(thread, startArg, out int id);
        return errno == Errno.Success ? id : -WasiErrno.Encode(errno);
    }

    /// <summary>thread_spawn_v2: starts a thread in the same memory, which calls the export <c>wasi_thread_start</c>.</summary>
    /// <returns><see cref="Errno.Again"/> beyond <see cref="Limits.Threads"/>, <see cref="Errno.NoSys"/> when the guest has no way to.</returns>
    [HostImport(WasixModules.Core, "thread_spawn_v2", Needs = typeof(ProcessTable))]
    internal static Errno ThreadSpawnV2(GuestThread thread, GuestMemory memory, GuestOut<byte> args, GuestOut<int> tid)
    {
        if (!memory.CanWrite(tid))
        {
            return Errno.Fault;
        }

        Errno errno = thread.Kernel.Processes.StartThread(thread, args.Address, out int id);
        if (errno == Errno.Success)
        {
            memory.TryWrite(tid, id);
        }

        return errno;
    }

    /// <summary>thread_sleep: sleeps.</summary>
    /// <returns><see cref="Errno.Intr"/>; <see cref="Errno.NoSys"/> when the box has no clock.</returns>
    [HostImport(WasixModules.Core, "thread_sleep", Needs = typeof(BoxClock))]
    internal static Errno ThreadSleep(GuestThread thread, ulong duration)
    {
        Errno errno = Deadlines.After(thread, duration, out Deadline deadline);
        if (errno == Errno.Success)
        {
            using TemporaryMask unchanged = thread.Kernel.Signals.WithMask(thread, null);
            errno = thread.Waiter.WaitAny([], deadline);
        }

        return errno == Errno.Again ? Errno.Success : errno;
    }

    /// <summary>thread_id: the calling thread's number.</summary>
    /// <returns><see cref="Errno.Fault"/>.</returns>
    [HostImport(WasixModules.Core, "thread_id")]
    internal static Errno ThreadId(GuestThread thread, GuestMemory memory, GuestOut<int> tid) =>
        memory.TryWrite(tid, thread.Id) ? Errno.Success : Errno.Fault;

    /// <summary>thread_join: waits until another thread of the process has ended.</summary>
    /// <returns><see cref="Errno.DeadLk"/> for itself, <see cref="Errno.Srch"/>, <see cref="Errno.Intr"/>.</returns>
    [HostImport(WasixModules.Core, "thread_join", Needs = typeof(ProcessTable))]
    internal static Errno ThreadJoin(GuestThread thread, int tid) => thread.Kernel.Processes.JoinThread(thread, tid);

    /// <summary>thread_parallelism: how many threads it makes sense to have.</summary>
    /// <returns><see cref="Errno.Fault"/>.</returns>
    [HostImport(WasixModules.Core, "thread_parallelism")]
    internal static Errno ThreadParallelism(GuestThread thread, GuestMemory memory, GuestOut<uint> parallelism) =>
        memory.TryWrite(parallelism, (uint)Machine.Of(thread.Kernel).Processors) ? Errno.Success : Errno.Fault;

    /// <summary>thread_exit: ends the calling thread alone; does not return. With the last thread the process exits with 0.</summary>
    [HostImport(WasixModules.Core, "thread_exit")]
    internal static void ThreadExit(GuestThread thread, uint rval)
    {
        _ = thread;
        _ = rval;
        thread.Unwinding = new ThreadExitException();
    }
}
