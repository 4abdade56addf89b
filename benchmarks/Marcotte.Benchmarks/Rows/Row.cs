namespace Marcotte.Benchmarks.Rows;

/// <summary>Where a row's files lie for Marcotte; for the others they always lie on tmpfs.</summary>
internal enum Storage
{
    /// <summary>In a memory file system of the box's own, which the guest fills.</summary>
    Memory,

    /// <summary>In the host directory that the others use as well.</summary>
    Host,

    /// <summary>In a memory tree that an overlay has as its lower layer: nothing is copied up, and the upper layer is empty.</summary>
    Overlay,

    /// <summary>In a tar that is a file of the host, one of a hundred thousand entries.</summary>
    Archive,
}

/// <summary>One thing that is measured: a guest that does it in a loop, and the same loop in C.</summary>
/// <param name="Name">What the table, the JSON and <c>loops.c</c> call it.</param>
/// <param name="Guest">The guest's parts beside <c>imports.wat</c>, the last of which exports <c>run</c>.</param>
internal sealed record Row(string Name, params string[] Guest)
{
    /// <summary>Where Marcotte's files lie.</summary>
    public Storage Storage { get; init; }

    /// <summary>How many entries its directory has; 0 when it has none.</summary>
    public int Entries { get; init; }

    /// <summary>How many files the tree has that its boxes are made with and share; 0 for an empty tree of each box's own.</summary>
    public int Image { get; init; }

    /// <summary>What it is to reach.</summary>
    public Target Target { get; init; } = Target.None;

    /// <summary>The row that <see cref="Rows.Target.OtherRow"/> means; both take turns when they are measured.</summary>
    public string? HeldAgainst { get; init; }

    /// <summary>What is made anew with every operation: a box, rather than a call in one.</summary>
    public bool StartsBoxes { get; init; }

    /// <summary>Whether it is a program for a box and for the kernel alike, which nobody else can run; <see cref="Guest"/> names what it needs.</summary>
    public bool IsProgram { get; init; }

    /// <summary>What Marcotte's box has beyond the others, such as a policy; null for nothing.</summary>
    public Action<BoxBuilder>? Configure { get; init; }

    /// <summary>Operations of one call into the guest under BenchmarkDotNet, which wants a constant.</summary>
    public Pace Pace { get; init; } = Pace.Fast;
}

/// <summary>How long an operation takes, so that one invocation is neither too short nor too long.</summary>
internal enum Pace
{
    /// <summary>Under a microsecond at least on one side.</summary>
    Fast,

    /// <summary>Tens of microseconds.</summary>
    Slow,

    /// <summary>A good part of a second.</summary>
    Long,
}
