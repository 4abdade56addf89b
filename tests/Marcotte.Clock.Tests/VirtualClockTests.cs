using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Clock.Tests;

/// <summary>Time that passes by what the guest does alone.</summary>
[TestFixture]
public sealed class VirtualClockTests
{
    private const long Second = 1_000_000_000;
    private const long Microsecond = 1_000;
    private static readonly DateTimeOffset Start = new(2024, 2, 29, 0, 0, 0, TimeSpan.Zero);

    private static Guest Still() => Guest.With(options => options.Virtual(Start, TimeSpan.Zero));

    [Test]
    public async Task A_sleep_is_over_at_once_and_has_lasted_for_the_guest([Values(ClockId.Realtime, ClockId.Monotonic)] ClockId clock, [Values(1, 100 * 24 * 3600)] long seconds)
    {
        Guest guest = Still();
        long before = guest.Read(clock);
        Assert.That(await Guest.Outcome(guest.Sleep(guest.In(seconds * Second, clock))), Is.EqualTo(Errno.Again));
        Assert.That(guest.Read(clock) - before, Is.EqualTo(seconds * Second));
    }

    [Test]
    public async Task Time_that_a_wait_steps_over_is_no_CPU_time()
    {
        Guest guest = Still();
        await Guest.Outcome(guest.Sleep(guest.In(5 * Second)));
        Assert.That(guest.Read(ClockId.ThreadCpu), Is.Zero);
        Assert.That(guest.Thread.Waiter.WaitedNanoseconds, Is.EqualTo(5 * Second));
    }

    [Test]
    public async Task A_sleep_on_a_CPU_clock_ends()
    {
        Guest guest = Still();
        Assert.That(await Guest.Outcome(guest.Sleep(guest.In(5 * Second, ClockId.ProcessCpu))), Is.EqualTo(Errno.Again));
    }

    [Test]
    public void Each_reading_lets_a_microsecond_pass_or_what_was_said()
    {
        Guest guest = Guest.With(options => options.Virtual(Start));
        long first = guest.Read(ClockId.Monotonic);
        Assert.That(guest.Read(ClockId.Monotonic) - first, Is.EqualTo(Microsecond));
        Guest coarse = Guest.With(options => options.Virtual(Start, TimeSpan.FromSeconds(1)));
        long began = coarse.Read(ClockId.Realtime);
        Assert.That(coarse.Read(ClockId.Realtime) - began, Is.EqualTo(Second));
    }

    [Test]
    public void The_time_of_files_is_no_reading()
    {
        Guest guest = Guest.With(options => options.Virtual(Start));
        Assert.That(guest.Clock.Realtime(), Is.EqualTo(Start.ToUnixTimeSeconds() * Second));
        Assert.That(guest.Clock.Realtime(), Is.EqualTo(Start.ToUnixTimeSeconds() * Second));
    }

    [Test]
    public void Each_box_starts_anew()
    {
        ClockOptions options = new();
        options.Virtual(Start);
        using Layer layer = options.Build(Limits.Default);
        Kernel first = new(Limits.Default);
        Kernel second = new(Limits.Default);
        layer.Attach(first);
        ((SteppedTimeProvider)first.Clock.TimeProvider).Advance(TimeSpan.FromDays(1));
        layer.Attach(second);
        Assert.That(second.Clock.Realtime(), Is.EqualTo(Start.ToUnixTimeSeconds() * Second));
    }

    [Test]
    public void The_end_of_time_is_reached_and_not_passed()
    {
        Guest guest = Guest.With(options => options.Virtual(DateTimeOffset.MaxValue));
        long last = guest.Read(ClockId.Realtime);
        Assert.That(guest.Read(ClockId.Realtime), Is.EqualTo(last));
    }

    [Test]
    public void Time_does_not_go_back() =>
        Assert.That(() => new ClockOptions().Virtual(Start, TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("perReading"));

    [Test]
    public void A_timer_of_an_own_provider_goes_off_when_it_is_set()
    {
        SteppedTimeProvider time = new(Start) { AutoAdvance = true };
        int rung = 0;
        using ITimer timer = time.CreateTimer(_ => rung++, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        Assert.That((rung, time.GetUtcNow()), Is.EqualTo((1, Start.AddHours(1))), "once, not for its period");
        time.AdvanceToNextTimer();
        Assert.That((rung, time.GetUtcNow()), Is.EqualTo((2, Start.AddHours(2))));
    }

    [Test]
    public void What_is_there_already_comes_before_the_deadline()
    {
        Guest guest = Still();
        long before = guest.Read(ClockId.Monotonic);
        Assert.That(guest.Thread.Waiter.WaitUntil(new WaitQueue(), 0, static _ => true, guest.In(Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read(ClockId.Monotonic), Is.EqualTo(before), "nothing waited");
        Assert.That(guest.Thread.Waiter.WaitUntil(new WaitQueue(), 0, static _ => false, guest.In(Second)), Is.EqualTo(Errno.Again));
        Assert.That(guest.Read(ClockId.Monotonic) - before, Is.EqualTo(Second));
    }
}
