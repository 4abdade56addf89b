using Marcotte.Core;

namespace Marcotte.Vfs.Watching;

/// <summary>
/// Who watches what in a box. It comes to be with the first watcher: until then nothing that happens to files costs more
/// than a test of a field.
/// </summary>
/// <remarks>Its lock is taken with no lock of a file system held; under it a watcher's own, and those that giving an inode back takes.</remarks>
internal sealed class WatchTable(Limits limits)
{
    private const WatchEvents Flags = WatchEvents.ExcludeUnlinked | WatchEvents.OneShot;

    private readonly Lock _gate = new();
    private readonly Dictionary<InodeKey, List<Watch>> _watches = [];
    private int _count;
    private long _added;
    private int _files;
    private uint _cookie;

    /// <summary>Makes room for a guest's watcher, each of which holds events.</summary>
    /// <returns>False when there are as many as may be.</returns>
    public bool TryAddFile()
    {
        lock (_gate)
        {
            bool isRoom = _files < limits.Watchers;
            _files += isRoom ? 1 : 0;
            return isRoom;
        }
    }

    /// <summary>A guest's watcher is gone, and its watches with it.</summary>
    public void RemoveFile(Watcher watcher)
    {
        RemoveAll(watcher);
        lock (_gate)
        {
            _files--;
        }
    }

    /// <summary>Watches an inode, or changes what it is watched for.</summary>
    public Errno Add(Watcher watcher, Inode inode, WatchEvents events, out int number)
    {
        InodeKey key = InodeKey.Of(inode);
        lock (_gate)
        {
            number = 0;
            List<Watch>? watches = _watches.GetValueOrDefault(key);
            if (watches?.Find(watch => ReferenceEquals(watch.Watcher, watcher)) is { } present)
            {
                return Change(present, events, out number);
            }

            if (_count >= limits.Watches)
            {
                return Errno.NoSpc;
            }

            if (watches is null)
            {
                _watches.Add(key, watches = []);
            }

            _count++;
            number = ++watcher.LastNumber;
            Watch added = new(watcher, number, inode.Acquire(), events & (WatchEvents.All | Flags), ++_added);
            watches.Add(added);
            watcher.Watches.Add(number, added);
            return Errno.Success;
        }
    }

    public Errno Remove(Watcher watcher, int number)
    {
        lock (_gate)
        {
            if (!watcher.Watches.TryGetValue(number, out Watch? watch))
            {
                return Errno.Inval;
            }

            RemoveLocked(watch);
        }

        return Errno.Success;
    }

    /// <summary>A watcher is gone, and its watches with it.</summary>
    public void RemoveAll(Watcher watcher)
    {
        lock (_gate)
        {
            foreach (Watch watch in watcher.Watches.Values.ToArray())
            {
                RemoveLocked(watch);
            }
        }
    }

    /// <summary>Looks for a file in the watched directories, by reading them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="searched">The <see cref="Watch.Order"/> up to which watches have been looked through for it; moved on.</param>
    /// <returns>A name of it; null when no directory that came to be watched since has one.</returns>
    public WatchedName? FindName(InodeKey file, ref long searched)
    {
        List<Inode> directories = [];
        lock (_gate)
        {
            if (searched == _added)
            {
                return null;
            }

            foreach (Watch watch in _watches.Values.SelectMany(watches => watches))
            {
                if (watch.Order > searched && watch.Inode.IsDirectory && watch.Inode.FileSystem.Device == file.Device)
                {
                    directories.Add(watch.Inode.Acquire());
                }
            }

            searched = _added;
        }

        WatchedName? found = null;
        foreach (Inode directory in directories)
        {
            found ??= NameIn(directory, file);
            directory.Release();
        }

        return found;
    }

    /// <summary>Comes back when what is being told now has been told, such as both sides of a rename.</summary>
    public void Settle()
    {
        lock (_gate)
        {
        }
    }

    public void Created(Inode directory, ReadOnlySpan<byte> name, bool isDirectory)
    {
        lock (_gate)
        {
            TellLocked(InodeKey.Of(directory), WatchEvents.Create | Kind(isDirectory), 0, name);
        }
    }

    /// <summary>A name is gone.</summary>
    /// <param name="directory">The directory it was in.</param>
    /// <param name="name">The name.</param>
    /// <param name="removed">What it named.</param>
    /// <param name="isLast">Whether that has no other name.</param>
    public void Removed(Inode directory, ReadOnlySpan<byte> name, Inode removed, bool isLast)
    {
        lock (_gate)
        {
            LostNameLocked(removed, isLast);
            TellLocked(InodeKey.Of(directory), WatchEvents.Delete | Kind(removed.IsDirectory), 0, name);
        }
    }

