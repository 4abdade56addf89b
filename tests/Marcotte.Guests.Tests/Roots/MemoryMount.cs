using System.Text;
using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>Something put into a mount before the run; its path counts from the mount's top.</summary>
internal sealed record Seed(string Path, TreeEntry Entry);

/// <summary>A mount in memory of one box, filled before the run, also with links, and looked at after it.</summary>
internal sealed class MemoryMount(string path, bool readOnly, long? maxBytes) : FileSystemSource
{
    private static readonly Creation Anything = new(0x1ED, 0, 0);

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
        foreach (Seed seed in Seeds)
        {
            int slash = seed.Path.LastIndexOf('/');
            Make(Walk(seed.Path[..Math.Max(slash, 0)])!, Encoding.UTF8.GetBytes(seed.Path[(slash + 1)..]), seed.Entry);
        }

        return _tree;
    }

    internal TreeEntry? Find(string within) => Walk(within) is not { } inode ? null : inode.Type switch
    {
        FileType.Directory => TreeEntry.Directory,
        FileType.SymbolicLink => TreeEntry.Link(ReadLink(inode)),
        _ => TreeEntry.File(() => ReadFile(inode)),
    };

    internal IReadOnlyList<string> Names(string within)
    {
        List<string> names = [];
        Succeed(Walk(within)!.List(out DirectoryListing? listing));
        using (listing)
        {
            Succeed(listing!.Read(0, out DirectoryEntry entry));
            while (!entry.IsEnd)
            {
                names.Add(Encoding.UTF8.GetString(entry.Name.Span));
                Succeed(listing.Read(entry.Next, out entry));
            }
        }

        return names;
    }

    private static void Make(Inode directory, byte[] name, TreeEntry entry)
    {
        switch (entry.Kind)
        {
            case TreeEntryKind.Directory:
                Succeed(directory.MakeDirectory(name, Anything));
                break;
            case TreeEntryKind.Link:
                Succeed(directory.SymbolicLink(name, Encoding.UTF8.GetBytes(entry.Target!), Anything));
                break;
            default:
                Succeed(directory.Create(name, Anything, new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file));
                Succeed(file!.Write(entry.Content, out int count));
                file.Release();
                Assert.That(count, Is.EqualTo(entry.Content.Length));
                break;
        }
    }

    private static string ReadLink(Inode inode)
    {
        byte[] buffer = new byte[4096];
        Succeed(inode.ReadLink(buffer, out int count));
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    private static byte[] ReadFile(Inode inode)
    {
        Succeed(inode.Stat(out FileStat stat));
        Succeed(inode.Open(new InodeOpen(AccessModes.Read, StatusFlags.None), out OpenFile? file));
        byte[] content = new byte[stat.Size];
        int done = 0;
        while (done < content.Length)
        {
            Succeed(file!.Read(content.AsSpan(done), out int count));
            Assert.That(count, Is.Positive);
            done += count;
        }

        file!.Release();
        return content;
    }

    private static void Succeed(Errno errno) => Assert.That(errno, Is.EqualTo(Errno.Success));

    /// <summary>The inode at a path, no link followed; null when there is none.</summary>
    private Inode? Walk(string within)
    {
        Inode inode = _tree!.Root;
        foreach (string name in within.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (inode.Lookup(Encoding.UTF8.GetBytes(name), out Inode? child) != Errno.Success)
            {
                return null;
            }

            inode = child!;
        }

        return inode;
    }
}
