using System.Runtime.InteropServices;

namespace Marcotte.Wasix;

/// <summary>A process that was spawned, and the guest's ends of its piped streams (<c>process_handles</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 28)]
internal struct ProcessHandles
{
    /// <summary>Its number.</summary>
    [FieldOffset(0)]
    public int ProcessId;

    /// <summary>Where its standard input is written to.</summary>
    [FieldOffset(4)]
    public OptionPid Input;

    /// <summary>Where its standard output is read from.</summary>
    [FieldOffset(12)]
    public OptionPid Output;

    /// <summary>Where its standard error is read from.</summary>
    [FieldOffset(20)]
    public OptionPid Error;
}
