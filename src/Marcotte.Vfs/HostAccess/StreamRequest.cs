namespace Marcotte.Vfs.HostAccess;

/// <summary>How host code opens a stream, checked as .NET checks it.</summary>
internal readonly record struct StreamRequest(FileMode Mode, FileAccess Access, FileShare Share)
{
    internal const int DefaultBufferBytes = 4096;

    private const FileOptions KnownOptions = FileOptions.WriteThrough | FileOptions.Asynchronous | FileOptions.RandomAccess
        | FileOptions.DeleteOnClose | FileOptions.SequentialScan | FileOptions.Encrypted | (FileOptions)0x20000000;

    internal FileOptions Options { get; init; }

    /// <summary>Checked, and then of no use: a stream here keeps nothing back, so that a box sees every write at once.</summary>
    internal int BufferBytes { get; init; } = DefaultBufferBytes;

    internal long Preallocation { get; init; }

    /// <summary>Permission bits of a file that is made, before the umask.</summary>
    internal UnixFileMode? CreateMode { get; init; }

    internal bool Creates => Mode is FileMode.CreateNew or FileMode.Create or FileMode.OpenOrCreate or FileMode.Append;

    internal bool Cuts => Mode is FileMode.Create or FileMode.Truncate;

    internal static StreamRequest Of(FileMode mode, FileAccess? access = null, FileShare share = FileShare.Read) =>
        new(mode, access ?? (mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite), share);

    internal static StreamRequest Of(FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if ((options.Access & FileAccess.Read) != 0 && options.Mode == FileMode.Append)
        {
            throw new ArgumentException("Append access can be requested only in write-only mode.", nameof(options));
        }

        if ((options.Access & FileAccess.Write) == 0 && options.Mode is FileMode.Truncate or FileMode.CreateNew or FileMode.Create or FileMode.Append)
        {
            throw new ArgumentException($"Combining FileMode: {options.Mode} with FileAccess: {options.Access} is invalid.", nameof(options));
        }

        if (options.PreallocationSize > 0)
        {
            CheckPreallocation(options.Mode, options.Access);
        }

        return new StreamRequest(options.Mode, options.Access, options.Share)
        {
            Options = options.Options,
            BufferBytes = options.BufferSize,
            Preallocation = options.PreallocationSize,
            CreateMode = ModeOf(options),
        };
    }

    internal void Check()
    {
        string? wrong = Mode is < FileMode.CreateNew or > FileMode.Append ? "mode"
            : Access is < FileAccess.Read or > FileAccess.ReadWrite ? "access"
            : (Share & ~FileShare.Inheritable) is < FileShare.None or > (FileShare.ReadWrite | FileShare.Delete) ? "share"
            : (Options & ~KnownOptions) != 0 ? "options"
            : null;
        if (wrong is not null)
        {
            throw new ArgumentOutOfRangeException(wrong, "Enum value was out of legal range.");
        }

        if (BufferBytes < 0)
        {
            throw new ArgumentOutOfRangeException("bufferSize", "Non-negative number required.");
        }

        if ((Access & FileAccess.Write) == 0 && Mode is FileMode.Truncate or FileMode.CreateNew or FileMode.Create or FileMode.Append)
        {
            throw new ArgumentException($"Combining FileMode: {Mode} with FileAccess: {Access} is invalid.", "access");
        }

        if ((Access & FileAccess.Read) != 0 && Mode == FileMode.Append)
        {
            throw new ArgumentException("Append access can be requested only in write-only mode.", "access");
        }
    }

    internal static void CheckPreallocation(FileMode mode, FileAccess access)
    {
        if ((access & FileAccess.Write) == 0)
        {
            throw new ArgumentException("Preallocation size can be requested only in write mode.", nameof(access));
        }

        if (mode is not (FileMode.Create or FileMode.CreateNew))
        {
            throw new ArgumentException("Preallocation size can be requested only for new files.", nameof(mode));
        }
    }

    private static UnixFileMode? ModeOf(FileStreamOptions options) =>
        OperatingSystem.IsWindows() ? null : options.UnixCreateMode;
}
