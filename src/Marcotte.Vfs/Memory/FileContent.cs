using System.Numerics;
using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// The bytes of a file in pages of 4 KiB; a page that was never written is a hole and reads as zero. The first page is only
/// as large as a small file needs. The file's latch guards all of it.
/// </summary>
/// <remarks>
/// Every page is charged before it is made. One that came with a snapshot is not charged, yet its copy is; one that this
/// tree's own snapshot froze stays charged, and hands that on to its copy or gives it back when it goes.
/// </remarks>
internal partial struct FileContent(Generation owner)
{
    /// <summary>Where files end: as far as ext4 lets them go with pages of this size.</summary>
    public const long LargestSize = 1L << 44;

    private const int PageBits = 12;
    private const int PageBytes = 1 << PageBits;
    private const int SmallestHead = 64;

    private readonly Generation _owner = owner;
    private byte[]? _head;
    private PageTree _tail;
    private long _size;
    private long _tailPages;
    private long _chargedPages;
    private int _chargedHead;
    private bool _ownsHead;

    /// <summary>The file's length.</summary>
    public readonly long Size => _size;

    /// <summary>Bytes that it takes up, whoever is charged for them.</summary>
    public readonly long Allocated => (_tailPages << PageBits) + (_head?.Length ?? 0);

    private readonly Incarnation Account => _owner.Incarnation;

    /// <summary>Bytes that an incarnation is charged for it.</summary>
    public readonly long ChargedTo(Incarnation incarnation) =>
        ReferenceEquals(Account, incarnation) ? (_chargedPages << PageBits) + _chargedHead : 0;

    /// <summary>The same bytes, shared until they are written.</summary>
    /// <param name="owner">Who may write the copy; this one is frozen.</param>
    public readonly FileContent CopyFor(Generation owner)
    {
        bool isCharged = ReferenceEquals(Account, owner.Incarnation);
        return new FileContent(owner)
        {
            _head = _head,
            _tail = _tail,
            _size = _size,
            _tailPages = _tailPages,
            _chargedPages = isCharged ? _chargedPages : 0,
            _chargedHead = isCharged ? _chargedHead : 0,
        };
    }

    public readonly int Read(Span<byte> buffer, long offset)
    {
        if (offset >= _size)
        {
            return 0;
        }

        int count = (int)Math.Min(buffer.Length, _size - offset);
        int done = 0;
        while (done < count)
        {
            int within = (int)offset & (PageBytes - 1);
            Span<byte> piece = buffer.Slice(done, Math.Min(count - done, PageBytes - within));
            ReadPage(Page(offset >> PageBits), within, piece);
            done += piece.Length;
            offset += piece.Length;
        }

        return count;
    }

    /// <summary>Writes all, or as much as there is room for.</summary>
    public Errno Write(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (offset >= LargestSize)
        {
            return Errno.FBig;
        }

        int wanted = (int)Math.Min(buffer.Length, LargestSize - offset);
        while (count < wanted)
        {
            int within = (int)offset & (PageBytes - 1);
            int length = Math.Min(wanted - count, PageBytes - within);
            byte[]? page = PageToWrite(offset >> PageBits, within, length);
            if (page is null)
            {
                return count > 0 ? Errno.Success : Errno.NoSpc;
            }

            buffer.Slice(count, length).CopyTo(page.AsSpan(within));
            count += length;
            offset += length;
            _size = Math.Max(_size, offset);
        }

        return Errno.Success;
    }

    public Errno SetSize(long size)
    {
        if (size > LargestSize)
        {
            return Errno.FBig;
        }

        // What is cut off within a page must read as zero when the file grows again.
        bool cutsPage = size < _size && (size & (PageBytes - 1)) != 0;
        Errno errno = cutsPage ? Zero(size, Math.Min(_size, (size | (PageBytes - 1)) + 1)) : Errno.Success;
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (size <= _size)
        {
            RemovePages((size + PageBytes - 1) >> PageBits, LargestSize >> PageBits);
        }

        _size = size;
        return Errno.Success;
    }

