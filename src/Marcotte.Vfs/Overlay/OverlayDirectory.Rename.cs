using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <content>Names that move.</content>
internal sealed partial class OverlayDirectory
{
    public override Errno Rename(ReadOnlySpan<byte> name, Inode target, ReadOnlySpan<byte> targetName, RenameMode mode)
    {
        if (target is not OverlayDirectory into || into.Tree != Tree)
        {
            return Errno.XDev;
        }

        lock (Tree.Lock)
        {
            Errno errno = FindLocked(name, out OverlayInode? moved);
            OverlayInode? replaced = null;
            errno = errno == Errno.Success && into._isRemoved ? Errno.NoEnt : errno;
            if (errno == Errno.Success)
            {
                errno = into.FindLocked(targetName, out replaced);
                errno = errno == Errno.NoEnt && mode != RenameMode.Exchange ? Errno.Success : errno;
            }

            errno = errno == Errno.Success && OverlayFileSystem.IsReserved(targetName) ? Errno.Perm : errno;
            errno = errno == Errno.Success && mode == RenameMode.NoReplace && replaced is not null ? Errno.Exist : errno;
            if (errno == Errno.Success && moved!.Number != replaced?.Number)
            {
                errno = mode == RenameMode.Exchange
                    ? ExchangeLocked(name, moved, into, targetName, replaced!)
                    : ReplaceLocked(name, moved, into, targetName, replaced);
            }

            moved?.Release();
            replaced?.Release();
            return errno;
        }
    }

    private Errno ReplaceLocked(
        ReadOnlySpan<byte> name, OverlayInode moved, OverlayDirectory into, ReadOnlySpan<byte> targetName, OverlayInode? replaced)
    {
        Errno errno = CheckReplace(moved, into, replaced);
        errno = errno == Errno.Success ? into.CopyUpLocked() : errno;
        errno = errno == Errno.Success ? moved.CopyUpLocked(this, name) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        // All that needs room is made before anything moves; moving needs none, and goes back the same way.
        byte[]? whiteout = HasBelowLocked(name) ? Tree.NextTemporaryLocked() : null;
        errno = whiteout is not null ? Upper!.HideName(whiteout) : Errno.Success;
        Aside aside = default;
        errno = errno == Errno.Success ? into.SetAsideLocked(targetName, replaced, out aside) : errno;
        if (errno == Errno.Success)
        {
            errno = into.HideBelowLocked(targetName, moved);
            errno = errno == Errno.Success ? Upper!.Rename(name, into.Upper!, targetName, RenameMode.Replace) : errno;
            if (errno != Errno.Success)
            {
                aside.PutBackLocked(targetName);
            }
        }

        if (errno != Errno.Success)
        {
            if (whiteout is not null)
            {
                Upper!.Unlink(whiteout);
            }

            return errno;
        }

        if (whiteout is not null)
        {
            Upper!.Rename(whiteout, Upper, name, RenameMode.Replace);
        }

        // The new name is there before the old one goes, so whoever looks meanwhile finds one of them.
        into.RememberLocked(targetName, moved);
        _names!.RemoveLocked(name);
        MovedLocked(name, moved, into, targetName);
        if (replaced is not null)
        {
            into.LostLocked(targetName, replaced, aside);
        }
        else
        {
            aside.DiscardLocked();
        }

        return Errno.Success;
    }

    private Errno ExchangeLocked(
        ReadOnlySpan<byte> name, OverlayInode moved, OverlayDirectory into, ReadOnlySpan<byte> targetName, OverlayInode other)
    {
        if (IsWithin(into, moved) || IsWithin(this, other))
        {
            return Errno.Inval;
        }

        Errno errno = moved.CopyUpLocked(this, name);
        errno = errno == Errno.Success ? other.CopyUpLocked(into, targetName) : errno;
        errno = errno == Errno.Success ? into.HideBelowLocked(targetName, moved) : errno;
        errno = errno == Errno.Success ? HideBelowLocked(name, other) : errno;
        Aside aside = default;
        errno = errno == Errno.Success ? aside.TakeLocked(Tree, into.Upper!, targetName, into.Upper!) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Upper!.Rename(name, into.Upper!, targetName, RenameMode.Replace);
        if (errno != Errno.Success)
        {
            aside.PutBackLocked(targetName);
            return errno;
        }

        into.Upper!.Rename(aside.Name, Upper, name, RenameMode.Replace);
        into.RememberLocked(targetName, moved);
        RememberLocked(name, other);
        bool isPlaced = ReferenceEquals(other.Parent, into) && targetName.SequenceEqual(other.Name);
        MovedLocked(name, moved, into, targetName);
        if (isPlaced)
        {
            other.PlaceLocked(this, name.ToArray());
        }

        (other as OverlayDirectory)?.RedirectLocked();
        return Errno.Success;
    }

    private static Errno CheckReplace(OverlayInode moved, OverlayDirectory into, OverlayInode? replaced)
    {
        if (IsWithin(into, moved))
        {
            return Errno.Inval;
        }

        if (replaced is OverlayDirectory directory)
        {
            return moved.IsDirectory ? directory.CheckEmptyLocked() : Errno.IsDir;
        }

        return replaced is not null && moved.IsDirectory ? Errno.NotDir : Errno.Success;
    }

    private static bool IsWithin(OverlayDirectory directory, OverlayInode ancestor)
    {
        for (OverlayDirectory? at = directory; at is not null; at = at.Parent)
        {
            if (ReferenceEquals(at, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A directory that comes to a name that layers below have too hides what these have in it.</summary>
    private Errno HideBelowLocked(ReadOnlySpan<byte> name, OverlayInode moved) =>
        moved.IsDirectory && HasBelowLocked(name) ? moved.Upper!.MarkOpaque() : Errno.Success;

    private void MovedLocked(ReadOnlySpan<byte> name, OverlayInode moved, OverlayDirectory into, ReadOnlySpan<byte> targetName)
    {
        if (moved is OverlayDirectory || moved.Parent is null || (ReferenceEquals(moved.Parent, this) && name.SequenceEqual(moved.Name)))
        {
            moved.PlaceLocked(into, targetName.ToArray());
        }

        (moved as OverlayDirectory)?.RedirectLocked();
    }

    /// <summary>It was renamed: that it is in layers below by another name is known here alone.</summary>
    private void RedirectLocked()
    {
        if (_lowers.Length > 0 && !_isRedirected)
        {
            _isRedirected = true;
            Tree.SetRedirectedLocked(this, true);
            PinLocked();
        }
    }
}
