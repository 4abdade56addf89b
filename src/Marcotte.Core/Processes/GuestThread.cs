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
        Kernel.Signals.Joined(this);
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

    /// <summary>
    /// What a host call ended the guest with, on its way through the guest's frames to the host. A host call that answers nothing may set it
    /// and return, which takes microseconds less than to throw it.
    /// </summary>
    public Exception? Unwinding { get; set; }

    /// <summary>What runs it; null for a thread of a caller's own store.</summary>
    public Execution? Execution { get; set; }

    /// <summary>What the box's signal table keeps for it.</summary>
    public object? SignalState { get; set; }

    /// <summary>
    /// Whether the wait that it is in answers <see cref="Errno.Intr"/> after any handler, also after one with
    /// <see cref="SignalFlags.Restart"/>: poll, select, epoll and sleeps do (signal(7)). An ABI sets it around such calls.
    /// </summary>
    public bool NeverRestarts { get; set; }

    /// <summary>Whether its process ends.</summary>
    public bool IsKilled => Process.Ending is not null;

    /// <summary>
    /// Has it see to its signals in the wait it is in, or in the next one: that then answers <see cref="Errno.Intr"/>, or goes on when
    /// they leave nothing to be told. A box without signals has every interrupted wait answer <see cref="Errno.Intr"/>.
    /// </summary>
    public void Interrupt()
    {
        Interlocked.Exchange(ref _interrupts, 1);
        Waiter.Signal();
    }

    /// <summary>Unwinds the guest when its process ends.</summary>
    /// <exception cref="GuestKilledException">It does.</exception>
    public void ThrowIfKilled()
    {
        if (Process.Ending is { } end)
        {
            throw new GuestKilledException(end);
        }
    }

    /// <summary>Whether somebody has asked for its attention since <see cref="TakeInterrupt"/> last said so.</summary>
    public bool IsInterrupted => Volatile.Read(ref _interrupts) != 0;

    /// <summary>Takes note that it was interrupted: whoever sees to its signals calls this first.</summary>
    /// <returns>Whether it was.</returns>
    public bool TakeInterrupt() => Volatile.Read(ref _interrupts) != 0 && Interlocked.Exchange(ref _interrupts, 0) != 0;

    /// <summary>
    /// Sees to signals that a call of its own has brought it: their handlers have run when this returns. For host calls that raise signals,
    /// with no lock held.
    /// </summary>
    /// <exception cref="GuestKilledException">One of them ends the process.</exception>
    public void SeeToSignals()
    {
        // Without signals an interrupt is meant for the next wait.
        if (IsInterrupted && !ReferenceEquals(Kernel.Signals, SignalTable.None) && TakeInterrupt())
        {
            Kernel.Signals.Attend(this);
        }
    }

    /// <summary>How long it has run: the time since it started, less what it has waited.</summary>
    /// <param name="now">The present, on the box's monotonic clock.</param>
    /// <returns>Nanoseconds.</returns>
    public long CpuNanoseconds(long now) => Math.Max(0, now - Started - Waiter.WaitedAt(now));

    /// <summary>What it used so far.</summary>
    /// <returns>The use; of memory, the most that its process had.</returns>
    public ResourceUsage Usage() => new(CpuNanoseconds(Kernel.Clock.Monotonic()), Math.Max(Process.PeakBytes, Execution?.MemoryBytes ?? 0), Calls, Waiter.Sleeps);

    /// <summary>The thread has ended.</summary>
    public void End()
    {
        Waiter.PassOn();
        Process.Remove(this);
    }
}
