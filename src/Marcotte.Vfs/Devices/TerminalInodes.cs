using System.Buffers.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Devices;

/// <summary>A terminal, or what makes terminals.</summary>
internal sealed class TerminalInode(FileSystem fileSystem, ulong number, SpecialFile special) : Inode(fileSystem, FileType.CharacterDevice, number)
{
    public override SpecialFile? Special => special;

    public override Errno Stat(out FileStat stat)
    {
        Errno errno = special.Stat(out stat);
        stat.Device = FileSystem.Device;
        stat.Inode = Number;
        return errno;
    }
}

/// <summary>What /dev/tty is to a process without a controlling terminal: there, but not to be opened (tty(4)).</summary>
internal sealed class AbsentTerminalInode(FileSystem fileSystem, ulong number) : Inode(fileSystem, FileType.CharacterDevice, number)
{
    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat
        {
            Device = FileSystem.Device,
            Inode = Number,
            Type = Type,
            Mode = 0x1B6,
            Links = 1,
            Represents = DeviceNumber.Pack(5, 0),
        };
        return Errno.Success;
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        return Errno.NxIO;
    }
}

/// <summary>The box's terminals as a directory: an entry for each whose person is there.</summary>
internal sealed class TerminalDirectory(FileSystem fileSystem, Kernel kernel, Inode parent)
    : Inode(fileSystem, FileType.Directory, DeviceFileSystem.TerminalsNumber)
{
    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat { Device = FileSystem.Device, Inode = Number, Type = Type, Mode = 0x1ED, Links = 2 };
        return Errno.Success;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        bool isCanonical = name.Length == 1 || name[0] is > (byte)'0' and <= (byte)'9';
        if (!isCanonical || !Utf8Parser.TryParse(name, out int number, out int used) || used != name.Length ||
            kernel.Anonymous.TerminalFile(number) is not { } terminal)
        {
            return Errno.NoEnt;
        }

        child = new TerminalInode(FileSystem, NumberOf(number), terminal);
        return Errno.Success;
    }

    public override Errno LookupParent(out Inode? above)
    {
        above = parent;
        return Errno.Success;
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = new TerminalListing(kernel);
        return Errno.Success;
    }

    private static ulong NumberOf(int number) => DeviceFileSystem.FirstTerminal + (ulong)number;

    private sealed class TerminalListing(Kernel kernel) : DirectoryListing
    {
        public override Errno Read(ulong cookie, out DirectoryEntry entry)
        {
            for (ulong number = cookie; number < (ulong)kernel.Limits.Terminals; number++)
            {
                if (kernel.Anonymous.TerminalFile((int)number) is not null)
                {
                    byte[] name = new byte[10];
                    Utf8Formatter.TryFormat((int)number, name, out int length);
                    entry = new DirectoryEntry(name.AsMemory(0, length), NumberOf((int)number), FileType.CharacterDevice, number + 1);
                    return Errno.Success;
                }
            }

            entry = default;
            return Errno.Success;
        }
    }
}
