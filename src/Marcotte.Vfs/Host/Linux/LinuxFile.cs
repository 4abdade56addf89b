using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>A regular file of the host, open. Bytes go between the kernel and the guest's memory with no stop between.</summary>
/// <remarks>One instance serves one open file, whose descriptor it holds; it takes no lock.</remarks>
internal sealed unsafe class LinuxFile : FileOperations
{
    /// <summary>The most that Linux moves in one call (MAX_RW_COUNT).</summary>
    private const int MoveLimit = 0x7FFFF000;

    private const ushort SetIdBits = 0xC00;
    private const uint OtherBits = 0x3FF;

    /// <summary>The most that is copied in one call, so that a box that is killed meanwhile ends soon.</summary>
    private const long CopyLimit = 128L << 20;

    private readonly LinuxHandle _handle;
    private readonly LinuxHostFileSystem _fileSystem;
    private volatile bool _hasSetId;

    /// <summary>Takes an opened file over.</summary>
    /// <param name="fileSystem">The file system.</param>
    /// <param name="handle">The file.</param>
    /// <param name="mode">Its permission bits when it was opened.</param>
    internal LinuxFile(LinuxHostFileSystem fileSystem, LinuxHandle handle, ushort mode)
    {
        _fileSystem = fileSystem;
        _handle = handle;
        _hasSetId = (mode & SetIdBits) != 0;
    }

    public override FileType Type => FileType.Regular;

    public override bool IsSeekable => true;

    /// <summary>How the kernel opens what a guest asks for; it follows what the box granted, and never creates or cuts.</summary>
    internal static int Flags(in InodeOpen request)
    {
        // Cutting comes after it is known what was opened, so it needs a descriptor that may write. What the guest may
        // do with its open file is another matter, which OpenFile sees to.
        int access = (request.Truncate ? request.Access | AccessModes.Write : request.Access) switch
        {
            AccessModes.ReadWrite => LibC.OpenReadWrite,
            AccessModes.Write => LibC.OpenWriteOnly,
            AccessModes.Read => LibC.OpenReadOnly,
            _ => LibC.OpenPath,
        };
        return request.KeepAccessTime && access != LibC.OpenPath ? access | LibC.OpenNoAccessTime : access;
    }

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        nint moved;
        do
        {
            fixed (byte* pointer = buffer)
            {
                moved = LibC.Read(descriptor, pointer, Math.Min(buffer.Length, MoveLimit), offset);
            }
        }
        while (moved < 0 && LibC.LastError() == Errno.Intr);
        Errno errno = Finish(moved, out count);

