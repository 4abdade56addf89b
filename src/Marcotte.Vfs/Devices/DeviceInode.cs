using Marcotte.Core;

namespace Marcotte.Vfs.Devices;

/// <summary>A device file.</summary>
internal sealed class DeviceInode(DeviceFileSystem fileSystem, ulong number, byte[] name, DeviceOperations operations)
    : Inode(fileSystem, FileType.CharacterDevice, number)
{
    public byte[] Name => name;

    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat
        {
            Device = FileSystem.Device,
            Inode = Number,
            Type = Type,
            Mode = 0x1B6,
            Links = 1,
            Represents = operations.Represents,
        };
        return Errno.Success;
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = new OpenFile(operations, request.Access, request.Status) { State = this };
        return Errno.Success;
    }
}
