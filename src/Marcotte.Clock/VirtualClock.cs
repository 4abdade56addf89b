using Marcotte.Core;

namespace Marcotte.Clock;

/// <summary>The clocks of one box on a time of its own, which passes with each reading.</summary>
/// <remarks>Times of files are no readings: how often a file system asks for the time is not the guest's doing.</remarks>
/// <param name="provider">The time.</param>
/// <param name="perReading">What passes with a reading.</param>
internal sealed class VirtualClock(SteppedTimeProvider provider, TimeSpan perReading) : BoxClock
{
    private readonly TimeProviderClock _clock = new(provider);

    public override TimeProvider TimeProvider => provider;

    public override bool RunsOnHostTime => false;

    public override long Realtime() => _clock.Realtime();

    public override long Monotonic() => _clock.Monotonic();

    public override Errno Now(ClockId clock, GuestThread thread, out long nanoseconds)
    {
        if (DateTimeOffset.MaxValue - provider.GetUtcNow() > perReading)
        {
            provider.Advance(perReading);
        }

        return _clock.Now(clock, thread, out nanoseconds);
    }

    public override Errno Resolution(ClockId clock, out long nanoseconds) => _clock.Resolution(clock, out nanoseconds);
}
