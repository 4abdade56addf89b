using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Going back in the stack: <c>stack_*</c>; and other stacks: <c>context_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Stacks
{
    private const string Absent = "One stack a thread: ENOSYS.";

    /// <summary>stack_checkpoint: keeps where the thread is (setjmp).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="snapshot">Takes the checkpoint.</param>
    /// <param name="val">Takes 0 now, and with every return to here the value it was come back with.</param>
    /// <returns><see cref="Errno.NoSys"/> when the module does not carry asyncify, <see cref="Errno.NoMem"/> beyond <see cref="Limits.CheckpointBytes"/>.</returns>
    [HostImport(WasixModules.Core, "stack_checkpoint", Note = "Needs a module that carries asyncify; ENOSYS otherwise.")]
    internal static Errno StackCheckpoint(GuestThread thread, GuestMemory memory, GuestOut<StackSnapshot> snapshot, GuestOut<ulong> val)
    {
        if (thread.Execution is not { } execution)
        {
            return Errno.NoSys;
        }

        if (execution.TryResume(out Resumed resumed))
        {
            if (resumed.Errno != Errno.Success)
            {
                return resumed.Errno;
            }

            bool written = memory.TryWrite(snapshot, new StackSnapshot { User = resumed.Checkpoint, HashLow = resumed.Checkpoint })
                && memory.TryWrite(val, (ulong)resumed.Value);
            return written ? Errno.Success : Errno.Fault;
        }

        return memory.CanWrite(snapshot) && memory.CanWrite(val) ? execution.Checkpoint(snapshot.Address) : Errno.Fault;
    }

    /// <summary>stack_restore: goes back to where a checkpoint was taken (longjmp); does not return.</summary>
    /// <exception cref="CheckpointRestoredException">It does.</exception>
    /// <exception cref="UnansweredCallException">There is no such checkpoint, or its function has returned.</exception>
    [HostImport(WasixModules.Core, "stack_restore")]
    internal static void StackRestore(GuestThread thread, GuestMemory memory, GuestPtr<StackSnapshot> snapshot, ulong val)
    {
        Errno errno = Errno.Fault;
        if (memory.TryRead(snapshot, out StackSnapshot kept))
        {
            errno = thread.Execution?.Restore(kept.User, (long)val) ?? Errno.NoSys;
        }

        throw new UnansweredCallException(
            $"stack_restore cannot go back to checkpoint {kept.User}: {errno.ToName()}. The function that took it must not have returned.");
    }

    /// <summary>context_create: makes another stack.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "context_create", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno ContextCreate(GuestThread thread, GuestMemory memory, GuestOut<ulong> newContext, uint entrypoint)
    {
        _ = thread;
        _ = memory;
        _ = newContext;
        _ = entrypoint;
        return Errno.NoSys;
    }

    /// <summary>context_switch: goes on on another stack.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "context_switch", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno ContextSwitch(GuestThread thread, ulong nextContext)
    {
        _ = thread;
        _ = nextContext;
        return Errno.NoSys;
    }

    /// <summary>context_destroy: gives another stack up.</summary>
    /// <returns><see cref="Errno.NoSys"/>.</returns>
    [HostImport(WasixModules.Core, "context_destroy", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno ContextDestroy(GuestThread thread, ulong context)
    {
        _ = thread;
        _ = context;
        return Errno.NoSys;
    }
}
