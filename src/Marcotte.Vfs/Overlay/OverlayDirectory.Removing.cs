using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <content>Names that go.</content>
internal sealed partial class OverlayDirectory
{
    public override Errno Unlink(ReadOnlySpan<byte> name)
    {
        lock (Tree.Lock)
        {
            Errno errno = FindLocked(name, out OverlayInode? victim);
            if (errno != Errno.Success)
            {
                return errno;
            }

            errno = victim!.IsDirectory ? Errno.IsDir : RemoveLocked(name, victim);
            victim.Release();
            return errno;
        }
    }

    public override Errno RemoveDirectory(ReadOnlySpan<byte> name)
    {
        lock (Tree.Lock)
        {
            Errno errno = FindLocked(name, out OverlayInode? victim);
            if (errno != Errno.Success)
            {
                return errno;
            }

            errno = victim is OverlayDirectory directory ? directory.CheckEmptyLocked() : Errno.NotDir;
            errno = errno == Errno.Success ? RemoveLocked(name, victim!) : errno;
            victim!.Release();
            return errno;
        }
    }

    /// <summary>Whether nothing is seen in it, whatever is hidden.</summary>
    /// <returns><see cref="Errno.NotEmpty"/> when something is.</returns>
    private Errno CheckEmptyLocked()
    {
        using OverlayListing listing = new(this);
        Errno errno = listing.Read(0, out DirectoryEntry first);
        return errno == Errno.Success && !first.IsEnd ? Errno.NotEmpty : errno;
    }

    private Errno RemoveLocked(ReadOnlySpan<byte> name, OverlayInode victim)
    {
        bool hides = HasBelowLocked(name);
        Errno errno = hides ? CopyUpLocked() : Errno.Success;
        Aside aside = default;
        errno = errno == Errno.Success ? SetAsideLocked(name, victim, out aside) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = hides ? Upper!.HideName(name) : Errno.Success;
        if (errno != Errno.Success)
        {
            aside.PutBackLocked(name);
            return errno;
        }

        _names?.RemoveLocked(name);
        LostLocked(name, victim, aside);
        return Errno.Success;
    }

    /// <summary>
    /// Moves what the upper layer has of a name out of the way: to where it is removed, or, for a file that lives on, to where it stays.
    /// </summary>
    private Errno SetAsideLocked(ReadOnlySpan<byte> name, OverlayInode? victim, out Aside aside)
    {
        aside = default;
        Inode? entry = null;
        Errno errno = Upper is null ? Errno.NoEnt : Upper.Lookup(name, out entry);
        if (errno != Errno.Success)
        {
            return errno == Errno.NoEnt ? Errno.Success : errno;
        }

        bool stays = victim is OverlayLeaf leaf && leaf.OutlivesLocked(entry!);
        entry!.Release();
        return aside.TakeLocked(Tree, Upper!, name, stays ? Tree.Upper.Root : Upper!, stays);
    }

    /// <summary>A name is gone, for good.</summary>
    private void LostLocked(ReadOnlySpan<byte> name, OverlayInode victim, in Aside aside)
    {
        if (aside.Stays)
        {
            ((OverlayLeaf)victim).StashLocked(aside.Name);
        }
        else
        {
            aside.DiscardLocked();
        }

        if (victim is OverlayLeaf leaf)
        {
            leaf.LoseNameLocked(this, name);
        }
        else
        {
            ((OverlayDirectory)victim).RemovedLocked();
        }
    }

    private void RemovedLocked()
    {
        _isRemoved = true;
        Volatile.Write(ref _names, null);
        if (_isRedirected)
        {
            Tree.SetRedirectedLocked(this, false);
        }

        UnpinLocked();
    }
}
