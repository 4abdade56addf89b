using Marcotte.Core;

namespace Marcotte.Clock;

/// <summary>Which time a box lives by. The choices exclude each other: the last one counts, and the system's is the default.</summary>
public sealed class ClockOptions : LayerOptions
{
    private Func<BoxClock> _clock = SystemClock;

    /// <summary>The host's time.</summary>
    /// <returns>These options.</returns>
    public ClockOptions System()
    {
        _clock = SystemClock;
        return this;
    }

    /// <summary>
    /// Time that never passes, so that whatever asks for it is answered the same in every run. A guest's sleep ends at
    /// once, and so does any wait that has a deadline.
    /// </summary>
    /// <param name="now">The time of day; below 1970 and beyond 2262 it is taken as the nearest that a guest can be told.</param>
    /// <returns>These options.</returns>
    public ClockOptions Fixed(DateTimeOffset now) => From(new FixedTimeProvider(now));

    /// <summary>The host's time, faster or slower; sleeps are shorter or longer accordingly.</summary>
    /// <param name="factor">How many seconds pass in the box for one of the host's; above 0.</param>
    /// <param name="start">The time of day at which each box starts; the host's when null.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 0, or not finite.</exception>
    public ClockOptions Scaled(double factor, DateTimeOffset? start = null)
    {
        TimeScale scale = new(factor);
        _clock = () => new TimeProviderClock(new ScaledTimeProvider(scale, start, TimeProvider.System));
        return this;
    }

    /// <summary>Time that passes only when the host says so. Boxes that share the provider share their time.</summary>
    /// <param name="provider">What the host steps.</param>
    /// <returns>These options.</returns>
    public ClockOptions Stepped(SteppedTimeProvider provider) => From(provider);

    /// <summary>
    /// Time that passes by what the guest does alone, so that runs repeat to the byte (with seeded entropy): it jumps to the deadline of a wait as
    /// soon as the guest waits, and a little further whenever the guest reads a clock. Each box starts anew.
    /// </summary>
    /// <remarks>A wait that could end by something else, such as input, waits for that only as long as it is there already (<see cref="SteppedTimeProvider.AutoAdvance"/>).</remarks>
    /// <param name="start">The time of day at which each box starts.</param>
    /// <param name="perReading">
    /// What passes with each reading, in steps of 100 ns: a microsecond when null. With zero, a guest that reads a clock until it has advanced never ends.
    /// </param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">What passes is negative.</exception>
    public ClockOptions Virtual(DateTimeOffset start, TimeSpan? perReading = null)
    {
        TimeSpan step = perReading ?? TimeSpan.FromMicroseconds(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero, nameof(perReading));
        _clock = () => new VirtualClock(new SteppedTimeProvider(start) { AutoAdvance = true }, step);
        return this;
    }

    /// <summary>Any other time, such as that of a <c>FakeTimeProvider</c>; its timers end the box's waits.</summary>
    /// <param name="provider">Where time comes from.</param>
    /// <returns>These options.</returns>
    public ClockOptions From(TimeProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _clock = ReferenceEquals(provider, TimeProvider.System) ? SystemClock : () => new TimeProviderClock(provider);
        return this;
    }

    /// <inheritdoc/>
    public override Layer Build(Limits limits) => new ClockLayer(_clock);

    private static BoxClock SystemClock() => new SystemClock();
}
