namespace Marcotte.Core;

/// <summary>Which program, and what it is given (execve).</summary>
public sealed record ExecRequest
{
    /// <summary>The program's path, or its name when <see cref="SearchPath"/> says where to look for it.</summary>
    public required byte[] Path { get; init; }

    /// <summary>Directories apart by colons, in which a name without a slash is looked for; null to take the path as it is.</summary>
    public byte[]? SearchPath { get; init; }

    /// <summary>Arguments, the program's own name first.</summary>
    public required ByteStrings Arguments { get; init; }

    /// <summary>Variables, each KEY=VALUE; null for those of who asks.</summary>
    public ByteStrings? Variables { get; init; }
}

/// <summary>What a process is to be like that runs another program (posix_spawn).</summary>
public sealed record SpawnRequest
{
    /// <summary>The program.</summary>
    public required ExecRequest Program { get; init; }

    /// <summary>What is done to the child's descriptors, in this order.</summary>
    public IReadOnlyList<SpawnAction> Actions { get; init; } = [];

    /// <summary>The child's process group; 0 for one of its own, null for its parent's.</summary>
    public int? Group { get; init; }

    /// <summary>Whether it leads a session of its own.</summary>
    public bool NewSession { get; init; }

    /// <summary>What it blocks; null for what who asks blocks.</summary>
    public SignalSet? Mask { get; init; }

    /// <summary>Signals that it does the default for.</summary>
    public SignalSet Defaults { get; init; }

    /// <summary>Signals that it ignores.</summary>
    public SignalSet Ignored { get; init; }

    /// <summary>Whether its effective user and group become the real ones.</summary>
    public bool ResetIds { get; init; }
}

/// <summary>What is done to a child's descriptors before it runs.</summary>
public abstract record SpawnAction;

/// <summary>Closes one.</summary>
/// <param name="Descriptor">Which; it need not be open.</param>
public sealed record CloseAction(int Descriptor) : SpawnAction;

/// <summary>Makes one a copy of another (dup2); onto itself it loses close-on-exec.</summary>
/// <param name="From">The one that is open.</param>
/// <param name="To">The copy.</param>
public sealed record DuplicateAction(int From, int To) : SpawnAction;

/// <summary>Opens a file.</summary>
/// <param name="Descriptor">The number it gets.</param>
/// <param name="Path">The file.</param>
/// <param name="Request">How.</param>
public sealed record OpenAction(int Descriptor, byte[] Path, OpenRequest Request) : SpawnAction;

/// <summary>Changes the working directory.</summary>
/// <param name="Path">The directory.</param>
public sealed record DirectoryAction(byte[] Path) : SpawnAction;

/// <summary>Changes the working directory to an open one.</summary>
/// <param name="Descriptor">The directory.</param>
public sealed record OpenDirectoryAction(int Descriptor) : SpawnAction;

/// <summary>Gives the child's group the foreground of a terminal (posix_spawn_file_actions_addtcsetpgrp_np).</summary>
/// <param name="Descriptor">The terminal.</param>
public sealed record ForegroundAction(int Descriptor) : SpawnAction;
