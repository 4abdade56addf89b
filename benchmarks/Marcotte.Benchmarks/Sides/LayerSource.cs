using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Benchmarks.Sides;

/// <summary>A memory tree with the files that <c>file.wat</c> works on, for an overlay to lie on.</summary>
internal sealed class LayerSource : FileSystemSource
{
    private static readonly Creation Attributes = new(0x1ED, 0, 0);

    /// <inheritdoc/>
    public override FileSystem Open(Kernel kernel)
    {
        MemoryFileSystem tree = new(kernel);
        Make(tree.Root);
        Inode directory = tree.Root;
        foreach (byte name in "abcdefg"u8)
        {
            Check(directory.MakeDirectory([name], Attributes));
            Check(directory.Lookup([name], out Inode? child));
            directory = child!;
        }

        Make(directory);
        return tree;
    }

    private static void Make(Inode directory)
    {
        Check(directory.Create("data"u8, Attributes, new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file));
        Check(file!.Write(new byte[64 * 1024], out _));
        file.Release();
    }

    private static void Check(Errno errno)
    {
        if (errno != Errno.Success)
        {
            throw new InvalidOperationException($"The lower layer cannot be filled: {errno.ToName()}.");
        }
    }
}
