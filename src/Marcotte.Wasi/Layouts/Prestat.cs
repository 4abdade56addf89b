using System.Runtime.InteropServices;

namespace Marcotte.Wasi;

/// <summary>What a preopened descriptor is (witx <c>prestat</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct Prestat
{
    /// <summary>The kind; 0 is a directory, the only one.</summary>
    [FieldOffset(0)]
    public byte Tag;

    /// <summary>Bytes of its name, without a NUL.</summary>
    [FieldOffset(4)]
    public uint NameLength;
}
