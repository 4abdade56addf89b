using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>What is about to be done to a file or a name.</summary>
[Flags]
internal enum PathVerbs : ushort
{
    None = 0,

    /// <summary>Describe it, or make it the working directory.</summary>
    Stat = 1,

    /// <summary>Read what a symbolic link says; a walk that follows it does not ask.</summary>
    ReadLink = 2,

    /// <summary>Open a directory to list it.</summary>
    List = 4,

    /// <summary>Open it to read.</summary>
    Read = 8,

    /// <summary>Open it to write, or cut it.</summary>
    Write = 16,

    /// <summary>Open it to run it.</summary>
    Execute = 32,

    /// <summary>Make a file, a directory, a symbolic link or a further name.</summary>
    Create = 64,

    /// <summary>Remove a name.</summary>
    Remove = 128,

    /// <summary>Give a name up to another, or change places with it.</summary>
    RenameFrom = 256,

    /// <summary>Take a name by renaming.</summary>
    RenameTo = 512,

    /// <summary>Give the file another name.</summary>
    Link = 1024,

    /// <summary>Change mode, owner or times.</summary>
    ChangeAttributes = 2048,
}

/// <summary>A rule over a name and all beneath it: what may be done there. The walker says where it stands, on inodes; no path is compared.</summary>
internal abstract class PathGuard
{
    /// <summary>Whether a process may.</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="verbs">What for; more than one when one call does several things.</param>
    /// <param name="mount">The mount, or the part of one, that it is reached through.</param>
    /// <param name="at">The file, or, with a name, the directory of that name, for the length of the call; null for a file that is open.</param>
    /// <param name="name">The name in the directory; empty for the file itself.</param>
    /// <returns>Success, or what the call answers instead.</returns>
    public abstract Errno Permit(Process process, PathVerbs verbs, Mount mount, Inode? at, ReadOnlySpan<byte> name);
}
