using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>What can be done with a file of an archive that is open; one instance serves all openings of the file in a box.</summary>
internal sealed class ArchiveFile(ArchiveInode inode, ArchiveNode node) : FileOperations
{
    public override FileType Type => FileType.Regular;

    public override bool IsSeekable => true;

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (offset >= node.Size)
        {
            return Errno.Success;
        }

        int wanted = (int)Math.Min(buffer.Length, node.Size - offset);
        try
        {
            node.Bytes!.Read(buffer[..wanted], node.Offset + offset);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return Errno.IO;
        }

        count = wanted;
        return Errno.Success;
    }

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
    {
        position = 0;
        if (whence == Whence.End)
        {
            if (offset > long.MaxValue - node.Size)
            {
                return Errno.Overflow;
            }

            position = node.Size + offset;
            return Errno.Success;
        }

        // All of it is data, and the only hole is the one that every file has at its end.
        if (offset < 0 || offset >= node.Size)
        {
            return Errno.NxIO;
        }

        position = whence == Whence.Data ? offset : node.Size;
        return Errno.Success;
    }

    public override Errno Stat(OpenFile file, out FileStat stat) => inode.Stat(out stat);

    public override Errno SetTimes(OpenFile file, in TimeUpdate times) => Errno.RoFs;

    public override Errno Sync(OpenFile file, bool dataOnly) => Errno.Success;
}
