using System.Runtime.InteropServices;

namespace Marcotte.Wasix;

/// <summary>A time, or none (<c>option_timestamp</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct OptionTimestamp
{
    /// <summary>1 when there is one.</summary>
    [FieldOffset(0)]
    public byte Tag;

    /// <summary>Nanoseconds.</summary>
    [FieldOffset(8)]
    public ulong Value;
}
