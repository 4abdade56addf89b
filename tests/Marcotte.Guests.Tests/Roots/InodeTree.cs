using System.Text;
using Marcotte.Core;
using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>Fills a tree of inodes and looks at it, past every mount and every permission.</summary>
internal static class InodeTree
{
    private static readonly Creation Anything = new(0x1ED, 0, 0);

    /// <summary>Makes what the seeds say, each directory before what is in it.</summary>
    internal static void Fill(Inode root, IEnumerable<Seed> seeds)
    {
        foreach (Seed seed in seeds)
        {
            int slash = seed.Path.LastIndexOf('/');
            Make(Walk(root, seed.Path[..Math.Max(slash, 0)])!, Encoding.UTF8.GetBytes(seed.Path[(slash + 1)..]), seed.Entry);
        }
    }

    internal static TreeEntry? Find(Inode root, string within) => Walk(root, within) is not { } inode ? null : inode.Type switch
    {
        FileType.Directory => TreeEntry.Directory,
        FileType.SymbolicLink => TreeEntry.Link(ReadLink(inode)),
        _ => TreeEntry.File(() => ReadFile(inode)),
    };

    internal static IReadOnlyList<string> Names(Inode root, string within)
    {
        List<string> names = [];
        Succeed(Walk(root, within)!.List(out DirectoryListing? listing));
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
    private static Inode? Walk(Inode root, string within)
    {
        Inode inode = root;
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
