using Marcotte.Core;

namespace Marcotte.Clock;

/// <summary>The clocks of one box, driven by any <see cref="TimeProvider"/>.</summary>
public sealed class TimeProviderClock : BoxClock
{
    /// <summary>
    /// Where a box's monotonic clock starts: one second, so that a guest learns nothing of its host's uptime, and one that
    /// takes 0 for "never" or counts a little back is not led astray.
    /// </summary>
    public const long MonotonicStart = 1_000_000_000;

    /// <summary>What <see cref="DateTimeOffset"/> counts in.</summary>
    private const long RealtimeStep = 100;

    private readonly TimeProvider _provider;
    private readonly long _frequency;
    private readonly long _origin;
    private long _latest = MonotonicStart;

    /// <summary>Starts the clocks.</summary>
    /// <param name="provider">Where time comes from.</param>
    /// <exception cref="ArgumentException">The provider's timestamp frequency is not above 0.</exception>
    public TimeProviderClock(TimeProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _provider = provider;
        _frequency = provider.TimestampFrequency;
        if (_frequency <= 0)
        {
            throw new ArgumentException(
                $"The TimestampFrequency of {provider.GetType().Name} is {_frequency}; make it a number of ticks a second, above 0.", nameof(provider));
        }

        _origin = provider.GetTimestamp();
    }

    /// <inheritdoc/>
    public override TimeProvider TimeProvider => _provider;

    /// <summary>Whether the provider is the system's.</summary>
    public override bool RunsOnHostTime => ReferenceEquals(_provider, TimeProvider.System);

    /// <inheritdoc/>
    /// <remarks>Between 1970-01-01 and 2262-04-11: what lies outside is shown as the end that is nearer.</remarks>
    public override long Realtime() => Nanoseconds.SinceEpoch(_provider.GetUtcNow());

    /// <inheritdoc/>
    /// <remarks>Starts at <see cref="MonotonicStart"/>, and stands still should the provider go back.</remarks>
    public override long Monotonic()
    {
        long elapsed = Nanoseconds.OfTicks(Nanoseconds.Between(_origin, _provider.GetTimestamp()), _frequency);
        long now = Math.Min(elapsed, Nanoseconds.Last - MonotonicStart) + MonotonicStart;
        long latest = Volatile.Read(ref _latest);
        while (now > latest)
        {
            long seen = Interlocked.CompareExchange(ref _latest, now, latest);
            if (seen == latest)
            {
                return now;
            }

            latest = seen;
        }

        return latest;
    }

    /// <inheritdoc/>
    /// <returns><see cref="Errno.Inval"/> for a clock that there is not.</returns>
    public override Errno Now(ClockId clock, GuestThread thread, out long nanoseconds)
    {
        switch (clock)
        {
            case ClockId.Realtime:
                nanoseconds = Realtime();
                return Errno.Success;
            case ClockId.Monotonic:
                nanoseconds = Monotonic();
                return Errno.Success;
            default:
                return ClockRules.CpuTime(clock, thread, Monotonic(), out nanoseconds);
        }
    }

    /// <inheritdoc/>
    /// <returns><see cref="Errno.Inval"/> for a clock that there is not.</returns>
    public override Errno Resolution(ClockId clock, out long nanoseconds) =>
        ClockRules.Resolution(clock, RealtimeStep, Math.Max(1, Nanoseconds.PerSecond / _frequency), out nanoseconds);
}
