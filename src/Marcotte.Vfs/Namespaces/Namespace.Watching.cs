using Marcotte.Core;
using Marcotte.Vfs.Watching;

namespace Marcotte.Vfs;

/// <content>Who is told what happens to files (inotify). Until the first watcher comes, each call pays a test of a field.</content>
public sealed partial class Namespace
{
    private WatchTable? _watches;

    internal WatchTable? Watches => Volatile.Read(ref _watches);

    /// <inheritdoc/>
    public override Errno OpenWatcher(Process process, StatusFlags status, out OpenFile? watcher)
    {
        watcher = null;
        WatchTable watches = BeginWatching();
        if (!watches.TryAddFile())
        {
            return Errno.MFile;
        }

        watcher = new OpenFile(new WatcherFile(watches, process.Kernel.Limits), AccessModes.Read, status);
        return Errno.Success;
    }

    /// <inheritdoc/>
    public override Errno AddWatch(OpenFile watcher, in PathReference path, WatchEvents events, out int watch)
    {
        watch = 0;
        if (watcher.Operations is not WatcherFile file || (events & WatchEvents.All) == 0 ||
            (events & (WatchEvents.MaskAdd | WatchEvents.MaskCreate)) == (WatchEvents.MaskAdd | WatchEvents.MaskCreate))
        {
            return Errno.Inval;
        }

        return AddWatch(file.Watcher, path, events, out watch);
    }

    /// <inheritdoc/>
    public override Errno RemoveWatch(OpenFile watcher, int watch) =>
        watcher.Operations is WatcherFile file ? BeginWatching().Remove(file.Watcher, watch) : Errno.Inval;

    internal Errno AddWatch(Watcher watcher, in PathReference path, WatchEvents events, out int watch)
    {
        watch = 0;
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginExisting(ref walker, path, (events & WatchEvents.NoFollow) == 0);
            errno = errno == Errno.Success && (events & WatchEvents.OnlyDirectory) != 0 && !walker.Inode.IsDirectory ? Errno.NotDir : errno;
            errno = errno == Errno.Success ? walker.Permit(walker.Inode.IsDirectory ? PathVerbs.List : PathVerbs.Read) : errno;
            errno = errno == Errno.Success ? Permissions.Check(walker.Inode, path.Process.Credentials, Permissions.Read) : errno;
            return errno == Errno.Success ? BeginWatching().Add(watcher, walker.Inode, events, out watch) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    internal WatchTable BeginWatching()
    {
        if (Watches is not { } watches)
        {
            WatchTable made = new(_kernel.Limits);
            watches = Interlocked.CompareExchange(ref _watches, made, null) ?? made;
            Mounts.Root.BeginWatching(watches);
        }

        return watches;
    }

    private static bool HasNoName(Inode inode) => inode.Stat(out FileStat stat) != Errno.Success || stat.Links == 0;

    /// <summary>The last component's name was made, if nothing went wrong.</summary>
    private Errno Created(scoped in PathWalker walker, Errno errno, bool isDirectory = false)
    {
        if (errno == Errno.Success)
        {
            Watches?.Created(walker.Inode, walker.Last, isDirectory);
        }

        return errno;
    }

    /// <summary>The last component's name was removed, if nothing went wrong.</summary>
    private Errno Removed(scoped in PathWalker walker, Inode removed, Errno errno)
    {
        if (errno == Errno.Success && Watches is { } watches)
        {
            watches.Removed(walker.Inode, walker.Last, removed, removed.IsDirectory || HasNoName(removed));
        }

        return errno;
    }

    /// <summary>A name was changed, or two were exchanged, if nothing went wrong.</summary>
    private Errno Moved(scoped in PathWalker from, Inode moved, scoped in PathWalker to, Inode? replaced, RenameMode mode, Errno errno)
    {
        if (errno != Errno.Success || Watches is not { } watches)
        {
            return errno;
        }

        if (mode == RenameMode.Exchange)
        {
            watches.Moved(from.Inode, from.Last, to.Inode, to.Last, moved, null, false);
            watches.Moved(to.Inode, to.Last, from.Inode, from.Last, replaced!, null, false);
            return errno;
        }

        bool isLast = replaced is not null && (replaced.IsDirectory || HasNoName(replaced));
        watches.Moved(from.Inode, from.Last, to.Inode, to.Last, moved, replaced, isLast);
        return errno;
    }

    /// <summary>The file that the walk has reached was changed, if nothing went wrong.</summary>
    private Errno Changed(scoped in PathWalker walker, Errno errno, WatchEvents events = WatchEvents.Attributes)
    {
        if (errno == Errno.Success && Watches is { } watches)
        {
            events |= walker.Inode.IsDirectory ? WatchEvents.IsDirectory : WatchEvents.None;
            watches.Happened(walker.Above, walker.Last, InodeKey.Of(walker.Inode), events);
        }

        return errno;
    }

    /// <summary>An open file was changed, if nothing went wrong.</summary>
    private static Errno Changed(OpenFile file, Errno errno)
    {
        if (errno == Errno.Success)
        {
            file.Events?.Changed(file);
        }

        return errno;
    }

    /// <summary>
    /// The last component, or where the walk stands when there is none, was opened. A file that several openings share, as those
    /// of /dev/fd, does not come here: it has no name of its own to be told by.
    /// </summary>
    private void Opened(scoped in PathWalker walker, FileOrigin origin, OpenFile file, bool isCut)
    {
        file.Origin = origin;
        if (Watches is { } watches)
        {
            Opened(walker, watches, file, isCut);
        }
    }

    private static void Opened(scoped in PathWalker walker, WatchTable watches, OpenFile file, bool isCut)
    {
        if (!OpenFileEvents.TryDescribe(file, out InodeKey opened, out WatchEvents kind))
        {
            return;
        }

        InodeKey? directory = walker.Last.IsEmpty ? null : InodeKey.Of(walker.Inode);
        if (isCut)
        {
            watches.Happened(directory, walker.Last, opened, WatchEvents.Modify);
        }

        watches.Happened(directory, walker.Last, opened, WatchEvents.Open | kind);
        WatchedName? name = directory is { } above ? new WatchedName(above, walker.Last.ToArray()) : null;
        file.Events = new OpenFileEvents(watches, opened, kind, name);
    }
}
