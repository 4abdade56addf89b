using System.Diagnostics;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Clock.Tests;

[TestFixture]
public sealed class SleepTests
{
    private const long Second = 1_000_000_000;
    private const long Day = 24 * 60 * 60 * Second;

    [Test]
    public async Task A_sleep_ends_when_the_host_steps_there_and_not_before([Values(ClockId.Realtime, ClockId.Monotonic, ClockId.ProcessCpu, ClockId.ThreadCpu)] ClockId clock)
    {
        SteppedTimeProvider time = new();
        Guest guest = Guest.On(time);
        Task<Errno> sleep = guest.Sleep(guest.In(5 * Second, clock));
        Guest.Until(() => time.PendingTimers == 1);
        time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.That(time.PendingTimers, Is.EqualTo(1), "It went off early.");
        time.Advance(TimeSpan.FromTicks(1));
        Assert.That(await Guest.Outcome(sleep), Is.EqualTo(Errno.Again));
        Assert.That(time.PendingTimers, Is.Zero);
    }

    [Test]
    public async Task A_FakeTimeProvider_ends_a_sleep()
    {
        FakeTimeProvider fake = new();
        Watched time = new(fake);
        Guest guest = Guest.On(time);
        Task<Errno> sleep = guest.Sleep(guest.In(3600 * Second));
        Guest.Until(() => time.TimersSet == 1);
        fake.Advance(TimeSpan.FromHours(1));
        Assert.That(await Guest.Outcome(sleep), Is.EqualTo(Errno.Again));
        Assert.That(guest.Read(ClockId.Monotonic), Is.EqualTo(TimeProviderClock.MonotonicStart + (3600 * Second)));
    }

    [Test]
    public async Task A_sleep_longer_than_any_timer_lasts_its_full_length()
    {
        SteppedTimeProvider time = new();
        Guest guest = Guest.On(time);
        Task<Errno> sleep = guest.Sleep(guest.In(100 * Day));
        Guest.Until(() => time.PendingTimers == 1);
        time.Advance(TimeSpan.FromDays(99));
        Assert.That(time.PendingTimers, Is.EqualTo(1));
        Assert.That(time.NextTimer, Is.EqualTo(TimeSpan.FromDays(1)));
        time.Advance(TimeSpan.FromDays(1));
        Assert.That(await Guest.Outcome(sleep), Is.EqualTo(Errno.Again));
    }

    [Test]
    public async Task The_last_deadline_there_is_can_be_interrupted()
    {
        SteppedTimeProvider time = new();
        Guest guest = Guest.On(time);
        Task<Errno> sleep = guest.Sleep(new Deadline(ClockId.Monotonic, long.MaxValue - 1));
        Guest.Until(() => time.PendingTimers == 1);
        guest.Thread.Interrupt();
        Assert.That(await Guest.Outcome(sleep), Is.EqualTo(Errno.Intr));
        Assert.That(time.PendingTimers, Is.Zero);
    }

    [Test]
    public async Task A_sleep_ends_at_once_on_a_fixed_clock([Values(1, 5 * Second, 100 * Day, long.MaxValue - (2 * Second))] long length)
    {
        Guest guest = Guest.With(options => options.Fixed(new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero)));
        Task<Errno> sleep = guest.Sleep(guest.In(length));
        Assert.That(await Guest.Outcome(sleep), Is.EqualTo(Errno.Again));
        Assert.That(guest.Read(ClockId.Monotonic), Is.EqualTo(TimeProviderClock.MonotonicStart));
    }

    [Test]
    public async Task A_sleep_on_a_fast_clock_is_short_for_the_host_and_full_for_the_guest()
    {
        Guest guest = Guest.With(options => options.Scaled(1e8));
        Deadline deadline = guest.In(100 * Day);
        long began = Stopwatch.GetTimestamp();
        Assert.That(await Guest.Outcome(guest.Sleep(deadline)), Is.EqualTo(Errno.Again));
        Assert.That(guest.Read(ClockId.Monotonic), Is.GreaterThanOrEqualTo(deadline.Time));
        Assert.That(Stopwatch.GetElapsedTime(began), Is.GreaterThan(TimeSpan.FromMilliseconds(80)).And.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task A_sleep_on_the_system_s_clock_is_not_short([Values(50_000, 300_000, 3_000_000)] long length)
    {
        Guest guest = Guest.With(options => options.System());
        Deadline deadline = guest.In(length);
        Assert.That(await Guest.Outcome(guest.Sleep(deadline)), Is.EqualTo(Errno.Again));
        Assert.That(guest.Read(ClockId.Monotonic), Is.GreaterThanOrEqualTo(deadline.Time));
    }

    [Test]
    public async Task A_deadline_in_the_past_is_none([Values(long.MinValue, long.MinValue + 1, 0, 5)] long moment)
    {
        Guest guest = Guest.On(new SteppedTimeProvider());
        Assert.That(await Guest.Outcome(guest.Sleep(new Deadline(ClockId.Realtime, moment))), Is.EqualTo(Errno.Again));
    }

    [Test]
    public async Task A_timer_that_went_off_too_late_does_not_end_the_next_sleep()
    {
        Watched time = new(new SteppedTimeProvider());
        Guest guest = Guest.On(time);
        Task<Errno> first = guest.Sleep(guest.In(Second));
        Guest.Until(() => time.TimersSet == 1);
        guest.Thread.Interrupt();
        Assert.That(await Guest.Outcome(first), Is.EqualTo(Errno.Intr));

        Task<Errno> second = guest.Sleep(guest.In(Second));
        Guest.Until(() => time.TimersSet == 2);
        time.Callbacks[0]();
        Assert.That(second.IsCompleted, Is.False);
        guest.Thread.Interrupt();
        Assert.That(await Guest.Outcome(second), Is.EqualTo(Errno.Intr), "The first sleep's timer ended the second sleep.");
    }

    /// <summary>Counts the timers that were set, and keeps their callbacks.</summary>
    private sealed class Watched(TimeProvider inner) : TimeProvider
    {
        private int _set;

        internal int TimersSet => Volatile.Read(ref _set);

        internal List<Action> Callbacks { get; } = [];

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Callbacks.Add(() => callback(state));
            return new Timer(this, inner.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class Timer(Watched owner, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                bool changed = timer.Change(dueTime, period);
                Interlocked.Increment(ref owner._set);
                return changed;
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
