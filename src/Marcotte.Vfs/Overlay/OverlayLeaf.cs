using System.Diagnostics;
using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>A file of an overlay that is no directory: in the upper layer, or in one below until it is changed.</summary>
/// <remarks>
/// One that came from below counts its names itself: the upper layer may have fewer of them. When the last name that the
/// upper layer has goes while the file lives on (by another name in a layer below, or open), it is kept
/// there in the root under a name of the overlay's own.
/// </remarks>
internal sealed class OverlayLeaf : OverlayInode
{
    private readonly Inode? _lower;
    private readonly int _layer;
    private uint _linksBelow;
    private int _linkChange;
    private int _opens;
    private byte[]? _stash;
    private bool _isGone;

    /// <summary>One that is in the upper layer.</summary>
    public OverlayLeaf(OverlayDirectory parent, byte[] name, Inode upper)
        : base(parent.Tree, upper.Type, parent.Tree.NumberOfUpperLocked(upper.Number), parent, name, upper)
    {
    }

    /// <summary>One that is in a layer below.</summary>
    public OverlayLeaf(OverlayDirectory parent, byte[] name, LayerInode lower)
        : base(parent.Tree, lower.Inode.Type, OverlayFileSystem.NumberOf(lower.Layer, lower.Inode.Number), parent, name, null)
    {
        _lower = lower.Inode;
        _layer = lower.Layer;
    }

    /// <summary>Whether its last name is gone.</summary>
    public bool IsGone => _isGone;

    public override Errno Stat(out FileStat stat)
    {
        Inode? upper = Upper;
        Errno errno = (upper ?? _lower!).Stat(out stat);
        Adapt(ref stat, upper is not null);
        return errno;
    }

    /// <summary>Makes what a layer says of it what the overlay says.</summary>
    public void Adapt(ref FileStat stat, bool isUpper)
    {
        stat.Device = Tree.Device;
        stat.Inode = Number;
        if (_lower is not null)
        {
            stat.Links = (uint)((isUpper ? _linksBelow : stat.Links) + _linkChange);
        }
    }

    public override SpecialFile? Special => _isGone ? null : (Upper ?? _lower!).Special;

    public override Errno ReadLink(Span<byte> buffer, out int count) => (Upper ?? _lower!).ReadLink(buffer, out count);

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        bool writes = Type == FileType.Regular && (request.Truncate || (request.Access & AccessModes.Write) != 0);
        Errno errno = _isGone ? Errno.NoEnt : writes && Upper is null ? CopyUp(!request.Truncate) : Errno.Success;
        if (errno != Errno.Success)
        {
            return errno;
        }

        Interlocked.Increment(ref _opens);
        Inode? upper = Upper;
        errno = (upper ?? _lower!).Open(upper is null ? request with { KeepAccessTime = true } : request, out OpenFile? opened);
        if (errno != Errno.Success)
        {
            Close();
            return errno;
        }

