namespace Marcotte.Core;

/// <summary>One entry of a directory, as a listing gives it.</summary>
/// <param name="Name">The name's bytes; valid until the directory is next asked. Empty at the end of the listing.</param>
/// <param name="Inode">The inode's number, as <see cref="FileStat.Inode"/> has it.</param>
/// <param name="Type">The inode's kind.</param>
/// <param name="Next">The cookie that resumes after this entry; it stays right while entries come and go.</param>
public readonly record struct DirectoryEntry(ReadOnlyMemory<byte> Name, ulong Inode, FileType Type, ulong Next)
{
    /// <summary>Whether the listing has ended.</summary>
    public bool IsEnd => Name.IsEmpty;
}
