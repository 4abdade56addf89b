using System.Numerics;

namespace Marcotte.Vfs.Memory;

/// <summary>A name in a directory. It is one entry of a listing for as long as it is there, whatever inode it comes to mean.</summary>
internal sealed class NameEntry(byte[] name, uint hash, ulong sequence, MemoryInode? inode)
{
    private MemoryInode? _inode = inode;

    public byte[] Name { get; } = name;

    public uint Hash { get; } = hash;

    /// <summary>Grows with every entry made in the directory: the cookie that resumes after this one.</summary>
    public ulong Sequence { get; } = sequence;

    /// <summary>What it names; null once the entry is removed.</summary>
    public MemoryInode? Inode
    {
        get => Volatile.Read(ref _inode);
        set => Volatile.Write(ref _inode, value);
    }
}

/// <summary>The names of a directory: by hash, and in the order they came.</summary>
/// <remarks>
/// Looking up and listing take no lock and see each entry whole. Changes need the tree's lock; each fills one slot and one
/// place in the order, and when these are used up the entries that are left move to new arrays, which are published at once.
/// </remarks>
internal sealed class NameTable
{
    private const int SmallestSlots = 8;

    private Arrays _arrays = new(SmallestSlots);
    private ulong _sequence;
    private int _live;

    public int Count => Volatile.Read(ref _live);

    public NameEntry? Find(ReadOnlySpan<byte> name) => Find(name, NameHash.Of(name));

    public NameEntry? Find(ReadOnlySpan<byte> name, uint hash)
    {
        NameEntry?[] slots = Volatile.Read(ref _arrays).Slots;
        uint mask = (uint)slots.Length - 1;
        for (uint i = hash & mask; ; i = (i + 1) & mask)
        {
            NameEntry? entry = Volatile.Read(ref slots[i]);
            if (entry is null)
            {
                return null;
            }

            if (entry.Hash == hash && entry.Inode is not null && name.SequenceEqual(entry.Name))
            {
                return entry;
            }
        }
    }

    /// <summary>The first entry that came after another, in the order they came.</summary>
    /// <param name="sequence">The other's; it need not be there any more.</param>
    /// <param name="hint">Where in the order to look first; then where the entry was found.</param>
    /// <returns>The entry and its inode; null at the end.</returns>
    public (NameEntry Entry, MemoryInode Inode)? Next(ulong sequence, ref int hint)
    {
        Arrays arrays = Volatile.Read(ref _arrays);
        int count = Volatile.Read(ref arrays.Count);
        int at = hint;
        if ((uint)at >= (uint)count || arrays.Order[at].Sequence != sequence)
        {
            at = FirstAfter(arrays.Order.AsSpan(0, count), sequence);
        }
        else
        {
            at++;
        }

        for (; at < count; at++)
        {
            NameEntry entry = arrays.Order[at];
            if (entry.Inode is { } inode)
            {
                hint = at;
                return (entry, inode);
            }
        }

        return null;
    }

    public void AddLocked(ReadOnlySpan<byte> name, uint hash, MemoryInode inode)
    {
        if (_arrays.Count == _arrays.Order.Length)
        {
            RebuildLocked();
        }

        _arrays.AddLocked(new NameEntry(name.ToArray(), hash, ++_sequence, inode));
        Volatile.Write(ref _live, _live + 1);
    }

    public void RemoveLocked(NameEntry entry)
    {
        entry.Inode = null;
        Volatile.Write(ref _live, _live - 1);
        if (_arrays.Count > 64 && _live < _arrays.Count / 4)
        {
            RebuildLocked();
        }
    }

    private static int FirstAfter(ReadOnlySpan<NameEntry> order, ulong sequence)
    {
        int low = 0;
        int high = order.Length;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) / 2);
            if (order[middle].Sequence <= sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void RebuildLocked()
    {
        Arrays old = _arrays;
        Arrays arrays = new((int)Math.Max(SmallestSlots, BitOperations.RoundUpToPowerOf2((uint)_live * 3 + 1)));
        for (int i = 0; i < old.Count; i++)
        {
            if (old.Order[i].Inode is not null)
            {
                arrays.AddLocked(old.Order[i]);
            }
        }

        Volatile.Write(ref _arrays, arrays);
    }

    /// <summary>Slots by hash, half of them used at most, and as many places in the order as may be used.</summary>
    private sealed class Arrays(int slots)
    {
        public readonly NameEntry?[] Slots = new NameEntry?[slots];
        public readonly NameEntry[] Order = new NameEntry[slots / 2];
        public int Count;

        public void AddLocked(NameEntry entry)
        {
            uint mask = (uint)Slots.Length - 1;
            uint i = entry.Hash & mask;
            while (Slots[i] is not null)
            {
                i = (i + 1) & mask;
            }

            Order[Count] = entry;
            Volatile.Write(ref Slots[i], entry);
            Volatile.Write(ref Count, Count + 1);
        }
    }
}
