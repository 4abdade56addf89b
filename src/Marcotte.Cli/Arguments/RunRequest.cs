namespace Marcotte.Cli;

/// <summary>What <c>marcotte run</c> was asked to do; checked as far as that needs no box.</summary>
internal sealed record RunRequest
{
    internal required string Module { get; init; }

    internal required IReadOnlyList<string> Arguments { get; init; }

    internal IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    internal IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>What is kept of the program's directories.</summary>
    internal IReadOnlyList<TreeExport> Exports { get; init; } = [];

    /// <summary>Whom the program acts as; null for user 0.</summary>
    internal Identity? User { get; init; }

    /// <summary>Where relative paths start; null for nowhere.</summary>
    internal string? WorkingDirectory { get; init; }

    internal TimeSpan? Timeout { get; init; }

    internal long? MemoryBytes { get; init; }

    internal ulong? Fuel { get; init; }

    /// <summary>Where random bytes come from; null for the host.</summary>
    internal ulong? Seed { get; init; }

    internal ClockChoice Clock { get; init; }

    internal IReadOnlyList<Denial> Denials { get; init; } = [];

    /// <summary>Calls that are told of.</summary>
    internal IReadOnlyList<string> Observations { get; init; } = [];

    /// <summary>Where what is found is told; null for nowhere.</summary>
    internal string? AuditFile { get; init; }

    internal bool Trace { get; init; }

    /// <summary>Whether the trace tells how long calls took.</summary>
    internal bool Durations { get; init; } = true;

    internal bool Statistics { get; init; }

    /// <summary>Whether the program has a terminal of its own, which the tool's is joined to.</summary>
    internal bool Interactive { get; init; }

    /// <summary>Whether the tree of processes is told.</summary>
    internal bool Processes { get; init; }

    internal bool Cache { get; init; } = true;

    /// <summary>Checks what no option can check alone.</summary>
    /// <exception cref="HostMistakeException">Options contradict each other.</exception>
    internal RunRequest Validate()
    {
        IGrouping<string, MountPoint>? twice = Mounts.GroupBy(mount => mount.GuestPath)
            .FirstOrDefault(group => group.Count() > 1 && !group.All(mount => mount.IsOverlay));
        if (twice is not null)
        {
            throw new HostMistakeException($"there are two mounts at {twice.Key}; give each --mount and --tmpfs a path of its own, or write :overlay behind all of them");
        }

        if (WorkingDirectory is not null && !Mounts.Any(mount => mount.Holds(WorkingDirectory)))
        {
            throw new HostMistakeException($"--workdir {WorkingDirectory} is in no mount; name a directory at or beneath the path of a --mount or --tmpfs");
        }

        if (Exports.FirstOrDefault(export => !Mounts.Any(mount => mount.Holds(export.GuestPath))) is { } nowhere)
        {
            throw new HostMistakeException($"--export {nowhere.GuestPath} is in no mount; name a directory at or beneath the path of a --mount or --tmpfs");
        }

        if (Interactive && OperatingSystem.IsWindows())
        {
            throw new HostMistakeException("--interactive needs a terminal of Unix; run it on Linux or macOS, in WSL for one");
        }

        if (Interactive && Trace && !Console.IsErrorRedirected)
        {
            throw new HostMistakeException("--trace would write over what --interactive shows; send it elsewhere with 2>FILE");
        }

        if (!Durations && !Trace)
        {
            throw new HostMistakeException("--no-durations says how a trace is written; add --trace");
        }

        if (AuditFile is not null && Denials.Count + Observations.Count == 0)
        {
            throw new HostMistakeException("--audit would have nothing to tell; add --deny or --observe");
        }

        if (AuditFile is null && Observations.Count > 0)
        {
            throw new HostMistakeException("--observe tells nobody; add --audit FILE");
        }

        return this;
    }
}
