using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// The bytes of a file in pages of 4 KiB; a page that was never written is a hole and reads as zero. The first page is only
/// as large as a small file needs. Every page is charged before it is made. The file's latch guards all of it.
/// </summary>
internal struct FileContent(MemoryFileSystem tree)
{
    /// <summary>Where files end: as far as ext4 lets them go with pages of this size.</summary>
    public const long LargestSize = 1L << 44;

    private const int PageBits = 12;
    private const int PageBytes = 1 << PageBits;
    private const int SmallestHead = 64;

    private byte[]? _head;
    private PageTree? _tail;
    private long _size;
    private long _tailPages;

    /// <summary>The file's length.</summary>
    public readonly long Size => _size;

    /// <summary>Bytes charged for it.</summary>
    public readonly long Charged => (_tailPages << PageBits) + (_head?.Length ?? 0);

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

        if (size < _size)
        {
            Cut(size);
        }

        _size = size;
        return Errno.Success;
    }

    /// <summary>Gives back all pages.</summary>
    public void Clear()
    {
        tree.RefundBytes(Charged);
        _head = null;
        _tail = null;
        _tailPages = 0;
        _size = 0;
    }

    /// <summary>Makes the pages of a range that are missing, all or none.</summary>
    public Errno Allocate(long offset, long length)
    {
        long end = offset + length;
        if (end > LargestSize)
        {
            return Errno.FBig;
        }

        long first = offset >> PageBits;
        long last = (end - 1) >> PageBits;

        // What is there already is not needed again; so this many at least are, and more than all may hold are not counted.
        long least = last - first - _tailPages;
        if (least > tree.BytesLimit >> PageBits)
        {
            return Errno.NoSpc;
        }

        long missing = 0;
        for (long index = Math.Max(first, 1); index <= last; index++)
        {
            missing += _tail?.Get(index) is null ? PageBytes : 0;
        }

        int head = first == 0 ? HeadFor((int)Math.Min(end, PageBytes)) : _head?.Length ?? 0;
        long growth = Math.Max(0, head - (_head?.Length ?? 0));
        if (!tree.TryChargeBytes(missing + growth))
        {
            return Errno.NoSpc;
        }

        if (growth > 0)
        {
            Array.Resize(ref _head, head);
        }

        for (long index = Math.Max(first, 1); index <= last; index++)
        {
            if (_tail?.Get(index) is null)
            {
                AddTail(index, new byte[PageBytes]);
            }
        }

        _size = Math.Max(_size, end);
        return Errno.Success;
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
            long found = index == 0 && _head is not null ? 0 : _tail?.NextPresent(Math.Max(index, 1)) ?? -1;
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
        Math.Max(SmallestHead, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed));

    private readonly byte[]? Page(long index) => index == 0 ? _head : _tail?.Get(index);

    private byte[]? PageToWrite(long index, int within, int length)
    {
        if (index == 0)
        {
            return _head is not null && within + length <= _head.Length ? _head : GrowHead(within + length);
        }

        if (_tail?.Get(index) is { } page)
        {
            return page;
        }

        if (!tree.TryChargeBytes(PageBytes))
        {
            return null;
        }

        page = length == PageBytes ? GC.AllocateUninitializedArray<byte>(PageBytes) : new byte[PageBytes];
        AddTail(index, page);
        return page;
    }

    private void AddTail(long index, byte[] page)
    {
        _tail ??= new PageTree();
        _tail.Set(index, page);
        _tailPages++;
    }

    /// <summary>Makes the first page larger; when there is no room for twice as much, by just what is needed.</summary>
    private byte[]? GrowHead(int needed)
    {
        int present = _head?.Length ?? 0;
        int length = HeadFor(needed);
        if (!tree.TryChargeBytes(length - present))
        {
            length = needed;
            if (!tree.TryChargeBytes(length - present))
            {
                return null;
            }
        }

        Array.Resize(ref _head, length);
        return _head;
    }

    private void Cut(long size)
    {
        long kept = (size + PageBytes - 1) >> PageBits;
        if (_tail is not null)
        {
            long removed = _tail.RemoveFrom(Math.Max(kept, 1));
            _tailPages -= removed;
            tree.RefundBytes(removed << PageBits);
            _tail = _tailPages == 0 ? null : _tail;
        }

        if (size == 0 && _head is not null)
        {
            tree.RefundBytes(_head.Length);
            _head = null;
        }

        // What is cut off within a page must read as zero when the file grows again.
        int within = (int)size & (PageBytes - 1);
        byte[]? page = within == 0 ? null : Page(size >> PageBits);
        if (page is not null && within < page.Length)
        {
            page.AsSpan(within).Clear();
        }
    }
}
