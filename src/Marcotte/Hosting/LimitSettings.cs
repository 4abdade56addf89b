using Marcotte.Core;

namespace Marcotte;

/// <summary>Limits, as configuration tells them; what is null is left as it was. Each is explained in <see cref="Limits"/>.</summary>
public sealed class LimitSettings
{
    /// <summary><see cref="Limits.Descriptors"/>.</summary>
    public int? Descriptors { get; set; }

    /// <summary><see cref="Limits.PathBytes"/>.</summary>
    public int? PathBytes { get; set; }

    /// <summary><see cref="Limits.NameBytes"/>.</summary>
    public int? NameBytes { get; set; }

    /// <summary><see cref="Limits.SymbolicLinks"/>.</summary>
    public int? SymbolicLinks { get; set; }

    /// <summary><see cref="Limits.Vectors"/>.</summary>
    public int? Vectors { get; set; }

    /// <summary><see cref="Limits.Subscriptions"/>.</summary>
    public int? Subscriptions { get; set; }

    /// <summary><see cref="Limits.ArgumentBytes"/>.</summary>
    public int? ArgumentBytes { get; set; }

    /// <summary><see cref="Limits.FileBytes"/>.</summary>
    public long? FileBytes { get; set; }

    /// <summary><see cref="Limits.Inodes"/>.</summary>
    public long? Inodes { get; set; }

    /// <summary><see cref="Limits.HardLinks"/>.</summary>
    public int? HardLinks { get; set; }

    /// <summary><see cref="Limits.RecordLocks"/>.</summary>
    public int? RecordLocks { get; set; }

    /// <summary><see cref="Limits.Watchers"/>.</summary>
    public int? Watchers { get; set; }

    /// <summary><see cref="Limits.Watches"/>.</summary>
    public int? Watches { get; set; }

    /// <summary><see cref="Limits.WatchEvents"/>.</summary>
    public int? WatchEvents { get; set; }

    /// <summary><see cref="Limits.Processes"/>.</summary>
    public int? Processes { get; set; }

    /// <summary><see cref="Limits.Threads"/>.</summary>
    public int? Threads { get; set; }

    /// <summary><see cref="Limits.PendingSignals"/>.</summary>
    public int? PendingSignals { get; set; }

    /// <summary><see cref="Limits.Pipes"/>.</summary>
    public int? Pipes { get; set; }

    /// <summary><see cref="Limits.PipeBytes"/>.</summary>
    public int? PipeBytes { get; set; }

    /// <summary><see cref="Limits.Terminals"/>.</summary>
    public int? Terminals { get; set; }

    /// <summary><see cref="Limits.ProgramBytes"/>.</summary>
    public long? ProgramBytes { get; set; }

    /// <summary><see cref="Limits.CheckpointBytes"/>.</summary>
    public long? CheckpointBytes { get; set; }

    /// <summary><see cref="Limits.MemoryBytes"/>.</summary>
    public long? MemoryBytes { get; set; }

    /// <summary><see cref="Limits.Memories"/>.</summary>
    public int? Memories { get; set; }

    /// <summary><see cref="Limits.TableElements"/>.</summary>
    public uint? TableElements { get; set; }

    /// <summary><see cref="Limits.StackBytes"/>; the engine's too.</summary>
    public int? StackBytes { get; set; }

    /// <summary><see cref="Limits.Fuel"/>.</summary>
    public ulong? Fuel { get; set; }

    /// <summary><see cref="Limits.WallClock"/>, as in <c>00:00:10</c>.</summary>
    public TimeSpan? WallClock { get; set; }

    /// <summary>Changes limits to what is set here, as in <c>builder.WithLimits(options.Limits.Apply)</c>.</summary>
    /// <param name="limits">The limits.</param>
    /// <returns>The changed ones.</returns>
    public Limits Apply(Limits limits) => limits with
    {
        Descriptors = Descriptors ?? limits.Descriptors,
        PathBytes = PathBytes ?? limits.PathBytes,
        NameBytes = NameBytes ?? limits.NameBytes,
        SymbolicLinks = SymbolicLinks ?? limits.SymbolicLinks,
        Vectors = Vectors ?? limits.Vectors,
        Subscriptions = Subscriptions ?? limits.Subscriptions,
        ArgumentBytes = ArgumentBytes ?? limits.ArgumentBytes,
        FileBytes = FileBytes ?? limits.FileBytes,
        Inodes = Inodes ?? limits.Inodes,
        HardLinks = HardLinks ?? limits.HardLinks,
        RecordLocks = RecordLocks ?? limits.RecordLocks,
        Watchers = Watchers ?? limits.Watchers,
        Watches = Watches ?? limits.Watches,
        WatchEvents = WatchEvents ?? limits.WatchEvents,
        Processes = Processes ?? limits.Processes,
        Threads = Threads ?? limits.Threads,
        PendingSignals = PendingSignals ?? limits.PendingSignals,
        Pipes = Pipes ?? limits.Pipes,
        PipeBytes = PipeBytes ?? limits.PipeBytes,
        Terminals = Terminals ?? limits.Terminals,
        ProgramBytes = ProgramBytes ?? limits.ProgramBytes,
        CheckpointBytes = CheckpointBytes ?? limits.CheckpointBytes,
        MemoryBytes = MemoryBytes ?? limits.MemoryBytes,
        Memories = Memories ?? limits.Memories,
        TableElements = TableElements ?? limits.TableElements,
        StackBytes = StackBytes ?? limits.StackBytes,
        Fuel = Fuel ?? limits.Fuel,
        WallClock = WallClock ?? limits.WallClock,
    };
}
