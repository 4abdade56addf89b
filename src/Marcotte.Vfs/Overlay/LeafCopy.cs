using System.Buffers;
using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>Copies a file of a lower layer to the upper one: its bytes, its holes, what a link says, its mode, owner and times.</summary>
internal static class LeafCopy
{
    private const int PieceBytes = 64 * 1024;
    private const int LinkBytes = 4096;
    private const int LongestLink = 1 << 20;

    /// <summary>Makes the copy; when something fails there is none.</summary>
    /// <param name="original">The file.</param>
    /// <param name="directory">Where in the upper layer. Its times stay: nothing comes to be there that was not there.</param>
    /// <param name="name">The name there.</param>
    /// <param name="withContent">Whether the bytes are copied as well; not when they are to be cut at once.</param>
    /// <param name="made">The copy, with a reference for the caller.</param>
    /// <param name="links">How many names the original has.</param>
    public static Errno Make(Inode original, Inode directory, byte[] name, bool withContent, out Inode? made, out uint links)
    {
        made = null;
        Errno errno = original.Stat(out FileStat stat);
        links = Math.Max(1, stat.Links);
        FileStat above = default;
        errno = errno == Errno.Success ? directory.Stat(out above) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = original.Type switch
        {
            // The same one: who has it open below and who opens it above meet.
            _ when original.Special is { } special => directory.MakeNode(name, special, CreationOf(stat)),
            FileType.Regular => MakeFile(original, directory, name, stat, withContent),
            FileType.SymbolicLink => MakeLink(original, directory, name, stat),
            _ => Errno.NotSup,
        };
        if (errno == Errno.Success)
        {
            errno = directory.Lookup(name, out made);
            errno = errno == Errno.Success ? Layering.GiveAttributes(made!, stat) : errno;
            if (errno != Errno.Success)
            {
                made?.Release();
                made = null;
                directory.Unlink(name);
            }
        }

        directory.SetTimes(Layering.TimesOf(above));
        return errno;
    }

    private static Creation CreationOf(in FileStat stat) => new(stat.Mode, stat.UserId, stat.GroupId);

    private static Errno MakeLink(Inode original, Inode directory, byte[] name, in FileStat stat)
    {
        // A link that is read cut off must not become another one; of those that change outside, the size is a guess.
        byte[] content = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(stat.Size, LinkBytes, LongestLink) + 1);
        Errno errno = original.ReadLink(content, out int count);
        errno = errno == Errno.Success && count == content.Length ? Errno.NameTooLong : errno;
        errno = errno == Errno.Success ? directory.SymbolicLink(name, content.AsSpan(0, count), CreationOf(stat)) : errno;
        ArrayPool<byte>.Shared.Return(content);
        return errno;
    }

    private static Errno MakeFile(Inode original, Inode directory, byte[] name, in FileStat stat, bool withContent)
    {
        OpenFile? source = null;
        Errno errno = withContent
            ? original.Open(new InodeOpen(AccessModes.Read, StatusFlags.None, KeepAccessTime: true), out source)
            : Errno.Success;
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = directory.Create(name, CreationOf(stat), new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? target);
        if (errno == Errno.Success)
        {
            errno = source is null ? Errno.Success : CopyContent(source, target!);
            target!.Release();
            if (errno != Errno.Success)
            {
                directory.Unlink(name);
            }
        }

        source?.Release();
        return errno;
    }

    private static Errno CopyContent(OpenFile source, OpenFile target)
    {
        Errno errno = source.Operations.Seek(source, 0, Whence.End, out long size);
        errno = errno == Errno.Success ? target.Operations.SetSize(target, size) : errno;
        long position = 0;
        while (errno == Errno.Success && position < size)
        {
            errno = NextData(source, ref position, size, out long end);
            errno = errno == Errno.Success ? CopyData(source, target, position, end - position) : errno;
            position = end;
        }

        return errno;
    }

    /// <summary>The next stretch that is no hole; one that is as long as the file where holes are not told.</summary>
    private static Errno NextData(OpenFile source, ref long position, long size, out long end)
    {
        end = size;
        Errno errno = source.Operations.Seek(source, position, Whence.Data, out long data);
        if (errno == Errno.NxIO)
        {
            position = size;
            return Errno.Success;
        }

        if (errno != Errno.Success)
        {
            return errno is Errno.Inval or Errno.SPipe or Errno.NotSup ? Errno.Success : errno;
        }

        position = data;
        errno = source.Operations.Seek(source, position, Whence.Hole, out long hole);
        end = errno == Errno.Success && hole > position ? Math.Min(hole, size) : size;
        return Errno.Success;
    }

    private static Errno CopyData(OpenFile source, OpenFile target, long position, long length)
    {
        while (length > 0)
        {
            Errno errno = source.Operations.CopyRange(source, position, target, position, length, out long count);
            if (errno != Errno.Success || count <= 0)
            {
                return errno is Errno.Success or Errno.NotSup or Errno.XDev ? CopyPieces(source, target, position, length) : errno;
            }

            position += count;
            length -= count;
        }

        return Errno.Success;
    }

    private static Errno CopyPieces(OpenFile source, OpenFile target, long position, long length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(PieceBytes, length));
        Errno errno = Errno.Success;
        while (errno == Errno.Success && length > 0)
        {
            errno = source.Operations.ReadAt(source, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), position, out int count);
            if (errno != Errno.Success || count == 0)
            {
                // It ended earlier than it said: it changes outside.
                break;
            }

            errno = WriteAll(target, buffer.AsSpan(0, count), position);
            position += count;
            length -= count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return errno;
    }

    private static Errno WriteAll(OpenFile target, ReadOnlySpan<byte> bytes, long position)
    {
        Errno errno = Errno.Success;
        while (errno == Errno.Success && !bytes.IsEmpty)
        {
            errno = target.Operations.WriteAt(target, bytes, position, out int count);
            errno = errno == Errno.Success && count == 0 ? Errno.NoSpc : errno;
            position += count;
            bytes = bytes[count..];
        }

        return errno;
    }
}
