using System.Buffers;
using Marcotte.Core;
using Marcotte.Vfs.Nodes;

namespace Marcotte.Vfs.Archives;

/// <summary>Makes the files of an archive in a tree. It descends by inodes and single names, so no link is ever followed.</summary>
internal sealed class TreeImporter(ArchiveIndex index)
{
    private const int Piece = 1 << 16;

    private readonly Dictionary<int, Inode> _linked = [];
    private readonly Stack<EnteredDirectory> _directories = new();

    public void Read(Inode root, CancellationToken cancellation)
    {
        try
        {
            _directories.Push(new EnteredDirectory(index.Root, root.Acquire(), []));
            while (_directories.TryPeek(out EnteredDirectory? directory))
            {
                cancellation.ThrowIfCancellationRequested();
                if (directory.Next < (directory.Node.Names?.Count ?? 0))
                {
                    Make(directory, directory.Node.Names![directory.Next++]);
                    continue;
                }

                // Its time comes last, for whatever is made in it changes that.
                if (!directory.Node.IsImplied)
                {
                    SetTimes(directory.Inode, directory.Node, directory.Path);
                }

                _directories.Pop().Inode.Release();
            }
        }
        finally
        {
            foreach (EnteredDirectory directory in _directories)
            {
                directory.Inode.Release();
            }

            foreach (Inode inode in _linked.Values)
            {
                inode.Release();
            }
        }
    }

    private void Make(EnteredDirectory directory, ArchiveName name)
    {
        ArchiveNode node = name.Node;
        byte[] path = directory.Path.Length == 0 ? name.Name : [.. directory.Path, (byte)'/', .. name.Name];
        if (node.IsDirectory)
        {
            _directories.Push(new EnteredDirectory(node, MakeDirectory(directory.Inode, name, path), path));
            return;
        }

        Errno errno = MakeFile(directory.Inode, name, path);
        if (errno == Errno.Exist)
        {
            errno = directory.Inode.Unlink(name.Name);
            Check(errno == Errno.NoEnt ? Errno.Success : errno, path);
            errno = MakeFile(directory.Inode, name, path);
        }

        Check(errno, path);
        Settle(directory.Inode, name, path);
    }

    /// <summary>The directory of a name, which may have been there; with a reference for the caller.</summary>
    private static Inode MakeDirectory(Inode directory, ArchiveName name, byte[] path)
    {
        Errno errno = directory.MakeDirectory(name.Name, CreationOf(name.Node));
        Check(errno == Errno.Exist ? Errno.Success : errno, path);
        Check(directory.Lookup(name.Name, out Inode? made), path);
        if (!made!.IsDirectory)
        {
            made.Release();
            throw new IOException($"'{Malformed.Show(path)}' is a directory in the archive, and is there as something else.");
        }

        return made;
    }

    private Errno MakeFile(Inode directory, ArchiveName name, byte[] path)
    {
        ArchiveNode node = name.Node;
        if (_linked.TryGetValue(node.Number, out Inode? first))
        {
            return directory.Link(name.Name, first);
        }

        switch (node.Type)
        {
            case FileType.SymbolicLink:
                return directory.SymbolicLink(name.Name, node.Target, CreationOf(node));
            case FileType.Fifo:
                return directory.MakeNode(name.Name, new FreshFifo(), CreationOf(node));
            case FileType.Regular:
                Errno errno = directory.Create(
                    name.Name, CreationOf(node), new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file);
                if (errno == Errno.Success)
                {
                    try
                    {
                        Write(file!, node, path);
                    }
                    finally
                    {
                        file!.Release();
                    }
                }

                return errno;
            default:
                throw new IOException($"'{Malformed.Show(path)}' is a device, which cannot be made; take it out of the archive.");
        }
    }

    /// <summary>Gives a new file its times, and remembers it when it has more names to come.</summary>
    private void Settle(Inode directory, ArchiveName name, byte[] path)
    {
        ArchiveNode node = name.Node;
        if (_linked.TryGetValue(node.Number, out Inode? first))
        {
            SetTimes(first, node, path);
            return;
        }

        Check(directory.Lookup(name.Name, out Inode? made), path);
        SetTimes(made!, node, path);
        if (node.Links > 1)
        {
            _linked.Add(node.Number, made!);
        }
        else
        {
            made!.Release();
        }
    }

    private static void Write(OpenFile file, ArchiveNode node, byte[] path)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (long offset = 0; offset < node.Size;)
            {
                Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(Piece, node.Size - offset));
                ReadPiece(node, piece, offset, path);
                Check(file.Write(piece, out int count), path);
                if (count == 0)
                {
                    Check(Errno.NoSpc, path);
                }

                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ReadPiece(ArchiveNode node, Span<byte> piece, long offset, byte[] path)
    {
        try
        {
            node.Bytes!.Read(piece, node.Offset + offset);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"Entry '{Malformed.Show(path)}' cannot be read: {e.Message}", e);
        }
    }

    private static void SetTimes(Inode inode, ArchiveNode node, byte[] path) =>
        Check(inode.SetTimes(new TimeUpdate(node.AccessTime, node.ModifyTime)), path);

    private static Creation CreationOf(ArchiveNode node) => new(node.Mode, node.UserId, node.GroupId);

    private static void Check(Errno errno, ReadOnlySpan<byte> path)
    {
        if (errno != Errno.Success)
        {
            throw new IOException($"Entry '{Malformed.Show(path)}' cannot be made: {errno.ToName()}.");
        }
    }

    private sealed class EnteredDirectory(ArchiveNode node, Inode inode, byte[] path)
    {
        public ArchiveNode Node => node;

        public Inode Inode => inode;

        public byte[] Path => path;

        public int Next { get; set; }
    }
}