    /// <summary>Gives back all pages.</summary>
    public void Clear()
    {
        Account.RefundBytes(ChargedTo(Account));
        this = new FileContent(_owner);
    }

    /// <summary>The first byte at or after a position that is in a page, or in none; the end counts as a hole.</summary>
    public readonly Errno Find(bool data, long offset, out long position)
    {
        position = offset;
        if (offset < 0 || offset >= _size)
        {
            return Errno.NxIO;
        }

        long index = offset >> PageBits;
        if (data)
        {
            long found = index == 0 && _head is not null ? 0 : _tail.NextPresent(Math.Max(index, 1));
            position = Math.Max(offset, found << PageBits);
            return found < 0 || position >= _size ? Errno.NxIO : Errno.Success;
        }

        while (index << PageBits < _size && Page(index) is not null)
        {
            index++;
        }

        position = Math.Min(_size, Math.Max(offset, index << PageBits));
        return Errno.Success;
    }

    private static void ReadPage(byte[]? page, int within, Span<byte> piece)
    {
        int there = page is null ? 0 : Math.Clamp(page.Length - within, 0, piece.Length);
        if (there > 0)
        {
            page.AsSpan(within, there).CopyTo(piece);
        }

        if (there < piece.Length)
        {
            piece[there..].Clear();
        }
    }

    private static int HeadFor(int needed) =>
        Math.Max(SmallestHead, (int)BitOperations.RoundUpToPowerOf2((uint)needed));

    private readonly byte[]? Page(long index) => index == 0 ? _head : _tail.Get(index);

    /// <summary>A page that may be written to.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="within">Where in it is written.</param>
    /// <param name="length">How much; all of it is written then.</param>
    /// <returns>Null when there is no room.</returns>
    private byte[]? PageToWrite(long index, int within, int length)
    {
        if (index == 0)
        {
            return _ownsHead && within + length <= _head!.Length ? _head : HeadToWrite(within + length);
        }

        int at = PageTree.Slot(index);
        PageLeaf? leaf = _tail.Leaf(index);
        return leaf is not null && ReferenceEquals(leaf.Owner, _owner) && leaf.IsOwn(at)
            ? leaf.Pages[at]
            : NewPage(index, leaf, length == PageBytes);
    }

    /// <summary>Makes a page that is missing, or the copy of one that is shared.</summary>
    private byte[]? NewPage(long index, PageLeaf? leaf, bool isOverwritten)
    {
        int at = PageTree.Slot(index);
        byte[]? present = leaf?.Pages[at];
        bool isCharged = leaf is not null && (leaf.ChargedTo(Account) >> at & 1) != 0;
        if (!isCharged && !Account.TryChargeBytes(PageBytes))
        {
            return null;
        }

        byte[] page = isOverwritten || present is not null ? GC.AllocateUninitializedArray<byte>(PageBytes) : new byte[PageBytes];
        if (!isOverwritten)
        {
            present?.CopyTo(page, 0);
        }

        _tail.LeafToChange(index, _owner).Put(at, page, isOwn: true);
        _chargedPages += isCharged ? 0 : 1;
        _tailPages += present is null ? 1 : 0;
        return page;
    }

    /// <summary>Makes the first page larger, or its own; when there is no room for twice as much, just as large as needed.</summary>
    private byte[]? HeadToWrite(int needed)
    {
        int present = _head?.Length ?? 0;
        int length = Math.Max(present, HeadFor(needed));
        if (!Account.TryChargeBytes(length - _chargedHead))
        {
            length = Math.Max(present, needed);
            if (!Account.TryChargeBytes(length - _chargedHead))
            {
                return null;
            }
        }

        return ReplaceHead(length);
    }

    private byte[] ReplaceHead(int length)
    {
        byte[] head = new byte[length];
        _head?.CopyTo(head, 0);
        _head = head;
        _chargedHead = length;
        _ownsHead = true;
        return head;
    }
}
