using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Vfs;

/// <summary>
/// A regular file opened through a read-only mount: reads pass, and whatever would change the file is refused, whatever the
/// file system below would let through.
/// </summary>
/// <remarks>The file below is open for reading alone; its own offset is not used.</remarks>
internal sealed class ReadOnlyFile(OpenFile below) : FileOperations
{
    public override FileType Type => below.Operations.Type;

    public override bool IsSeekable => below.Operations.IsSeekable;

    public override Terminal? Terminal => below.Operations.Terminal;

    public override Errno Opening(OpenFile file) => below.Operations.Opening(below);

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count) => below.Operations.Read(below, buffer, out count);

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count) =>
        below.Operations.ReadAt(below, buffer, offset, out count);

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position) =>
        below.Operations.Seek(below, offset, whence, out position);

    public override Errno Stat(OpenFile file, out FileStat stat) => below.Operations.Stat(below, out stat);

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.RoFs;
    }

    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count)
    {
        end = count = 0;
        return Errno.RoFs;
    }

    public override Errno SetSize(OpenFile file, long size) => Errno.RoFs;

    public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode) => Errno.RoFs;

    public override Errno SetTimes(OpenFile file, in TimeUpdate times) => Errno.RoFs;

    public override Errno SetMode(OpenFile file, ushort mode) => Errno.RoFs;

    public override Errno SetOwner(OpenFile file, OwnerUpdate owner) => Errno.RoFs;

    public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat) => below.Operations.StatFileSystem(below, out stat);

    public override Errno CopyRange(OpenFile file, long offset, OpenFile target, long targetOffset, long length, out long count) =>
        below.Operations.CopyRange(below, offset, target, targetOffset, length, out count);

    public override Errno Sync(OpenFile file, bool dataOnly) => below.Operations.Sync(below, dataOnly);

    public override Readiness Poll(OpenFile file) => below.Operations.Poll(below);

    public override Errno Readable(OpenFile file, out int count) => below.Operations.Readable(below, out count);

    public override WaitQueue? Queue(OpenFile file) => below.Operations.Queue(below);

    public override void Release(OpenFile file) => below.Release();
}
