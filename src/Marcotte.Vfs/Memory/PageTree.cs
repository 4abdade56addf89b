using System.Runtime.CompilerServices;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// Pages by number: a tree of 64-fold nodes that is as high as its highest page needs, so that a byte at the far end of a
/// sparse file costs a handful of nodes. The file's latch guards it.
/// </summary>
internal sealed class PageTree
{
    private const int Bits = 6;
    private const int Fan = 1 << Bits;

    private object?[] _root = new object?[Fan];
    private int _height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte[]? Get(long index)
    {
        object?[]? node = _root;
        int height = _height;
        if (index >> (Bits * (height + 1)) != 0)
        {
            return null;
        }

        for (; height > 0; height--)
        {
            node = Unsafe.As<object?[]?>(node[(int)(index >> (Bits * height)) & (Fan - 1)]);
            if (node is null)
            {
                return null;
            }
        }

        return Unsafe.As<byte[]?>(node[(int)index & (Fan - 1)]);
    }

    public void Set(long index, byte[] page)
    {
        while (index >> (Bits * (_height + 1)) != 0)
        {
            object?[] root = new object?[Fan];
            root[0] = _root;
            _root = root;
            _height++;
        }

        object?[] node = _root;
        for (int level = _height; level > 0; level--)
        {
            ref object? child = ref node[(int)(index >> (Bits * level)) & (Fan - 1)];
            child ??= new object?[Fan];
            node = Unsafe.As<object?[]>(child);
        }

        node[(int)index & (Fan - 1)] = page;
    }

    /// <summary>Removes the pages from one on.</summary>
    /// <param name="first">The first to go.</param>
    /// <returns>How many there were.</returns>
    public long RemoveFrom(long first) => RemoveFrom(_root, _height, 0, first);

    /// <summary>The first page there is, at or after a number.</summary>
    /// <param name="index">The number.</param>
    /// <returns>The page's number; -1 when there is none.</returns>
    public long NextPresent(long index) => NextPresent(_root, _height, 0, index);

    private static long RemoveFrom(object?[] node, int level, long start, long first)
    {
        long removed = 0;
        int shift = Bits * level;
        for (int i = Fan - 1; i >= 0; i--)
        {
            long childStart = start + ((long)i << shift);
            if (childStart + (1L << shift) <= first)
            {
                break;
            }

            if (node[i] is not { } child)
            {
                continue;
            }

            removed += level == 0 ? 1 : RemoveFrom(Unsafe.As<object?[]>(child), level - 1, childStart, first);
            if (childStart >= first)
            {
                node[i] = null;
            }
        }

        return removed;
    }

    private static long NextPresent(object?[] node, int level, long start, long index)
    {
        int shift = Bits * level;
        int from = index <= start ? 0 : (int)Math.Min(Fan, (index - start) >> shift);
        for (int i = from; i < Fan; i++)
        {
            if (node[i] is not { } child)
            {
                continue;
            }

            long childStart = start + ((long)i << shift);
            long found = level == 0 ? childStart : NextPresent(Unsafe.As<object?[]>(child), level - 1, childStart, index);
            if (found >= 0)
            {
                return found;
            }
        }

        return -1;
    }
}
