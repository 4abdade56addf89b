using System.Runtime.InteropServices;

namespace Marcotte.Wasix;

/// <summary>What a child was found to be (<c>join_status</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 6)]
internal struct JoinStatus
{
    /// <summary>Which of the others counts.</summary>
    [FieldOffset(0)]
    public JoinTag Tag;

    /// <summary>The exit code; 0 when a signal ended it.</summary>
    [FieldOffset(2)]
    public ushort Code;

    /// <summary>The signal that stopped it.</summary>
    [FieldOffset(2)]
    public byte StopSignal;

    /// <summary>The signal that ended it.</summary>
    [FieldOffset(4)]
    public byte Signal;
}
