using System.Runtime.InteropServices;

namespace Marcotte.Wasi;

/// <summary>The head of a directory's entry (witx <c>dirent</c>); the name follows, and the next entry right after it, unaligned.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct Dirent
{
    /// <summary>The cookie that resumes after this entry.</summary>
    [FieldOffset(0)]
    public ulong Next;

    /// <summary>The inode's number.</summary>
    [FieldOffset(8)]
    public ulong Inode;

    /// <summary>Bytes of the name, without a NUL.</summary>
    [FieldOffset(16)]
    public uint NameLength;

    /// <summary>The inode's kind.</summary>
    [FieldOffset(20)]
    public WasiFileType FileType;
}
