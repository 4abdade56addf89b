using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>A file of an archive, of any kind, under any number of names; shared by all boxes, and unchanged once it is numbered.</summary>
internal sealed class ArchiveNode(FileType type)
{
    public FileType Type => type;

    public bool IsDirectory => type == FileType.Directory;

    /// <summary>From 1, the root's, to the number of files there are; 0 while the archive is read.</summary>
    public int Number { get; set; }

    public ushort Mode { get; set; }

    public uint UserId { get; set; }

    public uint GroupId { get; set; }

    public long AccessTime { get; set; }

    public long ModifyTime { get; set; }

    public long ChangeTime { get; set; }

    public uint Links { get; set; }

    /// <summary>Of a device, its number as Linux's makedev(3) packs it.</summary>
    public ulong Represents { get; set; }

    /// <summary>Of a directory, the one that it is in; null of the root.</summary>
    public ArchiveNode? Parent { get; set; }

    /// <summary>Of a directory, whether it is only there because something is in it: no entry says anything of it.</summary>
    public bool IsImplied { get; set; }

    /// <summary>Of a directory, its entries; null when it has none.</summary>
    public ArchiveNames? Names { get; set; }

    /// <summary>Of a directory, whether nothing of the same directory in layers below is seen.</summary>
    public bool IsOpaque { get; set; }

    /// <summary>Of a symbolic link, what it says.</summary>
    public byte[]? Target { get; init; }

    /// <summary>Of a file that is not empty, what its bytes are a range of.</summary>
    public ArchiveBytes? Bytes { get; init; }

    public long Offset { get; init; }

    public long Size { get; init; }

    /// <summary>Whether it only says that a name of the layers below is not there.</summary>
    public bool IsWhiteout => type == FileType.CharacterDevice && Represents == 0;

    public void TakeMetadata(ArchiveNode other)
    {
        IsImplied = other.IsImplied;
        Mode = other.Mode;
        UserId = other.UserId;
        GroupId = other.GroupId;
        AccessTime = other.AccessTime;
        ModifyTime = other.ModifyTime;
        ChangeTime = other.ChangeTime;
    }
}
