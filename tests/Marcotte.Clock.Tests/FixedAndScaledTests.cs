using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Clock.Tests;

[TestFixture]
public sealed class FixedAndScaledTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Once = Timeout.InfiniteTimeSpan;

    [Test]
    public void A_fixed_provider_s_timer_is_due_at_once_and_only_once()
    {
        FixedTimeProvider time = new(Start);
        int count = 0;
        using ITimer timer = time.CreateTimer(_ => count++, null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        Assert.That(count, Is.EqualTo(1));
        timer.Change(Timeout.InfiniteTimeSpan, Once);
        Assert.That(count, Is.EqualTo(1));
        timer.Change(TimeSpan.FromDays(1), Once);
        Assert.That(count, Is.EqualTo(2));
        timer.Dispose();
        Assert.That(timer.Change(TimeSpan.Zero, Once), Is.False);
        Assert.That(count, Is.EqualTo(2));
        Assert.That(time.GetUtcNow(), Is.EqualTo(Start));
    }

    [Test]
    public void A_fixed_provider_s_timer_that_sets_itself_does_not_exhaust_the_stack()
    {
        FixedTimeProvider time = new(Start);
        using ManualResetEventSlim done = new();
        int count = 0;
        ITimer? timer = null;
        timer = time.CreateTimer(_ => Again(), null, Timeout.InfiniteTimeSpan, Once);
        void Again()
        {
            if (Interlocked.Increment(ref count) == 100_000)
            {
                done.Set();
            }
            else
            {
                timer!.Change(TimeSpan.FromSeconds(1), Once);
            }
        }

        timer.Change(TimeSpan.FromSeconds(1), Once);
        Assert.That(done.Wait(TimeSpan.FromSeconds(30)), Is.True);
        timer.Dispose();
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_factor_that_is_not_above_zero_and_finite_is_refused(double factor)
    {
        Assert.That(() => new ScaledTimeProvider(factor), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Fixed"));
        Assert.That(() => new ClockOptions().Scaled(factor), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(0.5, 0.5)]
    [TestCase(1000, 1000)]
    public void Both_clocks_run_at_the_factor(double factor, double seconds)
    {
        FakeTimeProvider source = new(Start);
        ScaledTimeProvider time = new(factor, source: source);
        source.Advance(TimeSpan.FromSeconds(1));
        Assert.That(time.GetUtcNow() - Start, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(time.GetElapsedTime(0), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public void The_time_of_day_may_start_elsewhere()
    {
        FakeTimeProvider source = new(Start);
        ScaledTimeProvider time = new(3, Start.AddYears(10), source);
        source.Advance(TimeSpan.FromHours(1));
        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddYears(10).AddHours(3)));
    }

    [Test]
    public void The_time_of_day_ends_with_its_type()
    {
        FakeTimeProvider source = new(Start);
        ScaledTimeProvider time = new(1e300, DateTimeOffset.MaxValue.AddSeconds(-1), source);
        source.Advance(TimeSpan.FromTicks(1));
        Assert.That(time.GetUtcNow(), Is.EqualTo(DateTimeOffset.MaxValue));
        Assert.That(time.GetTimestamp(), Is.EqualTo(long.MaxValue - 1));
    }

    [TestCase(1.0, 9_007_199_254_740_993, 9_007_199_254_740_993)]
    [TestCase(1.5, 9_007_199_254_740_993, 13_510_798_882_111_489)]
    [TestCase(0.1, 1_000_000_000, 100_000_000)]
    [TestCase(1.0 / 3, 3_000_000_000, 999_999_999)]
    [TestCase(double.Epsilon, long.MaxValue, 0)]
    [TestCase(double.MaxValue, 1, long.MaxValue - 1)]
    [TestCase(double.MaxValue, 0, 0)]
    [TestCase(2.0, long.MaxValue / 2, long.MaxValue - 1)]
    [TestCase(4503599627370496.0, 2, 9007199254740992)]
    [TestCase(9223372036854775808.0, 1, long.MaxValue - 1)]
    public void A_scaled_time_is_exact_and_rounded_down(double factor, long nanoseconds, long scaled) =>
        Assert.That(new TimeScale(factor).Apply(nanoseconds), Is.EqualTo(scaled));

    [TestCase(2.0, 5)]
    [TestCase(0.5, 20)]
    public void Timers_scale_with_it(double factor, int hostSeconds)
    {
        FakeTimeProvider source = new(Start);
        ScaledTimeProvider time = new(factor, source: source);
        int count = 0;
        using ITimer timer = time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(10), Once);
        source.Advance(TimeSpan.FromSeconds(hostSeconds) - TimeSpan.FromMilliseconds(1));
        Assert.That(count, Is.Zero);
        source.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(count, Is.EqualTo(1));
        source.Advance(TimeSpan.FromDays(1));
        Assert.That(count, Is.EqualTo(1));
    }

    [Test]
    public void A_slow_timer_outlasts_the_longest_of_the_host_s()
    {
        FakeTimeProvider source = new(Start);
        ScaledTimeProvider time = new(0.001, source: source);
        int count = 0;
        using ITimer timer = time.CreateTimer(_ => count++, null, TimeSpan.FromDays(1), Once);
        for (int day = 0; day < 999; day++)
        {
            source.Advance(TimeSpan.FromDays(1));
        }

        Assert.That(count, Is.Zero);
        source.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.That(count, Is.EqualTo(1));
    }

    [Test]
    public void A_periodic_timer_scales_too()
    {
        FakeTimeProvider source = new(Start);
        ScaledTimeProvider time = new(10, source: source);
        int count = 0;
        ITimer timer = time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        for (int second = 0; second < 9; second++)
        {
            source.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(count, Is.EqualTo(5));
        timer.Dispose();
        source.Advance(TimeSpan.FromSeconds(10));
        Assert.That(count, Is.EqualTo(5));
    }

    [Test]
    public void Spans_that_mean_nothing_are_refused()
    {
        TimeSpan wrong = TimeSpan.FromSeconds(-2);
        foreach (TimeProvider time in new TimeProvider[] { new FixedTimeProvider(Start), new SteppedTimeProvider(), new ScaledTimeProvider(1) })
        {
            Assert.That(() => time.CreateTimer(_ => { }, null, wrong, Once), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => time.CreateTimer(_ => { }, null, Once, wrong), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }
}
