using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>0x05: descriptors; locks are in <see cref="LockOperations"/>, what wakes in <see cref="EventOperations"/>, poll in <see cref="PollOperation"/>.</summary>
internal static class DescriptorOperations
{
    private const uint CloseRangeOnExec = 4;
    private const uint CloseRangeUnshare = 2;
    private const StatusFlags Changeable = StatusFlags.Append | StatusFlags.NonBlocking;

    internal static readonly Operation?[] All =
    [
        null, Pipe, Duplicate, GetFlags, SetFlags, LockOperations.Whole, LockOperations.Record, Allocate, Copy, Available,
        EventOperations.Event, EventOperations.Signals, EventOperations.Timer, EventOperations.SetTimer,
        EventOperations.Watcher, EventOperations.Watch, EventOperations.Unwatch, PollOperation.Poll, PipeSize, CloseRange, Seek,
    ];

    private static Errno Pipe(ref Call call)
    {
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || !OpenBits.AreOfFile(flags))
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(8))
        {
            return Errno.Range;
        }

        Errno errno = NewDescriptors.InstallPipe(call.Process, OpenBits.ToStatus(flags), (flags & OpenBits.CloseOnExec) != 0, out int reader, out int writer);
        call.Reply.Int(reader);
        call.Reply.Int(writer);
        return errno;
    }

    private static Errno Duplicate(ref Call call)
    {
        int from = call.Request.Int();
        int to = call.Request.Int();
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || (flags & ~OpenBits.CloseOnExec) != 0 || from == to)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        call.Reply.Int(to);
        return NewDescriptors.DuplicateTo(call.Process, from, to, flags != 0);
    }

    private static Errno GetFlags(ref Call call)
    {
        int fd = call.Request.Int();
        OpenFile? file = null;
        Errno errno = call.Request.IsComplete ? CallPath.Get(call.Process, fd, out file) : Errno.Inval;
        if (errno == Errno.Success)
        {
            call.Reply.UInt(OpenBits.Of(file!));
        }

        return errno;
    }

    private static Errno SetFlags(ref Call call)
    {
        int fd = call.Request.Int();
        uint flags = call.Request.UInt();
        OpenFile? file = null;
        Errno errno = call.Request.IsComplete ? CallPath.Get(call.Process, fd, out file, Rights.FdFdStatSetFlags) : Errno.Inval;
        return errno != Errno.Success
            ? errno
            : file!.SetStatus((file.Status & ~Changeable) | (OpenBits.ToStatus(flags) & Changeable));
    }

    private static Errno Allocate(ref Call call)
    {
        int fd = call.Request.Int();
        uint mode = call.Request.UInt();
        long offset = call.Request.Long();
        long length = call.Request.Long();
        OpenFile? file = null;
        Errno errno = call.Request.IsComplete ? CallPath.Get(call.Process, fd, out file, Rights.FdAllocate) : Errno.Inval;
        if (errno != Errno.Success)
        {
            return errno;
        }

        Allocation? allocation = mode switch
        {
            0 => Allocation.Extend,
            1 => Allocation.KeepSize,
            3 => Allocation.PunchHole,
            0x10 => Allocation.ZeroRange,
            _ => null,
        };
        errno = allocation is { } wanted ? file!.Allocate(offset, length, wanted, call.Process.FileSizeLimit) : Errno.NotSup;
        return errno == Errno.FBig ? WasiFiles.TooLarge(call.Thread) : errno;
    }

    private static Errno Copy(ref Call call)
    {
        int input = call.Request.Int();
        long inputOffset = call.Request.Long();
        int output = call.Request.Int();
        long outputOffset = call.Request.Long();
        ulong length = call.Request.ULong();
        uint kind = call.Request.UInt();
        if (!call.Request.IsComplete || kind > (uint)CopyKind.SpliceNoWait)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(24))
        {
            return Errno.Range;
        }

        FileCopy copy = new(call.Thread, (CopyKind)kind)
        {
            Offset = inputOffset,
            TargetOffset = outputOffset,
            Length = (long)Math.Min(length, long.MaxValue),
        };
        Errno errno = copy.Run(input, output);
        call.Reply.Long(copy.Moved);
        call.Reply.Long(inputOffset < 0 ? -1 : inputOffset + copy.Moved);
        call.Reply.Long(outputOffset < 0 ? -1 : outputOffset + copy.Moved);
        return errno;
    }

    private static Errno Available(ref Call call)
    {
        int fd = call.Request.Int();
        OpenFile? file = null;
        Errno errno = call.Request.IsComplete ? CallPath.Get(call.Process, fd, out file) : Errno.Inval;
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Available(file!, out int count);
        call.Reply.Int(count);
        return errno;
    }

    /// <summary>Of a regular file it is what lies behind the offset.</summary>
    private static Errno Available(OpenFile file, out int count)
    {
        if (file.Operations.Type != FileType.Regular)
        {
            return file.Operations.Readable(file, out count);
        }

        count = 0;
        Errno errno = file.Operations.Stat(file, out FileStat stat);
        if (errno == Errno.Success)
        {
            errno = file.Seek(0, Whence.Current, out long position);
            count = (int)Math.Clamp(stat.Size - position, 0, int.MaxValue);
        }

        return errno;
    }

    private static Errno PipeSize(ref Call call)
    {
        int fd = call.Request.Int();
        uint set = call.Request.UInt();
        uint bytes = call.Request.UInt();
        if (!call.Request.IsComplete || (set != 0 && bytes > int.MaxValue))
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        Errno errno = CallPath.Get(call.Process, fd, out OpenFile file);
        int size = 0;
        if (errno == Errno.Success)
        {
            AnonymousFiles pipes = call.Kernel.Anonymous;
            errno = set != 0 ? pipes.SetPipeBytes(file, (int)bytes) : Errno.Success;
            errno = errno == Errno.Success ? pipes.GetPipeBytes(file, out size) : errno;
        }

        call.Reply.UInt((uint)size);
        return errno;
    }

    private static Errno CloseRange(ref Call call)
    {
        uint first = call.Request.UInt();
        uint last = call.Request.UInt();
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || first > last || (flags & ~(CloseRangeOnExec | CloseRangeUnshare)) != 0)
        {
            return Errno.Inval;
        }

        uint end = (uint)Math.Min(last, (long)call.Kernel.Limits.Descriptors - 1);
        for (uint fd = first; fd <= end; fd++)
        {
            // Numbers that are not open are none of its business.
            _ = (flags & CloseRangeOnExec) != 0
                ? NewDescriptors.SetCloseOnExec(call.Process, (int)fd, closeOnExec: true)
                : call.Process.Descriptors.Close((int)fd);
        }

        return Errno.Success;
    }

    private static Errno Seek(ref Call call)
    {
        int fd = call.Request.Int();
        long offset = call.Request.Long();
        uint whence = call.Request.UInt();
        if (!call.Request.IsComplete || whence > (uint)Whence.Hole)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(8))
        {
            return Errno.Range;
        }

        Errno errno = CallPath.Get(call.Process, fd, out OpenFile file);
        long position = 0;
        if (errno == Errno.Success)
        {
            errno = file.Seek(offset, (Whence)whence, out position);
        }

        call.Reply.Long(position);
        return errno;
    }
}
