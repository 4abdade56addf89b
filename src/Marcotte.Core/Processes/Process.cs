using System.Diagnostics;

namespace Marcotte.Core;

/// <summary>
/// A process: descriptors, credentials, arguments, and what layers keep for it in slots. A process table can fork it.
/// </summary>
public sealed partial class Process
{
    private readonly Lock _lock = new();
    private Crew _crew = new([], 0, 0, 0);
    private readonly object _endGate = new();
    private readonly long _made = Stopwatch.GetTimestamp();
    private volatile ProcessEnd? _ending;
    private volatile int _umask = 0x12;
    private CancellationTokenSource? _endingSource;

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

    /// <summary>The file that its program is from, as a path from its root; empty when it is from none.</summary>
    public ReadOnlyMemory<byte> ProgramPath { get; set; }

    /// <summary>Its short name (comm), in at most fifteen bytes; empty for what <see cref="ProgramPath"/> ends with.</summary>
    public ReadOnlyMemory<byte> Name { get; set; }

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

    /// <summary>How long regular files may become by what it writes, in bytes (RLIMIT_FSIZE); <see cref="long.MaxValue"/> for any length.</summary>
    public long FileSizeLimit { get; set; } = long.MaxValue;

    /// <summary>When it started, on the box's monotonic clock.</summary>
    public long Started { get; }

    /// <summary>Real time since it was made.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_made);

    /// <summary>Its threads.</summary>
    public ReadOnlySpan<GuestThread> Threads => Volatile.Read(ref _crew).Threads;

    /// <summary>Why its host ended it; null while it did not.</summary>
    public KillReason? Killed => (_ending as KilledEnd)?.Reason;

    /// <summary>How it ends; null while it lives.</summary>
    public ProcessEnd? Ending => _ending;

    /// <summary>Cancelled when the program that it runs now is to end; for programs of the host's.</summary>
    public CancellationToken EndingToken
    {
        get
        {
            lock (_lock)
            {
                _endingSource ??= new CancellationTokenSource();
                if (_ending is not null && !_endingSource.IsCancellationRequested)
                {
                    _endingSource.Cancel();
                }

                return _endingSource.Token;
            }
        }
    }

    /// <summary>Ends all its threads: those that wait at once, those that compute at their next look at the epoch.</summary>
    /// <param name="reason">Why; the first reason stays.</param>
    public void Kill(KillReason reason) => End(new KilledEnd(reason));

    /// <summary>Ends all its threads: those that wait at once, those that compute at their next look at the epoch.</summary>
    /// <param name="end">How it ends; the first one stays, but that another program takes its place yields to an end.</param>
    /// <param name="by">The thread that asks and is about to end by itself, if any.</param>
    public void End(ProcessEnd end, GuestThread? by = null)
    {
        bool others;
        CancellationTokenSource? source;
        lock (_lock)
        {
            if (_ending is null or ReplacedEnd)
            {
                _ending = end;
            }

            source = _endingSource;
            others = false;
            foreach (GuestThread thread in _crew.Threads)
            {
                if (!ReferenceEquals(thread, by))
                {
                    others = true;
                    thread.Waiter.Signal();
                }
            }
        }

        // Whoever listens runs elsewhere: the caller may hold locks.
        source?.CancelAsync();
        if (others)
        {
            Kernel.Interrupt();
        }
    }

    /// <summary>Makes a child: the same open files, and copies of all else.</summary>
    /// <param name="id">The child's number.</param>
    /// <returns>The child, without threads.</returns>
    public Process Fork(int id) => new(Kernel, id, Descriptors.Fork(), Slots.Fork())
    {
        Credentials = Credentials,
        ProgramPath = ProgramPath,
        Name = Name,
        Arguments = Arguments,
        Variables = Variables,
        Umask = Umask,
        FileSizeLimit = FileSizeLimit,
    };

    /// <summary>Closes what is open and ends what layers keep for it. The process must not run any more.</summary>
    public void Close()
    {
        Descriptors.CloseAll();
        Slots.End();
    }

    /// <summary>Host calls that its threads have made, those that have ended included.</summary>
    public long Calls
    {
        get
        {
            Crew crew = Volatile.Read(ref _crew);
            long sum = crew.EndedCalls;
            foreach (GuestThread thread in crew.Threads)
            {
                sum += thread.Calls;
            }

            return sum;
        }
    }

    /// <summary>How often its threads have slept, those that have ended included.</summary>
    public long Waits
    {
        get
        {
            Crew crew = Volatile.Read(ref _crew);
            long sum = crew.EndedWaits;
            foreach (GuestThread thread in crew.Threads)
            {
                sum += thread.Waiter.Sleeps;
            }

            return sum;
        }
    }

    /// <summary>What it used so far; of memory, what programs of its had that have ended.</summary>
    /// <returns>The use, without its children's.</returns>
    public ResourceUsage Usage() => new(CpuNanoseconds(Kernel.Clock.Monotonic()), PeakBytes, Calls, Waits);

    /// <summary>The most memory that a program of its had when it ended.</summary>
    public long PeakBytes { get; private set; }

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
        bool left;
        lock (_lock)
        {
            GuestThread[] rest = [.. _crew.Threads.Where(other => !ReferenceEquals(other, thread))];
            left = rest.Length < _crew.Threads.Length;
            if (left)
            {
                Volatile.Write(ref _crew, new Crew(rest, _crew.EndedNanoseconds + ran, _crew.EndedCalls + thread.Calls, _crew.EndedWaits + thread.Waiter.Sleeps));
            }
        }

        if (left)
        {
            Kernel.Signals.Left(thread);
        }
    }

    /// <summary>The threads, and what those did that are no longer among them: replaced as one, so that none counts twice.</summary>
    private sealed record Crew(GuestThread[] Threads, long EndedNanoseconds, long EndedCalls, long EndedWaits);
}
