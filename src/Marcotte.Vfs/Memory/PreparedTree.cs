using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A file, or without content a directory, that is put into a tree.</summary>
/// <param name="Path">Its path in the box, for errors.</param>
/// <param name="Names">Its path in the tree.</param>
/// <param name="Content">Its bytes.</param>
internal readonly record struct PreparedEntry(string Path, byte[][] Names, byte[]? Content);

/// <summary>Makes the trees that all boxes of a template start with.</summary>
internal static class PreparedTree
{
    /// <summary>Puts mount points and seeds into a tree.</summary>
    /// <returns>What a box's tree is made of; null for an empty one.</returns>
    /// <exception cref="ArgumentException">A seed cannot be put in.</exception>
    public static TreeSnapshot? Make(TreeSnapshot? snapshot, long? maxBytes, Limits limits, byte[][][] mountPoints, PreparedEntry[] seeds)
    {
        if (mountPoints.Length == 0 && seeds.Length == 0)
        {
            return snapshot;
        }

        using MemoryFileSystem tree = MemoryFileSystem.Detached(new Kernel(limits) { Clock = new StartTime() }, snapshot, maxBytes);
        foreach (byte[][] names in mountPoints)
        {
            // One that cannot be made is told with its reason when it is mounted.
            TryPut(tree, new PreparedEntry("", names, null));
        }

        foreach (PreparedEntry seed in seeds)
        {
            Put(tree, seed);
        }

        return tree.Snapshot();
    }

    /// <summary>Puts a seed into a tree.</summary>
    /// <exception cref="ArgumentException">It passes a limit.</exception>
    public static void Put(FileSystem tree, in PreparedEntry seed)
    {
        Errno errno = TryPut(tree, seed);
        if (errno != Errno.Success)
        {
            string remedy = errno == Errno.NoSpc
                ? "Raise Limits.FileBytes, Limits.Inodes or the mount's maxBytes."
                : "Something else is there; choose another path.";
            throw new ArgumentException($"\"{seed.Path}\" cannot be put into the box: {errno.ToName()}. {remedy}");
        }
    }

    private static Errno TryPut(FileSystem tree, in PreparedEntry entry)
    {
        Inode directory = tree.Root.Acquire();
        Errno errno = Errno.Success;
        for (int i = 0; i < entry.Names.Length && errno == Errno.Success; i++)
        {
            byte[] name = entry.Names[i];
            if (i == entry.Names.Length - 1 && entry.Content is not null)
            {
                errno = Write(directory, name, entry.Content);
                break;
            }

            errno = directory.MakeDirectory(name, new Creation(0x1ED, 0, 0));
            if (errno is Errno.Success or Errno.Exist)
            {
                errno = directory.Lookup(name, out Inode? child);
                errno = child is { IsDirectory: false } ? Errno.NotDir : errno;
                if (child is not null)
                {
                    directory.Release();
                    directory = child;
                }
            }
        }

        directory.Release();
        return errno;
    }

    /// <summary>Makes a file, or replaces the content of one that came with the snapshot.</summary>
    private static Errno Write(Inode directory, byte[] name, byte[] content)
    {
        InodeOpen request = new(AccessModes.Write, StatusFlags.None, Truncate: true);
        Errno errno = directory.Create(name, new Creation(0x1A4, 0, 0), request, out OpenFile? file);
        if (errno == Errno.Exist && directory.Lookup(name, out Inode? present) == Errno.Success)
        {
            errno = present!.Type == FileType.Regular ? present.Open(request, out file) : errno;
            present.Release();
        }

        if (errno != Errno.Success)
        {
            return errno;
        }

        int count = 0;
        errno = content.Length == 0 ? Errno.Success : file!.Write(content, out count);
        file!.Release();
        return errno == Errno.Success && count < content.Length ? Errno.NoSpc : errno;
    }

    /// <summary>Says of files that they are as old as the tree of each box.</summary>
    private sealed class StartTime : BoxClock
    {
        public override TimeProvider TimeProvider => TimeProvider.System;

        public override bool RunsOnHostTime => false;

        public override long Realtime() => FileClock.AsOldAsTree;
    }
}
