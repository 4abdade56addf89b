using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>0x0505 and 0x0506: advisory locks.</summary>
internal static class LockOperations
{
    private const uint NoWait = 4;
    private const uint GetLock = 0;
    private const uint SetLockWait = 2;
    private const uint OfOpenFile = 3;
    private const uint Unlocked = 2;

    internal static Errno Whole(ref Call call)
    {
        int fd = call.Request.Int();
        uint operation = call.Request.UInt();
        OpenFile? file = null;
        Errno errno = call.Request.IsComplete ? CallPath.Get(call.Process, fd, out file) : Errno.Inval;
        if (errno != Errno.Success)
        {
            return errno;
        }

        LockTable locks = call.Kernel.Locks;
        bool wait = (operation & NoWait) == 0;
        return (operation & ~NoWait) switch
        {
            1 => locks.Lock(call.Thread, file!, LockKind.Shared, wait),
            2 => locks.Lock(call.Thread, file!, LockKind.Exclusive, wait),
            8 => locks.Unlock(file!),
            _ => Errno.Inval,
        };
    }

    internal static Errno Record(ref Call call)
    {
        int fd = call.Request.Int();
        uint command = call.Request.UInt();
        uint type = call.Request.UInt();
        uint whence = call.Request.UInt();
        long start = call.Request.Long();
        long length = call.Request.Long();
        if (!call.Request.IsComplete || command > 5 || type > Unlocked || whence > 2)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(28))
        {
            return Errno.Range;
        }

        Errno errno = CallPath.Get(call.Process, fd, out OpenFile file);
        ByteRange range = default;
        errno = errno == Errno.Success ? Locate(file, whence, start, length, out range) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        RecordOwner owner = command >= OfOpenFile ? RecordOwner.OpenFile : RecordOwner.Process;
        if (command % OfOpenFile == GetLock)
        {
            return Test(ref call, file, range, type, owner, whence, start, length);
        }

        bool wait = command % OfOpenFile == SetLockWait;
        errno = type == Unlocked
            ? call.Kernel.Locks.UnlockRecord(call.Process, file, range, owner)
            : call.Kernel.Locks.LockRecord(call.Thread, file, range, (LockKind)type, owner, wait);
        Describe(ref call.Reply, type, whence, start, length, 0);
        return errno;
    }

    private static Errno Test(ref Call call, OpenFile file, ByteRange range, uint type, RecordOwner owner, uint whence, long start, long length)
    {
        if (type == Unlocked)
        {
            return Errno.Inval;
        }

        Errno errno = call.Kernel.Locks.TestRecord(call.Process, file, range, (LockKind)type, owner, out RecordLock? conflict);
        if (conflict is { } held)
        {
            long count = held.Range.Last == long.MaxValue ? 0 : held.Range.Last - held.Range.First + 1;
            Describe(ref call.Reply, (uint)held.Kind, 0, held.Range.First, count, held.ProcessId);
        }
        else
        {
            Describe(ref call.Reply, Unlocked, whence, start, length, 0);
        }

        return errno;
    }

    private static Errno Locate(OpenFile file, uint whence, long start, long length, out ByteRange range)
    {
        range = default;
        long origin = 0;
        Errno errno = Errno.Success;
        if (whence == 1 && file.Operations.IsSeekable)
        {
            errno = file.Seek(0, Whence.Current, out origin);
        }
        else if (whence == 2)
        {
            errno = file.Operations.Stat(file, out FileStat stat);
            origin = stat.Size;
        }

        return errno != Errno.Success ? errno
            : start > long.MaxValue - origin ? Errno.Overflow
            : ByteRange.Of(origin + start, length, out range);
    }

    private static void Describe(ref CallReply reply, uint type, uint whence, long start, long length, int process)
    {
        reply.UInt(type);
        reply.UInt(whence);
        reply.Long(start);
        reply.Long(length);
        reply.Int(process);
    }
}
