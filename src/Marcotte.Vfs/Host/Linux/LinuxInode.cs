using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>A file of the host, as it was looked up: a name in a directory whose handle is held.</summary>
internal abstract class LinuxInode : Inode
{
    [ThreadStatic]
    private static LinuxInode? _dropping;

    private readonly byte[] _name;
    private LinuxInode? _nextDropped;

    private protected LinuxInode(LinuxHostFileSystem fileSystem, LinuxDirectory? parent, ReadOnlySpan<byte> name, FileType type, HostIdentity identity)
        : base(fileSystem, type, identity.Number(fileSystem.Home), counted: true)
    {
        Parent = parent;
        parent?.Acquire();
        Identity = identity;
        Depth = parent is null ? 0 : parent.Depth + 1;
        _name = name.ToArray();
    }

    /// <summary>The file system.</summary>
    internal LinuxHostFileSystem Host => (LinuxHostFileSystem)FileSystem;

    /// <summary>The directory it was found in; null for the root. It is held.</summary>
    internal LinuxDirectory? Parent { get; }

    /// <summary>How many directories are above it.</summary>
    internal int Depth { get; }

    /// <summary>Which file of the host it was when it was looked up.</summary>
    internal HostIdentity Identity { get; }

    /// <summary>The name it was found under.</summary>
    internal ReadOnlySpan<byte> Name => _name;

    /// <summary>It was looked up again, and is the same.</summary>
    /// <param name="stat">What the kernel said.</param>
    internal virtual void Found(in StatBuffer stat)
    {
    }

    /// <summary>Closes what it holds of the host.</summary>
    private protected virtual void Close()
    {
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The last reference to a directory deep down drops all above it, one after the other rather than each within the
    /// other: a guest can make trees deeper than any stack.
    /// </remarks>
    protected override void Drop()
    {
        if (_dropping is not null)
        {
            _nextDropped = _dropping._nextDropped;
            _dropping._nextDropped = this;
            return;
        }

        for (LinuxInode? inode = this; inode is not null; inode = inode._nextDropped)
        {
            _dropping = inode;
            inode.Close();
            inode.Parent?.Release();
        }

        _dropping = null;
    }
}
