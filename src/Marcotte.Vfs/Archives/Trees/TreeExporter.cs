using System.Buffers;
using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>Writes a tree as a tar. It keeps the directories it is in on a stack of its own: a guest may nest them deeply.</summary>
internal sealed class TreeExporter(Stream destination)
{
    private const int Piece = 1 << 16;

    private readonly ArrayBufferWriter<byte> _output = new(2 * Piece);
    private readonly Dictionary<ulong, byte[]> _linked = [];
    private readonly Stack<EnteredDirectory> _directories = new();

    public async Task WriteAsync(Inode root, CancellationToken cancellation)
    {
        TarEncoder encoder = new(_output);
        try
        {
            Enter(encoder, root.Acquire(), [], Describe(root, "."u8));
            while (_directories.TryPeek(out EnteredDirectory? directory))
            {
                if (directory.Names.TryDequeue(out byte[]? name))
                {
                    await WriteAsync(encoder, directory, name, cancellation).ConfigureAwait(false);
                }
                else
                {
                    _directories.Pop().Inode.Release();
                }
            }

            encoder.WriteEnd();
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            while (_directories.TryPop(out EnteredDirectory? directory))
            {
                directory.Inode.Release();
            }
        }
    }

    private async Task WriteAsync(TarEncoder encoder, EnteredDirectory directory, byte[] name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        byte[] path = [.. directory.Path, .. name];
        Errno errno = directory.Inode.Lookup(name, out Inode? inode);
        if (errno == Errno.NoEnt)
        {
            // It went since the directory was listed.
            return;
        }

        Check(errno, path);
        bool isKept = false;
        try
        {
            FileStat stat = Describe(inode!, path);
            if (inode!.IsDirectory)
            {
                Enter(encoder, inode, [.. path, (byte)'/'], stat);
                isKept = true;
            }
            else if (IsLeftOut(inode, stat.Type))
            {
                return;
            }
            else if (IsShared(stat) && _linked.TryGetValue(stat.Inode, out byte[]? first))
            {
                encoder.Write(Header('1', path, stat) with { Link = first });
            }
            else
            {
                await WriteFileAsync(encoder, inode, directory.Path, name, stat, cancellation).ConfigureAwait(false);
                if (IsShared(stat))
                {
                    _linked[stat.Inode] = path;
                }
            }
        }
        finally
        {
            if (!isKept)
            {
                inode!.Release();
            }
        }

        if (_output.WrittenCount >= Piece)
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task WriteFileAsync(
        TarEncoder encoder, Inode inode, byte[] directory, byte[] name, FileStat stat, CancellationToken cancellation)
    {
        byte[] path = [.. directory, .. name];
        switch (stat.Type)
        {
            case FileType.Regular:
                await WriteContentAsync(encoder, inode, path, cancellation).ConfigureAwait(false);
                break;
            case FileType.SymbolicLink:
                byte[] target = new byte[ArchivePath.LongestPath];
                Check(inode.ReadLink(target, out int length), path);
                encoder.Write(Header('2', path, stat) with { Link = target[..length] });
                break;
            case FileType.CharacterDevice when stat.Represents == 0:
                encoder.Write(Header('0', [.. directory, .. Whiteouts.Prefix, .. name], stat));
                break;
            case FileType.CharacterDevice:
                encoder.Write(Header('3', path, stat) with { Device = stat.Represents });
                break;
            case FileType.BlockDevice:
                encoder.Write(Header('4', path, stat) with { Device = stat.Represents });
                break;
            case FileType.Fifo:
                encoder.Write(Header('6', path, stat));
                break;
        }
    }

    private async Task WriteContentAsync(TarEncoder encoder, Inode inode, byte[] path, CancellationToken cancellation)
    {
        Check(inode.Open(new InodeOpen(AccessModes.Read, StatusFlags.None, KeepAccessTime: true), out OpenFile? file), path);
        try
        {
            Check(file!.Operations.Stat(file, out FileStat stat), path);
            encoder.Write(Header('0', path, stat) with { Size = stat.Size });
            for (long offset = 0; offset < stat.Size;)
            {
                cancellation.ThrowIfCancellationRequested();
                int wanted = (int)Math.Min(Piece, stat.Size - offset);
                Check(file.ReadAt(_output.GetSpan(wanted)[..wanted], offset, out int count), path);
                if (count == 0)
                {
                    throw new IOException($"'{Malformed.Show(path)}' became shorter while it was archived.");
                }

                _output.Advance(count);
                offset += count;
                if (_output.WrittenCount >= Piece)
                {
                    await FlushAsync(cancellation).ConfigureAwait(false);
                }
            }

            encoder.Pad(stat.Size);
        }
        finally
        {
            file!.Release();
        }
    }

    /// <summary>Writes a directory's header, and goes into it.</summary>
    private void Enter(TarEncoder encoder, Inode inode, byte[] path, FileStat stat)
    {
        // On the stack first, so that its reference is given back whatever comes.
        EnteredDirectory directory = new(inode, path, new Queue<byte[]>());
        _directories.Push(directory);
        encoder.Write(Header('5', path.Length == 0 ? "./"u8.ToArray() : path, stat));
        if (inode.IsOpaque)
        {
            encoder.Write(new TarEntryHeader('0', [.. path, .. Whiteouts.Opaque]) { ModifyTime = stat.ModifyTime });
        }

        foreach (byte[] name in List(inode, path))
        {
            directory.Names.Enqueue(name);
        }
    }

    /// <summary>Sockets have no place in a tar, and a program of the host's has no bytes that could be archived.</summary>
    private static bool IsLeftOut(Inode inode, FileType type) => type is FileType.StreamSocket or FileType.DatagramSocket ||
        (type == FileType.Regular && inode.Special is not null);

    private static List<byte[]> List(Inode inode, byte[] path)
    {
        List<byte[]> names = [];
        Check(inode.List(out DirectoryListing? listing), path);
        using (listing)
        {
            for (ulong cookie = 0; ;)
            {
                Check(listing!.Read(cookie, out DirectoryEntry entry), path);
                if (entry.IsEnd)
                {
                    break;
                }

                // What an overlay set aside for itself has no name in what it shows.
                if (!Whiteouts.IsReserved(entry.Name.Span))
                {
                    names.Add(entry.Name.ToArray());
                }

                cookie = entry.Next;
            }
        }

        names.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return names;
    }

    private static TarEntryHeader Header(char kind, byte[] path, in FileStat stat)
    {
        if (path.Length > ArchivePath.LongestPath)
        {
            throw new IOException(
                $"'{Malformed.Show(path)}' has a path of {path.Length} bytes; {ArchivePath.LongestPath} are the most. Archive a directory further down.");
        }

        return new TarEntryHeader(kind, path)
        {
            Mode = (ushort)(stat.Mode & 0xFFF),
            UserId = stat.UserId,
            GroupId = stat.GroupId,
            ModifyTime = stat.ModifyTime,
        };
    }

    /// <summary>Whether further names of it are links to the first: not where that has no entry of its own, as of a whiteout or a socket.</summary>
    private static bool IsShared(in FileStat stat) => stat.Links > 1 && stat.Type switch
    {
        FileType.Regular or FileType.SymbolicLink or FileType.Fifo or FileType.BlockDevice => true,
        FileType.CharacterDevice => stat.Represents != 0,
        _ => false,
    };

    private static FileStat Describe(Inode inode, ReadOnlySpan<byte> path)
    {
        Check(inode.Stat(out FileStat stat), path);
        return stat;
    }

    private static void Check(Errno errno, ReadOnlySpan<byte> path)
    {
        if (errno != Errno.Success)
        {
            throw new IOException($"'{Malformed.Show(path)}' cannot be archived: {errno.ToName()}.");
        }
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        await destination.WriteAsync(_output.WrittenMemory, cancellation).ConfigureAwait(false);
        _output.ResetWrittenCount();
    }

    private sealed record EnteredDirectory(Inode Inode, byte[] Path, Queue<byte[]> Names);
}
