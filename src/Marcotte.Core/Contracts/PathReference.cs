namespace Marcotte.Core;

/// <summary>How a path is walked.</summary>
[Flags]
public enum PathFlags : byte
{
    /// <summary>From the process's root or working directory; a link at the end is not followed.</summary>
    None = 0,

    /// <summary>A link at the end is followed.</summary>
    Follow = 1,

    /// <summary>
    /// The walk stays beneath the directory it starts from, as preview 1 demands: an absolute path, an absolute link
    /// or a <c>..</c> that would leave it is refused with <see cref="Errno.Perm"/>.
    /// </summary>
    Beneath = 2,
}

/// <summary>A path as a process gives it: where it starts, its bytes, and how it is walked.</summary>
/// <param name="process">Whose root, working directory and credentials count.</param>
/// <param name="directory">The directory it starts from; null for the working directory.</param>
/// <param name="path">The path's bytes; not yet checked.</param>
/// <param name="flags">How it is walked.</param>
public readonly ref struct PathReference(Process process, OpenFile? directory, ReadOnlySpan<byte> path, PathFlags flags)
{
    /// <summary>Whose root, working directory and credentials count.</summary>
    public Process Process { get; } = process;

    /// <summary>The directory it starts from; null for the working directory.</summary>
    public OpenFile? Directory { get; } = directory;

    /// <summary>The path's bytes; not yet checked.</summary>
    public ReadOnlySpan<byte> Path { get; } = path;

    /// <summary>How it is walked.</summary>
    public PathFlags Flags { get; } = flags;

    /// <summary>Whether a link at the end is followed.</summary>
    public bool Follow => (Flags & PathFlags.Follow) != 0;

    /// <summary>Whether the walk stays beneath its start.</summary>
    public bool Beneath => (Flags & PathFlags.Beneath) != 0;
}

/// <summary>How a file is opened.</summary>
/// <param name="Flags">Creation flags.</param>
/// <param name="Access">What the opening may do.</param>
/// <param name="Status">Status flags.</param>
/// <param name="Mode">Permission bits of a file that is created, before the umask.</param>
public readonly record struct OpenRequest(OpenFlags Flags, AccessModes Access, StatusFlags Status = StatusFlags.None, ushort Mode = 0x1B6);
