using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <content>How names come and go.</content>
internal sealed partial class MemoryDirectory
{
    public override Errno Create(ReadOnlySpan<byte> name, in Creation creation, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = BeginNewLocked(name, hash, out long now);
            if (errno == Errno.Success)
            {
                MemoryFile inode = new(Tree.Generation, Tree.NextNumber(), Inherit(creation, isDirectory: false), now);
                inode.LinkLocked(now);
                errno = inode.Open(request, out file);
                AddLocked(name, hash, inode, now);
            }

            return errno;
        }
    }

    public override Errno MakeDirectory(ReadOnlySpan<byte> name, in Creation creation)
    {
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = BeginNewLocked(name, hash, out long now);
            if (errno == Errno.Success)
            {
                DirectoryNode node = new(Tree.Generation, Inherit(creation, isDirectory: true), now);
                AddLocked(name, hash, new MemoryDirectory(Incarnation, this, Tree.NextNumber(), node), now);
            }

            return errno;
        }
    }

    public override Errno SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, in Creation creation)
    {
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = BeginNewLocked(name, hash, out long now);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (!Incarnation.TryChargeBytes(content.Length))
            {
                Incarnation.RefundInode();
                return Errno.NoSpc;
            }

            Incarnation.AddContent(content.Length);
            LinkNode node = new(Tree.Generation, Inherit(creation, isDirectory: false), now, content.ToArray()) { Links = 1 };
            AddLocked(name, hash, new MemoryLink(Incarnation, Tree.NextNumber(), node), now);
            return Errno.Success;
        }
    }

    public override Errno MakeNode(ReadOnlySpan<byte> name, SpecialFile node, in Creation creation)
    {
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = BeginNewLocked(name, hash, out long now);
            if (errno == Errno.Success)
            {
                ulong number = Tree.NextNumber();
                SpecialNode state = new(Tree.Generation, Inherit(creation, isDirectory: false), now, node) { Links = 1 };
                if (state.Shared is null)
                {
                    Incarnation.SetSpecial(number, node);
                }

                AddLocked(name, hash, new MemorySpecial(Incarnation, number, state), now);
            }

            return errno;
        }
    }

    public override Errno Link(ReadOnlySpan<byte> name, Inode existing)
    {
        if (existing is not MemoryInode inode || inode.FileSystem != FileSystem)
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
            Errno errno = inode.IsStale ? Errno.Stale : CheckNewLocked(name, hash);
            if (errno != Errno.Success || inode.IsForgotten)
            {
                return errno == Errno.Success ? Errno.NoEnt : errno;
            }

            if (inode.Node.Links >= Tree.HardLinks)
            {
                return Errno.MLink;
            }

            if (!Incarnation.TryChargeInodes(1))
            {
                return Errno.NoSpc;
            }

            long now = Tree.Clock.Now();
            inode.LinkLocked(now);
            AddLocked(name, hash, inode, now);
            return Errno.Success;
        }
    }

    public override Errno HideName(ReadOnlySpan<byte> name)
    {
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            Errno errno = CheckNewLocked(name, hash);
            if (errno is not (Errno.Success or Errno.Exist))
            {
                return errno;
            }

            NameEntry? entry = errno == Errno.Exist ? Names!.Find(name, hash)! : null;
            MemoryInode? victim = entry is null ? null : ResolveLocked(entry);
            if (victim is MemoryWhiteout)
            {
                return Errno.Success;
            }

            if (victim is MemoryDirectory directory && !directory.HasOnlyWhiteouts())
            {
                return Errno.NotEmpty;
            }

            if (!Incarnation.TryChargeInodes(1))
            {
                return Errno.NoSpc;
            }

            long now = Tree.Clock.Now();
            MemoryWhiteout whiteout = new(Incarnation, Tree.NextNumber(), new WhiteoutNode(Tree.Generation, now) { Links = 1 });
            if (victim is null)
            {
                AddLocked(name, hash, whiteout, now);
                return Errno.Success;
            }

            ReplaceLocked(entry!, whiteout, now);
            (victim as MemoryDirectory)?.ClearLocked(now);
            victim.UnlinkLocked(now);
            return Errno.Success;
        }
    }

    public override Errno Unlink(ReadOnlySpan<byte> name)
    {
        lock (Tree.TreeLock)
        {
            if (IsStale)
            {
                return Errno.Stale;
            }

            if (Names?.Find(name) is not { } entry)
            {
                return Errno.NoEnt;
            }

            if (entry.Handle!.IsDirectory)
            {
                return Errno.IsDir;
            }

            long now = Tree.Clock.Now();
            MemoryInode inode = ResolveLocked(entry);
            RemoveLocked(entry, now);
            inode.UnlinkLocked(now);
            return Errno.Success;
        }
    }

    public override Errno RemoveDirectory(ReadOnlySpan<byte> name)
    {
        lock (Tree.TreeLock)
        {
            if (IsStale)
            {
                return Errno.Stale;
            }

            if (Names?.Find(name) is not { } entry)
            {
                return Errno.NoEnt;
            }

            if (ResolveLocked(entry) is not MemoryDirectory directory)
            {
                return Errno.NotDir;
            }

            if (directory.Names is { Count: > 0 })
            {
                return Errno.NotEmpty;
            }

            long now = Tree.Clock.Now();
            RemoveLocked(entry, now);
            directory.UnlinkLocked(now);
            return Errno.Success;
        }
    }

    /// <summary>Checks that a name can be made, and charges an inode for it.</summary>
    private Errno BeginNewLocked(ReadOnlySpan<byte> name, uint hash, out long now)
    {
        now = 0;
        Errno errno = CheckNewLocked(name, hash);
        if (errno != Errno.Success)
        {
            return errno;
        }

        now = Tree.Clock.Now();
        return Incarnation.TryChargeInodes(1) ? Errno.Success : Errno.NoSpc;
    }

    private bool HasOnlyWhiteouts()
    {
        int hint = -1;
        for (NameEntry? entry = Names?.Next(0, ref hint); entry is not null; entry = Names!.Next(entry.Sequence, ref hint))
        {
            if (entry.Handle!.Type != FileType.CharacterDevice)
            {
                return false;
            }
        }

        return true;
    }

    private void ClearLocked(long now)
    {
        int hint = -1;
        while (Names?.Next(0, ref hint) is { } entry)
        {
            hint = -1;
            MemoryInode inode = ResolveLocked(entry);
            RemoveLocked(entry, now);
            inode.UnlinkLocked(now);
        }
    }
}
