namespace Marcotte.Core;

/// <summary>What a mount allows less of than its files do (POSIX f_flag).</summary>
[Flags]
public enum MountFlags : byte
{
    /// <summary>Nothing less.</summary>
    None = 0,

    /// <summary>Nothing can be changed (ST_RDONLY).</summary>
    ReadOnly = 1,

    /// <summary>Set-user-id and set-group-id bits have no effect (ST_NOSUID).</summary>
    NoSetId = 2,

    /// <summary>Nothing can be executed (ST_NOEXEC).</summary>
    NoExecute = 4,
}

/// <summary>What is known of a file system and the mount it is seen through (POSIX struct statvfs).</summary>
public record struct FileSystemStat
{
    /// <summary>Bytes of one unit that <see cref="Blocks"/> and its like count; 0 when there is nothing to count.</summary>
    public uint BlockSize { get; set; }

    /// <summary>Units there can be; 0 when nothing bounds them.</summary>
    public ulong Blocks { get; set; }

    /// <summary>Units that are free.</summary>
    public ulong FreeBlocks { get; set; }

    /// <summary>Inodes there can be; 0 when nothing bounds them.</summary>
    public ulong Inodes { get; set; }

    /// <summary>Inodes that are free.</summary>
    public ulong FreeInodes { get; set; }

    /// <summary>The file system, as <see cref="FileStat.Device"/> has it.</summary>
    public ulong Device { get; set; }

    /// <summary>Bytes of the longest name.</summary>
    public uint NameBytes { get; set; }

    /// <summary>What the mount allows less of.</summary>
    public MountFlags Flags { get; set; }
}
