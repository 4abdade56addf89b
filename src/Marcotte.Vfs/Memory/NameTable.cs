using System.Numerics;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// A name in a directory. It never changes, so tables share it; one that takes its place in a table has its sequence and is
/// thereby the same entry of a listing.
/// </summary>
/// <param name="name">The name.</param>
/// <param name="hash">Its hash.</param>
/// <param name="sequence">Grows with every entry made in the directory: the cookie that resumes after this one.</param>
/// <param name="handle">What it names; null where an entry was removed.</param>
internal sealed class NameEntry(byte[] name, uint hash, ulong sequence, MemoryInode? handle)
{
    public byte[] Name { get; } = name;

    public uint Hash { get; } = hash;

    public ulong Sequence { get; } = sequence;

    /// <summary>What it names, in the tree where it was made; in others of the same snapshot, this handle's number counts.</summary>
    public MemoryInode? Handle { get; } = handle;

    /// <summary>The state of that inode when the entry was made.</summary>
    public MemoryNode? Node { get; } = handle?.Node;
}

/// <summary>The names of a directory: by hash, and in the order they came.</summary>
/// <remarks>
/// Looking up and listing take no lock and see each entry whole. Changes need the tree's lock and the generation that owns
/// the table; each fills one slot and one place in the order, and when these are used up the entries that are left move to
/// new arrays, which are published at once.
/// </remarks>
internal sealed class NameTable
{
    private const int SmallestSlots = 8;

    private Arrays _arrays;
    private ulong _sequence;
    private int _live;

    public NameTable(Generation owner)
    {
        Owner = owner;
        _arrays = new Arrays(SmallestSlots);
    }

    /// <summary>Copies a frozen table for a generation that changes it.</summary>
    public NameTable(NameTable original, Generation owner)
    {
        Owner = owner;
        _sequence = original._sequence;
        _live = original._live;
        Arrays old = original._arrays;
        _arrays = old.Count < old.Order.Length && _live >= old.Count / 2 ? new Arrays(old) : Rebuilt(old);
    }

    /// <summary>The generation that may change it.</summary>
    public Generation Owner { get; }

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

            if (entry.Hash == hash && entry.Handle is not null && name.SequenceEqual(entry.Name))
            {
                return entry;
            }
        }
    }

    /// <summary>The first entry that came after another, in the order they came.</summary>
    /// <param name="sequence">The other's; it need not be there any more.</param>
    /// <param name="hint">Where in the order to look first; then where the entry was found.</param>
    /// <returns>The entry; null at the end.</returns>
    public NameEntry? Next(ulong sequence, ref int hint)
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
            NameEntry entry = Volatile.Read(ref arrays.Order[at]);
            if (entry.Handle is not null)
            {
                hint = at;
                return entry;
            }
        }

        return null;
    }

    public void AddLocked(ReadOnlySpan<byte> name, uint hash, MemoryInode handle)
    {
        if (_arrays.Count == _arrays.Order.Length)
        {
            Volatile.Write(ref _arrays, Rebuilt(_arrays));
        }

        _arrays.AddLocked(new NameEntry(name.ToArray(), hash, ++_sequence, handle));
        Volatile.Write(ref _live, _live + 1);
    }

    /// <summary>Lets a name mean another inode.</summary>
    public void ReplaceLocked(NameEntry entry, MemoryInode handle) =>
        PutLocked(entry, new NameEntry(entry.Name, entry.Hash, entry.Sequence, handle));

    public void RemoveLocked(NameEntry entry)
    {
        PutLocked(entry, new NameEntry([], entry.Hash, entry.Sequence, null));
        Volatile.Write(ref _live, _live - 1);
        if (_arrays.Count > 64 && _live < _arrays.Count / 4)
        {
            Volatile.Write(ref _arrays, Rebuilt(_arrays));
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

    private void PutLocked(NameEntry present, NameEntry entry)
    {
        NameEntry?[] slots = _arrays.Slots;
        uint mask = (uint)slots.Length - 1;
        uint i = present.Hash & mask;
        while (!ReferenceEquals(slots[i], present))
        {
            i = (i + 1) & mask;
        }

        Volatile.Write(ref slots[i], entry);
        Volatile.Write(ref _arrays.Order[FirstAfter(_arrays.Order.AsSpan(0, _arrays.Count), present.Sequence) - 1], entry);
    }

    private Arrays Rebuilt(Arrays old)
    {
        Arrays arrays = new((int)Math.Max(SmallestSlots, BitOperations.RoundUpToPowerOf2((uint)_live * 3 + 1)));
        for (int i = 0; i < old.Count; i++)
        {
            if (old.Order[i].Handle is not null)
            {
                arrays.AddLocked(old.Order[i]);
            }
        }

        return arrays;
    }

    /// <summary>Slots by hash, half of them used at most, and as many places in the order as may be used.</summary>
    private sealed class Arrays
    {
        public readonly NameEntry?[] Slots;
        public readonly NameEntry[] Order;
        public int Count;

        public Arrays(int slots)
        {
            Slots = new NameEntry?[slots];
            Order = new NameEntry[slots / 2];
        }

        public Arrays(Arrays original)
        {
            Slots = [.. original.Slots];
            Order = [.. original.Order];
            Count = original.Count;
        }

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
