using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>What is known of a file (witx <c>filestat</c>). Times are nanoseconds since 1970, 0 when earlier or unknown.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct WasiFileStat
{
    /// <summary>The file system.</summary>
    [FieldOffset(0)]
    public ulong Device;

    /// <summary>The number within it.</summary>
    [FieldOffset(8)]
    public ulong Inode;

    /// <summary>The kind.</summary>
    [FieldOffset(16)]
    public WasiFileType FileType;

    /// <summary>Hard links.</summary>
    [FieldOffset(24)]
    public ulong Links;

    /// <summary>Bytes.</summary>
    [FieldOffset(32)]
    public ulong Size;

    /// <summary>Last read.</summary>
    [FieldOffset(40)]
    public ulong AccessTime;

    /// <summary>Content last changed.</summary>
    [FieldOffset(48)]
    public ulong ModifyTime;

    /// <summary>Anything last changed.</summary>
    [FieldOffset(56)]
    public ulong ChangeTime;

    /// <summary>Writes what Core knows as preview 1 wants it.</summary>
    /// <param name="stat">What Core knows.</param>
    internal WasiFileStat(in FileStat stat)
    {
        this = default;
        Device = stat.Device;
        Inode = stat.Inode;
        FileType = stat.Type.ToWasi();
        Links = stat.Links;
        Size = (ulong)stat.Size;
        AccessTime = (ulong)Math.Max(0, stat.AccessTime);
        ModifyTime = (ulong)Math.Max(0, stat.ModifyTime);
        ChangeTime = (ulong)Math.Max(0, stat.ChangeTime);
    }
}
