using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>What a file is watched for, or found ready for, and what the guest knows it by (<c>epoll_event</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct PollerEvent
{
    /// <summary>What for.</summary>
    [FieldOffset(0)]
    public PollerBits Events;

    /// <summary>The guest's; handed back as it is.</summary>
    [FieldOffset(8)]
    public ulong First;

    /// <summary>The guest's.</summary>
    [FieldOffset(16)]
    public ulong Second;

    /// <summary>The guest's.</summary>
    [FieldOffset(24)]
    public ulong Third;

    /// <summary>What Core calls it.</summary>
    /// <returns>The interest.</returns>
    internal readonly PollInterest ToInterest() => new(Events.ToReadiness(), Events.ToModes(), new PollData(First, Second, Third));
}
