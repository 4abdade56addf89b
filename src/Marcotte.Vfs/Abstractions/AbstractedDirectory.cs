using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>A directory, and the nodes of those of its entries that were looked up or listed and are still there.</summary>
internal sealed partial class AbstractedDirectory : AbstractedInode
{
    private readonly Dictionary<string, AbstractedInode> _nodes;

    internal AbstractedDirectory(AbstractedFileSystem owner, AbstractedDirectory? parent, string name)
        : base(owner, parent, name, FileType.Directory) =>
        _nodes = new Dictionary<string, AbstractedInode>(owner.IsWindowsStyle ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The nodes there are.</summary>
    internal IEnumerable<AbstractedInode> NodesLocked => _nodes.Values;

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        Errno errno = Owner.Decode(name, out string text);
        if (errno != Errno.Success)
        {
            // What cannot be a name there is the name of nothing.
            return errno == Errno.Inval ? Errno.NoEnt : errno;
        }

        lock (Owner.Gate)
        {
            try
            {
                errno = LocateLocked(out string path);
                if (errno == Errno.Success)
                {
                    child = NodeLocked(path, text);
                    errno = child is null ? Errno.NoEnt : Errno.Success;
                }

                return errno;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno thrown))
            {
                return thrown;
            }
        }
    }

    public override Errno LookupParent(out Inode? parent)
    {
        lock (Owner.Gate)
        {
            parent = Parent ?? this;
            return Errno.Success;
        }
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = null;
        lock (Owner.Gate)
        {
            try
            {
                // One that was removed is listed too, and has no entries.
                Errno errno = LocateLocked(out _);
                errno = IsRemoved ? Errno.Success : errno;
                listing = errno == Errno.Success ? new EntrySnapshot(this) : null;
                return errno;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno;
            }
        }
    }

    /// <summary>The names of its entries now; those that no guest could name are left out.</summary>
    internal Errno ListLocked(List<string> names)
    {
        Errno errno = LocateLocked(out string path);
        if (errno != Errno.Success)
        {
            return errno;
        }

        foreach (string entry in Owner.Files.Directory.EnumerateFileSystemEntries(path))
        {
            string name = Owner.Files.Path.GetFileName(entry);
            if (Owner.Decode(System.Text.Encoding.UTF8.GetBytes(name), out _) == Errno.Success)
            {
                names.Add(name);
            }
        }

        return Errno.Success;
    }

    /// <summary>The node of an entry that was listed.</summary>
    internal AbstractedInode? FindLocked(string name) =>
        LocateLocked(out string path) == Errno.Success ? NodeLocked(path, name) : null;

    /// <summary>The node of an entry, made if need be; null, and none kept, when there is no such entry.</summary>
    private AbstractedInode? NodeLocked(string path, string name)
    {
        FileType? kind = Owner.KindLocked(Owner.Join(path, name));
        if (_nodes.TryGetValue(name, out AbstractedInode? node))
        {
            if (node.Type == kind)
            {
                return node;
            }

            ForgetLocked(name);
        }

        if (kind is not { } type)
        {
            return null;
        }

        node = type == FileType.Directory ? new AbstractedDirectory(Owner, this, name) : new AbstractedLeaf(this, name, type);
        _nodes.Add(name, node);
        return node;
    }

    private void ForgetLocked(string name)
    {
        if (_nodes.Remove(name, out AbstractedInode? node))
        {
            node.IsRemoved = true;
        }
    }
}
