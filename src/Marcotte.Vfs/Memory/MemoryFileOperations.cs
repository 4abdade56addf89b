using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>What can be done with a memory file that is open; one instance serves all openings of the file.</summary>
internal sealed class MemoryFileOperations(MemoryFile inode) : FileOperations
{
    public MemoryFile File => inode;

    public override FileType Type => FileType.Regular;

    public override bool IsSeekable => true;

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count) =>
        inode.Read(file, buffer, offset, out count);

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count) =>
        inode.Write(buffer, offset, out count);

    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count) =>
        inode.Append(buffer, out end, out count);

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position) =>
        inode.Seek(offset, whence, out position);

    public override Errno Stat(OpenFile file, out FileStat stat) => inode.Stat(out stat);

    public override Errno SetSize(OpenFile file, long size) => inode.SetSize(size);

    public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode) =>
        inode.Allocate(offset, length, mode);

    public override Errno CopyRange(
        OpenFile file, long offset, OpenFile target, long targetOffset, long length, out long count) =>
        inode.CopyRange(file, offset, target, targetOffset, length, out count);

    public override Errno SetTimes(OpenFile file, in TimeUpdate times) => inode.SetTimes(times);

    public override Errno SetMode(OpenFile file, ushort mode) => inode.SetMode(mode);

    public override Errno SetOwner(OpenFile file, OwnerUpdate owner) => inode.SetOwner(owner);

    public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat)
    {
        Errno errno = inode.FileSystem.Stat(out stat);
        stat.Device = inode.FileSystem.Device;
        return errno;
    }

    public override Errno Sync(OpenFile file, bool dataOnly) => Errno.Success;

    public override void Release(OpenFile file) => inode.Close();
}
