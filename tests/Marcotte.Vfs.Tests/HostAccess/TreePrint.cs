using Marcotte.Core;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>
/// All that an operation may change of a tree, times of reading alone excepted. It is seen below what is compared, at a small part of
/// the price; and it only tells whether there is anything to describe.
/// </summary>
internal static class TreePrint
{
    private const long Year = 365L * 24 * 3600 * 1_000_000_000;

    internal static byte[] Of(Inode top)
    {
        using MemoryStream print = new();
        using BinaryWriter writer = new(print);
        Add(top, writer);
        return print.ToArray();
    }

    private static void Add(Inode directory, BinaryWriter print)
    {
        Check(directory.List(out DirectoryListing? listing));
        using (listing)
        {
            for (ulong cookie = 0; ;)
            {
                Check(listing!.Read(cookie, out DirectoryEntry entry));
                if (entry.IsEnd)
                {
                    break;
                }

                cookie = entry.Next;
                Check(directory.Lookup(entry.Name.Span, out Inode? inode));
                print.Write(entry.Name.Span);
                Check(inode!.Stat(out FileStat stat));
                print.Write(stat.Inode);
                print.Write((int)stat.Type);
                print.Write(stat.Mode);
                print.Write(stat.Type == FileType.SymbolicLink ? 0 : stat.ModifyTime);
                print.Write(stat.AccessTime / Year);
                print.Write(stat.Links);
                AddContent(inode, stat, print);
                inode.Release();
            }
        }

        print.Write((byte)'/');
    }

    private static void AddContent(Inode inode, in FileStat stat, BinaryWriter print)
    {
        Span<byte> buffer = stackalloc byte[512];
        int count = 0;
        switch (stat.Type)
        {
            case FileType.Directory:
                Add(inode, print);
                break;
            case FileType.SymbolicLink:
                Check(inode.ReadLink(buffer, out count));
                break;
            default:
                Check(inode.Open(new InodeOpen(AccessModes.Read, StatusFlags.None, KeepAccessTime: true), out OpenFile? file));
                Check(file!.ReadAt(buffer, 0, out count));
                file.Release();
                print.Write(stat.Size);
                break;
        }

        print.Write(buffer[..count]);
    }

    // No assertion: it would cost more than all that is looked at.
    private static void Check(Errno errno)
    {
        if (errno != Errno.Success)
        {
            throw new IOException($"The tree cannot be seen: {errno.ToName()}.");
        }
    }
}
