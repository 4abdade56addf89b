using System.Collections.Concurrent;
using Marcotte.Core;
using Marcotte.Vfs.Nodes;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// The life of a tree from where it was made or restored: what is charged for it, and the handles of inodes that came
/// with its snapshot. With the next restore it is closed: its handles are stale, and charges go nowhere.
/// </summary>
internal sealed class Incarnation(MemoryFileSystem tree, long born)
{
    private Latch _latch;
    private HandleTable? _handles;
    private ConcurrentDictionary<ulong, SpecialFile>? _specials;
    private bool _isClosed;
    private bool _hasGivenWay;
    private long _chargedBytes;
    private long _chargedInodes;
    private long _content;

    public MemoryFileSystem Tree { get; } = tree;

    /// <summary>The time of files that say they are as old as the tree.</summary>
    public long Born { get; } = born;

    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Names in all directories; the tree's lock guards it.</summary>
    public long NamesLocked { get; set; }

    /// <summary>Whether a handle was made for each directory; the tree's lock guards it.</summary>
    public bool KnowsDirectoriesLocked { get; set; }

    /// <summary>Bytes of files that have names, charged or not.</summary>
    public long ContentBytes => Volatile.Read(ref _content);

    public void AddContent(long bytes)
    {
        if (bytes != 0)
        {
            Interlocked.Add(ref _content, bytes);
        }
    }

    /// <summary>The handle of an inode that came with a snapshot, if one was made.</summary>
    public MemoryInode? FindHandle(ulong number) => Volatile.Read(ref _handles)?.Find(number);

    public void AddHandleLocked(MemoryInode handle)
    {
        if (_handles is null)
        {
            Volatile.Write(ref _handles, new HandleTable());
        }

        _handles.AddLocked(handle);
    }

    /// <summary>What a special inode stands for here; null for nothing, as a socket that came with a snapshot.</summary>
    public SpecialFile? SpecialOf(MemorySpecial inode, SpecialNode node)
    {
        if (node.Shared is not null)
        {
            return node.Shared;
        }

        if (node.Type != FileType.Fifo)
        {
            return Volatile.Read(ref _specials)?.GetValueOrDefault(inode.Number);
        }

        SpecialFile fifo = Specials.GetOrAdd(inode.Number, static _ => new FreshFifo());
        if (inode.IsForgotten)
        {
            ForgetSpecial(inode.Number);
        }

        return fifo;
    }

    public void SetSpecial(ulong number, SpecialFile special) => Specials[number] = special;

    public void ForgetSpecial(ulong number) => Volatile.Read(ref _specials)?.TryRemove(number, out _);

    /// <summary>Lets go of what belongs to the box: a snapshot leads here through its entries.</summary>
    public void DropSpecials() => Volatile.Write(ref _specials, null);

    public bool TryChargeInodes(long count)
    {
        _latch.Enter();
        bool charged = !_hasGivenWay && Tree.InodeQuota.TryCharge(count);
        _chargedInodes += charged ? count : 0;
        _latch.Exit();
        return charged;
    }

    public void RefundInode()
    {
        _latch.Enter();
        if (!_hasGivenWay)
        {
            _chargedInodes--;
            Tree.InodeQuota.Refund(1);
        }

        _latch.Exit();
    }

    public bool TryChargeBytes(long bytes)
    {
        _latch.Enter();
        bool charged = !_hasGivenWay && Tree.TryChargeQuotas(bytes);
        _chargedBytes += charged ? bytes : 0;
        _latch.Exit();
        return charged;
    }

    public void RefundBytes(long bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        _latch.Enter();
        if (!_hasGivenWay)
        {
            _chargedBytes -= bytes;
            Tree.RefundQuotas(bytes);
        }

        _latch.Exit();
    }

    /// <summary>Gives back all that is charged, but for inodes that its successor takes over.</summary>
    /// <param name="inodes">How many inodes that needs.</param>
    /// <param name="successor">What they are charged to then.</param>
    /// <returns>False, with nothing changed, when there are not so many.</returns>
    public bool TryGiveWay(long inodes, Incarnation successor)
    {
        _latch.Enter();
        bool taken = inodes <= _chargedInodes || Tree.InodeQuota.TryCharge(inodes - _chargedInodes);
        if (taken)
        {
            Tree.InodeQuota.Refund(Math.Max(0, _chargedInodes - inodes));
            Tree.RefundQuotas(_chargedBytes);
            successor._chargedInodes = inodes;
            _hasGivenWay = true;
        }

        _latch.Exit();
        return taken;
    }

    /// <summary>Makes its handles stale; the root is its successor's already.</summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        DropSpecials();
    }

    private ConcurrentDictionary<ulong, SpecialFile> Specials =>
        Volatile.Read(ref _specials) ?? Interlocked.CompareExchange(ref _specials, new ConcurrentDictionary<ulong, SpecialFile>(), null) ?? _specials;
}
