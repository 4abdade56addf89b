using System.Collections.Immutable;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// A memory tree as it was at one moment. Any number of trees may be made of it, which share what they do not change; all of
/// them and this are independent of the tree it was taken of.
/// </summary>
/// <remarks>It never changes and may be used by any thread. It holds managed memory alone, so there is nothing to dispose.</remarks>
public sealed class TreeSnapshot
{
    internal TreeSnapshot(
        DirectoryNode root, ImmutableDictionary<ulong, MemoryNode> newer, ulong lastNumber, long count, long bytes)
    {
        Root = root;
        Newer = newer;
        LastNumber = lastNumber;
        Count = count;
        Bytes = bytes;
    }

    /// <summary>
    /// Names in it: files, directories, links, and further hard links. A tree made of it is charged so many inodes at once,
    /// and gets them back as they are removed.
    /// </summary>
    public long Count { get; }

    /// <summary>Bytes that its files take up, which no tree made of it is charged for.</summary>
    public long Bytes { get; }

    internal DirectoryNode Root { get; }

    /// <summary>Nodes by number that take the place of those that directory entries have.</summary>
    internal ImmutableDictionary<ulong, MemoryNode> Newer { get; }

    /// <summary>The highest number of an inode.</summary>
    internal ulong LastNumber { get; }
}
