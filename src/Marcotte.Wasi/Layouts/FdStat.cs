using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>What a descriptor is (witx <c>fdstat</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct FdStat
{
    /// <summary>The kind of file.</summary>
    [FieldOffset(0)]
    public WasiFileType FileType;

    /// <summary>Status flags: <see cref="FdFlags"/> in 16 bits.</summary>
    [FieldOffset(2)]
    public ushort Flags;

    /// <summary>What the descriptor may do.</summary>
    [FieldOffset(8)]
    public Rights RightsBase;

    /// <summary>What descriptors opened through it may do at most.</summary>
    [FieldOffset(16)]
    public Rights RightsInheriting;
}
