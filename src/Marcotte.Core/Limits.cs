namespace Marcotte.Core;

/// <summary>
/// What one box may use of its host. Every quantity that a guest can name is held against one of these before anything
/// is allocated for it; passing a limit is an errno to the guest, never an exception.
/// </summary>
public sealed record Limits
{
    /// <summary>A host's timer takes less than 50 days.</summary>
    private static readonly TimeSpan LongestWallClock = TimeSpan.FromDays(49);

    /// <summary>The limits a box has when its host names none.</summary>
    public static Limits Default { get; } = new();

    /// <summary>Open descriptors of one process (EMFILE).</summary>
    public int Descriptors { get; init; } = 1024;

    /// <summary>Bytes of one path, as POSIX's PATH_MAX counts (ENAMETOOLONG).</summary>
    public int PathBytes { get; init; } = 4096;

    /// <summary>Bytes of one name in a directory (ENAMETOOLONG).</summary>
    public int NameBytes { get; init; } = 255;

    /// <summary>Symbolic links followed in one walk (ELOOP).</summary>
    public int SymbolicLinks { get; init; } = 40;

    /// <summary>Buffers of one scatter or gather call, as POSIX's IOV_MAX (EINVAL).</summary>
    public int Vectors { get; init; } = 1024;

    /// <summary>Subscriptions of one poll (EINVAL).</summary>
    public int Subscriptions { get; init; } = 4096;

    /// <summary>Bytes of arguments and variables together (E2BIG, to the host: an exception at Build).</summary>
    public int ArgumentBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Bytes that the box's memory file systems hold together (ENOSPC).</summary>
    public long FileBytes { get; init; } = 1L << 30;

    /// <summary>Inodes that the box's memory file systems hold together (ENOSPC).</summary>
    public long Inodes { get; init; } = 2_000_000;

    /// <summary>Hard links to one inode (EMLINK).</summary>
    public int HardLinks { get; init; } = 65_000;

    /// <summary>Record locks that the box's processes hold together (ENOLCK).</summary>
    public int RecordLocks { get; init; } = 10_000;

    /// <summary>Watchers that the box's processes have open together (EMFILE).</summary>
    public int Watchers { get; init; } = 128;

    /// <summary>Files that the box's processes watch together (ENOSPC).</summary>
    public int Watches { get; init; } = 8192;

    /// <summary>Events that one watcher keeps until they are read; those beyond are lost, and one tells so.</summary>
    public int WatchEvents { get; init; } = 16_384;

    /// <summary>Processes that the box has at once, those included that nobody has waited for yet (EAGAIN).</summary>
    public int Processes { get; init; } = 256;

    /// <summary>Threads that the box's processes have together (EAGAIN).</summary>
    public int Threads { get; init; } = 512;

    /// <summary>Signals that queue for one process (EAGAIN); those that POSIX merges do not count.</summary>
    public int PendingSignals { get; init; } = 1024;

    /// <summary>Pipes and FIFOs that are open in the box at once (ENFILE).</summary>
    public int Pipes { get; init; } = 1024;

    /// <summary>Bytes that one pipe holds until they are read; a power of two, at least POSIX's PIPE_BUF of 4096.</summary>
    public int PipeBytes { get; init; } = 64 * 1024;

    /// <summary>Terminals that the box has at once (ENOSPC).</summary>
    public int Terminals { get; init; } = 16;

    /// <summary>Bytes of a module that a process runs (ENOMEM).</summary>
    public long ProgramBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of stack that one thread's checkpoints hold (ENOMEM); see setjmp.</summary>
    public long CheckpointBytes { get; init; } = 16L << 20;

    /// <summary>Bytes of each of a guest's linear memories; growth beyond it fails in the guest.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>Linear memories of one guest.</summary>
    public int Memories { get; init; } = 8;

    /// <summary>Elements of each of a guest's tables.</summary>
    public uint TableElements { get; init; } = 200_000;

    /// <summary>Bytes of stack that a guest thread's WebAssembly frames may take; passing it is a trap.</summary>
    public int StackBytes { get; init; } = 1024 * 1024;

    /// <summary>Instructions' worth of fuel, or null for no metering.</summary>
    public ulong? Fuel { get; init; }

    /// <summary>Real time from start to end, up to 49 days, or null for none.</summary>
    public TimeSpan? WallClock { get; init; }

    /// <summary>Throws when a limit makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative or zero; the message names it.</exception>
    public void Validate()
    {
        Positive(Descriptors, nameof(Descriptors));
        Positive(PathBytes, nameof(PathBytes));
        Positive(NameBytes, nameof(NameBytes));
        Positive(SymbolicLinks, nameof(SymbolicLinks));
        Positive(Vectors, nameof(Vectors));
        Positive(Subscriptions, nameof(Subscriptions));
        Positive(ArgumentBytes, nameof(ArgumentBytes));
        Positive(FileBytes, nameof(FileBytes));
        Positive(Inodes, nameof(Inodes));
        Positive(HardLinks, nameof(HardLinks));
        Positive(RecordLocks, nameof(RecordLocks));
        Positive(Watchers, nameof(Watchers));
        Positive(Watches, nameof(Watches));
        Positive(WatchEvents, nameof(WatchEvents));
        Positive(Processes, nameof(Processes));
        Positive(Threads, nameof(Threads));
        Positive(PendingSignals, nameof(PendingSignals));
        Positive(Pipes, nameof(Pipes));
        Positive(Terminals, nameof(Terminals));
        Positive(ProgramBytes, nameof(ProgramBytes));
        Positive(CheckpointBytes, nameof(CheckpointBytes));
        Positive(MemoryBytes, nameof(MemoryBytes));
        Positive(Memories, nameof(Memories));
        Positive(StackBytes, nameof(StackBytes));
        Positive(WallClock?.Ticks ?? 1, nameof(WallClock));
        if (PipeBytes < 4096 || !System.Numerics.BitOperations.IsPow2(PipeBytes))
        {
            throw new ArgumentOutOfRangeException(nameof(PipeBytes), PipeBytes, $"Limits.PipeBytes is {PipeBytes}; give it a power of two from 4096 on.");
        }

        if (WallClock > LongestWallClock)
        {
            throw new ArgumentOutOfRangeException(nameof(WallClock), WallClock, $"Limits.WallClock is {WallClock}; give it at most {LongestWallClock.Days} days, or null for no limit.");
        }
    }

    private static void Positive(long value, string name)
    {
        if (value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Limits.{name} is {value}; give it a value above zero.");
        }
    }
}
