using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>An open file over the shared stream of its inode.</summary>
internal sealed class AbstractedFile(AbstractedLeaf inode, SharedStream stream) : FileOperations
{
    private bool _isReleased;

    public override FileType Type => FileType.Regular;

    public override bool IsSeekable => true;

    private AbstractedFileSystem Owner => inode.Owner;

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Volatile.Read(ref _isReleased) ? Errno.BadF : stream.Read(buffer, offset, out count);
    }

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count) =>
        Write(file, buffer, offset, out _, out count);

    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count) =>
        Write(file, buffer, -1, out end, out count);

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
    {
        position = 0;
        if (stream.Length is not { } length)
        {
            return Errno.BadF;
        }

        if (whence == Whence.End)
        {
            if (offset > long.MaxValue - length)
            {
                return Errno.Overflow;
            }

            position = length + offset;
            return Errno.Success;
        }

        // All of it is data, and the only hole is the one that every file has at its end.
        if (offset < 0 || offset >= length)
        {
            return Errno.NxIO;
        }

        position = whence == Whence.Data ? offset : length;
        return Errno.Success;
    }

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        Errno errno = inode.Stat(out stat);
        if (errno != Errno.NoEnt)
        {
            return errno;
        }

        // It was removed while open: what is left of it is its stream.
        long size = stream.Length ?? 0;
        stat = new FileStat { Device = Owner.Device, Inode = inode.Number, Type = FileType.Regular, Size = size, Blocks = (size + 511) / 512 };
        return Errno.Success;
    }

    public override Errno SetSize(OpenFile file, long size) => Check() is var errno && errno != Errno.Success ? errno : stream.SetLength(size);

    public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode) =>
        mode != Allocation.Extend ? Errno.NotSup : Check() is var errno && errno != Errno.Success ? errno : stream.Extend(offset + length);

    public override Errno SetTimes(OpenFile file, in TimeUpdate times) => inode.SetTimes(times);

    public override Errno SetMode(OpenFile file, ushort mode) => inode.SetMode(mode);

    public override Errno SetOwner(OpenFile file, OwnerUpdate owner) => inode.SetOwner(owner);

    public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat) => Owner.Stat(out stat);

    public override Errno Sync(OpenFile file, bool dataOnly) => stream.Sync();

    public override void Release(OpenFile file)
    {
        lock (Owner.Gate)
        {
            Volatile.Write(ref _isReleased, true);
            if (stream.Release() && ReferenceEquals(inode.Stream, stream))
            {
                inode.Stream = null;
            }
        }
    }

    private Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out long end, out int count)
    {
        count = 0;
        end = 0;
        Errno errno = Check();
        if (errno == Errno.Success)
        {
            errno = stream.Write(buffer, offset, (file.Status & (StatusFlags.Sync | StatusFlags.DataSync)) != 0, out end);
            count = errno == Errno.Success ? buffer.Length : 0;
        }

        return errno;
    }

    private Errno Check() => Owner.IsReadOnly ? Errno.RoFs : Volatile.Read(ref _isReleased) ? Errno.BadF : Errno.Success;
}
