namespace Marcotte.Guests.Tests;

/// <summary>Who else meets a guest's expectation.</summary>
[Flags]
internal enum Companions
{
    None = 0,

    /// <summary>Wasmtime's own WASI.</summary>
    Builtin = 1,

    /// <summary>The guest as a program of this machine.</summary>
    Native = 2,
}

/// <summary>How much of what a guest is granted may be a mounted archive.</summary>
internal enum ArchiveUse
{
    /// <summary>What it is granted to read alone.</summary>
    ReadOnly,

    /// <summary>All of it: it does the same where nothing can be written.</summary>
    Everything,
}

/// <summary>A granted directory; its path in the box is also its path in the run's root.</summary>
internal sealed record PreopenedDirectory(string Path, bool ReadOnly);

/// <summary>Standard input.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="StaysOpen">Whether its end never comes.</param>
internal sealed record InputText(byte[] Content, bool StaysOpen);

/// <summary>The limits of a box; those that are null are its defaults.</summary>
internal sealed record CaseLimits(int? Descriptors = null, long? Bytes = null, long? Inodes = null, long? Memory = null, uint? Table = null);

/// <summary>One run of a guest or a program: what its header, or one step of its scenario, says.</summary>
internal sealed record GuestCase(string Name, string Module)
{
    /// <summary>The guest as a program of this machine.</summary>
    public string? Native { get; init; }

    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    public Companions Companions { get; init; }

    /// <summary>What standard output must be; null when that is left to comparing.</summary>
    public byte[]? Output { get; init; }

    /// <summary>Arguments, without the program's name and without the preopens' paths.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether the preopens' paths are arguments before the others.</summary>
    public bool TellsPreopens { get; init; } = true;

    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    public InputText Input { get; init; } = new([], false);

    public IReadOnlyList<PreopenedDirectory> Preopens { get; init; } = [];

    public IReadOnlyList<SetupStep> Setup { get; init; } = [];

    public IReadOnlyList<AfterCheck> After { get; init; } = [];

    public CaseLimits Limits { get; init; } = new();

    /// <summary>What of it may be a mounted archive.</summary>
    public ArchiveUse OnArchives { get; init; }

    /// <summary>The rows of the list of attacks that it tries.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Calls to a reactor's exports, in order; none for a program.</summary>
    public IReadOnlyList<ReactorCall> Calls { get; init; } = [];

    public bool IsAttack => Name.StartsWith("attack_", StringComparison.Ordinal);

    /// <summary>Whether it only ends when its host ends it.</summary>
    public bool IsEndless => Expectations.Any(expectation => expectation.Kind == EndingKind.Killed);

    /// <summary>Whether its limits are those of a file system in memory, which a directory of the host's has not.</summary>
    public bool WantsMemory => Limits.Bytes is not null || Limits.Inodes is not null;

    /// <summary>All arguments after the program's name.</summary>
    /// <param name="place">Gives a preopen's path where it runs.</param>
    internal IEnumerable<string> AllArguments(Func<string, string> place) =>
        (TellsPreopens ? Preopens.Select(preopen => place(preopen.Path)) : []).Concat(Arguments);
}
