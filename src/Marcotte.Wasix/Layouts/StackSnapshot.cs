using System.Runtime.InteropServices;

namespace Marcotte.Wasix;

/// <summary>A place to go back to, as a guest keeps it (<c>stack_snapshot</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct StackSnapshot
{
    /// <summary>The number of the checkpoint.</summary>
    [FieldOffset(0)]
    public ulong User;

    /// <summary>The first half of what tells checkpoints apart; the number again.</summary>
    [FieldOffset(8)]
    public ulong HashLow;

    /// <summary>The second half; 0.</summary>
    [FieldOffset(16)]
    public ulong HashHigh;
}
