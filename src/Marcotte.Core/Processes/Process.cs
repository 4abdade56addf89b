namespace Marcotte.Core;

/// <summary>
/// A process: descriptors, credentials, arguments, and what layers keep for it in slots. A process table can fork it.
/// </summary>
public sealed class Process
{
    private readonly Lock _lock = new();
    private Crew _crew = new([], 0);
    private volatile int _killed;
    private volatile int _umask = 0x12;

    /// <summary>Starts a process with nothing in it.</summary>
    /// <param name="kernel">The box it is in.</param>
    /// <param name="id">Its number, above zero.</param>
    public Process(Kernel kernel, int id)
        : this(kernel, id, new DescriptorTable(kernel.Limits.Descriptors), new SlotTable())
    {
    }

    private Process(Kernel kernel, int id, DescriptorTable descriptors, SlotTable slots)
    {
        Kernel = kernel;
        Id = id;
        Descriptors = descriptors;
        descriptors.Owner = this;
        Slots = slots;
        Started = kernel.Clock.Monotonic();
    }

    /// <summary>The box it is in.</summary>
    public Kernel Kernel { get; }

    /// <summary>Its number (pid).</summary>
    public int Id { get; }

    /// <summary>Its open descriptors.</summary>
    public DescriptorTable Descriptors { get; }

    /// <summary>What layers keep for it.</summary>
    public SlotTable Slots { get; }

    /// <summary>Who it acts as.</summary>
    public Credentials Credentials { get; set; } = Credentials.Root;

    /// <summary>Its arguments, its own name first.</summary>
    public ByteStrings Arguments { get; set; } = ByteStrings.Empty;

    /// <summary>Its variables, each KEY=VALUE.</summary>
    public ByteStrings Variables { get; set; } = ByteStrings.Empty;

    /// <summary>Permission bits that files it makes do not get.</summary>
    public ushort Umask
    {
        get => (ushort)_umask;
        set => _umask = value & 0x1FF;
    }

    /// <summary>When it started, on the box's monotonic clock.</summary>
    public long Started { get; }

    /// <summary>Its threads.</summary>
    public ReadOnlySpan<GuestThread> Threads => Volatile.Read(ref _crew).Threads;

    /// <summary>Why it was killed; null while it was not.</summary>
    public KillReason? Killed => _killed == 0 ? null : (KillReason)(_killed - 1);

    /// <summary>Ends all its threads: those that wait at once, those that compute at their next look at the epoch.</summary>
    /// <param name="reason">Why; the first reason stays.</param>
    public void Kill(KillReason reason)
    {
        lock (_lock)
        {
            _killed = _killed == 0 ? (int)reason + 1 : _killed;
            foreach (GuestThread thread in _crew.Threads)
            {
                thread.Waiter.Signal();
            }
        }

        Kernel.Interrupt();
    }

    /// <summary>Makes a child: the same open files, and copies of all else.</summary>
    /// <param name="id">The child's number.</param>
    /// <returns>The child, without threads.</returns>
    public Process Fork(int id) => new(Kernel, id, Descriptors.Fork(), Slots.Fork())
    {
        Credentials = Credentials,
        Arguments = Arguments,
        Variables = Variables,
        Umask = Umask,
    };

    /// <summary>Closes what is open. The process must not run any more.</summary>
    public void Close() => Descriptors.CloseAll();

    /// <summary>How long its threads have run, those that have ended included.</summary>
    /// <param name="now">The present, on the box's monotonic clock.</param>
    /// <returns>Nanoseconds.</returns>
    public long CpuNanoseconds(long now)
    {
        Crew crew = Volatile.Read(ref _crew);
        long sum = crew.EndedNanoseconds;
        foreach (GuestThread thread in crew.Threads)
        {
            sum += thread.CpuNanoseconds(now);
        }

        return sum;
    }

    internal void Add(GuestThread thread)
    {
        lock (_lock)
        {
            Volatile.Write(ref _crew, _crew with { Threads = [.. _crew.Threads, thread] });
        }
    }

    internal void Remove(GuestThread thread)
    {
        long ran = thread.CpuNanoseconds(Kernel.Clock.Monotonic());
        lock (_lock)
        {
            GuestThread[] rest = [.. _crew.Threads.Where(other => !ReferenceEquals(other, thread))];
            if (rest.Length < _crew.Threads.Length)
            {
                Volatile.Write(ref _crew, new Crew(rest, _crew.EndedNanoseconds + ran));
            }
        }
    }

    /// <summary>The threads, and how long those ran that are no longer among them: replaced as one, so that none counts twice.</summary>
    private sealed record Crew(GuestThread[] Threads, long EndedNanoseconds);
}
