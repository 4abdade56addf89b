using System.Runtime.InteropServices;

namespace Marcotte.Wasi;

/// <summary>Something that a guest waits for, whatever its layout.</summary>
internal interface ISubscription
{
    /// <summary>Handed back with the event.</summary>
    ulong UserData { get; }

    /// <summary>Which of the others count.</summary>
    EventType Type { get; }

    /// <summary>The clock.</summary>
    WasiClockId Clock { get; }

    /// <summary>Nanoseconds.</summary>
    ulong Timeout { get; }

    /// <summary>Whether <see cref="Timeout"/> is a moment rather than a while.</summary>
    SubClockFlags ClockFlags { get; }

    /// <summary>The descriptor.</summary>
    int Descriptor { get; }
}

/// <summary>Something that a guest waits for (witx <c>subscription</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct Subscription : ISubscription
{
    /// <inheritdoc cref="ISubscription.UserData"/>
    [FieldOffset(0)]
    public ulong UserData;

    /// <inheritdoc cref="ISubscription.Type"/>
    [FieldOffset(8)]
    public EventType Type;

    /// <inheritdoc cref="ISubscription.Clock"/>
    [FieldOffset(16)]
    public WasiClockId Clock;

    /// <inheritdoc cref="ISubscription.Descriptor"/>
    [FieldOffset(16)]
    public int Descriptor;

    /// <inheritdoc cref="ISubscription.Timeout"/>
    [FieldOffset(24)]
    public ulong Timeout;

    /// <summary>By how much the clock may be off; not used.</summary>
    [FieldOffset(32)]
    public ulong Precision;

    /// <inheritdoc cref="ISubscription.ClockFlags"/>
    [FieldOffset(40)]
    public SubClockFlags ClockFlags;

    readonly ulong ISubscription.UserData => UserData;

    readonly EventType ISubscription.Type => Type;

    readonly WasiClockId ISubscription.Clock => Clock;

    readonly ulong ISubscription.Timeout => Timeout;

    readonly SubClockFlags ISubscription.ClockFlags => ClockFlags;

    readonly int ISubscription.Descriptor => Descriptor;
}

/// <summary>Something that a guest waits for in snapshot 0: the clock has an identifier before it, which nobody uses.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct UnstableSubscription : ISubscription
{
    /// <inheritdoc cref="ISubscription.UserData"/>
    [FieldOffset(0)]
    public ulong UserData;

    /// <inheritdoc cref="ISubscription.Type"/>
    [FieldOffset(8)]
    public EventType Type;

    /// <summary>Not used.</summary>
    [FieldOffset(16)]
    public ulong Identifier;

    /// <inheritdoc cref="ISubscription.Descriptor"/>
    [FieldOffset(16)]
    public int Descriptor;

    /// <inheritdoc cref="ISubscription.Clock"/>
    [FieldOffset(24)]
    public WasiClockId Clock;

    /// <inheritdoc cref="ISubscription.Timeout"/>
    [FieldOffset(32)]
    public ulong Timeout;

    /// <summary>By how much the clock may be off; not used.</summary>
    [FieldOffset(40)]
    public ulong Precision;

    /// <inheritdoc cref="ISubscription.ClockFlags"/>
    [FieldOffset(48)]
    public SubClockFlags ClockFlags;

    readonly ulong ISubscription.UserData => UserData;

    readonly EventType ISubscription.Type => Type;

    readonly WasiClockId ISubscription.Clock => Clock;

    readonly ulong ISubscription.Timeout => Timeout;

    readonly SubClockFlags ISubscription.ClockFlags => ClockFlags;

    readonly int ISubscription.Descriptor => Descriptor;
}
