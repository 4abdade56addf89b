using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>The operations of 0x04 that ask or change what a file is.</summary>
internal static class AttributeOperations
{
    private const uint EffectiveAccess = 0x200;
    private const uint BlockBytes = 4096;
    private const ulong TreeMagic = 0x0102_1994;
    private const uint TimeNow = 0x3FFF_FFFF;
    private const uint TimeOmit = 0x3FFF_FFFE;
    private const long NanosecondsPerSecond = 1_000_000_000;

    internal static Errno Stat(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        Errno errno = Find(ref call, directory, path, flags, CallPath.NoFollow | CallPath.EmptyPath, out OpenFile? file, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = file is not null ? file.Operations.Stat(file, out FileStat stat) : call.Kernel.Files.Stat(reference, out stat);
        if (errno == Errno.Success)
        {
            Describe(ref call.Reply, in stat);
        }

        return errno;
    }

    internal static Errno SetMode(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        uint mode = call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        Errno errno = Find(ref call, directory, path, flags, CallPath.NoFollow | CallPath.EmptyPath, out OpenFile? file, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        ushort bits = (ushort)(mode & 0xFFF);
        return file is not null ? call.Kernel.Files.SetMode(call.Process, file, bits) : call.Kernel.Files.SetMode(reference, bits);
    }

    internal static Errno SetOwner(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        OwnerUpdate owner = new(call.Request.UInt(), call.Request.UInt());
        ReadOnlySpan<byte> path = call.Request.Text();
        Errno errno = Find(ref call, directory, path, flags, CallPath.NoFollow | CallPath.EmptyPath, out OpenFile? file, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return file is not null ? call.Kernel.Files.SetOwner(call.Process, file, owner) : call.Kernel.Files.SetOwner(reference, owner);
    }

    /// <remarks>The namespace checks by the effective ids; the real ones differ from them only in programs that have changed theirs.</remarks>
    internal static Errno Access(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        uint mode = call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        if (mode > 7)
        {
            return Errno.Inval;
        }

        Errno errno = Find(ref call, directory, path, flags, EffectiveAccess | CallPath.NoFollow | CallPath.EmptyPath, out OpenFile? file, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return file is not null ? Access(call.Process.Credentials, file, mode) : call.Kernel.Files.Access(reference, (AccessCheck)mode);
    }

    internal static Errno Truncate(ref Call call)
    {
        long length = call.Request.Long();
        ReadOnlySpan<byte> path = call.Request.Text();
        Errno errno = call.Request.IsComplete && length >= 0
            ? call.Kernel.Files.SetSize(new PathReference(call.Process, null, path, PathFlags.Follow), length)
            : Errno.Inval;
        return errno == Errno.FBig ? WasiFiles.TooLarge(call.Thread) : errno;
    }

    internal static Errno SetTimes(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        Errno errno = ReadTime(ref call, out long access);
        Errno second = ReadTime(ref call, out long modify);
        ReadOnlySpan<byte> path = call.Request.Text();
        if (errno != Errno.Success || second != Errno.Success)
        {
            return Errno.Inval;
        }

        errno = Find(ref call, directory, path, flags, CallPath.NoFollow | CallPath.EmptyPath, out OpenFile? file, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        TimeUpdate times = new(access, modify);
        return file is not null ? call.Kernel.Files.SetTimes(call.Process, file, times) : call.Kernel.Files.SetTimes(reference, times);
    }

    internal static Errno StatFileSystem(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        Errno errno = Find(ref call, directory, path, flags, CallPath.NoFollow | CallPath.EmptyPath, out OpenFile? file, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = file is not null
            ? call.Kernel.Files.StatFileSystem(call.Process, file, out FileSystemStat stat)
            : call.Kernel.Files.StatFileSystem(reference, out stat);
        if (errno == Errno.Success)
        {
            Describe(ref call.Reply, in stat);
        }

        return errno;
    }

    private static Errno Find(ref Call call, int directory, ReadOnlySpan<byte> path, uint flags, uint known, out OpenFile? file, out PathReference reference)
    {
        if (call.Request.IsComplete && (flags & ~known) == 0)
        {
            return CallPath.Find(call.Process, directory, path, flags, out file, out reference);
        }

        file = null;
        reference = default;
        return Errno.Inval;
    }

    private static Errno Access(Credentials credentials, OpenFile file, uint mode)
    {
        Errno errno = file.Operations.Stat(file, out FileStat stat);
        if (errno != Errno.Success || mode == 0)
        {
            return errno;
        }

        if (credentials.UserId == 0)
        {
            return (mode & 1) == 0 || stat.Type == FileType.Directory || (stat.Mode & 0x49) != 0 ? Errno.Success : Errno.Access;
        }

        int granted = credentials.UserId == stat.UserId ? stat.Mode >> 6
            : credentials.IsIn(stat.GroupId) ? stat.Mode >> 3
            : stat.Mode;
        return (granted & mode) == mode ? Errno.Success : Errno.Access;
    }

    private static Errno ReadTime(ref Call call, out long time)
    {
        long seconds = call.Request.Long();
        uint nanoseconds = call.Request.UInt();
        time = nanoseconds switch
        {
            TimeNow => TimeUpdate.Now,
            TimeOmit => TimeUpdate.Omit,
            _ => Clamp(seconds, nanoseconds),
        };
        return nanoseconds is TimeNow or TimeOmit or < 1_000_000_000 ? Errno.Success : Errno.Inval;
    }

    // As Linux does with times that a file system cannot keep.
    private static long Clamp(long seconds, uint nanoseconds)
    {
        const long Furthest = (long.MaxValue / NanosecondsPerSecond) - 1;
        return (Math.Clamp(seconds, -Furthest, Furthest) * NanosecondsPerSecond) + nanoseconds;
    }

    private static void Describe(ref CallReply reply, in FileStat stat)
    {
        reply.ULong(stat.Device);
        reply.ULong(stat.Inode);
        reply.ULong(stat.Represents);
        reply.Long(stat.Size);
        reply.Long(stat.Blocks);
        reply.UInt(TypeOf(stat.Type) | stat.Mode);
        reply.UInt(stat.Links);
        reply.UInt(stat.UserId);
        reply.UInt(stat.GroupId);
        reply.UInt(BlockBytes);
        reply.UInt(0);
        reply.Long(stat.AccessTime);
        reply.Long(stat.ModifyTime);
        reply.Long(stat.ChangeTime);
        reply.Long(0);
    }

    private static uint TypeOf(FileType type) => type switch
    {
        FileType.Fifo => 0x1000,
        FileType.CharacterDevice => 0x2000,
        FileType.Directory => 0x4000,
        FileType.BlockDevice => 0x6000,
        FileType.Regular => 0x8000,
        FileType.SymbolicLink => 0xA000,
        FileType.StreamSocket or FileType.DatagramSocket => 0xC000,
        _ => 0,
    };

    private static void Describe(ref CallReply reply, in FileSystemStat stat)
    {
        uint unit = stat.BlockSize == 0 ? BlockBytes : stat.BlockSize;
        reply.ULong(TreeMagic);
        reply.ULong(unit);
        reply.ULong(unit);
        reply.ULong(stat.Blocks);
        reply.ULong(stat.FreeBlocks);
        reply.ULong(stat.FreeBlocks);
        reply.ULong(stat.Inodes);
        reply.ULong(stat.FreeInodes);
        reply.ULong(stat.Device);
        reply.ULong(stat.NameBytes);
        reply.ULong(((stat.Flags & MountFlags.ReadOnly) != 0 ? 1UL : 0)
            | ((stat.Flags & MountFlags.NoSetId) != 0 ? 2UL : 0)
            | ((stat.Flags & MountFlags.NoExecute) != 0 ? 8UL : 0));
    }
}
