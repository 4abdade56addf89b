using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <content>What is done to ranges (fallocate, copy_file_range).</content>
internal partial struct FileContent
{
    /// <summary>The most pages that one copy takes, so that nobody waits long for the latches.</summary>
    private const long CopiedAtOnce = 1 << 14;

    /// <summary>Whether two ranges can be shared rather than copied.</summary>
    public static bool IsShareable(long offset, long targetOffset) => ((offset | targetOffset) & (PageBytes - 1)) == 0;

    /// <summary>Makes room in a range, all or none.</summary>
    public Errno Allocate(long offset, long length, bool keepsSize)
    {
        long end = offset + length;
        Errno errno = end > LargestSize ? Errno.FBig : Reserve(offset, end);
        if (errno == Errno.Success && !keepsSize)
        {
            _size = Math.Max(_size, end);
        }

        return errno;
    }

    /// <summary>Makes a range read as zero, with room for it.</summary>
    public Errno ZeroRange(long offset, long length)
    {
        Errno errno = Allocate(offset, length, keepsSize: false);
        return errno == Errno.Success ? Zero(offset, offset + length) : errno;
    }

    /// <summary>Makes a range read as zero, and takes its whole pages away.</summary>
    public Errno PunchHole(long offset, long length)
    {
        long end = Math.Min(offset + length, LargestSize);
        long first = (offset + PageBytes - 1) >> PageBits;
        long last = (end >> PageBits) - 1;
        Errno errno;
        if (first > last)
        {
            return Zero(offset, end);
        }

        errno = Zero(offset, first << PageBits);
        errno = errno == Errno.Success ? Zero((last + 1) << PageBits, end) : errno;
        if (errno == Errno.Success)
        {
            RemovePages(first, last);
        }

        return errno;
    }

    /// <summary>Shares whole pages of another file of the tree, and copies what is no whole page.</summary>
    /// <param name="source">The other file's content; its pages are no longer written in place.</param>
    /// <param name="offset">Where the range begins there; at a page.</param>
    /// <param name="targetOffset">Where it goes; at a page.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="count">Bytes copied.</param>
    public Errno CopyFrom(ref FileContent source, long offset, long targetOffset, long length, out long count)
    {
        count = 0;
        if (targetOffset >= LargestSize)
        {
            return Errno.FBig;
        }

        long wanted = Math.Min(Math.Min(length, source._size - offset), LargestSize - targetOffset);
        wanted = Math.Min(wanted, CopiedAtOnce << PageBits);
        while (count < wanted)
        {
            int piece = (int)Math.Min(PageBytes, wanted - count);
            Errno errno = CopyPage(ref source, (offset + count) >> PageBits, (targetOffset + count) >> PageBits, piece);
            if (errno != Errno.Success)
            {
                return count > 0 ? Errno.Success : errno;
            }

            count += piece;
            _size = Math.Max(_size, targetOffset + count);
        }

        return Errno.Success;
    }

    private Errno CopyPage(ref FileContent source, long index, long targetIndex, int length)
    {
        byte[]? page = source.Page(index);
        if (page is null && length == PageBytes)
        {
            RemovePages(targetIndex, targetIndex);
            return Errno.Success;
        }

        if (index == 0 || targetIndex == 0 || length < PageBytes)
        {
            byte[]? copy = PageToWrite(targetIndex, 0, length);
            if (copy is not null)
            {
                ReadPage(page, 0, copy.AsSpan(0, length));
            }

            return copy is null ? Errno.NoSpc : Errno.Success;
        }

        // Charged as if it were copied: the file that it comes from may go.
        int at = PageTree.Slot(targetIndex);
        PageLeaf? present = _tail.Leaf(targetIndex);
        bool isThere = present?.Pages[at] is not null;
        bool isCharged = present is not null && (present.ChargedTo(Account) >> at & 1) != 0;
        if (!isCharged && !Account.TryChargeBytes(PageBytes))
        {
            return Errno.NoSpc;
        }

        source.Disown(index, _owner);
        _tail.LeafToChange(targetIndex, _owner).Put(at, page!, isOwn: false);
        _chargedPages += isCharged ? 0 : 1;
        _tailPages += isThere ? 0 : 1;
        return Errno.Success;
    }

