using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>Something put into a mount before the run; its path counts from the mount's top.</summary>
internal sealed record Seed(string Path, TreeEntry Entry);

/// <summary>A mount in memory of one box, filled before the run, also with links, and looked at after it.</summary>
internal sealed class MemoryMount(string path, bool readOnly, long? maxBytes) : FileSystemSource
{
    private MemoryFileSystem? _tree;

    /// <summary>Where it is mounted, from the top of the box; empty for the top.</summary>
    internal string Path => path;

    internal bool IsReadOnly => readOnly;

    internal bool IsOpen => _tree is not null;

    internal List<Seed> Seeds { get; } = [];

    /// <summary>Whether a path of the box, other than its own, lies in it.</summary>
    internal bool Holds(string boxPath) => path.Length == 0 || boxPath.StartsWith(path + "/", StringComparison.Ordinal);

    /// <summary>What of a path lies within the mount.</summary>
    internal string Within(string boxPath) => path.Length == 0 ? boxPath : boxPath[(path.Length + 1)..];

    public override FileSystem Open(Kernel kernel)
    {
        _tree = new MemoryFileSystem(kernel, maxBytes);
        InodeTree.Fill(_tree.Root, Seeds);
        return _tree;
    }

    internal TreeEntry? Find(string within) => InodeTree.Find(_tree!.Root, within);

    internal IReadOnlyList<string> Names(string within) => InodeTree.Names(_tree!.Root, within);
}
