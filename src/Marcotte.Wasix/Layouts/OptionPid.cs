using System.Runtime.InteropServices;

namespace Marcotte.Wasix;

/// <summary>A process, or none (<c>option_pid</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct OptionPid
{
    /// <summary>1 when there is one.</summary>
    [FieldOffset(0)]
    public byte Tag;

    /// <summary>Its number.</summary>
    [FieldOffset(4)]
    public int Value;
}
