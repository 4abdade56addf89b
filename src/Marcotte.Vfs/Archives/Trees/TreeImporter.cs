using System.Buffers;
using Marcotte.Core;
using Marcotte.Vfs.Nodes;

namespace Marcotte.Vfs.Archives;

/// <summary>Makes the files of an archive in a tree. It descends by inodes and single names, so no link is ever followed.</summary>
internal sealed class TreeImporter(ArchiveIndex index)
{
    private const int Piece = 1 << 16;

    /// <summary>What whoever makes a directory may do with it.</summary>
    private const ushort OwnersBits = 0x1C0;

    private readonly Dictionary<int, LinkedFile> _linked = [];
    private readonly Stack<EnteredDirectory> _directories = new();

    public void Read(Inode root, CancellationToken cancellation)
    {
        try
        {
            _directories.Push(new EnteredDirectory(index.Root, root.Acquire(), [], isNew: false));
            while (_directories.TryPeek(out EnteredDirectory? directory))
            {
                cancellation.ThrowIfCancellationRequested();
                if (directory.Next < (directory.Node.Names?.Count ?? 0))
                {
                    Make(directory, directory.Node.Names![directory.Next++]);
                    continue;
                }

                Settle(directory);
                _directories.Pop().Inode.Release();
            }
        }
        finally
        {
            foreach (EnteredDirectory directory in _directories)
            {
                directory.Inode.Release();
            }

            foreach (LinkedFile file in _linked.Values)
            {
                file.Inode.Release();
            }
        }
    }

    private void Make(EnteredDirectory directory, ArchiveName name)
    {
        ArchiveNode node = name.Node;
        byte[] path = directory.Path.Length == 0 ? name.Name : [.. directory.Path, (byte)'/', .. name.Name];
        if (node.IsDirectory)
        {
            _directories.Push(MakeDirectory(directory.Inode, name, path));
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

    /// <summary>Makes a directory, or goes into the one that is there.</summary>
    private static EnteredDirectory MakeDirectory(Inode directory, ArchiveName name, byte[] path)
    {
        Creation creation = CreationOf(name.Node);
        Errno errno = directory.MakeDirectory(name.Name, creation with { Mode = (ushort)(creation.Mode | OwnersBits) });
        Check(errno == Errno.Exist ? Errno.Success : errno, path);
        Check(directory.Lookup(name.Name, out Inode? made), path);
        if (!made!.IsDirectory)
        {
            made.Release();
            throw new IOException($"'{Malformed.Show(path)}' is a directory in the archive, and is there as something else.");
        }

        return new EnteredDirectory(name.Node, made, path, errno == Errno.Success);
    }

    /// <summary>
    /// Gives a directory what the archive says of it, once all is in it: what is made in it changes its times, and may take rights
    /// that its mode does not give.
    /// </summary>
    private static void Settle(EnteredDirectory directory)
    {
        ArchiveNode node = directory.Node;
        if (node.IsImplied)
        {
            return;
        }

        Check(directory.Inode.Stat(out FileStat stat), directory.Path);
        if (!directory.IsNew && (stat.UserId != node.UserId || stat.GroupId != node.GroupId))
        {
            // Whom its file system gives no new files to it does not give this one to either.
            Errno errno = directory.Inode.SetOwner(new OwnerUpdate(node.UserId, node.GroupId));
            Check(errno is Errno.Perm or Errno.Inval or Errno.Overflow or Errno.NotSup ? Errno.Success : errno, directory.Path);
        }

        // After the owner, for whose change set-id bits may go. A new one has its mode, but for what was lent to its owner.
        ushort mode = directory.IsNew ? (ushort)(stat.Mode & (node.Mode | ~OwnersBits)) : node.Mode;
        if (stat.Mode != mode)
        {
            Errno errno = directory.Inode.SetMode(mode);
            Check(errno == Errno.NotSup ? Errno.Success : errno, directory.Path);
        }

        SetTimes(directory.Inode, node, directory.Path);
    }

    private Errno MakeFile(Inode directory, ArchiveName name, byte[] path)
    {
        ArchiveNode node = name.Node;
        if (_linked.TryGetValue(node.Number, out LinkedFile? first))
        {
            return directory.Link(name.Name, first.Inode);
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
        if (_linked.TryGetValue(node.Number, out LinkedFile? first))
        {
            SetTimes(first.Inode, node, path);
            if (--first.Left == 0)
            {
                _linked.Remove(node.Number);
                first.Inode.Release();
            }

            return;
        }

        Check(directory.Lookup(name.Name, out Inode? made), path);
        try
        {
            SetTimes(made!, node, path);
            if (node.Links > 1)
            {
                _linked.Add(node.Number, new LinkedFile(made!.Acquire(), node.Links));
            }
        }
        finally
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

    private sealed class EnteredDirectory(ArchiveNode node, Inode inode, byte[] path, bool isNew)
    {
        public ArchiveNode Node => node;

        public Inode Inode => inode;

        public byte[] Path => path;

        /// <summary>Whether it was made here.</summary>
        public bool IsNew => isNew;

        public int Next { get; set; }
    }

    /// <summary>A file that has further names in the archive.</summary>
    private sealed class LinkedFile(Inode inode, uint names)
    {
        public Inode Inode => inode;

        /// <summary>How many of its names are not made yet. Then it goes: an inode of the host's may hold a descriptor.</summary>
        public uint Left { get; set; } = names - 1;
    }
}
