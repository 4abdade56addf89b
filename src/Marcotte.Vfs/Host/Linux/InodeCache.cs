namespace Marcotte.Vfs.Host.Linux;

/// <summary>
/// The inodes that were looked up lately, so that a walk through the same directories opens none of them again. It never
/// answers for the host: every look-up asks the kernel what the name means, and takes the inode from here only when it is
/// still that one.
/// </summary>
/// <remarks>
/// What is kept here holds the directories above it, so slots and depth together bound the descriptors that a box keeps
/// open between calls. Its lock is a leaf.
/// </remarks>
internal sealed class InodeCache
{
    private const int Sets = 8;

    /// <summary>
    /// Inodes of one set, the latest used first: names that meet in a set put each other out only when there are more of them
    /// than this.
    /// </summary>
    private const int Ways = 4;

    private const int DepthLimit = 10;

    private readonly Lock _lock = new();
    private LinuxInode?[]? _inodes = [];

    /// <summary>Looks for an inode.</summary>
    /// <param name="parent">The directory it is in.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="stat">What the kernel says of that name now.</param>
    /// <returns>The inode with a reference for the caller; null when it is not here.</returns>
    internal LinuxInode? Find(LinuxDirectory parent, ReadOnlySpan<byte> name, in StatBuffer stat)
    {
        int hash = HashOf(parent, name);
        lock (_lock)
        {
            Span<LinuxInode?> ways = WaysLocked(hash);
            int at = IndexLocked(ways, parent, name);
            if (at < 0 || ways[at]!.Identity != stat.Identity || ways[at]!.Type != stat.Type)
            {
                return null;
            }

            LinuxInode inode = ways[at]!;
            PutFirst(ways[..(at + 1)], inode);
            inode.Acquire();
            inode.Found(stat);
            return inode;
        }
    }

    /// <summary>Remembers an inode, in place of one that had its name or of the one not used for longest.</summary>
    /// <param name="inode">The inode; a reference of the cache's own is taken.</param>
    internal void Keep(LinuxInode inode)
    {
        if (inode.Depth > DepthLimit)
        {
            return;
        }

        LinuxInode? replaced;
        int hash = HashOf(inode.Parent!, inode.Name);
        lock (_lock)
        {
            if (_inodes is null)
            {
                return;
            }

            _inodes = _inodes.Length == 0 ? new LinuxInode?[Sets * Ways] : _inodes;
            Span<LinuxInode?> ways = WaysLocked(hash);
            int at = IndexLocked(ways, inode.Parent!, inode.Name);
            at = at < 0 ? Ways - 1 : at;
            replaced = ways[at];
            PutFirst(ways[..(at + 1)], inode);
            inode.Acquire();
        }

        replaced?.Release();
    }

    /// <summary>Forgets what a name meant: it means something else now, or nothing.</summary>
    /// <param name="parent">The directory.</param>
    /// <param name="name">The name.</param>
    internal void Forget(LinuxDirectory parent, ReadOnlySpan<byte> name)
    {
        LinuxInode? forgotten;
        int hash = HashOf(parent, name);
        lock (_lock)
        {
            Span<LinuxInode?> ways = WaysLocked(hash);
            int at = IndexLocked(ways, parent, name);
            if (at < 0)
            {
                return;
            }

            forgotten = ways[at]!;
            ways[(at + 1)..].CopyTo(ways[at..]);
            ways[^1] = null;
        }

        forgotten.Release();
    }

    /// <summary>Forgets all, and remembers nothing from now on.</summary>
    internal void Close()
    {
        LinuxInode?[]? inodes;
        lock (_lock)
        {
            inodes = _inodes;
            _inodes = null;
        }

        foreach (LinuxInode? inode in inodes ?? [])
        {
            inode?.Release();
        }
    }

    /// <summary>FNV-1a: a name has a few bytes, and none that a guest chooses can do worse than to miss.</summary>
    private static int HashOf(LinuxDirectory parent, ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261 ^ (uint)parent.Number;
        foreach (byte character in name)
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)((hash ^ (hash >> 16)) % Sets);
    }

    private static int IndexLocked(ReadOnlySpan<LinuxInode?> ways, LinuxDirectory parent, ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < ways.Length && ways[i] is { } inode; i++)
        {
            if (ReferenceEquals(inode.Parent, parent) && inode.Name.SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Puts an inode first, and what was before the last place one place back.</summary>
    private static void PutFirst(Span<LinuxInode?> ways, LinuxInode inode)
    {
        ways[..^1].CopyTo(ways[1..]);
        ways[0] = inode;
    }

    private Span<LinuxInode?> WaysLocked(int set) =>
        _inodes is { Length: > 0 } inodes ? inodes.AsSpan(set * Ways, Ways) : default;
}
