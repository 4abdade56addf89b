namespace Marcotte.Core;

/// <summary>What is known of an inode (POSIX struct stat). Times are nanoseconds since 1970-01-01T00:00:00Z.</summary>
public record struct FileStat
{
    /// <summary>The file system; together with <see cref="Inode"/> it identifies the file within the box.</summary>
    public ulong Device { get; set; }

    /// <summary>The number within the file system.</summary>
    public ulong Inode { get; set; }

    /// <summary>The kind.</summary>
    public FileType Type { get; set; }

    /// <summary>Permission bits, set-id and sticky bits: the low twelve of POSIX's st_mode.</summary>
    public ushort Mode { get; set; }

    /// <summary>Directory entries that name it.</summary>
    public uint Links { get; set; }

    /// <summary>The owner.</summary>
    public uint UserId { get; set; }

    /// <summary>The group.</summary>
    public uint GroupId { get; set; }

    /// <summary>Which device it stands for, for device files.</summary>
    public ulong Represents { get; set; }

    /// <summary>Bytes; of a symbolic link, those of its target.</summary>
    public long Size { get; set; }

    /// <summary>Units of 512 bytes that it takes up.</summary>
    public long Blocks { get; set; }

    /// <summary>When it was last read.</summary>
    public long AccessTime { get; set; }

    /// <summary>When its content last changed.</summary>
    public long ModifyTime { get; set; }

    /// <summary>When anything about it last changed.</summary>
    public long ChangeTime { get; set; }
}
