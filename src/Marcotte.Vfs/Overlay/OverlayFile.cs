using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Vfs.Overlay;

/// <summary>One opening of an overlay's file, over an opening in one of its layers.</summary>
/// <remarks>
/// Opened for reading in a lower layer, it goes over to the upper one when the file has been copied up, so that it sees what is
/// written. The opening below stays until this is closed: another thread may be reading by it.
/// </remarks>
internal sealed class OverlayFile(OverlayLeaf leaf, OpenFile opened, bool isUpper, bool keepAccessTime) : FileOperations
{
    private readonly bool _isUpper = isUpper;
    private OpenFile? _later;

    public override FileType Type => leaf.Type;

    public override bool IsSeekable => opened.Operations.IsSeekable;

    public override bool IsTerminal => opened.Operations.IsTerminal;

    public override Terminal? Terminal => opened.Operations.Terminal;

    public override Errno Opening(OpenFile file) => opened.Operations.Opening(opened);

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = 0;
        Errno errno = Enter(out OpenFile inner);
        return errno == Errno.Success ? inner.Operations.Read(inner, buffer, out count) : errno;
    }

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count) =>
        opened.Operations.Write(opened, buffer, out count);

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        Errno errno = Enter(out OpenFile inner);
        return errno == Errno.Success ? inner.Operations.ReadAt(inner, buffer, offset, out count) : errno;
    }

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count) =>
        opened.Operations.WriteAt(opened, buffer, offset, out count);

    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count) =>
        opened.Operations.Append(opened, buffer, out end, out count);

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
    {
        position = 0;
        Errno errno = Enter(out OpenFile inner);
        return errno == Errno.Success ? inner.Operations.Seek(inner, offset, whence, out position) : errno;
    }

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = default;
        Errno errno = Enter(out OpenFile inner);
        if (errno == Errno.Success)
        {
            errno = inner.Operations.Stat(inner, out stat);
            leaf.Adapt(ref stat, _isUpper || !ReferenceEquals(inner, opened));
        }

        return errno;
    }

    public override Errno SetSize(OpenFile file, long size) => opened.Operations.SetSize(opened, size);

    public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode) =>
        opened.Operations.Allocate(opened, offset, length, mode);

    public override Errno CopyRange(OpenFile file, long offset, OpenFile target, long targetOffset, long length, out long count)
    {
        count = 0;
        Errno errno = Enter(out OpenFile inner);
        if (errno != Errno.Success)
        {
            return errno;
        }

        OpenFile to = target.Operations is OverlayFile overlaid ? overlaid.Opened : target;
        return inner.Operations.CopyRange(inner, offset, to, targetOffset, length, out count);
    }

    public override Errno SetTimes(OpenFile file, in TimeUpdate times) => leaf.SetTimes(times);

    public override Errno SetMode(OpenFile file, ushort mode) => leaf.SetMode(mode);

    public override Errno SetOwner(OpenFile file, OwnerUpdate owner) => leaf.SetOwner(owner);

    public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat) => leaf.Tree.Stat(out stat);

    public override Errno Sync(OpenFile file, bool dataOnly) => opened.Operations.Sync(opened, dataOnly);

    public override Errno SetStatus(OpenFile file, StatusFlags flags) => opened.SetStatus(flags);

    public override Readiness Poll(OpenFile file) => opened.Operations.Poll(opened);

    public override WaitQueue? Queue(OpenFile file) => opened.Operations.Queue(opened);

    public override void Release(OpenFile file)
    {
        opened.Release();
        _later?.Release();
        leaf.Closed();
    }

    /// <summary>The opening that a write goes to; who may write has opened it in the upper layer.</summary>
    private OpenFile Opened => opened;

    private Errno Enter(out OpenFile inner)
    {
        inner = opened;
        return _isUpper || leaf.Upper is null ? Errno.Success : EnterUpper(out inner);
    }

    private Errno EnterUpper(out OpenFile inner)
    {
        inner = Volatile.Read(ref _later) ?? opened;
        if (!ReferenceEquals(inner, opened) || leaf.Type != FileType.Regular)
        {
            return Errno.Success;
        }

        Errno errno = leaf.OpenUpper(opened.Status, keepAccessTime, out OpenFile? later);
        if (errno != Errno.Success)
        {
            return errno;
        }

        OpenFile? first = Interlocked.CompareExchange(ref _later, later, null);
        if (first is not null)
        {
            later!.Release();
        }

        inner = first ?? later!;
        return Errno.Success;
    }
}
