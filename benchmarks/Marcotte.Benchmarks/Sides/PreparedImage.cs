using System.Text;
using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Benchmarks.Sides;

/// <summary>A tree that many boxes share: small files, a thousand to a directory.</summary>
internal static class PreparedImage
{
    private const int FilesOfDirectory = 1000;

    /// <summary>Makes one.</summary>
    /// <param name="files">How many files it has.</param>
    /// <returns>The tree.</returns>
    public static TreeSnapshot Make(int files)
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached();
        Inode directory = tree.Root;
        for (int i = 0; i < files; i++)
        {
            if (i % FilesOfDirectory == 0)
            {
                byte[] name = Name("d", i / FilesOfDirectory);
                tree.Root.MakeDirectory(name, new Creation(0x1ED, 0, 0));
                tree.Root.Lookup(name, out Inode? made);
                directory = made!;
            }

            directory.Create(Name("f", i), new Creation(0x1A4, 0, 0), new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file);
            file!.Write("some bytes of a small file"u8, out _);
            file.Release();
        }

        return tree.Snapshot();
    }

    private static byte[] Name(string prefix, int number) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"{prefix}{number}"));
}
