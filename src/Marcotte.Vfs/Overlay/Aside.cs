using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>
/// What had a name of the upper layer and stands in the way, under a name of the overlay's own until the change is done:
/// moving it takes no room, so whatever fails afterwards can be undone.
/// </summary>
internal struct Aside
{
    private Inode? _from;
    private Inode? _to;
    private byte[] _name;

    /// <summary>Whether there was anything.</summary>
    public readonly bool IsTaken => _to is not null;

    /// <summary>Whether it is kept rather than removed when all is done.</summary>
    public bool Stays { get; private set; }

    /// <summary>Its name now.</summary>
    public readonly byte[] Name => _name;

    /// <summary>Moves what has a name, if anything has.</summary>
    /// <param name="tree">The overlay.</param>
    /// <param name="directory">Where in the upper layer.</param>
    /// <param name="name">The name.</param>
    /// <param name="to">Where it is moved to.</param>
    /// <param name="stays">Whether it is kept there.</param>
    public Errno TakeLocked(OverlayFileSystem tree, Inode directory, ReadOnlySpan<byte> name, Inode to, bool stays = false)
    {
        Errno errno = directory.Lookup(name, out Inode? present);
        present?.Release();
        if (errno != Errno.Success)
        {
            return errno == Errno.NoEnt ? Errno.Success : errno;
        }

        byte[] temporary = tree.NextTemporaryLocked();
        using KeptTimes kept = new(to.Number == directory.Number ? null : to);
        errno = directory.Rename(name, to, temporary, RenameMode.Replace);
        if (errno == Errno.Success)
        {
            _from = directory;
            _to = to;
            _name = temporary;
            Stays = stays;
        }

        return errno;
    }

    /// <summary>Undoes it.</summary>
    public readonly void PutBackLocked(ReadOnlySpan<byte> name)
    {
        if (_to is not null)
        {
            _to.Rename(_name, _from!, name, RenameMode.Replace);
        }
    }

    /// <summary>Removes it: a file, a whiteout, or a directory that holds nothing but whiteouts.</summary>
    public readonly void DiscardLocked()
    {
        if (_to?.Unlink(_name) != Errno.IsDir || _to.Lookup(_name, out Inode? directory) != Errno.Success)
        {
            return;
        }

        if (directory!.List(out DirectoryListing? listing) == Errno.Success)
        {
            ulong cookie = 0;
            while (listing!.Read(cookie, out DirectoryEntry entry) == Errno.Success && !entry.IsEnd)
            {
                cookie = entry.Next;
                directory.Unlink(entry.Name.Span);
            }

            listing.Dispose();
        }

        directory.Release();
        _to.RemoveDirectory(_name);
    }
}
