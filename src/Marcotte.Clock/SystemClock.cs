using Marcotte.Core;

namespace Marcotte.Clock;

/// <summary>The clocks of a box that lives by its host's time. Reading them is a hot path: nothing virtual lies below.</summary>
internal sealed class SystemClock : BoxClock
{
    private readonly long _origin = HostTime.Monotonic() - TimeProviderClock.MonotonicStart;

    public override TimeProvider TimeProvider => TimeProvider.System;

    public override bool RunsOnHostTime => true;

    public override long Realtime() => HostTime.Realtime();

    public override long Monotonic() => HostTime.Monotonic() - _origin;

    public override Errno Now(ClockId clock, GuestThread thread, out long nanoseconds)
    {
        switch (clock)
        {
            case ClockId.Realtime:
                nanoseconds = HostTime.Realtime();
                return Errno.Success;
            case ClockId.Monotonic:
                nanoseconds = HostTime.Monotonic() - _origin;
                return Errno.Success;
            default:
                return ClockRules.CpuTime(clock, thread, HostTime.Monotonic() - _origin, out nanoseconds);
        }
    }

    public override Errno Resolution(ClockId clock, out long nanoseconds) =>
        ClockRules.Resolution(clock, HostTime.RealtimeStep, HostTime.MonotonicStep, out nanoseconds);
}
