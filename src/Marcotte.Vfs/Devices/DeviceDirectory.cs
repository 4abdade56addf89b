using Marcotte.Core;

namespace Marcotte.Vfs.Devices;

/// <summary>The directory of the devices, as a process sees it.</summary>
internal sealed class DeviceDirectory : Inode
{
    private static readonly byte[][] Streams = ["stdin"u8.ToArray(), "stdout"u8.ToArray(), "stderr"u8.ToArray()];
    private static readonly byte[] Terminal = "tty"u8.ToArray();
    private static readonly byte[] Descriptors = "fd"u8.ToArray();
    private static readonly byte[] TerminalMaker = "ptmx"u8.ToArray();
    private static readonly byte[] Terminals = "pts"u8.ToArray();

    /// <summary>What each process has of its own, in the order of the listing.</summary>
    private static readonly byte[][] Own = [.. Streams, Descriptors, Terminal, TerminalMaker, Terminals];

    private readonly DeviceInode[] _devices;
    private readonly Process? _process;
    private DeviceDirectory? _bound;

    public DeviceDirectory(DeviceFileSystem fileSystem, DeviceInode[] devices, Process? process)
        : base(fileSystem, FileType.Directory, DeviceFileSystem.RootNumber)
    {
        _devices = devices;
        _process = process;
        IsPerProcess = process is null;
    }

    /// <summary>The same for a process; the last one is remembered, since a box has few.</summary>
    public override Inode Bind(Process process)
    {
        DeviceDirectory? bound = Volatile.Read(ref _bound);
        if (bound is null || !ReferenceEquals(bound._process, process))
        {
            bound = new DeviceDirectory((DeviceFileSystem)FileSystem, _devices, process);
            Volatile.Write(ref _bound, bound);
        }

        return bound;
    }

    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat { Device = FileSystem.Device, Inode = Number, Type = Type, Mode = 0x1ED, Links = 3 };
        return Errno.Success;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        foreach (DeviceInode device in _devices)
        {
            if (name.SequenceEqual(device.Name))
            {
                child = device;
                return Errno.Success;
            }
        }

        if (_process is not null)
        {
            child = LookupOwn(_process, name);
        }

        return child is null ? Errno.NoEnt : Errno.Success;
    }

    public override Errno LookupParent(out Inode? parent)
    {
        parent = this;
        return Errno.Success;
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = new DeviceListing(this);
        return Errno.Success;
    }

    /// <summary>The entry at a place of the listing; without one there, whether the listing has ended.</summary>
    private DirectoryEntry EntryAt(int index, out bool isEnd)
    {
        ulong next = (ulong)index + 1;
        isEnd = false;
        if (index < _devices.Length)
        {
            return new DirectoryEntry(_devices[index].Name, _devices[index].Number, FileType.CharacterDevice, next);
        }

        index -= _devices.Length;
        isEnd = _process is null || index >= Own.Length;
        if (isEnd)
        {
            return default;
        }

        return LookupOwn(_process!, Own[index]) is { } own ? new DirectoryEntry(Own[index], own.Number, own.Type, next) : default;
    }

    private Inode? LookupOwn(Process process, ReadOnlySpan<byte> name)
    {
        for (int number = 0; number < Streams.Length; number++)
        {
            if (name.SequenceEqual(Streams[number]))
            {
                return process.Descriptors.TryGet(number, out _)
                    ? new DescriptorInode(FileSystem, process, number, DeviceFileSystem.StreamsNumber + (ulong)number)
                    : null;
            }
        }

        if (name.SequenceEqual(Descriptors))
        {
            return new DescriptorDirectory(FileSystem, process, this);
        }

        if (process.Kernel.Anonymous.TerminalMaker is { } maker)
        {
            if (name.SequenceEqual(TerminalMaker))
            {
                return new TerminalInode(FileSystem, DeviceFileSystem.TerminalMakerNumber, maker);
            }

            if (name.SequenceEqual(Terminals))
            {
                return new TerminalDirectory(FileSystem, process.Kernel, this);
            }
        }

        return name.SequenceEqual(Terminal) ? LookupTerminal(process) : null;
    }

    /// <summary>What controls the process's session, else a terminal of the host's among its streams.</summary>
    private Inode LookupTerminal(Process process)
    {
        if (process.Kernel.Anonymous.ControllingTerminal(process) is { } controlling)
        {
            return new TerminalInode(FileSystem, DeviceFileSystem.StreamsNumber + (ulong)Streams.Length, controlling);
        }

        for (int number = 0; number < Streams.Length; number++)
        {
            if (process.Descriptors.TryGet(number, out Descriptor? descriptor) && descriptor.File.Operations.IsTerminal)
            {
                return new DescriptorInode(FileSystem, process, number, DeviceFileSystem.StreamsNumber + (ulong)Streams.Length);
            }
        }

        return new AbsentTerminalInode(FileSystem, DeviceFileSystem.StreamsNumber + (ulong)Streams.Length);
    }

    private sealed class DeviceListing(DeviceDirectory directory) : DirectoryListing
    {
        public override Errno Read(ulong cookie, out DirectoryEntry entry)
        {
            int index = (int)Math.Min(cookie, int.MaxValue);
            bool isEnd;
            do
            {
                entry = directory.EntryAt(index++, out isEnd);
            }
            while (!isEnd && entry.IsEnd);

            return Errno.Success;
        }
    }
}
