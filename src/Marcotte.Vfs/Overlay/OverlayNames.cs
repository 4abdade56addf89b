using System.Numerics;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Overlay;

/// <summary>The inodes of an overlay's directory that were looked up, by name.</summary>
/// <remarks>
/// Looking up takes no lock. Changes need the overlay's; what was removed keeps its slot until the slots are used up, when
/// the entries that are left move to new ones, which are published at once.
/// </remarks>
internal sealed class OverlayNames
{
    private const int SmallestSlots = 8;

    private Entry?[] _slots = new Entry?[SmallestSlots];
    private int _used;
    private int _live;

    public OverlayInode? Find(ReadOnlySpan<byte> name) => FindEntry(name, NameHash.Of(name))?.Inode;

    public void SetLocked(ReadOnlySpan<byte> name, OverlayInode inode)
    {
        uint hash = NameHash.Of(name);
        if (FindEntry(name, hash) is { } present)
        {
            present.Inode = inode;
            return;
        }

        if (_used * 2 >= _slots.Length)
        {
            RebuildLocked();
        }

        Put(_slots, new Entry(name.ToArray(), hash, inode));
        _used++;
        _live++;
    }

    public void RemoveLocked(ReadOnlySpan<byte> name)
    {
        if (FindEntry(name, NameHash.Of(name)) is { } entry)
        {
            entry.Inode = null;
            _live--;
        }
    }

    private static void Put(Entry?[] slots, Entry entry)
    {
        uint mask = (uint)slots.Length - 1;
        uint i = entry.Hash & mask;
        while (slots[i] is not null)
        {
            i = (i + 1) & mask;
        }

        Volatile.Write(ref slots[i], entry);
    }

    private Entry? FindEntry(ReadOnlySpan<byte> name, uint hash)
    {
        Entry?[] slots = Volatile.Read(ref _slots);
        uint mask = (uint)slots.Length - 1;
        for (uint i = hash & mask; ; i = (i + 1) & mask)
        {
            Entry? entry = Volatile.Read(ref slots[i]);
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

    private void RebuildLocked()
    {
        Entry?[] slots = new Entry?[Math.Max(SmallestSlots, BitOperations.RoundUpToPowerOf2((uint)_live * 3 + 1))];
        foreach (Entry? entry in _slots)
        {
            if (entry?.Inode is not null)
            {
                Put(slots, entry);
            }
        }

        _used = _live;
        Volatile.Write(ref _slots, slots);
    }

    private sealed class Entry(byte[] name, uint hash, OverlayInode inode)
    {
        private OverlayInode? _inode = inode;

        public byte[] Name { get; } = name;

        public uint Hash { get; } = hash;

        public OverlayInode? Inode
        {
            get => Volatile.Read(ref _inode);
            set => Volatile.Write(ref _inode, value);
        }
    }
}
