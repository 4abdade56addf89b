using System.Collections.Immutable;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// The time between two snapshots of a tree. What was made or copied in it may be changed in it; all else is frozen, for
/// a snapshot may have it.
/// </summary>
/// <param name="incarnation">The tree's incarnation.</param>
/// <param name="newer">Nodes by the number of their inode, where they are newer than what directory entries have.</param>
internal sealed class Generation(Incarnation incarnation, ImmutableDictionary<ulong, MemoryNode> newer)
{
    /// <summary>Null once a snapshot has ended this generation.</summary>
    private ImmutableDictionary<ulong, MemoryNode>? _newer = newer;

    public Incarnation Incarnation { get; } = incarnation;

    /// <summary>Makes a node known that takes the place of a frozen one.</summary>
    /// <returns>False when the generation has ended.</returns>
    public bool TryPublish(ulong number, MemoryNode node)
    {
        ImmutableDictionary<ulong, MemoryNode>? seen = Volatile.Read(ref _newer);
        while (seen is not null)
        {
            ImmutableDictionary<ulong, MemoryNode>? now = Interlocked.CompareExchange(ref _newer, seen.SetItem(number, node), seen);
            if (ReferenceEquals(now, seen))
            {
                return true;
            }

            seen = now;
        }

        return false;
    }

    /// <summary>An inode's last name is gone.</summary>
    public void ForgetLocked(ulong number)
    {
        ImmutableDictionary<ulong, MemoryNode>? seen = Volatile.Read(ref _newer);
        while (seen is not null && seen.ContainsKey(number))
        {
            ImmutableDictionary<ulong, MemoryNode>? now = Interlocked.CompareExchange(ref _newer, seen.Remove(number), seen);
            if (ReferenceEquals(now, seen))
            {
                return;
            }

            seen = now;
        }
    }

    /// <summary>The node of an inode whose directory entry was found.</summary>
    public MemoryNode NodeOfLocked(NameEntry entry) =>
        Volatile.Read(ref _newer) is { Count: > 0 } newer && newer.TryGetValue(entry.Handle!.Number, out MemoryNode? node) ? node : entry.Node!;

    /// <summary>Ends the generation: who comes to publish from now on waits for the next.</summary>
    public ImmutableDictionary<ulong, MemoryNode> SealLocked() => Interlocked.Exchange(ref _newer, null)!;
}
