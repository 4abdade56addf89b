using Marcotte.Core.Waiting;

namespace Marcotte.Core;

/// <summary>A thread of a guest: the context of every host call.</summary>
public sealed class GuestThread
{
    private int _interrupts;

    /// <summary>Adds a thread to a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="id">Its number.</param>
    /// <param name="memory">The guest's memory.</param>
    public GuestThread(Process process, int id, LinearMemory memory)
    {
        Process = process;
        Kernel = process.Kernel;
        Id = id;
        Memory = memory;
        Observer = Kernel.Observer;
        Waiter = new Waiter(this);
        Started = Kernel.Clock.Monotonic();
        process.Add(this);
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>The box.</summary>
    public Kernel Kernel { get; }

    /// <summary>Its number (tid).</summary>
    public int Id { get; }

    /// <summary>The guest's memory.</summary>
    public LinearMemory Memory { get; }

    /// <summary>Sees every host call; null when nobody looks, which is all that a call then costs.</summary>
    public SyscallObserver? Observer { get; set; }

    /// <summary>Waits on its behalf.</summary>
    public Waiter Waiter { get; }

    /// <summary>When it started, on the box's monotonic clock.</summary>
    public long Started { get; }

    /// <summary>Host calls made so far.</summary>
    public long Calls { get; set; }

    /// <summary>What a host call ended the guest with, on its way through the guest's frames to the host.</summary>
    public Exception? Unwinding { get; set; }

    /// <summary>Whether its process was killed.</summary>
    public bool IsKilled => Process.Killed is not null;

    /// <summary>Makes the wait it is in, or the next one, answer <see cref="Errno.Intr"/>.</summary>
    public void Interrupt()
    {
        Interlocked.Exchange(ref _interrupts, 1);
        Waiter.Signal();
    }

    /// <summary>Unwinds the guest when its process was killed.</summary>
    /// <exception cref="GuestKilledException">It was.</exception>
    public void ThrowIfKilled()
    {
        if (Process.Killed is { } reason)
        {
            throw new GuestKilledException(reason);
        }
    }

    /// <summary>How long it has run: the time since it started, less what it has waited.</summary>
    /// <param name="now">The present, on the box's monotonic clock.</param>
    /// <returns>Nanoseconds.</returns>
    public long CpuNanoseconds(long now) => Math.Max(0, now - Started - Waiter.WaitedAt(now));

    /// <summary>The thread has ended.</summary>
    public void End() => Process.Remove(this);

    internal bool TakeInterrupt() => Volatile.Read(ref _interrupts) != 0 && Interlocked.Exchange(ref _interrupts, 0) != 0;
}
