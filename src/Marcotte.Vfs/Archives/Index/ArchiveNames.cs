using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Archives;

/// <summary>A name in a directory of an archive.</summary>
internal readonly record struct ArchiveName(byte[] Name, uint Hash, ArchiveNode Node);

/// <summary>
/// The names of a directory: by hash, and in order. One thread fills it; once sealed it never changes, so unlike a memory
/// tree's it needs no order of arrival, no barriers and no room to grow.
/// </summary>
internal sealed class ArchiveNames
{
    private ArchiveName[] _entries = new ArchiveName[4];
    private int[] _slots = new int[8];
    private int _count;

    public int Count => _count;

    public ref readonly ArchiveName this[int index] => ref _entries[index];

    public ArchiveNode? Find(ReadOnlySpan<byte> name)
    {
        int index = IndexOf(name, NameHash.Of(name));
        return index < 0 ? null : _entries[index].Node;
    }

    /// <summary>Gives a name to a file, also one that was another's.</summary>
    public void Set(ReadOnlySpan<byte> name, ArchiveNode node)
    {
        uint hash = NameHash.Of(name);
        int index = IndexOf(name, hash);
        if (index >= 0)
        {
            _entries[index] = _entries[index] with { Node = node };
            return;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
            MakeSlots(_count * 4);
        }

        _entries[_count] = new ArchiveName(name.ToArray(), hash, node);
        Place(_count++);
    }

    /// <summary>Sorts by the names' bytes, which is the order they are listed in, and gives up room that is not needed.</summary>
    public void Seal()
    {
        Array.Resize(ref _entries, _count);
        Array.Sort(_entries, static (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
        MakeSlots(_slots.Length);
    }

    private int IndexOf(ReadOnlySpan<byte> name, uint hash)
    {
        int[] slots = _slots;
        uint mask = (uint)slots.Length - 1;
        for (uint i = hash & mask; ; i = (i + 1) & mask)
        {
            int index = slots[i] - 1;
            if (index < 0)
            {
                return -1;
            }

            ref ArchiveName entry = ref _entries[index];
            if (entry.Hash == hash && name.SequenceEqual(entry.Name))
            {
                return index;
            }
        }
    }

    /// <summary>Slots by hash, a power of two, half of them used at most; each holds a place in the order, from 1.</summary>
    private void MakeSlots(int length)
    {
        _slots = new int[length];
        for (int i = 0; i < _count; i++)
        {
            Place(i);
        }
    }

    private void Place(int index)
    {
        uint mask = (uint)_slots.Length - 1;
        uint i = _entries[index].Hash & mask;
        while (_slots[i] != 0)
        {
            i = (i + 1) & mask;
        }

        _slots[i] = index + 1;
    }
}
