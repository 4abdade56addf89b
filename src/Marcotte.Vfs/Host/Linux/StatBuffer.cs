using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>What statx(2) says of a file (struct statx, the same on every architecture).</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatBuffer
{
    /// <summary>STATX_BASIC_STATS.</summary>
    internal const uint Basic = 0x7FF;

    private const uint TypeMask = 0xF000;
    private const uint TypeFifo = 0x1000;
    private const uint TypeCharacter = 0x2000;
    private const uint TypeDirectory = 0x4000;
    private const uint TypeBlock = 0x6000;
    private const uint TypeRegular = 0x8000;
    private const uint TypeLink = 0xA000;
    private const uint TypeSocket = 0xC000;
    private const long SecondsLimit = long.MaxValue / 1_000_000_000 - 1;

    [FieldOffset(16)]
    private uint _links;

    [FieldOffset(20)]
    private uint _user;

    [FieldOffset(24)]
    private uint _group;

    [FieldOffset(28)]
    private ushort _mode;

    [FieldOffset(32)]
    private ulong _inode;

    [FieldOffset(40)]
    private ulong _size;

    [FieldOffset(48)]
    private ulong _blocks;

    [FieldOffset(64)]
    private StatTime _access;

    [FieldOffset(96)]
    private StatTime _change;

    [FieldOffset(112)]
    private StatTime _modify;

    [FieldOffset(128)]
    private uint _representsMajor;

    [FieldOffset(132)]
    private uint _representsMinor;

    [FieldOffset(136)]
    private uint _deviceMajor;

    [FieldOffset(140)]
    private uint _deviceMinor;

    /// <summary>The kind of file.</summary>
    internal readonly FileType Type => TypeOf(_mode);

    /// <summary>Which file of the host it is.</summary>
    internal readonly HostIdentity Identity => new(((ulong)_deviceMajor << 32) | _deviceMinor, _inode);

    /// <summary>Permission, set-id and sticky bits.</summary>
    internal readonly ushort Mode => (ushort)(_mode & 0xFFF);

    /// <summary>The host's owner.</summary>
    internal readonly uint User => _user;

    /// <summary>The host's group.</summary>
    internal readonly uint Group => _group;

    /// <summary>The kind that a directory entry tells (DT_*): the mode's type bits, moved down.</summary>
    internal static FileType TypeOfEntry(byte kind) => TypeOf((uint)kind << 12);

    /// <summary>The same in the box's terms.</summary>
    /// <param name="fileSystem">The file system it belongs to.</param>
    /// <returns>What the box sees.</returns>
    internal readonly FileStat Describe(LinuxHostFileSystem fileSystem) => new()
    {
        Device = Identity.DeviceInBox(fileSystem.Home, fileSystem.Device),
        Inode = _inode,
        Type = Type,
        Mode = Mode,
        Links = _links,
        UserId = fileSystem.Owners.User(_user),
        GroupId = fileSystem.Owners.Group(_group),
        Represents = DeviceNumber.Pack(_representsMajor, _representsMinor),
        Size = (long)Math.Min(_size, long.MaxValue),
        Blocks = (long)Math.Min(_blocks, long.MaxValue),
        AccessTime = _access.Nanoseconds,
        ModifyTime = _modify.Nanoseconds,
        ChangeTime = _change.Nanoseconds,
    };

    private static FileType TypeOf(uint mode) => (mode & TypeMask) switch
    {
        TypeRegular => FileType.Regular,
        TypeDirectory => FileType.Directory,
        TypeLink => FileType.SymbolicLink,
        TypeFifo => FileType.Fifo,
        TypeCharacter => FileType.CharacterDevice,
        TypeBlock => FileType.BlockDevice,
        TypeSocket => FileType.StreamSocket,
        _ => FileType.Unknown,
    };

    /// <summary>A moment (struct statx_timestamp).</summary>
    private struct StatTime
    {
        private long _seconds;
        private uint _nanoseconds;
        private int _reserved;

        /// <summary>Nanoseconds since 1970; the ends of the range for what lies beyond.</summary>
        internal readonly long Nanoseconds => _seconds switch
        {
            > SecondsLimit => SecondsLimit * 1_000_000_000,
            < -SecondsLimit => -SecondsLimit * 1_000_000_000,
            _ => (_seconds * 1_000_000_000) + _nanoseconds,
        };
    }
}
