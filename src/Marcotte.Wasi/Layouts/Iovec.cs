using System.Runtime.InteropServices;

namespace Marcotte.Wasi;

/// <summary>A stretch of guest memory to read into or to write from (witx <c>iovec</c> and <c>ciovec</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct Iovec
{
    /// <summary>Its first byte.</summary>
    [FieldOffset(0)]
    public uint Address;

    /// <summary>Its length in bytes.</summary>
    [FieldOffset(4)]
    public uint Length;
}
