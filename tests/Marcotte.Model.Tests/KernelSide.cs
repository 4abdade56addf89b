using System.Runtime.InteropServices;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>
/// Linux's own kernel on a directory, which is the root of the calling thread, and of no other, while calls are made. So absolute
/// paths, absolute links and what leads above the root mean the same here as in a box.
/// </summary>
internal sealed unsafe class KernelSide(string directory) : Side("kernel"), IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int OnlyNamed = 0x200000;
    private const int GetStatusFlags = 3;
    private const int SetStatusFlags = 4;
    private const int AppendFlag = 0x400;
    private const int ShareNoDirectories = 0x200;

    private readonly int[] _open = [-1, -1, -1, -1];
    private int _root = -1;

    /// <summary>Gives the calling thread a root, a working directory and a umask of its own. It cannot be given back.</summary>
    internal static void TakeThread()
    {
        Check(LibC.Unshare(ShareNoDirectories));
        _ = LibC.SetUmask(0x12);
        LibC.DropGroups();
    }

    /// <summary>Makes the directory the thread's root.</summary>
    internal void Enter()
    {
        fixed (byte* path = "/\0"u8)
        {
            _root = LibC.Open(LibC.AtWorkingDirectory, path, CloseOnExec | OnlyNamed, 0);
        }

        Check(_root);
        Check(LibC.ChangeRoot(directory));
        Check(LibC.ChangeDirectory("/"));
    }

    /// <summary>Gives the thread its root back.</summary>
    public void Dispose()
    {
        Become(0, 0);
        for (int slot = 0; slot < Slots; slot++)
        {
            Close(slot);
        }

        Check(LibC.ChangeDirectory(_root));
        Check(LibC.ChangeRoot("."));
        _ = LibC.Close(_root);
    }

    /// <summary>Whether the file system has FALLOC_FL_ZERO_RANGE; Linux's in memory has not.</summary>
    internal bool HasZeroRange()
    {
        Place place = new(-1, "/probe");
        Open(0, place, OpenFlags.Create, AccessModes.Write, StatusFlags.None, true, 0x180);
        Errno errno = Allocate(0, 0, 1, Allocation.ZeroRange).Errno;
        Unlink(place);
        return errno == Errno.Success;
    }

    internal override bool IsOpen(int slot) => _open[slot] >= 0;

    internal override Answer Become(uint user, uint group)
    {
        _ = LibC.SetFileSystemUser(0);
        _ = LibC.SetFileSystemGroup(group);
        _ = LibC.SetFileSystemUser(user);
        return Answer.Done;
    }

    internal override Answer Open(int slot, Place place, OpenFlags flags, AccessModes access, StatusFlags status, bool follow, ushort mode)
    {
        int numbers = CloseOnExec | (access switch
        {
            AccessModes.None => OnlyNamed,
            AccessModes.Read => 0,
            AccessModes.Write => 1,
            _ => 2,
        });
        numbers |= ((flags & OpenFlags.Create) != 0 ? 0x40 : 0) | ((flags & OpenFlags.Exclusive) != 0 ? 0x80 : 0) |
            ((flags & OpenFlags.Truncate) != 0 ? 0x200 : 0) | ((flags & OpenFlags.Directory) != 0 ? LibC.OpenDirectoryFlag : 0) |
            ((status & StatusFlags.Append) != 0 ? AppendFlag : 0) | (follow ? 0 : LibC.OpenNoFollowFlag);
        fixed (byte* path = Bytes(place.Path))
        {
            int descriptor = LibC.Open(At(place), path, numbers, mode);
            if (descriptor < 0)
            {
                return Failure();
            }

            Close(slot);
            _open[slot] = descriptor;
            Opened(slot, access);
            return Answer.Done;
        }
    }

    internal override Answer Close(int slot)
    {
        if (_open[slot] < 0)
        {
            return new Answer(Errno.BadF);
        }

        int result = LibC.Close(_open[slot]);
        _open[slot] = -1;
        return Result(result);
    }

    internal override Answer Read(int slot, int length)
    {
        byte[] buffer = new byte[length + 1];
        fixed (byte* pointer = buffer)
        {
            return Got(LibC.Read(_open[slot], pointer, length), buffer);
        }
    }

    internal override Answer Write(int slot, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            return Result(LibC.Write(_open[slot], pointer, bytes.Length));
        }
    }

    internal override Answer ReadAt(int slot, int length, long offset)
    {
        byte[] buffer = new byte[length + 1];
        fixed (byte* pointer = buffer)
        {
            return Got(LibC.ReadAt(_open[slot], pointer, length, offset), buffer);
        }
    }

    internal override Answer WriteAt(int slot, ReadOnlySpan<byte> bytes, long offset)
    {
        // With O_APPEND Linux's pwrite appends (pwrite(2), BUGS); here it is asked for what POSIX says.
        int status = LibC.Control(_open[slot], GetStatusFlags, 0);
        _ = LibC.Control(_open[slot], SetStatusFlags, status & ~AppendFlag);
        fixed (byte* pointer = bytes)
        {
            Answer answer = Result(LibC.WriteAt(_open[slot], pointer, bytes.Length, offset));
            _ = LibC.Control(_open[slot], SetStatusFlags, status);
            return answer;
        }
    }

    internal override Answer Seek(int slot, long offset, Whence whence) => Result(LibC.Seek(_open[slot], offset, (int)whence));

    internal override Answer SetStatus(int slot, StatusFlags status) =>
        Result(LibC.Control(_open[slot], SetStatusFlags, (status & StatusFlags.Append) != 0 ? AppendFlag : 0));

    internal override Answer SetSize(int slot, long size) => Result(LibC.SetSize(_open[slot], size));

    internal override Answer Allocate(int slot, long offset, long length, Allocation mode) => Result(LibC.Allocate(
        _open[slot],
        mode switch
        {
            Allocation.Extend => 0,
            Allocation.KeepSize => 1,
            Allocation.PunchHole => 3,
            _ => 16,
        },
        offset,
        length));

    internal override Answer Copy(Range from, Range to, long length)
    {
        long offset = from.Offset;
        long target = to.Offset;
        return Result(LibC.Copy(_open[from.Slot], offset < 0 ? null : &offset, _open[to.Slot], target < 0 ? null : &target, (nint)length, 0));
    }

    internal override Answer StatOpen(int slot)
    {
        fixed (byte* path = "\0"u8)
        {
            return Stat(_open[slot], path, LibC.AtEmptyPath);
        }
    }

    internal override Answer ListOpen(int slot)
    {
        long position = LibC.Seek(_open[slot], 0, (int)Whence.Current);
        _ = LibC.Seek(_open[slot], 0, (int)Whence.Start);
        Answer answer = List(_open[slot]);
        _ = LibC.Seek(_open[slot], position, (int)Whence.Start);
        return answer;
    }

    internal override Answer SetMode(int slot, ushort mode) => Result(LibC.SetMode(_open[slot], mode));

    internal override Answer SetTimes(int slot, TimeUpdate times)
    {
        long* specs = stackalloc long[4];
        Encode(times, specs);
        return Result(LibC.SetTimes(_open[slot], specs));
    }

    internal override Answer SetOwner(int slot, OwnerUpdate owner) => Result(LibC.SetOwner(_open[slot], owner.UserId, owner.GroupId));

    internal override Answer Stat(Place place, bool follow)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Stat(At(place), path, follow ? 0 : LibC.AtNoFollow);
        }
    }

    internal override Answer Access(Place place, AccessCheck check)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.Access(At(place), path, (int)check));
        }
    }

    internal override Answer SetSize(Place place, long size)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.SetSize(path, size));
        }
    }

    internal override Answer SetMode(Place place, ushort mode)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.SetMode(At(place), path, mode, 0));
        }
    }

    internal override Answer SetTimes(Place place, TimeUpdate times, bool follow)
    {
        long* specs = stackalloc long[4];
        Encode(times, specs);
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.SetTimes(At(place), path, specs, follow ? 0 : LibC.AtNoFollow));
        }
    }

    internal override Answer SetOwner(Place place, OwnerUpdate owner, bool follow)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.SetOwner(At(place), path, owner.UserId, owner.GroupId, follow ? 0 : LibC.AtNoFollow));
        }
    }

    internal override Answer MakeDirectory(Place place, ushort mode)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.MakeDirectory(At(place), path, mode));
        }
    }

    internal override Answer RemoveDirectory(Place place)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.Unlink(At(place), path, LibC.AtRemoveDirectory));
        }
    }

    internal override Answer Unlink(Place place)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            return Result(LibC.Unlink(At(place), path, 0));
        }
    }

    internal override Answer Rename(Place from, Place to, RenameMode mode)
    {
        fixed (byte* path = Bytes(from.Path), target = Bytes(to.Path))
        {
            return Result(LibC.Rename(At(from), path, At(to), target, (int)mode));
        }
    }

    internal override Answer Link(Place from, Place to, bool follow)
    {
        fixed (byte* path = Bytes(from.Path), target = Bytes(to.Path))
        {
            return Result(LibC.Link(At(from), path, At(to), target, follow ? LibC.AtFollow : 0));
        }
    }

    internal override Answer SymbolicLink(string content, Place place)
    {
        fixed (byte* said = Bytes(content), path = Bytes(place.Path))
        {
            return Result(LibC.SymbolicLink(said, At(place), path));
        }
    }

    internal override Answer ReadLink(Place place, int length)
    {
        byte[] buffer = new byte[length + 1];
        fixed (byte* path = Bytes(place.Path), pointer = buffer)
        {
            nint count = LibC.ReadLink(At(place), path, pointer, length);
            return count < 0 ? Failure() : new Answer(Errno.Success, count, Encoding.UTF8.GetString(buffer, 0, (int)count));
        }
    }

    internal override Answer List(Place place)
    {
        fixed (byte* path = Bytes(place.Path))
        {
            int descriptor = LibC.Open(At(place), path, CloseOnExec | LibC.OpenDirectoryFlag, 0);
            if (descriptor < 0)
            {
                return Failure();
            }

            Answer answer = List(descriptor);
            _ = LibC.Close(descriptor);
            return answer;
        }
    }

    /// <summary>Reads the kernel's own layout (struct linux_dirent64).</summary>
    private static Answer List(int descriptor)
    {
        const int Length = 8192;
        byte* buffer = stackalloc byte[Length];
        List<string> names = [];
        for (;;)
        {
            int count = LibC.GetEntries(descriptor, buffer, Length);
            if (count <= 0)
            {
                return count < 0 ? Failure() : Names(names);
            }

            for (int at = 0; at < count; at += *(ushort*)(buffer + at + 16))
            {
                names.Add($"{Marshal.PtrToStringUTF8((nint)(buffer + at + 19))}:{TypeOf((uint)buffer[at + 18] << 12)}");
            }
        }
    }

    private static void Encode(TimeUpdate times, long* specs)
    {
        Encode(times.Access, specs);
        Encode(times.Modify, specs + 2);
    }

    private static void Encode(long time, long* spec)
    {
        long second = 1_000_000_000;
        spec[0] = time < 0 ? 0 : time / second;
        spec[1] = time switch
        {
            TimeUpdate.Now => 0x3FFFFFFF,
            TimeUpdate.Omit => 0x3FFFFFFE,
            _ => time % second,
        };
    }

    private static FileType TypeOf(uint mode) => (mode & 0xF000) switch
    {
        0x4000 => FileType.Directory,
        0x8000 => FileType.Regular,
        0xA000 => FileType.SymbolicLink,
        _ => FileType.Unknown,
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static Answer Failure() => new((Errno)Marshal.GetLastPInvokeError());

    private static Answer Result(long result) => result < 0 ? Failure() : new Answer(Errno.Success, result);

    private static Answer Got(nint count, byte[] buffer) =>
        count < 0 ? Failure() : new Answer(Errno.Success, count, Answer.Runs(buffer.AsSpan(0, (int)count)));

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new InvalidOperationException($"The kernel refuses what the test needs: {Failure()}.");
        }
    }

    private int At(Place place) => place.At < 0 || _open[place.At] < 0 ? LibC.AtWorkingDirectory : _open[place.At];

    private Answer Stat(int directory, byte* path, int flags)
    {
        LibC.StatBuffer buffer;
        return LibC.Stat(directory, path, flags, 0x7FF, &buffer) < 0
            ? Failure()
            : Describe(new FileStat
            {
                Inode = buffer.Inode,
                Type = TypeOf(buffer.Mode),
                Mode = (ushort)(buffer.Mode & 0xFFF),
                Links = buffer.Links,
                UserId = buffer.User,
                GroupId = buffer.Group,
                Size = buffer.Size,
                ModifyTime = (buffer.ModifySeconds * 1_000_000_000) + buffer.ModifyNanoseconds,
            });
    }
}
