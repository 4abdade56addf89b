namespace Marcotte.Vfs;

/// <summary>How an archive is read, and how much it may cost. What passes a bound is an exception at Build that names it.</summary>
public sealed record ArchiveOptions
{
    /// <summary>The options of an archive that its host says nothing about.</summary>
    public static ArchiveOptions Default { get; } = new();

    /// <summary>Files, directories and links, those that are only implied by a path too.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>
    /// Bytes that a compressed tar, or a stream of any kind, may come to; of a zip archive, the bytes that its compressed
    /// entries say they inflate to, together.
    /// </summary>
    public long MaxInflatedBytes { get; init; } = 4L << 30;

    /// <summary>
    /// Bytes of an inflated tar, or of a stream, that are kept in memory; beyond it they all go to a temporary file.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of files, and of inflated entries of zip archives, that are kept in memory because they were read lately.</summary>
    public long CacheBytes { get; init; } = 64L << 20;

    /// <summary>The host's directory for temporary files; null for the system's. They have no name there once they are made.</summary>
    public string? TemporaryDirectory { get; init; }

    /// <summary>
    /// Whether the archive is a layer of a container image (OCI Image Layer, "Whiteouts"): <c>.wh.name</c> is shown as a
    /// whiteout of <c>name</c>, which is the character device 0:0 as in an overlay of Linux's, and <c>.wh..wh..opq</c> marks
    /// its directory as opaque. Otherwise these are names like any other.
    /// </summary>
    public bool Whiteouts { get; init; }

    /// <summary>Throws when an option makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is zero or negative; the message names it.</exception>
    internal void Validate()
    {
        Positive(MaxEntries, nameof(MaxEntries));
        Positive(MaxInflatedBytes, nameof(MaxInflatedBytes));
        Positive(MaxMemoryBytes, nameof(MaxMemoryBytes));
        Positive(CacheBytes, nameof(CacheBytes));
    }

    private static void Positive(long value, string name)
    {
        if (value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"ArchiveOptions.{name} is {value}; give it a value above zero.");
        }
    }
}
