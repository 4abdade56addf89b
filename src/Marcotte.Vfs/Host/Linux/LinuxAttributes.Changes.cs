using System.Runtime.InteropServices;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <content>Mode and owner of what a handle stands for, and its file system. A handle is no name: no link is followed.</content>
internal static unsafe partial class LinuxAttributes
{
    private const ushort DirectoryBits = 0x7FF;
    private const ushort FileBits = 0x3FF;

    private static volatile bool _hasChangeModeAt2 = true;

    /// <summary>
    /// The bits that a guest may give a file of the host. A set-user-id or set-group-id program would run as the host's user for
    /// anybody on the host; POSIX lets a system ignore those bits (chmod). On a directory the latter only hands the group on.
    /// </summary>
    internal static uint Grantable(ushort mode, FileType type) => (uint)(mode & (type == FileType.Directory ? DirectoryBits : FileBits));

    /// <summary>Changes the permission bits of what a handle stands for, of any kind but a link, be it open or only named (O_PATH).</summary>
    internal static Errno SetMode(int descriptor, uint mode)
    {
        byte empty = 0;
        if (_hasChangeModeAt2)
        {
            if (LibC.ChangeModeAt2(descriptor, &empty, mode, LibC.AtEmptyPath) >= 0)
            {
                return Errno.Success;
            }

            Errno errno = LibC.LastError();
            _hasChangeModeAt2 = errno != Errno.NoSys;

            // EPERM may be a filter's that does not know the call: the other way tells.
            if (errno is not (Errno.NoSys or Errno.Perm))
            {
                return errno;
            }
        }

        // Before Linux 6.6 the C library goes the same way: this link leads to the handle's file, wherever that is.
        Span<byte> path = stackalloc byte[32];
        Encoding.ASCII.TryGetBytes($"/proc/self/fd/{descriptor}\0", path, out _);
        fixed (byte* pointer = path)
        {
            return LibC.ChangeMode(pointer, mode) < 0 ? LibC.LastError() : Errno.Success;
        }
    }

    /// <summary>Changes the owner of what a handle stands for, of a link too.</summary>
    internal static Errno SetOwner(int descriptor, OwnerUpdate owner)
    {
        byte empty = 0;
        return LibC.ChangeOwnerAt(descriptor, &empty, owner.UserId, owner.GroupId, LibC.AtEmptyPath | LibC.AtSymlinkNoFollow) < 0
            ? LibC.LastError()
            : Errno.Success;
    }

    /// <summary>What the kernel says of the file system that a handle is in.</summary>
    internal static Errno Describe(int descriptor, out FileSystemStat stat)
    {
        stat = default;
        VolumeBuffer volume;
        if (LibC.StatVolume(descriptor, &volume) < 0)
        {
            return LibC.LastError();
        }

        stat = new FileSystemStat
        {
            BlockSize = (uint)(volume.FragmentSize == 0 ? volume.BlockSize : volume.FragmentSize),
            Blocks = volume.Blocks,
            FreeBlocks = volume.AvailableBlocks,
            Inodes = volume.Files,
            FreeInodes = volume.AvailableFiles,
            NameBytes = (uint)volume.NameLimit,
            Flags = (MountFlags)(volume.Flags & (ulong)(MountFlags.ReadOnly | MountFlags.NoSetId))
                | ((volume.Flags & VolumeBuffer.NoExecute) != 0 ? MountFlags.NoExecute : MountFlags.None),
        };
        return Errno.Success;
    }
}

/// <summary>What fstatvfs(3) says (struct statvfs of 64-bit Linux, alike in glibc and musl).</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct VolumeBuffer
{
    /// <summary>ST_NOEXEC; ST_RDONLY and ST_NOSUID are those of <see cref="MountFlags"/>.</summary>
    internal const ulong NoExecute = 8;

    internal ulong BlockSize;
    internal ulong FragmentSize;
    internal ulong Blocks;
    internal ulong FreeBlocks;
    internal ulong AvailableBlocks;
    internal ulong Files;
    internal ulong FreeFiles;
    internal ulong AvailableFiles;
    internal ulong Id;
    internal ulong Flags;
    internal ulong NameLimit;
}
