using System.Buffers.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Devices;

/// <summary>A descriptor of a process as a file: opening it shares its open file.</summary>
internal sealed class DescriptorInode(FileSystem fileSystem, Process process, int number, ulong inode)
    : Inode(fileSystem, FileType.Unknown, inode)
{
    public override Errno Stat(out FileStat stat)
    {
        if (process.Descriptors.TryGet(number, out Descriptor? descriptor))
        {
            return descriptor.File.Operations.Stat(descriptor.File, out stat);
        }

        stat = default;
        return Errno.NoEnt;
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        if (!process.Descriptors.TryGet(number, out Descriptor? descriptor))
        {
            return Errno.NoEnt;
        }

        Rights needed = ((request.Access & AccessModes.Read) != 0 ? Rights.FdRead : Rights.None) |
            ((request.Access & AccessModes.Write) != 0 ? Rights.FdWrite : Rights.None);
        if ((request.Access & ~descriptor.File.Access) != 0 || !descriptor.Has(needed))
        {
            return Errno.Access;
        }

        if (!descriptor.File.TryAcquire())
        {
            return Errno.NoEnt;
        }

        file = descriptor.File;
        return Errno.Success;
    }
}

/// <summary>A process's descriptors as a directory: an entry for each open number.</summary>
internal sealed class DescriptorDirectory(FileSystem fileSystem, Process process, Inode parent)
    : Inode(fileSystem, FileType.Directory, DeviceFileSystem.DescriptorsNumber)
{
    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat { Device = FileSystem.Device, Inode = Number, Type = Type, Mode = 0x16D, Links = 2 };
        return Errno.Success;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        bool isCanonical = name.Length == 1 || name[0] is > (byte)'0' and <= (byte)'9';
        if (!isCanonical || !Utf8Parser.TryParse(name, out int number, out int used) || used != name.Length ||
            !process.Descriptors.TryGet(number, out _))
        {
            return Errno.NoEnt;
        }

        child = new DescriptorInode(FileSystem, process, number, DeviceFileSystem.FirstDescriptor + (ulong)number);
        return Errno.Success;
    }

    public override Errno LookupParent(out Inode? above)
    {
        above = parent;
        return Errno.Success;
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = new DescriptorListing(process);
        return Errno.Success;
    }

    private sealed class DescriptorListing(Process process) : DirectoryListing
    {
        public override Errno Read(ulong cookie, out DirectoryEntry entry)
        {
            ulong limit = (ulong)process.Kernel.Limits.Descriptors;
            for (ulong number = cookie; number < limit; number++)
            {
                if (process.Descriptors.TryGet((int)number, out _))
                {
                    byte[] name = new byte[10];
                    Utf8Formatter.TryFormat((int)number, name, out int length);
                    entry = new DirectoryEntry(name.AsMemory(0, length), DeviceFileSystem.FirstDescriptor + number, FileType.Unknown, number + 1);
                    return Errno.Success;
                }
            }

            entry = default;
            return Errno.Success;
        }
    }
}