        file = Wrap(opened!, upper is not null, request);
        return Errno.Success;
    }

    /// <summary>Takes an opening of the upper layer, as of a file that was just made.</summary>
    public OpenFile Adopt(OpenFile opened, in InodeOpen request)
    {
        Interlocked.Increment(ref _opens);
        return Wrap(opened, isUpper: true, request);
    }

    /// <summary>An opening was closed.</summary>
    public void Closed()
    {
        Close();
        Release();
    }

    /// <summary>Opens it in the upper layer for who has opened it for reading below.</summary>
    public Errno OpenUpper(StatusFlags status, bool keepAccessTime, out OpenFile? file) =>
        Upper!.Open(new InodeOpen(AccessModes.Read, status, KeepAccessTime: keepAccessTime), out file);

    public override Errno CopyUpLocked() => CopyUpLocked(withContent: true);

    public override Errno CopyUpLocked(OverlayDirectory directory, ReadOnlySpan<byte> name)
    {
        Errno errno = directory.CopyUpLocked();
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (Upper is null)
        {
            PlaceLocked(directory, name.ToArray());
            return CopyUpLocked(withContent: true);
        }

        errno = directory.Upper!.Lookup(name, out Inode? present);
        present?.Release();
        return errno == Errno.NoEnt ? directory.Upper.Link(name, Upper) : errno;
    }

    public override bool IsStill(Inode? upper, ReadOnlySpan<LayerInode> lowers)
    {
        if (upper is not null)
        {
            return Upper?.Number == upper.Number && upper.Type == Type;
        }

        return _lower is not null && lowers[0].Layer == _layer && lowers[0].Inode.Number == _lower.Number &&
            lowers[0].Inode.Type == Type;
    }

    /// <summary>Whether the file would be lost with the last name that the upper layer has for it.</summary>
    public bool OutlivesLocked(Inode entry) =>
        _lower is not null && entry.Stat(out FileStat stat) == Errno.Success && stat.Links == 1 &&
        (_linksBelow + _linkChange > 1 || Volatile.Read(ref _opens) > 0);

    /// <summary>It lies under a name of the overlay's own now.</summary>
    public void StashLocked(byte[] name) => _stash = name;

    /// <summary>It has one name more.</summary>
    public void GainNameLocked()
    {
        if (_lower is not null)
        {
            _linkChange++;
            PinLocked();
        }
    }

    /// <summary>It has lost a name; what it holds is given back with the last one and the last opening.</summary>
    public void LoseNameLocked(OverlayDirectory directory, ReadOnlySpan<byte> name)
    {
        if (_lower is not null)
        {
            _linkChange--;
            PinLocked();
        }

        if (ReferenceEquals(Parent, directory) && name.SequenceEqual(Name))
        {
            PlaceLocked(null, []);
        }

        if (Stat(out FileStat stat) == Errno.Success && stat.Links > 0)
        {
            return;
        }

        _isGone = true;
        if (Upper is { } upper)
        {
            Tree.ForgetOriginLocked(upper.Number);
        }

        UnshareLocked();
        DropStashLocked();
        UnpinLocked();
    }

    private protected override void ReleaseLayersLocked()
    {
        UnshareLocked();
        _lower?.Release();
    }

    private OpenFile Wrap(OpenFile opened, bool isUpper, in InodeOpen request)
    {
        Acquire();
        return new OpenFile(new OverlayFile(this, opened, isUpper, request.KeepAccessTime), request.Access, request.Status);
    }

    private void Close()
    {
        if (Interlocked.Decrement(ref _opens) == 0 && Volatile.Read(ref _stash) is not null)
        {
            lock (Tree.Lock)
            {
                DropStashLocked();
            }
        }
    }

    private void DropStashLocked()
    {
        if (_isGone && _stash is not null && Volatile.Read(ref _opens) == 0)
        {
            using KeptTimes kept = new(Tree.Upper.Root);
            Tree.Upper.Root.Unlink(_stash);
            _stash = null;
        }
    }

    private void UnshareLocked()
    {
        if (_lower is not null)
        {
            Tree.UnshareLocked(_layer, _lower.Number, this);
        }
    }

    private Errno CopyUp(bool withContent)
    {
        lock (Tree.Lock)
        {
            return CopyUpLocked(withContent);
        }
    }

    private Errno CopyUpLocked(bool withContent)
    {
        Debug.Assert(Tree.Lock.IsHeldByCurrentThread);
        if (Upper is not null)
        {
            return Errno.Success;
        }

        if (_isGone && Volatile.Read(ref _opens) == 0)
        {
            return Errno.NoEnt;
        }

        OverlayDirectory? directory = Parent;
        Errno errno = directory?.CopyUpLocked() ?? Errno.Success;
        if (errno != Errno.Success)
        {
            return errno;
        }

        byte[] name = directory is null ? Tree.NextTemporaryLocked() : Name;
        errno = LeafCopy.Make(_lower!, directory?.Upper ?? Tree.Upper.Root, name, withContent, out Inode? made, out uint links);
        if (errno != Errno.Success)
        {
            return errno;
        }

        _linksBelow = links;
        _stash = directory is null ? name : null;
        Tree.SetOriginLocked(made!.Number, Number);
        if (!_isGone && (links > 1 || directory is null))
        {
            PinLocked();
        }

        PublishLocked(made);
        return Errno.Success;
    }
}
