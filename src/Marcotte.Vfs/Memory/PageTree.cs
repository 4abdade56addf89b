using System.Numerics;
using System.Runtime.CompilerServices;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// Pages by number: a tree of 64-fold nodes that is as high as its highest page needs, so that a byte at the far end of a
/// sparse file costs a handful of nodes. The file's latch guards it; a copy of this struct shares all nodes.
/// </summary>
internal struct PageTree
{
    public const int Fan = 1 << Bits;

    private const int Bits = 6;

    private PageNode? _root;
    private int _height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly byte[]? Get(long index) => Leaf(index) is { } leaf ? leaf.Pages[Slot(index)] : null;

    public static int Slot(long index) => (int)index & (Fan - 1);

    /// <summary>The leaf that has a page's place, to be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly PageLeaf? Leaf(long index)
    {
        PageNode? node = _root;
        int height = _height;
        if (index >> (Bits * (height + 1)) != 0)
        {
            return null;
        }

        for (; height > 0 && node is not null; height--)
        {
            node = Unsafe.As<PageBranch>(node).Children[Slot(index >> (Bits * height))];
        }

        return Unsafe.As<PageLeaf?>(node);
    }

    /// <summary>The leaf that has a page's place, to be changed; made, or copied with what leads to it, as needed.</summary>
    public PageLeaf LeafToChange(long index, Generation owner)
    {
        while (index >> (Bits * (_height + 1)) != 0)
        {
            if (_root is not null)
            {
                PageBranch root = new(owner);
                root.Children[0] = _root;
                _root = root;
            }

            _height++;
        }

        ref PageNode? node = ref _root;
        for (int level = _height; ; level--)
        {
            if (node is null)
            {
                node = level == 0 ? new PageLeaf(owner) : new PageBranch(owner);
            }
            else if (!ReferenceEquals(node.Owner, owner))
            {
                node = node.Copy(owner);
            }

            if (level == 0)
            {
                return Unsafe.As<PageLeaf>(node);
            }

            node = ref Unsafe.As<PageBranch>(node).Children[Slot(index >> (Bits * level))];
        }
    }

    /// <summary>Removes the pages of a range.</summary>
    /// <param name="first">The first to go.</param>
    /// <param name="last">The last to go.</param>
    /// <param name="owner">Whose the tree is.</param>
    /// <param name="charged">How many of them were charged.</param>
    /// <returns>How many there were.</returns>
    public long Remove(long first, long last, Generation owner, out long charged)
    {
        charged = 0;
        return _root is null || first > last ? 0 : Remove(ref _root, _height, 0, first, last, owner, ref charged);
    }

    /// <summary>The first page there is, at or after a number.</summary>
    /// <param name="index">The number.</param>
    /// <returns>The page's number; -1 when there is none.</returns>
    public readonly long NextPresent(long index) => _root is null ? -1 : NextPresent(_root, _height, 0, index);

    private static long Remove(
        ref PageNode? place, int level, long start, long first, long last, Generation owner, ref long charged)
    {
        long end = start + (1L << (Bits * (level + 1))) - 1;
        if (place is null || end < first || start > last)
        {
            return 0;
        }

        if (first <= start && end <= last)
        {
            long all = Count(place, level, owner.Incarnation, ref charged);
            place = null;
            return all;
        }

        if (!ReferenceEquals(place.Owner, owner))
        {
            place = place.Copy(owner);
        }

        if (level == 0)
        {
            int from = (int)(Math.Max(first, start) - start);
            int count = (int)(Math.Min(last, end) - start) - from + 1;
            return Unsafe.As<PageLeaf>(place).Remove((ulong.MaxValue >> (Fan - count)) << from, ref charged);
        }

        PageBranch branch = Unsafe.As<PageBranch>(place);
        int shift = Bits * level;
        long removed = 0;
        for (int i = (int)((Math.Max(first, start) - start) >> shift); i <= (Math.Min(last, end) - start) >> shift; i++)
        {
            removed += Remove(ref branch.Children[i], level - 1, start + ((long)i << shift), first, last, owner, ref charged);
        }

        return removed;
    }

    private static long Count(PageNode node, int level, Incarnation incarnation, ref long charged)
    {
        long count = 0;
        if (level == 0)
        {
            PageLeaf leaf = Unsafe.As<PageLeaf>(node);
            charged += BitOperations.PopCount(leaf.ChargedTo(incarnation));
            foreach (byte[]? page in leaf.Pages)
            {
                count += page is null ? 0 : 1;
            }

            return count;
        }

        foreach (PageNode? child in Unsafe.As<PageBranch>(node).Children)
        {
            count += child is null ? 0 : Count(child, level - 1, incarnation, ref charged);
        }

        return count;
    }

    private static long NextPresent(PageNode node, int level, long start, long index)
    {
        int shift = Bits * level;
        int from = index <= start ? 0 : (int)Math.Min(Fan, (index - start) >> shift);
        for (int i = from; i < Fan; i++)
        {
            long childStart = start + ((long)i << shift);
            if (level == 0)
            {
                if (Unsafe.As<PageLeaf>(node).Pages[i] is not null)
                {
                    return childStart;
                }
            }
            else if (Unsafe.As<PageBranch>(node).Children[i] is { } child &&
                NextPresent(child, level - 1, childStart, index) is >= 0 and long found)
            {
                return found;
            }
        }

        return -1;
    }
}
