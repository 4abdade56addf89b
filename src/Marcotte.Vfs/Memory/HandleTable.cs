using System.Numerics;

namespace Marcotte.Vfs.Memory;

/// <summary>Handles by their inode's number. Finding takes no lock; adding needs the tree's.</summary>
internal sealed class HandleTable
{
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private const int Smallest = 16;

    private MemoryInode?[] _slots = new MemoryInode?[Smallest];
    private int _used;

    public MemoryInode? Find(ulong number)
    {
        MemoryInode?[] slots = Volatile.Read(ref _slots);
        for (int i = Start(number, slots.Length); ; i = (i + 1) & (slots.Length - 1))
        {
            MemoryInode? handle = Volatile.Read(ref slots[i]);
            if (handle is null || handle.Number == number)
            {
                return handle is { IsForgotten: false } ? handle : null;
            }
        }
    }

    /// <summary>Adds a handle whose number was never in it: no number comes twice in an incarnation.</summary>
    public void AddLocked(MemoryInode handle)
    {
        if (_used >= _slots.Length / 2)
        {
            Rebuild();
        }

        Put(_slots, handle);
        _used++;
    }

    private static int Start(ulong number, int length) => (int)((number * Odd) >> 32) & (length - 1);

    private static void Put(MemoryInode?[] slots, MemoryInode handle)
    {
        int i = Start(handle.Number, slots.Length);
        while (slots[i] is not null)
        {
            i = (i + 1) & (slots.Length - 1);
        }

        Volatile.Write(ref slots[i], handle);
    }

    private void Rebuild()
    {
        MemoryInode[] kept = [.. _slots.Where(handle => handle is { IsForgotten: false })!];
        MemoryInode?[] slots = new MemoryInode?[Math.Max(Smallest, (int)BitOperations.RoundUpToPowerOf2((uint)kept.Length * 3 + 1))];
        Array.ForEach(kept, handle => Put(slots, handle));
        _used = kept.Length;
        Volatile.Write(ref _slots, slots);
    }
}
