using System.Diagnostics;
using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <content>What a name means in all layers together.</content>
internal sealed partial class OverlayDirectory
{
    /// <summary>Finds an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="child">Its inode, with a reference for the caller.</param>
    public Errno FindLocked(ReadOnlySpan<byte> name, out OverlayInode? child)
    {
        Debug.Assert(Tree.Lock.IsHeldByCurrentThread);
        child = null;
        if (_isRemoved || OverlayFileSystem.IsReserved(name))
        {
            return Errno.NoEnt;
        }

        OverlayInode? known = _names?.Find(name);
        if (known is not null && !known.TryAcquire())
        {
            known = null;
        }

        if (known is not null && (!Tree.IsCounted || known is OverlayDirectory { IsRedirected: true }))
        {
            child = known;
            return Errno.Success;
        }

        Errno errno = MergeLocked(name, out Inode? upper, out LayerInode[] lowers);
        if (errno != Errno.Success)
        {
            known?.Release();
            return errno;
        }

        if (known is not null && known.IsStill(upper, lowers))
        {
            upper?.Release();
            Release(lowers);
            child = known;
            return Errno.Success;
        }

        known?.Release();
        child = MakeLocked(name.ToArray(), upper, lowers);
        return Errno.Success;
    }

    /// <summary>Whether the layers below would show a name if the upper one said nothing of it.</summary>
    public bool HasBelowLocked(ReadOnlySpan<byte> name)
    {
        foreach (LayerInode lower in Lowers)
        {
            Errno errno = lower.Inode.Lookup(name, out Inode? found);
            if (errno != Errno.NoEnt)
            {
                bool isHidden = errno == Errno.Success && Layering.IsWhiteout(found!);
                found?.Release();
                return !isHidden;
            }
        }

        return false;
    }

    public override bool IsStill(Inode? upper, ReadOnlySpan<LayerInode> lowers)
    {
        if (upper?.Number != Upper?.Number || lowers.Length != _lowers.Length)
        {
            return false;
        }

        for (int i = 0; i < lowers.Length; i++)
        {
            if (lowers[i].Layer != _lowers[i].Layer || lowers[i].Inode.Number != _lowers[i].Inode.Number)
            {
                return false;
            }
        }

        return upper is null || upper.IsDirectory;
    }

    /// <summary>Remembers what a name stands for.</summary>
    private void RememberLocked(ReadOnlySpan<byte> name, OverlayInode inode)
    {
        if (_names is null)
        {
            Volatile.Write(ref _names, new OverlayNames());
        }

        _names.SetLocked(name, inode);
    }

    /// <summary>What has a name: a file of one layer, or directories of several.</summary>
    private Errno MergeLocked(ReadOnlySpan<byte> name, out Inode? upper, out LayerInode[] lowers)
    {
        lowers = [];
        upper = null;
        Errno errno = Upper is null ? Errno.NoEnt : Upper.Lookup(name, out upper);
        if (errno is not (Errno.Success or Errno.NoEnt))
        {
            return errno;
        }

        if (upper is { IsDirectory: false })
        {
            if (!Layering.IsWhiteout(upper))
            {
                return Errno.Success;
            }

            upper.Release();
            upper = null;
            return Errno.NoEnt;
        }

        errno = upper is { IsOpaque: true } ? Errno.Success : MergeBelowLocked(name, upper is not null, out lowers);
        if (errno != Errno.Success)
        {
            upper?.Release();
            return errno;
        }

        return upper is null && lowers.Length == 0 ? Errno.NoEnt : Errno.Success;
    }

    private Errno MergeBelowLocked(ReadOnlySpan<byte> name, bool isDirectory, out LayerInode[] lowers)
    {
        lowers = [];
        foreach (LayerInode lower in _lowers)
        {
            Errno errno = lower.Inode.Lookup(name, out Inode? found);
            if (errno == Errno.NoEnt)
            {
                continue;
            }

            if (errno != Errno.Success)
            {
                Release(lowers);
                lowers = [];
                return errno;
            }

            bool ends = !found!.IsDirectory || found.IsOpaque;
            bool counts = found.IsDirectory || (!isDirectory && lowers.Length == 0 && !Layering.IsWhiteout(found));
            if (counts)
            {
                lowers = [.. lowers, new LayerInode(found, lower.Layer)];
            }
            else
            {
                found.Release();
            }

            if (ends)
            {
                break;
            }
        }

        return Errno.Success;
    }

    /// <summary>Makes the inode of what was found, and takes over the references.</summary>
    private OverlayInode MakeLocked(byte[] name, Inode? upper, LayerInode[] lowers)
    {
        OverlayInode made = upper is { IsDirectory: true } || (upper is null && lowers[0].Inode.IsDirectory)
            ? new OverlayDirectory(this, name, upper, lowers)
            : upper is not null ? new OverlayLeaf(this, name, upper) : LeafBelowLocked(name, lowers[0]);
        RememberLocked(name, made);
        return made;
    }

    /// <summary>The inode of a file in a layer below; one that has several names there has one inode here.</summary>
    private OverlayLeaf LeafBelowLocked(byte[] name, LayerInode lower)
    {
        // What is counted is never kept long, and asking for the number of names costs a call to the host.
        bool isShared = Tree.IsCounted || (lower.Inode.Stat(out FileStat stat) == Errno.Success && stat.Links > 1);
        if (isShared && Tree.FindSharedLocked(lower.Layer, lower.Inode.Number) is { } known)
        {
            if (known.Type == lower.Inode.Type)
            {
                lower.Inode.Release();
                if (known.Parent is null)
                {
                    known.PlaceLocked(this, name);
                }

                return known;
            }

            known.Release();
        }

        OverlayLeaf leaf = new(this, name, lower);
        if (isShared)
        {
            Tree.ShareLocked(lower.Layer, lower.Inode.Number, leaf);
        }

        return leaf;
    }

    private static void Release(LayerInode[] inodes)
    {
        foreach (LayerInode inode in inodes)
        {
            inode.Inode.Release();
        }
    }
}
