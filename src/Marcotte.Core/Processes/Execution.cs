namespace Marcotte.Core;

/// <summary>
/// A guest thread made ready to run, and what runs it: a WebAssembly instance, or a program written for the host. Its methods
/// beside <see cref="Run"/> are for host calls of that very thread.
/// </summary>
public abstract class Execution : IDisposable
{
    /// <summary>The thread.</summary>
    public abstract GuestThread Thread { get; }

    /// <summary>Whether the thread can be doubled where it is now.</summary>
    public virtual bool CanFork => false;

    /// <summary>Whether a handler of the guest's can be called now.</summary>
    public virtual bool AcceptsSignals => false;

    /// <summary>Bytes of memory that the guest has.</summary>
    public virtual long MemoryBytes => 0;

    /// <summary>Runs on the calling thread until the guest thread ends. Does not throw for what a guest does.</summary>
    /// <returns>How the process is to end; null when this thread alone has ended.</returns>
    public abstract ProcessEnd? Run();

    /// <summary>
    /// Begins to double the thread into another process. The host call that asks must return at once, whatever it returns; it is
    /// made again, in parent and child, and there <see cref="TryResume"/> tells what came of it.
    /// </summary>
    /// <param name="child">The process to be; not started yet. Once this has succeeded it is seen to.</param>
    /// <returns><see cref="Errno.NoSys"/> when the guest cannot be doubled.</returns>
    public virtual Errno Fork(Process child) => Errno.NoSys;

    /// <summary>
    /// Keeps where the thread is, to be come back to (setjmp). The host call that asks must return at once; it is made again, now and
    /// with every return to it, and <see cref="TryResume"/> tells the checkpoint's number.
    /// </summary>
    /// <param name="buffer">Where the guest keeps the number: what was kept for the same place is forgotten.</param>
    /// <returns>
    /// <see cref="Errno.NoSys"/> when the guest's stack cannot be kept; the call that is made again may answer <see cref="Errno.NoMem"/>, beyond
    /// <see cref="Limits.CheckpointBytes"/>.
    /// </returns>
    public virtual Errno Checkpoint(uint buffer) => Errno.NoSys;

    /// <summary>Goes back to where a checkpoint was taken (longjmp). Does not return when it succeeds.</summary>
    /// <param name="checkpoint">Its number.</param>
    /// <param name="value">What the call at that place then answers.</param>
    /// <returns><see cref="Errno.Inval"/> when there is none, or its function has returned.</returns>
    public virtual Errno Restore(ulong checkpoint, long value) => Errno.NoSys;

    /// <summary>Whether this host call is one made again, by <see cref="Fork"/>, <see cref="Checkpoint"/> or <see cref="Restore"/>; it then is done.</summary>
    /// <param name="resumed">What came of it.</param>
    /// <returns>True when it is.</returns>
    public virtual bool TryResume(out Resumed resumed)
    {
        resumed = default;
        return false;
    }

    /// <summary>Makes a further thread in the guest's memory; it does not run yet.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="argument">What it is told.</param>
    /// <param name="thread">The thread.</param>
    /// <returns><see cref="Errno.NoSys"/> when the guest has no shared memory or no entry for threads.</returns>
    public virtual Errno NewThread(int id, uint argument, out Execution? thread)
    {
        thread = null;
        return Errno.NoSys;
    }

    /// <summary>Calls the guest's handler for a signal, which may end the guest or go elsewhere in it: then it does not return.</summary>
    /// <param name="signal">The signal.</param>
    public virtual void Deliver(Signal signal)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the thread had; its process's other threads go on.</summary>
    /// <param name="disposing">True when called by the host.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>What came of a host call that was made again.</summary>
/// <param name="Errno">The outcome.</param>
/// <param name="Checkpoint">The number of the checkpoint; 0 after a fork.</param>
/// <param name="Value">After a fork the child's number, or 0 in the child; after a checkpoint 0, or what it was gone back to with.</param>
public readonly record struct Resumed(Errno Errno, ulong Checkpoint, long Value);
