using System.Diagnostics;
using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>A directory of an overlay: those of its layers, merged.</summary>
internal sealed partial class OverlayDirectory : OverlayInode
{
    private readonly LayerInode[] _lowers;
    private OverlayNames? _names;
    private bool _isRemoved;
    private bool _isRedirected;

    /// <summary>The root.</summary>
    public OverlayDirectory(OverlayFileSystem tree, Inode upper, LayerInode[] lowers)
        : base(tree, FileType.Directory, NumberOf(tree, upper, lowers), null, [], upper) => _lowers = lowers;

    /// <summary>A directory that was looked up or made.</summary>
    /// <param name="parent">The directory it is in.</param>
    /// <param name="name">Its name.</param>
    /// <param name="upper">It in the upper layer, if it is there.</param>
    /// <param name="lowers">It in the layers below, the topmost first.</param>
    public OverlayDirectory(OverlayDirectory parent, byte[] name, Inode? upper, LayerInode[] lowers)
        : base(parent.Tree, FileType.Directory, NumberOf(parent.Tree, upper, lowers), parent, name, upper) => _lowers = lowers;

    /// <summary>It in the layers below, the topmost first; those that count, so none where the upper layer hides all.</summary>
    public ReadOnlySpan<LayerInode> Lowers => _isRemoved ? default : _lowers;

    /// <summary>Whether it was removed.</summary>
    public bool IsRemoved => _isRemoved;

    /// <summary>Whether it was renamed, so that it is in the layers below by another name than here.</summary>
    public bool IsRedirected => _isRedirected;

    /// <inheritdoc/>
    /// <remarks>Of a merged directory nobody has counted the subdirectories: one link then says so, as overlayfs does.</remarks>
    public override Errno Stat(out FileStat stat)
    {
        Inode? upper = Upper;
        Errno errno = (upper ?? _lowers[0].Inode).Stat(out stat);
        stat.Device = Tree.Device;
        stat.Inode = Number;
        stat.Links = _isRemoved ? 0 : _lowers.Length + (upper is null ? 0 : 1) > 1 ? 1 : stat.Links;
        return errno;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        if (!Tree.IsCounted)
        {
            child = Volatile.Read(ref _names)?.Find(name);
            if (child is not null)
            {
                return Errno.Success;
            }
        }

        lock (Tree.Lock)
        {
            Errno errno = FindLocked(name, out OverlayInode? found);
            child = found;
            return errno;
        }
    }

    public override Errno LookupParent(out Inode? parent)
    {
        if (!Tree.IsCounted)
        {
            parent = Parent ?? this;
            return Errno.Success;
        }

        lock (Tree.Lock)
        {
            parent = (Parent ?? this).Acquire();
            return Errno.Success;
        }
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = new OverlayListing(this);
        return Errno.Success;
    }

    /// <summary>A name stands for another inode, or for none, unless it stands for another than was thought.</summary>
    public void ForgetLocked(ReadOnlySpan<byte> name, OverlayInode inode)
    {
        if (_names is not null && ReferenceEquals(_names.Find(name), inode))
        {
            _names.RemoveLocked(name);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A directory is copied up as it is, without what is in it, and those above it before it.</remarks>
    public override Errno CopyUpLocked()
    {
        Debug.Assert(Tree.Lock.IsHeldByCurrentThread);
        if (Upper is not null)
        {
            return Errno.Success;
        }

        if (_isRemoved)
        {
            return Errno.NoEnt;
        }

        Stack<OverlayDirectory> way = new();
        for (OverlayDirectory directory = this; directory.Upper is null; directory = directory.Parent!)
        {
            way.Push(directory);
        }

        Errno errno = Errno.Success;
        while (errno == Errno.Success && way.TryPop(out OverlayDirectory? directory))
        {
            errno = directory.CopyShellLocked(directory.Parent!.Upper!);
        }

        return errno;
    }

    public override Errno CopyUpLocked(OverlayDirectory directory, ReadOnlySpan<byte> name) => CopyUpLocked();

    private protected override void ReleaseLayersLocked()
    {
        foreach (LayerInode lower in _lowers)
        {
            lower.Inode.Release();
        }
    }

    private static ulong NumberOf(OverlayFileSystem tree, Inode? upper, LayerInode[] lowers) => lowers.Length > 0
        ? OverlayFileSystem.NumberOf(lowers[0].Layer, lowers[0].Inode.Number)
        : tree.NumberOfUpperLocked(upper!.Number);

    private Errno CopyShellLocked(Inode directory)
    {
        Errno errno = _lowers[0].Inode.Stat(out FileStat stat);
        FileStat above = default;
        errno = errno == Errno.Success ? directory.Stat(out above) : errno;
        errno = errno == Errno.Success
            ? directory.MakeDirectory(Name, new Creation(stat.Mode, stat.UserId, stat.GroupId))
            : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = directory.Lookup(Name, out Inode? made);
        errno = errno == Errno.Success ? Layering.GiveAttributes(made!, stat) : errno;
        if (errno != Errno.Success)
        {
            made?.Release();
            directory.RemoveDirectory(Name);
        }
        else
        {
            PublishLocked(made!);
        }

        // Nothing was made in it that was not there.
        directory.SetTimes(Layering.TimesOf(above));
        return errno;
    }
}