        // Linux refuses to read what would end behind the last offset there is; POSIX finds the end of the file there.
        return errno == Errno.Inval && offset > long.MaxValue - buffer.Length ? Errno.Success : errno;
    }

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        int flags = SyncFlags(file);
        if (flags != 0)
        {
            return Write(buffer, offset, flags, out count, out _);
        }

        Errno errno = UseForContent(out int descriptor);
        if (errno != Errno.Success)
        {
            count = 0;
            return errno;
        }

        nint moved;
        do
        {
            fixed (byte* pointer = buffer)
            {
                moved = LibC.Write(descriptor, pointer, Math.Min(buffer.Length, MoveLimit), offset);
            }
        }
        while (moved < 0 && LibC.LastError() == Errno.Intr);
        return Finish(moved, out count);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The kernel appends (RWF_APPEND), so it is one step against the host's writers too. Offset -1 makes it move the
    /// descriptor's own position, which nothing else here uses, and which then tells where the write ended.
    /// </remarks>
    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count)
    {
        return Write(buffer, -1, SyncFlags(file) | LibC.WriteAppend, out count, out end);
    }

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
    {
        position = 0;
        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        try
        {
            if (whence == Whence.End)
            {
                return SeekFromEnd(descriptor, offset, out position);
            }

            // The descriptor's own position moves, which matters to nobody: reads and writes name theirs.
            position = LibC.Seek(descriptor, offset, whence == Whence.Data ? LibC.SeekData : LibC.SeekHole);
            return position < 0 ? LibC.LastError() : Errno.Success;
        }
        finally
        {
            _handle.DangerousRelease();
        }
    }

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = default;
        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        Errno errno = LinuxAttributes.Examine(descriptor, out StatBuffer buffer);
        _handle.DangerousRelease();
        if (errno == Errno.Success)
        {
            stat = buffer.Describe(_fileSystem);
        }

        return errno;
    }

    public override Errno SetSize(OpenFile file, long size)
    {
        Errno errno = UseForContent(out int descriptor);
        return errno != Errno.Success ? errno : Finish(LibC.SetSize(descriptor, size));
    }

    public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode)
    {
        Errno errno = UseForContent(out int descriptor);
        return errno != Errno.Success ? errno : Finish(LibC.Allocate(descriptor, AllocationFlags(mode), offset, length));
    }

    /// <inheritdoc/>
    /// <remarks>What the kernel cannot do between the two files, such as with one on another device, is left to the caller.</remarks>
    public override Errno CopyRange(OpenFile file, long offset, OpenFile target, long targetOffset, long length, out long count)
    {
        count = 0;
        if (target.Operations is not LinuxFile into)
        {
            return Errno.NotSup;
        }

        Errno errno = into.UseForContent(out int written);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (!_handle.TryUse(out int descriptor))
        {
            into._handle.DangerousRelease();
            return Errno.BadF;
        }

        nint moved;
        do
        {
            moved = LibC.CopyRange(descriptor, &offset, written, &targetOffset, (nint)Math.Min(length, CopyLimit), 0);
        }
        while (moved < 0 && LibC.LastError() == Errno.Intr);
        errno = moved < 0 ? LibC.LastError() : Errno.Success;
        count = Math.Max(moved, 0);
        _handle.DangerousRelease();
        into._handle.DangerousRelease();
        return errno is Errno.XDev or Errno.Inval or Errno.NoSys or Errno.Perm ? Errno.NotSup : errno;
    }

    public override Errno SetMode(OpenFile file, ushort mode)
    {
        Errno errno = UseWritable(out int descriptor);
        return errno != Errno.Success ? errno : Finish(LibC.ChangeMode(descriptor, LinuxAttributes.Grantable(mode, Type)));
    }

    public override Errno SetOwner(OpenFile file, OwnerUpdate owner)
    {
        Errno errno = _fileSystem.Owners.Outside(owner, out OwnerUpdate outside);
        int descriptor = -1;
        errno = errno == Errno.Success ? UseWritable(out descriptor) : errno;
        return errno == Errno.Success ? Finish(LinuxAttributes.SetOwner(descriptor, outside)) : errno;
    }

    public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat)
    {
        stat = default;
        return _handle.TryUse(out int descriptor) ? Finish(LinuxAttributes.Describe(descriptor, out stat)) : Errno.BadF;
    }

    public override Errno SetTimes(OpenFile file, in TimeUpdate times)
    {
        Errno errno = UseWritable(out int descriptor);
        if (errno != Errno.Success)
        {
            return errno;
        }

        TimeSpec* specs = stackalloc TimeSpec[2];
        LinuxAttributes.Encode(times, specs);
        return Finish(LibC.SetTimes(descriptor, specs));
    }

    public override Errno Sync(OpenFile file, bool dataOnly)
    {
        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        return Finish(dataOnly ? LibC.SyncData(descriptor) : LibC.Sync(descriptor));
    }

    public override void Release(OpenFile file) => _handle.Dispose();

    private static int AllocationFlags(Allocation mode) => mode switch
    {
        Allocation.KeepSize => LibC.AllocateKeepSize,
        Allocation.PunchHole => LibC.AllocatePunchHole | LibC.AllocateKeepSize,
        Allocation.ZeroRange => LibC.AllocateZeroRange,
        _ => 0,
    };

    private static int SyncFlags(OpenFile file) => (file.Status & (StatusFlags.DataSync | StatusFlags.Sync)) switch
    {
        StatusFlags.None => 0,
        StatusFlags.DataSync => LibC.WriteDataSync,
        _ => LibC.WriteSync,
    };

    private static Errno SeekFromEnd(int descriptor, long offset, out long position)
    {
        position = 0;
        long size = LibC.Seek(descriptor, 0, LibC.SeekEnd);
        if (size < 0)
        {
            return LibC.LastError();
        }

        if (offset > long.MaxValue - size)
        {
            return Errno.Overflow;
        }

        position = size + offset;
        return Errno.Success;
    }

    private Errno Write(ReadOnlySpan<byte> buffer, long offset, int flags, out int count, out long end)
    {
        count = 0;
        end = 0;
        Errno errno = UseForContent(out int descriptor);
        if (errno != Errno.Success)
        {
            return errno;
        }

        try
        {
            nint moved;
            do
            {
                fixed (byte* pointer = buffer)
                {
                    IoVector vector = new() { Base = pointer, Length = Math.Min(buffer.Length, MoveLimit) };
                    moved = LibC.Write(descriptor, &vector, 1, offset, flags);
                }
            }
            while (moved < 0 && LibC.LastError() == Errno.Intr);
            if (moved < 0)
            {
                return LibC.LastError();
            }

            count = (int)moved;
            end = offset < 0 ? LibC.Seek(descriptor, 0, LibC.SeekCurrent) : offset + moved;
            return Errno.Success;
        }
        finally
        {
            _handle.DangerousRelease();
        }
    }

    /// <summary>
    /// As <see cref="UseWritable"/>, for what changes the content: then the file is no longer the program that its set-id bits were
    /// meant for. The kernel clears them itself unless the host process is privileged.
    /// </summary>
    private Errno UseForContent(out int descriptor)
    {
        Errno errno = UseWritable(out descriptor);
        if (errno == Errno.Success && _hasSetId)
        {
            _hasSetId = false;
            if (LinuxAttributes.Examine(descriptor, out StatBuffer stat) == Errno.Success && (stat.Mode & SetIdBits) != 0)
            {
                _ = LibC.ChangeMode(descriptor, stat.Mode & OtherBits);
            }
        }

        return errno;
    }

    private Errno UseWritable(out int descriptor)
    {
        descriptor = -1;
        if (_fileSystem.IsReadOnly)
        {
            return Errno.RoFs;
        }

        return _handle.TryUse(out descriptor) ? Errno.Success : Errno.BadF;
    }

    private Errno Finish(nint moved, out int count)
    {
        // The error is read before the handle is given back: closing it then would be a further call.
        Errno errno = moved < 0 ? LibC.LastError() : Errno.Success;
        _handle.DangerousRelease();
        count = moved < 0 ? 0 : (int)moved;
        return errno;
    }

    private Errno Finish(int result)
    {
        Errno errno = result < 0 ? LibC.LastError() : Errno.Success;
        _handle.DangerousRelease();
        return errno;
    }

    private Errno Finish(Errno errno)
    {
        _handle.DangerousRelease();
        return errno;
    }
}
