using System.Diagnostics;
using Marcotte.Core;

namespace Marcotte.Clock.Tests;

[TestFixture]
public sealed class SystemClockTests
{
    [Test]
    public void It_is_the_default_and_runs_on_host_time()
    {
        Guest guest = Guest.With(_ => { });
        Assert.That(guest.Clock.RunsOnHostTime, Is.True);
        Assert.That(guest.Clock.TimeProvider, Is.SameAs(TimeProvider.System));
        Assert.That(Guest.On(TimeProvider.System).Clock, Is.TypeOf(guest.Clock.GetType()));
    }

    [Test]
    public void Realtime_lies_between_two_looks_at_the_host_s_clock()
    {
        Guest guest = Guest.With(options => options.System());
        long before = Nanoseconds.SinceEpoch(TimeProvider.System.GetUtcNow());
        long now = guest.Read(ClockId.Realtime);
        long after = Nanoseconds.SinceEpoch(TimeProvider.System.GetUtcNow());
        Assert.That(now, Is.InRange(before, after + 100));
    }

    [Test]
    public void Monotonic_goes_at_the_host_s_pace()
    {
        Guest guest = Guest.With(options => options.System());
        long outer = Stopwatch.GetTimestamp();
        long from = guest.Read(ClockId.Monotonic);
        long inner = Stopwatch.GetTimestamp();
        Guest.Until(() => Stopwatch.GetElapsedTime(inner).TotalMilliseconds > 5);
        double least = Stopwatch.GetElapsedTime(inner).TotalNanoseconds;
        double passed = guest.Read(ClockId.Monotonic) - from;
        double most = Stopwatch.GetElapsedTime(outer).TotalNanoseconds;
        Assert.That(passed, Is.InRange(least - 100, most + 100));
    }

    [Test]
    public void No_clock_goes_back([Values(ClockId.Monotonic, ClockId.ProcessCpu, ClockId.ThreadCpu)] ClockId clock)
    {
        Guest guest = Guest.With(options => options.System());
        long last = guest.Read(clock);
        for (int i = 0; i < 100_000; i++)
        {
            _ = guest.Clock.Now(clock, guest.Thread, out long now);
            if (now < last)
            {
                Assert.Fail($"{clock} went back from {last} to {now}.");
            }

            last = now;
        }
    }

    [Test]
    public void Linux_tells_nanoseconds([Values] ClockId clock)
    {
        Guest guest = Guest.With(options => options.System());
        Assert.That(guest.Clock.Resolution(clock, out long step), Is.EqualTo(Errno.Success));
        Assert.That(step, OperatingSystem.IsLinux() ? Is.InRange(1, 10_000_000) : Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void Reading_a_clock_allocates_nothing()
    {
        Guest guest = Guest.With(options => options.System());
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                for (ClockId clock = ClockId.Realtime; clock <= ClockId.ThreadCpu; clock++)
                {
                    _ = guest.Clock.Now(clock, guest.Thread, out _);
                }
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        _ = Allocated();
        Assert.That(Allocated(), Is.Zero);
    }
}
