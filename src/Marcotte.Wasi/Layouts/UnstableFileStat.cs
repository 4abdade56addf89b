using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>What is known of a file in snapshot 0: its link count has 32 bits, so all after it lies elsewhere.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct UnstableFileStat
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
    [FieldOffset(20)]
    public uint Links;

    /// <summary>Bytes.</summary>
    [FieldOffset(24)]
    public ulong Size;

    /// <summary>Last read.</summary>
    [FieldOffset(32)]
    public ulong AccessTime;

    /// <summary>Content last changed.</summary>
    [FieldOffset(40)]
    public ulong ModifyTime;

    /// <summary>Anything last changed.</summary>
    [FieldOffset(48)]
    public ulong ChangeTime;

    /// <summary>Writes what Core knows as snapshot 0 wants it.</summary>
    /// <param name="stat">What Core knows.</param>
    internal UnstableFileStat(in FileStat stat)
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
