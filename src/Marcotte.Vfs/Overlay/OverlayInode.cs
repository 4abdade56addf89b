using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>A file of an overlay: one inode for as long as it exists, whichever layer it is in.</summary>
/// <remarks>
/// It is in the upper layer once <see cref="Upper"/> says so, which never changes back; until then in the ones below. Where
/// layers hold something of the host's (<see cref="OverlayFileSystem.IsCounted"/>) it is counted itself, and holds its layers'
/// inodes and the directory it is in; otherwise the directories keep what was looked up.
/// </remarks>
internal abstract class OverlayInode : Inode
{
    [ThreadStatic]
    private static OverlayInode? _dropping;

    private Inode? _upper;
    private OverlayDirectory? _parent;
    private OverlayInode? _nextDropped;
    private bool _isPinned;

    private protected OverlayInode(
        OverlayFileSystem tree, FileType type, ulong number, OverlayDirectory? parent, byte[] name, Inode? upper)
        : base(tree, type, number, tree.IsCounted)
    {
        Tree = tree;
        _parent = (OverlayDirectory?)parent?.Acquire();
        Name = name;
        _upper = upper;
    }

    public OverlayFileSystem Tree { get; }

    /// <summary>It in the upper layer; null while it is not there.</summary>
    public Inode? Upper => Volatile.Read(ref _upper);

    /// <summary>A directory that it is in; null for the root, and for a file none of whose names is known. Changes under the lock.</summary>
    public OverlayDirectory? Parent => Volatile.Read(ref _parent);

    /// <summary>Its name in <see cref="Parent"/>. Changes under the lock.</summary>
    public byte[] Name { get; private set; }

    public sealed override Errno SetTimes(in TimeUpdate times)
    {
        Errno errno = times.IsEmpty ? Errno.Success : CopyUp();
        return errno == Errno.Success && !times.IsEmpty ? Upper!.SetTimes(times) : errno;
    }

    public sealed override Errno SetMode(ushort mode)
    {
        Errno errno = CopyUp();
        return errno == Errno.Success ? Upper!.SetMode(mode) : errno;
    }

    public sealed override Errno SetOwner(OwnerUpdate owner)
    {
        Errno errno = owner.IsEmpty ? Errno.Success : CopyUp();
        return errno == Errno.Success && !owner.IsEmpty ? Upper!.SetOwner(owner) : errno;
    }

    /// <summary>Sees to it that it is in the upper layer.</summary>
    public Errno CopyUp()
    {
        if (Upper is not null)
        {
            return Errno.Success;
        }

        lock (Tree.Lock)
        {
            return CopyUpLocked();
        }
    }

    /// <summary>Sees to it that it is in the upper layer, under one of its names; on failure all is as it was.</summary>
    public abstract Errno CopyUpLocked();

    /// <summary>Sees to it that the upper layer has it under a name that it has.</summary>
    public abstract Errno CopyUpLocked(OverlayDirectory directory, ReadOnlySpan<byte> name);

    /// <summary>Whether it is what a name means in the layers now.</summary>
    /// <param name="upper">What the upper one has.</param>
    /// <param name="lowers">What those below have, as far as it counts.</param>
    public abstract bool IsStill(Inode? upper, ReadOnlySpan<LayerInode> lowers);

    /// <summary>It has a name, or no known one.</summary>
    public void PlaceLocked(OverlayDirectory? parent, byte[] name)
    {
        OverlayDirectory? before = _parent;
        Name = name;
        Volatile.Write(ref _parent, (OverlayDirectory?)parent?.Acquire());
        before?.Release();
    }

    /// <summary>It is in the upper layer from now on, for every reader at once.</summary>
    private protected void PublishLocked(Inode upper) => Volatile.Write(ref _upper, upper);

    /// <summary>Its layers cannot tell again what it knows: it stays though nobody uses it.</summary>
    private protected void PinLocked()
    {
        if (!_isPinned)
        {
            _isPinned = true;
            Acquire();
        }
    }

    private protected void UnpinLocked()
    {
        if (_isPinned)
        {
            _isPinned = false;
            Release();
        }
    }

    /// <summary>Gives back what it holds of layers.</summary>
    private protected abstract void ReleaseLayersLocked();

    /// <inheritdoc/>
    /// <remarks>One directory after the other rather than each within the other: a guest makes trees deeper than any stack.</remarks>
    protected override void Drop()
    {
        if (_dropping is not null)
        {
            _nextDropped = _dropping._nextDropped;
            _dropping._nextDropped = this;
            return;
        }

        for (OverlayInode? inode = this; inode is not null; inode = inode._nextDropped)
        {
            _dropping = inode;
            lock (inode.Tree.Lock)
            {
                inode._parent?.ForgetLocked(inode.Name, inode);
                inode.ReleaseLayersLocked();
                inode._upper?.Release();
                inode._parent?.Release();
            }
        }

        _dropping = null;
    }
}
