using Marcotte.Core;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Clock.Tests;

[TestFixture]
public sealed class TimeProviderClockTests
{
    private const long Second = 1_000_000_000;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

    [Test]
    public void Realtime_is_nanoseconds_since_1970_in_utc()
    {
        Guest guest = Guest.On(new FakeTimeProvider(Noon));
        Assert.That(guest.Read(ClockId.Realtime), Is.EqualTo(Noon.ToUnixTimeSeconds() * Second));
        Assert.That(guest.Clock.Realtime(), Is.EqualTo(guest.Read(ClockId.Realtime)));
    }

    [Test]
    public void Realtime_keeps_the_last_100_ns()
    {
        FakeTimeProvider time = new(Noon);
        Guest guest = Guest.On(time);
        long before = guest.Read(ClockId.Realtime);
        time.Advance(TimeSpan.FromTicks(3));
        Assert.That(guest.Read(ClockId.Realtime) - before, Is.EqualTo(300));
        Assert.That(guest.Read(ClockId.Monotonic), Is.EqualTo(TimeProviderClock.MonotonicStart + 300));
    }

    [TestCase(1, 0)]
    [TestCase(1969, 0)]
    [TestCase(2263, long.MaxValue - 1)]
    [TestCase(9999, long.MaxValue - 1)]
    public void Extreme_times_are_clamped(int year, long shown)
    {
        Guest guest = Guest.With(options => options.Fixed(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(guest.Read(ClockId.Realtime), Is.EqualTo(shown));
        Assert.That(guest.Clock.Remaining(guest.In(-5, ClockId.Realtime), guest.Thread), Is.Zero);
    }

    [Test]
    public void The_last_moment_that_fits_is_exact()
    {
        DateTimeOffset last = DateTimeOffset.UnixEpoch.AddTicks(long.MaxValue / 100);
        Assert.That(Guest.On(new FixedTimeProvider(last)).Read(ClockId.Realtime), Is.EqualTo(long.MaxValue / 100 * 100));
    }

    [Test]
    public void Monotonic_starts_at_one_second_in_every_box()
    {
        FakeTimeProvider time = new(Noon);
        Assert.That(Guest.On(time).Read(ClockId.Monotonic), Is.EqualTo(Second));
        time.Advance(TimeSpan.FromDays(365));
        Assert.That(Guest.On(time).Read(ClockId.Monotonic), Is.EqualTo(Second));
        Assert.That(Guest.With(options => options.System()).Read(ClockId.Monotonic), Is.InRange(Second, 60 * Second));
    }

    [TestCase(1L, 3UL, 3 * Second)]
    [TestCase(1_000_000_000L, 123_456_789_012_345UL, 123_456_789_012_345L)]
    [TestCase(10_000_000L, 92_233_720_368_547_757UL, 9_223_372_036_854_775_700L)]
    [TestCase(3L, 10UL, 3_333_333_333L)]
    [TestCase(24_000_000L, 24_000_000UL * 86_400 * 365 * 100 + 1, 86_400L * 365 * 100 * Second + 41)]
    [TestCase(long.MaxValue, (ulong)long.MaxValue + 1, Second)]
    [TestCase(long.MaxValue, 9_223_372_037UL, 1)]
    [TestCase(1L, ulong.MaxValue, long.MaxValue - 1)]
    [TestCase(10_000_000L, 92_233_720_368_547_759UL, long.MaxValue - 1)]
    public void Ticks_become_nanoseconds_exactly_and_never_overflow(long frequency, ulong ticks, long nanoseconds) =>
        Assert.That(Nanoseconds.OfTicks(ticks, frequency), Is.EqualTo(nanoseconds));

    [Test]
    public void Monotonic_spans_the_whole_range_of_timestamps()
    {
        Handmade time = new() { Frequency = Second, Timestamp = long.MinValue };
        TimeProviderClock clock = new(time);
        time.Timestamp = -1;
        Assert.That(clock.Monotonic(), Is.EqualTo(long.MaxValue - 1));
        time.Timestamp = long.MaxValue;
        Assert.That(clock.Monotonic(), Is.EqualTo(long.MaxValue - 1));
    }

    [Test]
    public void Monotonic_does_not_go_back_when_its_provider_does()
    {
        Handmade time = new() { Frequency = Second, Timestamp = 1_000 };
        TimeProviderClock clock = new(time);
        time.Timestamp = 1_500;
        Assert.That(clock.Monotonic(), Is.EqualTo(Second + 500));
        time.Timestamp = 1_200;
        Assert.That(clock.Monotonic(), Is.EqualTo(Second + 500));
        time.Timestamp = 0;
        Assert.That(clock.Monotonic(), Is.EqualTo(Second + 500));
        time.Timestamp = 1_501;
        Assert.That(clock.Monotonic(), Is.EqualTo(Second + 501));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void A_provider_without_a_frequency_is_refused(long frequency)
    {
        Handmade time = new() { Frequency = frequency };
        Assert.That(() => new TimeProviderClock(time), Throws.ArgumentException.With.Message.Contains(nameof(Handmade)));
    }

    [Test]
    public void A_clock_that_there_is_not_is_invalid()
    {
        foreach (Guest guest in new[] { Guest.With(_ => { }), Guest.On(new FakeTimeProvider()) })
        {
            Assert.That(guest.Clock.Now((ClockId)4, guest.Thread, out long time), Is.EqualTo(Errno.Inval));
            Assert.That(time, Is.Zero);
            Assert.That(guest.Clock.Resolution((ClockId)4, out time), Is.EqualTo(Errno.Inval));
            Assert.That(time, Is.Zero);
        }
    }

    [Test]
    public void Resolution_is_the_provider_s_step([Values] ClockId clock)
    {
        Handmade coarse = new() { Frequency = 1000 };
        Assert.That(new TimeProviderClock(coarse).Resolution(clock, out long step), Is.EqualTo(Errno.Success));
        Assert.That(step, Is.EqualTo(clock == ClockId.Realtime ? 100 : 1_000_000));

        Handmade finer = new() { Frequency = long.MaxValue };
        Assert.That(new TimeProviderClock(finer).Resolution(clock, out step), Is.EqualTo(Errno.Success));
        Assert.That(step, Is.EqualTo(clock == ClockId.Realtime ? 100 : 1));
    }

    [Test]
    public void Only_the_system_s_provider_runs_on_host_time()
    {
        Assert.That(new TimeProviderClock(TimeProvider.System).RunsOnHostTime, Is.True);
        Assert.That(new TimeProviderClock(new FakeTimeProvider()).RunsOnHostTime, Is.False);
        Assert.That(new TimeProviderClock(new ScaledTimeProvider(1)).RunsOnHostTime, Is.False);
        Assert.That(new TimeProviderClock(new FixedTimeProvider(Noon)).RunsOnHostTime, Is.False);
    }

    private sealed class Handmade : TimeProvider
    {
        internal long Frequency { get; set; }

        internal long Timestamp { get; set; }

        public override long TimestampFrequency => Frequency;

        public override long GetTimestamp() => Timestamp;
    }
}
