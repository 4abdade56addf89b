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
    private const int Slots = 32;
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
        int slot = SlotOf(parent, name);
        lock (_lock)
        {
            LinuxInode? inode = _inodes is { Length: > 0 } inodes ? inodes[slot] : null;
            if (inode is null || !ReferenceEquals(inode.Parent, parent) || inode.Identity != stat.Identity
                || inode.Type != stat.Type || !inode.Name.SequenceEqual(name))
            {
                return null;
            }

            inode.Acquire();
            inode.Found(stat);
            return inode;
        }
    }

    /// <summary>Remembers an inode in place of another.</summary>
    /// <param name="inode">The inode; a reference of the cache's own is taken.</param>
    internal void Keep(LinuxInode inode)
    {
        if (inode.Depth > DepthLimit)
        {
            return;
        }

        LinuxInode? replaced;
        int slot = SlotOf(inode.Parent!, inode.Name);
        lock (_lock)
        {
            if (_inodes is null)
            {
                return;
            }

            _inodes = _inodes.Length == 0 ? new LinuxInode?[Slots] : _inodes;
            replaced = _inodes[slot];
            _inodes[slot] = inode;
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
        int slot = SlotOf(parent, name);
        lock (_lock)
        {
            forgotten = _inodes is { Length: > 0 } inodes ? inodes[slot] : null;
            if (forgotten is null || !ReferenceEquals(forgotten.Parent, parent) || !forgotten.Name.SequenceEqual(name))
            {
                return;
            }

            _inodes![slot] = null;
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

    private static int SlotOf(LinuxDirectory parent, ReadOnlySpan<byte> name)
    {
        HashCode hash = default;
        hash.Add(parent.Number);
        hash.AddBytes(name);
        return (hash.ToHashCode() & int.MaxValue) % Slots;
    }
}
