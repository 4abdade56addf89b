using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <content>How names come, go and move.</content>
internal sealed partial class MemoryDirectory
{
    public override Errno Create(ReadOnlySpan<byte> name, in Creation creation, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = CheckNewLocked(name, hash);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (!Tree.TryChargeInode())
            {
                return Errno.NoSpc;
            }

            MemoryFile inode = new(Tree, Tree.NextNumber(), Inherit(creation, isDirectory: false));
            inode.LinkLocked();
            errno = inode.Open(request, out file);
            AddLocked(name, hash, inode);
            return errno;
        }
    }

    public override Errno MakeDirectory(ReadOnlySpan<byte> name, in Creation creation)
    {
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = CheckNewLocked(name, hash);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (!Tree.TryChargeInode())
            {
                return Errno.NoSpc;
            }

            _directories++;
            AddLocked(name, hash, new MemoryDirectory(Tree, this, Tree.NextNumber(), Inherit(creation, isDirectory: true)));
            return Errno.Success;
        }
    }

    public override Errno SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, in Creation creation)
    {
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = CheckNewLocked(name, hash);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (!Tree.TryChargeInode())
            {
                return Errno.NoSpc;
            }

            if (!Tree.TryChargeBytes(content.Length))
            {
                Tree.RefundInode();
                return Errno.NoSpc;
            }

            MemoryLink inode = new(Tree, Tree.NextNumber(), Inherit(creation, isDirectory: false), content.ToArray());
            inode.LinkLocked();
            AddLocked(name, hash, inode);
            return Errno.Success;
        }
    }

    public override Errno Link(ReadOnlySpan<byte> name, Inode existing)
    {
        if (existing is not MemoryInode inode || inode.Tree != Tree)
        {
            return Errno.XDev;
        }

        if (inode.IsDirectory)
        {
            return Errno.Perm;
        }

        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = CheckNewLocked(name, hash);
            if (errno != Errno.Success || inode.Links == 0)
            {
                return errno == Errno.Success ? Errno.NoEnt : errno;
            }

            if (inode.Links >= Tree.HardLinks)
            {
                return Errno.MLink;
            }

            if (!Tree.TryChargeInode())
            {
                return Errno.NoSpc;
            }

            inode.LinkLocked();
            inode.TouchChange();
            AddLocked(name, hash, inode);
            return Errno.Success;
        }
    }

    public override Errno Unlink(ReadOnlySpan<byte> name)
    {
        lock (Tree.TreeLock)
        {
            if (_names?.Find(name) is not { Inode: { } inode } entry)
            {
                return Errno.NoEnt;
            }

            if (inode.IsDirectory)
            {
                return Errno.IsDir;
            }

            RemoveLocked(entry);
            inode.UnlinkLocked();
            return Errno.Success;
        }
    }

    public override Errno RemoveDirectory(ReadOnlySpan<byte> name)
    {
        lock (Tree.TreeLock)
        {
            if (_names?.Find(name) is not { Inode: { } inode } entry)
            {
                return Errno.NoEnt;
            }

            if (inode is not MemoryDirectory directory)
            {
                return Errno.NotDir;
            }

            if (directory._names is { Count: > 0 })
            {
                return Errno.NotEmpty;
            }

            RemoveLocked(entry);
            _directories--;
            directory.UnlinkLocked();
            return Errno.Success;
        }
    }

    public override Errno Rename(ReadOnlySpan<byte> name, Inode target, ReadOnlySpan<byte> targetName, RenameMode mode)
    {
        if (target is not MemoryDirectory into || into.Tree != Tree)
        {
            return Errno.XDev;
        }

        if (mode != RenameMode.Replace)
        {
            return Errno.Inval;
        }

        uint hash = NameHash.Of(targetName);
        lock (Tree.TreeLock)
        {
            if (_names?.Find(name) is not { Inode: { } moved } entry || into._isRemoved)
            {
                return Errno.NoEnt;
            }

            NameEntry? replaced = into._names?.Find(targetName, hash);
            if (ReferenceEquals(moved, replaced?.Inode))
            {
                return Errno.Success;
            }

            Errno errno = CheckRenameLocked(moved, into, replaced?.Inode);
            if (errno == Errno.Success)
            {
                MoveLocked(entry, moved, into, targetName, hash, replaced);
            }

            return errno;
        }
    }

    private static Errno CheckRenameLocked(MemoryInode moved, MemoryDirectory into, MemoryInode? replaced)
    {
        if (moved is MemoryDirectory directory)
        {
            for (MemoryDirectory? ancestor = into; ancestor is not null; ancestor = ancestor._parent)
            {
                if (ReferenceEquals(ancestor, directory))
                {
                    return Errno.Inval;
                }
            }
        }

        return replaced switch
        {
            null => Errno.Success,
            MemoryDirectory { _names.Count: > 0 } when moved.IsDirectory => Errno.NotEmpty,
            MemoryDirectory => moved.IsDirectory ? Errno.Success : Errno.IsDir,
            _ => moved.IsDirectory ? Errno.NotDir : Errno.Success,
        };
    }

    private void MoveLocked(
        NameEntry entry, MemoryInode moved, MemoryDirectory into, ReadOnlySpan<byte> targetName, uint hash, NameEntry? replaced)
    {
        // The new name is there before the old one goes, so whoever looks meanwhile finds one of them.
        MemoryInode? victim = replaced?.Inode;
        if (replaced is null)
        {
            into.AddLocked(targetName, hash, moved);
        }
        else
        {
            replaced.Inode = moved;
            into.TouchContent();
        }

        RemoveLocked(entry);
        if (moved is MemoryDirectory directory)
        {
            _directories--;
            into._directories += victim is null ? 1 : 0;
            Volatile.Write(ref directory._parent, into);
        }

        victim?.UnlinkLocked();
        moved.TouchChange();
    }

    private void RemoveLocked(NameEntry entry)
    {
        _names!.RemoveLocked(entry);
        TouchContent();
    }
}
