using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Vfs.Nodes;

/// <summary>An opened special file: what is read and written is what it stands for, and all else is its inode in the tree.</summary>
/// <remarks>It passes its own open file on, whose status flags are the ones that count.</remarks>
internal sealed class NodeFile(Inode inode, FileOperations operations) : FileOperations
{
    public override FileType Type => inode.Type;

    public override bool IsSeekable => operations.IsSeekable;

    public override bool IsTerminal => operations.IsTerminal;

    public override Terminal? Terminal => operations.Terminal;

    public override Errno Opening(OpenFile file) => operations.Opening(file);

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count) => operations.Read(file, buffer, out count);

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count) => operations.Write(file, buffer, out count);

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count) =>
        operations.ReadAt(file, buffer, offset, out count);

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count) =>
        operations.WriteAt(file, buffer, offset, out count);

    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count) =>
        operations.Append(file, buffer, out end, out count);

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position) =>
        operations.Seek(file, offset, whence, out position);

    public override Errno Stat(OpenFile file, out FileStat stat) => inode.Stat(out stat);

    public override Errno SetSize(OpenFile file, long size) => operations.SetSize(file, size);

    public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode) =>
        operations.Allocate(file, offset, length, mode);

    public override Errno SetTimes(OpenFile file, in TimeUpdate times) => inode.SetTimes(times);

    public override Errno SetMode(OpenFile file, ushort mode) => inode.SetMode(mode);

    public override Errno SetOwner(OpenFile file, OwnerUpdate owner) => inode.SetOwner(owner);

    public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat)
    {
        Errno errno = inode.FileSystem.Stat(out stat);
        stat.Device = inode.FileSystem.Device;
        return errno;
    }

    public override Errno Sync(OpenFile file, bool dataOnly) => operations.Sync(file, dataOnly);

    public override Errno SetStatus(OpenFile file, StatusFlags flags) => operations.SetStatus(file, flags);

    public override Errno Readable(OpenFile file, out int count) => operations.Readable(file, out count);

    public override Readiness Poll(OpenFile file) => operations.Poll(file);

    public override WaitQueue? Queue(OpenFile file) => operations.Queue(file);

    public override void Release(OpenFile file)
    {
        operations.Release(file);
        inode.Release();
    }
}
