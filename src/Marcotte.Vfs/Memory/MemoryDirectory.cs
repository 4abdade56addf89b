using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A directory of a memory tree.</summary>
internal sealed partial class MemoryDirectory : MemoryInode
{
    private const ushort SetGroupId = 0x400;

    private MemoryDirectory? _parent;
    private NameTable? _names;
    private int _directories;
    private bool _isRemoved;

    public MemoryDirectory(MemoryFileSystem tree, MemoryDirectory? parent, ulong number, in Creation creation)
        : base(tree, FileType.Directory, number, creation)
    {
        _parent = parent;
        Links = 1;
    }

    /// <summary>Its entries; null while it never had one.</summary>
    public NameTable? Names => Volatile.Read(ref _names);

    public override Errno Stat(out FileStat stat)
    {
        Errno errno = base.Stat(out stat);
        stat.Links = _isRemoved ? 0 : (uint)(2 + _directories);

        // As tmpfs says it: there is something to list exactly when this is above that of an empty one.
        stat.Size = 40 + (20L * (Names?.Count ?? 0));
        return errno;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = Names?.Find(name)?.Inode;
        return child is null ? Errno.NoEnt : Errno.Success;
    }

    public override Errno LookupParent(out Inode? parent)
    {
        parent = Volatile.Read(ref _parent) ?? this;
        return Errno.Success;
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = new MemoryListing(this);
        TouchAccess();
        return Errno.Success;
    }

    public override void UnlinkLocked()
    {
        Links = 0;
        _isRemoved = true;
        TouchChange();
        Tree.RefundInode();
    }

    /// <summary>Whether a name can be made here.</summary>
    private Errno CheckNewLocked(ReadOnlySpan<byte> name, uint hash)
    {
        if (_isRemoved)
        {
            return Errno.NoEnt;
        }

        return _names?.Find(name, hash) is null ? Errno.Success : Errno.Exist;
    }

    private void AddLocked(ReadOnlySpan<byte> name, uint hash, MemoryInode inode)
    {
        if (_names is null)
        {
            Volatile.Write(ref _names, new NameTable());
        }

        _names.AddLocked(name, hash, inode);
        TouchContent();
    }

    /// <summary>The new inode's group is the directory's where its set-group-id bit says so; a directory hands the bit on.</summary>
    private Creation Inherit(in Creation creation, bool isDirectory)
    {
        if ((Mode & SetGroupId) == 0)
        {
            return creation;
        }

        return creation with { GroupId = GroupId, Mode = isDirectory ? (ushort)(creation.Mode | SetGroupId) : creation.Mode };
    }
}
