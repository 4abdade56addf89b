using System.Runtime.InteropServices;

namespace Marcotte.Wasi;

/// <summary>Something that has come (witx <c>event</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct Event
{
    /// <summary>What the subscription said.</summary>
    [FieldOffset(0)]
    public ulong UserData;

    /// <summary>Preview 1's number of an error.</summary>
    [FieldOffset(8)]
    public ushort Error;

    /// <summary>What was waited for.</summary>
    [FieldOffset(10)]
    public EventType Type;

    /// <summary>Bytes that may be had; a hint.</summary>
    [FieldOffset(16)]
    public ulong Bytes;

    /// <summary>What else is known of the file.</summary>
    [FieldOffset(24)]
    public EventRwFlags Flags;
}
