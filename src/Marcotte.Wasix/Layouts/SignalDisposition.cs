using System.Runtime.InteropServices;

namespace Marcotte.Wasix;

/// <summary>What a process does about a signal (<c>signal_disposition</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 2)]
internal struct SignalDisposition
{
    /// <summary>The signal.</summary>
    [FieldOffset(0)]
    public byte Signal;

    /// <summary>0 the default, 1 nothing.</summary>
    [FieldOffset(1)]
    public byte Disposition;
}