    /// <summary>A file has another name; what had that before may be gone.</summary>
    public void Moved(Inode source, ReadOnlySpan<byte> name, Inode target, ReadOnlySpan<byte> newName, Inode moved, Inode? replaced, bool isLast)
    {
        lock (_gate)
        {
            uint cookie = ++_cookie;
            WatchEvents kind = Kind(moved.IsDirectory);
            TellLocked(InodeKey.Of(source), WatchEvents.MovedFrom | kind, cookie, name);
            TellLocked(InodeKey.Of(target), WatchEvents.MovedTo | kind, cookie, newName);
            if (replaced is not null)
            {
                LostNameLocked(replaced, isLast);
            }

            TellLocked(InodeKey.Of(moved), WatchEvents.MoveSelf, 0, default);
        }
    }

    /// <summary>Something happened to a file: told to who watches it, and with its name to who watches its directory.</summary>
    /// <param name="directory">The directory; none for a root or where the name is not known.</param>
    /// <param name="name">The name.</param>
    /// <param name="file">The file.</param>
    /// <param name="events">What happened.</param>
    /// <param name="isUnlinked">Whether the file has no name any more.</param>
    public void Happened(InodeKey? directory, ReadOnlySpan<byte> name, InodeKey file, WatchEvents events, bool isUnlinked = false)
    {
        lock (_gate)
        {
            if (directory is { } parent)
            {
                TellLocked(parent, events, 0, name, isUnlinked);
            }

            TellLocked(file, events, 0, default);
        }
    }

    private static WatchEvents Kind(bool isDirectory) => isDirectory ? WatchEvents.IsDirectory : WatchEvents.None;

    private static Errno Change(Watch watch, WatchEvents events, out int number)
    {
        number = 0;
        if ((events & WatchEvents.MaskCreate) != 0)
        {
            return Errno.Exist;
        }

        WatchEvents kept = (events & WatchEvents.MaskAdd) != 0 ? watch.Events : WatchEvents.None;
        watch.Events = kept | (events & (WatchEvents.All | Flags));
        number = watch.Number;
        return Errno.Success;
    }

    private static WatchedName? NameIn(Inode directory, InodeKey file)
    {
        Errno errno = directory.List(out DirectoryListing? listing);
        using (listing)
        {
            ulong cookie = 0;
            while (errno == Errno.Success)
            {
                errno = listing!.Read(cookie, out DirectoryEntry entry);
                if (errno != Errno.Success || entry.IsEnd)
                {
                    break;
                }

                if (entry.Inode == file.Number)
                {
                    return new WatchedName(InodeKey.Of(directory), entry.Name.ToArray());
                }

                cookie = entry.Next;
            }
        }

        return null;
    }

    private void LostNameLocked(Inode inode, bool isLast)
    {
        InodeKey key = InodeKey.Of(inode);
        TellLocked(key, isLast ? WatchEvents.DeleteSelf : WatchEvents.Attributes, 0, default);
        if (isLast && _watches.TryGetValue(key, out List<Watch>? watches))
        {
            foreach (Watch watch in watches.ToArray())
            {
                RemoveLocked(watch);
            }
        }
    }

    private void TellLocked(InodeKey key, WatchEvents events, uint cookie, ReadOnlySpan<byte> name, bool isUnlinked = false)
    {
        if (!_watches.TryGetValue(key, out List<Watch>? watches))
        {
            return;
        }

        for (int i = watches.Count - 1; i >= 0; i--)
        {
            Watch watch = watches[i];
            if ((watch.Events & events & WatchEvents.All) == 0 || (isUnlinked && (watch.Events & WatchEvents.ExcludeUnlinked) != 0))
            {
                continue;
            }

            watch.Watcher.TellLocked(watch.Number, events, cookie, name);
            if ((watch.Events & WatchEvents.OneShot) != 0)
            {
                RemoveLocked(watch);
            }
        }
    }

    private void RemoveLocked(Watch watch)
    {
        InodeKey key = InodeKey.Of(watch.Inode);
        watch.Watcher.Watches.Remove(watch.Number);
        _watches[key].Remove(watch);
        if (_watches[key].Count == 0)
        {
            _watches.Remove(key);
        }

        _count--;
        watch.Watcher.TellLocked(watch.Number, WatchEvents.Ignored, 0, default);
        watch.Inode.Release();
    }
}
