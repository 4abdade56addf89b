namespace Marcotte.Core;

/// <summary>What a file system layer gives a box: the tree of names that its processes see.</summary>
/// <remarks>
/// Errors are those of the POSIX call that a method stands for. A path is UTF-8 (<see cref="Errno.IlSeq"/>), holds no NUL
/// (<see cref="Errno.Inval"/>) and is not empty (<see cref="Errno.NoEnt"/>).
/// </remarks>
[LayerContract("a file system", "UseVfs", "Marcotte.Vfs")]
public abstract class FileNamespace
{
    /// <summary>What a box without a file system has.</summary>
    public static FileNamespace None { get; } = new NoFiles();

    /// <summary>Opens or creates a file (openat). A link at the end that is not followed is <see cref="Errno.Loop"/>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="request">How.</param>
    /// <param name="file">The open file; the caller owns its one reference.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Open(in PathReference path, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        return Errno.NoSys;
    }

    /// <summary>Describes a file (fstatat).</summary>
    /// <param name="path">The path.</param>
    /// <param name="stat">What is known.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Stat(in PathReference path, out FileStat stat)
    {
        stat = default;
        return Errno.NoSys;
    }

    /// <summary>Sets times (utimensat).</summary>
    /// <param name="path">The path.</param>
    /// <param name="times">The times.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetTimes(in PathReference path, in TimeUpdate times) => Errno.NoSys;

    /// <summary>Changes permission bits (fchmodat).</summary>
    /// <param name="path">The path.</param>
    /// <param name="mode">The low twelve bits of st_mode.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> for who is neither owner nor user 0.</returns>
    public virtual Errno SetMode(in PathReference path, ushort mode) => Errno.NoSys;

    /// <summary>Changes owner and group (fchownat).</summary>
    /// <param name="path">The path.</param>
    /// <param name="owner">The new ones.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> for who may not.</returns>
    public virtual Errno SetOwner(in PathReference path, OwnerUpdate owner) => Errno.NoSys;

    /// <summary>
    /// Sets the times of an open file (futimens). This and the calls on open files after it ask nobody by default, since files that no
    /// namespace opened have no owner: one that has owners overrides all of them.
    /// </summary>
    /// <param name="process">Who asks.</param>
    /// <param name="file">The file.</param>
    /// <param name="times">The times.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> or <see cref="Errno.Access"/> for who may not.</returns>
    public virtual Errno SetTimes(Process process, OpenFile file, in TimeUpdate times) => file.Operations.SetTimes(file, times);

    /// <summary>Changes the permission bits of an open file (fchmod).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="file">The file; <see cref="Errno.BadF"/> when it is only named.</param>
    /// <param name="mode">The low twelve bits of st_mode.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> for who is neither owner nor user 0.</returns>
    public virtual Errno SetMode(Process process, OpenFile file, ushort mode) => file.Operations.SetMode(file, mode);

    /// <summary>Changes owner and group of an open file (fchown).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="file">The file; <see cref="Errno.BadF"/> when it is only named.</param>
    /// <param name="owner">The new ones.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> for who may not.</returns>
    public virtual Errno SetOwner(Process process, OpenFile file, OwnerUpdate owner) => file.Operations.SetOwner(file, owner);

    /// <summary>Describes the file system that an open file is in, and the mount it was opened through (fstatvfs).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="file">The file.</param>
    /// <param name="stat">What is known.</param>
    /// <returns>The outcome; <see cref="Errno.NoSys"/> for what is in none.</returns>
    public virtual Errno StatFileSystem(Process process, OpenFile file, out FileSystemStat stat) =>
        file.Operations.StatFileSystem(file, out stat);

    /// <summary>Cuts or extends a regular file to a length (truncate).</summary>
    /// <param name="path">The path.</param>
    /// <param name="size">The length in bytes.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetSize(in PathReference path, long size) => Errno.NoSys;

    /// <summary>Tells whether the process could do something (faccessat with AT_EACCESS).</summary>
    /// <param name="path">The path.</param>
    /// <param name="check">What.</param>
    /// <returns>Success when it could; <see cref="Errno.Access"/>, <see cref="Errno.RoFs"/>.</returns>
    public virtual Errno Access(in PathReference path, AccessCheck check) => Errno.NoSys;

    /// <summary>Describes the file system that a file is in, and the mount it is reached through (statvfs).</summary>
    /// <param name="path">The path.</param>
    /// <param name="stat">What is known.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno StatFileSystem(in PathReference path, out FileSystemStat stat)
    {
        stat = default;
        return Errno.NoSys;
    }

    /// <summary>Makes a process's working directory another one (chdir).</summary>
    /// <param name="path">The directory.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno ChangeDirectory(in PathReference path) => Errno.NoSys;

    /// <summary>Makes a directory the root that a process's paths start from and that <c>..</c> does not leave (chroot).</summary>
    /// <param name="path">The directory. The working directory stays where it is.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> for all but user 0.</returns>
    public virtual Errno ChangeRoot(in PathReference path) => Errno.NoSys;

    /// <summary>The path from a process's root to its working directory (getcwd).</summary>
    /// <param name="process">The process.</param>
    /// <param name="buffer">Where the path goes, without a NUL behind it.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome; <see cref="Errno.Range"/> when the buffer is too small, <see cref="Errno.NoEnt"/> when the directory was removed.</returns>
    public virtual Errno WorkingDirectory(Process process, Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.NoSys;
    }

    /// <summary>Makes a directory (mkdirat).</summary>
    /// <param name="path">The path.</param>
    /// <param name="mode">Permission bits, before the umask.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno MakeDirectory(in PathReference path, ushort mode) => Errno.NoSys;

    /// <summary>Removes an empty directory (unlinkat with AT_REMOVEDIR).</summary>
    /// <param name="path">The path.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno RemoveDirectory(in PathReference path) => Errno.NoSys;

    /// <summary>Removes a name of a file that is no directory (unlinkat).</summary>
    /// <param name="path">The path.</param>
    /// <returns>The outcome; <see cref="Errno.IsDir"/> for a directory.</returns>
    public virtual Errno Unlink(in PathReference path) => Errno.NoSys;

    /// <summary>Renames (renameat2).</summary>
    /// <param name="source">The name to be given up.</param>
    /// <param name="target">The name to be taken.</param>
    /// <param name="mode">What becomes of what has the new name.</param>
    /// <returns>The outcome; <see cref="Errno.Inval"/> for a mode that the file system cannot do.</returns>
    public virtual Errno Rename(in PathReference source, in PathReference target, RenameMode mode = RenameMode.Replace) => Errno.NoSys;

    /// <summary>Gives a file one more name (linkat).</summary>
    /// <param name="source">The file; a link at the end is followed only if asked.</param>
    /// <param name="target">The new name.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> for a directory.</returns>
    public virtual Errno Link(in PathReference source, in PathReference target) => Errno.NoSys;

    /// <summary>Makes a symbolic link (symlinkat).</summary>
    /// <param name="content">What the link says.</param>
    /// <param name="path">The new name.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SymbolicLink(ReadOnlySpan<byte> content, in PathReference path) => Errno.NoSys;

    /// <summary>Reads a symbolic link (readlinkat), cut to the buffer's length.</summary>
    /// <param name="path">The path.</param>
    /// <param name="buffer">Where its content goes.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome; <see cref="Errno.Inval"/> for what is no link.</returns>
    public virtual Errno ReadLink(in PathReference path, Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.NoSys;
    }

    /// <summary>Gives what is no data of a tree's own a name in it (mknod, bind): a FIFO, a socket, a program of the host's.</summary>
    /// <param name="path">The new name.</param>
    /// <param name="node">What it stands for.</param>
    /// <param name="mode">Permission bits, before the umask.</param>
    /// <returns>The outcome; <see cref="Errno.Perm"/> where the file system keeps no such files.</returns>
    public virtual Errno MakeNode(in PathReference path, SpecialFile node, ushort mode) => Errno.NoSys;

    /// <summary>Makes a file that tells what happens to others (inotify_init1); reading it gives struct inotify_event.</summary>
    /// <param name="process">The process.</param>
    /// <param name="status">Status flags.</param>
    /// <param name="watcher">The open file; the caller owns its one reference.</param>
    /// <returns>The outcome; <see cref="Errno.MFile"/> beyond <see cref="Limits.Watchers"/>.</returns>
    public virtual Errno OpenWatcher(Process process, StatusFlags status, out OpenFile? watcher)
    {
        watcher = null;
        return Errno.NoSys;
    }

    /// <summary>Watches a file, or changes what it is watched for (inotify_add_watch).</summary>
    /// <param name="watcher">What <see cref="OpenWatcher"/> made.</param>
    /// <param name="path">The file; it must be readable.</param>
    /// <param name="events">What for, and how.</param>
    /// <param name="watch">The watch's number, above zero.</param>
    /// <returns>The outcome; <see cref="Errno.NoSpc"/> beyond <see cref="Limits.Watches"/>, <see cref="Errno.Inval"/> for no watcher or no event.</returns>
    public virtual Errno AddWatch(OpenFile watcher, in PathReference path, WatchEvents events, out int watch)
    {
        watch = 0;
        return Errno.NoSys;
    }

    /// <summary>Watches a file no longer (inotify_rm_watch); <see cref="WatchEvents.Ignored"/> is the last that the watcher tells of it.</summary>
    /// <param name="watcher">What <see cref="OpenWatcher"/> made.</param>
    /// <param name="watch">The watch's number.</param>
    /// <returns>The outcome; <see cref="Errno.Inval"/> for no watcher or no watch.</returns>
    public virtual Errno RemoveWatch(OpenFile watcher, int watch) => Errno.NoSys;

    private sealed class NoFiles : FileNamespace;
}
