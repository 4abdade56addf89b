using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <content>How names move.</content>
internal sealed partial class MemoryDirectory
{
    public override Errno Rename(ReadOnlySpan<byte> name, Inode target, ReadOnlySpan<byte> targetName, RenameMode mode)
    {
        if (target is not MemoryDirectory into || into.FileSystem != FileSystem)
        {
            return Errno.XDev;
        }

        uint hash = NameHash.Of(targetName);
        lock (Tree.TreeLock)
        {
            if (IsStale || into.IsStale)
            {
                return Errno.Stale;
            }

            if (Names?.Find(name) is not { } entry || into._isRemoved)
            {
                return Errno.NoEnt;
            }

            NameEntry? other = into.Names?.Find(targetName, hash);
            Errno errno = CheckModeLocked(entry, other, mode);
            if (errno != Errno.Success || entry.Handle!.Number == other?.Handle!.Number)
            {
                return errno;
            }

            MemoryInode moved = ResolveLocked(entry);
            MemoryInode? replaced = other is null ? null : into.ResolveLocked(other);
            if (mode == RenameMode.Exchange)
            {
                return ExchangeLocked(entry, moved, into, other!, replaced!);
            }

            errno = CheckReplaceLocked(moved, into, replaced);
            if (errno == Errno.Success)
            {
                MoveLocked(entry, moved, into, targetName, hash, other, replaced);
            }

            return errno;
        }
    }

    private static Errno CheckModeLocked(NameEntry entry, NameEntry? other, RenameMode mode) => mode switch
    {
        RenameMode.Replace => Errno.Success,
        RenameMode.NoReplace => other is null ? Errno.Success : Errno.Exist,
        RenameMode.Exchange => other is null ? Errno.NoEnt : Errno.Success,
        _ => Errno.Inval,
    };

    private Errno CheckReplaceLocked(MemoryInode moved, MemoryDirectory into, MemoryInode? replaced)
    {
        if (into.IsWithin(moved))
        {
            return Errno.Inval;
        }

        if (replaced is not MemoryDirectory directory)
        {
            return replaced is not null && moved.IsDirectory ? Errno.NotDir : Errno.Success;
        }

        if (IsWithin(directory))
        {
            return Errno.NotEmpty;
        }

        return !moved.IsDirectory ? Errno.IsDir : directory.Names is { Count: > 0 } ? Errno.NotEmpty : Errno.Success;
    }

    /// <summary>Whether this is a directory, or lies beneath it.</summary>
    private bool IsWithin(MemoryInode directory)
    {
        for (MemoryDirectory? ancestor = directory.IsDirectory ? this : null; ancestor is not null; ancestor = ancestor._parent)
        {
            if (ReferenceEquals(ancestor, directory))
            {
                return true;
            }
        }

        return false;
    }

    private void MoveLocked(
        NameEntry entry,
        MemoryInode moved,
        MemoryDirectory into,
        ReadOnlySpan<byte> targetName,
        uint hash,
        NameEntry? other,
        MemoryInode? replaced)
    {
        // The new name is there before the old one goes, so whoever looks meanwhile finds one of them.
        long now = Tree.Clock.Now();
        if (other is null)
        {
            into.AddLocked(targetName, hash, moved, now);
        }
        else
        {
            into.ReplaceLocked(other, moved, now);
        }

        RemoveLocked(entry, now);
        (moved as MemoryDirectory)?.MoveTo(into);
        replaced?.UnlinkLocked(now);
        moved.TouchChange(now);
    }

    private Errno ExchangeLocked(NameEntry entry, MemoryInode moved, MemoryDirectory into, NameEntry other, MemoryInode exchanged)
    {
        if (into.IsWithin(moved) || IsWithin(exchanged))
        {
            return Errno.Inval;
        }

        long now = Tree.Clock.Now();
        into.ReplaceLocked(other, moved, now);
        ReplaceLocked(entry, exchanged, now);
        (moved as MemoryDirectory)?.MoveTo(into);
        (exchanged as MemoryDirectory)?.MoveTo(this);
        moved.TouchChange(now);
        exchanged.TouchChange(now);
        return Errno.Success;
    }

    private void MoveTo(MemoryDirectory parent) => Volatile.Write(ref _parent, parent);
}
