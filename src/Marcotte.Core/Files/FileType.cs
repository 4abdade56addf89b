namespace Marcotte.Core;

/// <summary>What kind of thing an inode or an open file is.</summary>
public enum FileType : byte
{
    /// <summary>Nothing that has a kind of its own, such as an event counter.</summary>
    Unknown,

    /// <summary>A FIFO or a pipe.</summary>
    Fifo,

    /// <summary>A character device; a terminal is one.</summary>
    CharacterDevice,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A block device.</summary>
    BlockDevice,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>A stream socket.</summary>
    StreamSocket,

    /// <summary>A datagram socket.</summary>
    DatagramSocket,
}
