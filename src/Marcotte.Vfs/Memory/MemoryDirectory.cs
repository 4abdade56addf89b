using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A directory of a memory tree.</summary>
internal sealed partial class MemoryDirectory : MemoryInode
{
    private const ushort SetGroupId = 0x400;

    private MemoryDirectory? _parent;
    private bool _isRemoved;

    public MemoryDirectory(Incarnation incarnation, MemoryDirectory? parent, ulong number, DirectoryNode node)
        : base(incarnation, FileType.Directory, number, node) => _parent = parent;

    /// <summary>Its entries; null while it never had one.</summary>
    public NameTable? Names => Directory.Names;

    public override bool IsOpaque => Directory.IsOpaque;

    private DirectoryNode Directory => Unsafe.As<DirectoryNode>(Node);

    public override Errno Stat(out FileStat stat)
    {
        Errno errno = base.Stat(out stat);
        if (errno == Errno.Success)
        {
            DirectoryNode node = Directory;
            stat.Links = _isRemoved ? 0 : (uint)(2 + node.Directories);

            // As tmpfs says it: there is something to list exactly when this is above that of an empty one.
            stat.Size = 40 + (20L * (node.Names?.Count ?? 0));
        }

        return errno;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        // The hash comes first: it needs all registers.
        uint hash = NameHash.Of(name);
        child = null;
        Incarnation incarnation = Incarnation;
        if (incarnation.IsClosed)
        {
            return Errno.Stale;
        }

        if (Names?.Find(name, hash)?.Handle is not { } handle)
        {
            return Errno.NoEnt;
        }

        if (!ReferenceEquals(handle.Incarnation, incarnation))
        {
            return LookupShared(incarnation, name, handle.Number, out child);
        }

        child = handle;
        return Errno.Success;
    }

    public override Errno LookupParent(out Inode? parent)
    {
        parent = IsStale ? null : Volatile.Read(ref _parent) ?? this;
        return parent is null ? Errno.Stale : Errno.Success;
    }

    internal override Errno Renew(out Inode? present)
    {
        present = IsStale ? Tree.FindDirectory(Number) : this;
        return present is null ? Errno.Stale : Errno.Success;
    }

    /// <summary>Notes the directories in it.</summary>
    public void PushDirectoriesLocked(Stack<MemoryDirectory> directories)
    {
        int hint = -1;
        NameEntry? entry = Directory.Directories == 0 ? null : Names?.Next(0, ref hint);
        for (; entry is not null; entry = Names!.Next(entry.Sequence, ref hint))
        {
            if (entry.Handle!.IsDirectory)
            {
                directories.Push((MemoryDirectory)ResolveLocked(entry));
            }
        }
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = new MemoryListing(this);
        TouchAccess();
        return Errno.Success;
    }

    public override Errno MarkOpaque()
    {
        lock (Tree.TreeLock)
        {
            if (Thaw() is not DirectoryNode node)
            {
                return Errno.Stale;
            }

            node.IsOpaque = true;
            return Errno.Success;
        }
    }

    public override void UnlinkLocked(long now)
    {
        _isRemoved = true;
        TouchChange(now);
        Incarnation.RefundInode();
        ForgetLocked();
    }

    /// <summary>Becomes the root of a snapshot, from which the tree goes on.</summary>
    public void RestoreLocked(DirectoryNode node, Incarnation incarnation) => RebindLocked(node, incarnation);

    /// <summary>Finds an entry of a table that came with a snapshot: its handle here is another than where it was made.</summary>
    private Errno LookupShared(Incarnation incarnation, ReadOnlySpan<byte> name, ulong number, out Inode? child)
    {
        child = incarnation.FindHandle(number);
        if (child is not null)
        {
            return Errno.Success;
        }

        // Once more, for the name may be gone, and then no handle must be made.
        lock (Tree.TreeLock)
        {
            if (!IsStale && Names?.Find(name) is { } entry)
            {
                child = ResolveLocked(entry);
            }

            return child is not null ? Errno.Success : IsStale ? Errno.Stale : Errno.NoEnt;
        }
    }

    /// <summary>The handle of an entry's inode in this tree.</summary>
    private MemoryInode ResolveLocked(NameEntry entry)
    {
        MemoryInode made = entry.Handle!;
        Incarnation incarnation = Incarnation;
        if (ReferenceEquals(made.Incarnation, incarnation))
        {
            return made;
        }

        MemoryInode? handle = incarnation.FindHandle(made.Number);
        if (handle is null)
        {
            handle = Tree.Generation.NodeOfLocked(entry).MakeHandle(incarnation, made.Number, this);
            incarnation.AddHandleLocked(handle);
        }

        return handle;
    }

    /// <summary>Whether a name can be made here.</summary>
    private Errno CheckNewLocked(ReadOnlySpan<byte> name, uint hash)
    {
        if (IsStale)
        {
            return Errno.Stale;
        }

        if (_isRemoved)
        {
            return Errno.NoEnt;
        }

        return Names?.Find(name, hash) is null ? Errno.Success : Errno.Exist;
    }

    /// <summary>Adds a name whose inode was charged.</summary>
    private void AddLocked(ReadOnlySpan<byte> name, uint hash, MemoryInode inode, long now)
    {
        DirectoryNode node = ChangeLocked(now);
        node.NamesToChangeLocked().AddLocked(name, hash, inode);
        node.Directories += inode.IsDirectory ? 1 : 0;
        Incarnation.NamesLocked++;
    }

    private void RemoveLocked(NameEntry entry, long now)
    {
        DirectoryNode node = ChangeLocked(now);
        node.NamesToChangeLocked().RemoveLocked(entry);
        node.Directories -= entry.Handle!.IsDirectory ? 1 : 0;
        Incarnation.NamesLocked--;
    }

    private void ReplaceLocked(NameEntry entry, MemoryInode inode, long now)
    {
        DirectoryNode node = ChangeLocked(now);
        node.NamesToChangeLocked().ReplaceLocked(entry, inode);
        node.Directories += (inode.IsDirectory ? 1 : 0) - (entry.Handle!.IsDirectory ? 1 : 0);
    }

    /// <summary>Its node, whose entries are about to change.</summary>
    private DirectoryNode ChangeLocked(long now)
    {
        DirectoryNode node = Unsafe.As<DirectoryNode>(Thaw()!);
        node.ModifyTime = node.ChangeTime = now;
        return node;
    }

    /// <summary>The new inode's group is the directory's where its set-group-id bit says so; a directory hands the bit on.</summary>
    private Creation Inherit(in Creation creation, bool isDirectory)
    {
        MemoryNode node = Node;
        if ((node.Mode & SetGroupId) == 0)
        {
            return creation;
        }

        return creation with { GroupId = node.GroupId, Mode = isDirectory ? (ushort)(creation.Mode | SetGroupId) : creation.Mode };
    }
}