    /// <summary>A page is shared from now on, as those of a frozen leaf are anyway.</summary>
    private readonly void Disown(long index, Generation present)
    {
        if (_tail.Leaf(index) is { } leaf && ReferenceEquals(leaf.Owner, present))
        {
            leaf.Own &= ~(1UL << PageTree.Slot(index));
        }
    }

    /// <summary>Has pages for a range, all of them charged, so that no write to it wants room; all or none.</summary>
    private Errno Reserve(long offset, long end)
    {
        long first = offset >> PageBits;
        long last = (end - 1) >> PageBits;

        // What is charged already is not needed again; so this many at least are, and more than all may hold are not counted.
        long least = last - first - _chargedPages;
        if (least > Account.Tree.BytesLimit >> PageBits)
        {
            return Errno.NoSpc;
        }

        long missing = 0;
        for (long index = Math.Max(first, 1); index <= last; index++)
        {
            missing += IsCharged(index) ? 0 : 1;
        }

        int head = first == 0 ? Math.Max(_head?.Length ?? 0, HeadFor((int)Math.Min(end, PageBytes))) : _chargedHead;
        if (!Account.TryChargeBytes((missing << PageBits) + head - _chargedHead))
        {
            return Errno.NoSpc;
        }

        if (first == 0 && (!_ownsHead || head > _head!.Length))
        {
            ReplaceHead(head);
        }

        for (long index = Math.Max(first, 1); index <= last; index++)
        {
            TakeCharged(index);
        }

        return Errno.Success;
    }

    private readonly bool IsCharged(long index) =>
        _tail.Leaf(index) is { } leaf && (leaf.ChargedTo(Account) >> PageTree.Slot(index) & 1) != 0;

    /// <summary>Has a page for which room was charged: a new one, or the shared one, which is copied when it is written.</summary>
    private void TakeCharged(long index)
    {
        if (IsCharged(index))
        {
            return;
        }

        int at = PageTree.Slot(index);
        PageLeaf leaf = _tail.LeafToChange(index, _owner);
        _chargedPages++;
        if (leaf.Pages[at] is not null)
        {
            leaf.SetCharged(at);
            return;
        }

        leaf.Put(at, new byte[PageBytes], isOwn: true);
        _tailPages++;
    }

    /// <summary>Writes zeros to what pages there are.</summary>
    private Errno Zero(long from, long to)
    {
        while (from < to)
        {
            long index = from >> PageBits;
            byte[]? present = Page(index);
            if (present is null)
            {
                long next = _tail.NextPresent(Math.Max(index, 1));
                from = next < 0 ? to : next << PageBits;
                continue;
            }

            int within = (int)from & (PageBytes - 1);
            int length = (int)Math.Min(to - from, PageBytes - within);
            int there = Math.Clamp(present.Length - within, 0, length);
            if (there > 0)
            {
                byte[]? page = PageToWrite(index, within, there);
                if (page is null)
                {
                    return Errno.NoSpc;
                }

                page.AsSpan(within, there).Clear();
            }

            from += length;
        }

        return Errno.Success;
    }

    private void RemovePages(long first, long last)
    {
        if (first <= 0 && _head is not null)
        {
            Account.RefundBytes(_chargedHead);
            _head = null;
            _chargedHead = 0;
            _ownsHead = false;
        }

        if (_tailPages > 0)
        {
            _tailPages -= _tail.Remove(Math.Max(first, 1), last, _owner, out long charged);
            _chargedPages -= charged;
            Account.RefundBytes(charged << PageBits);
            _tail = _tailPages == 0 ? default : _tail;
        }
    }
}
