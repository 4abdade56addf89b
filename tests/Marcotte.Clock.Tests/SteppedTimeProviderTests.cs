namespace Marcotte.Clock.Tests;

[TestFixture]
public sealed class SteppedTimeProviderTests
{
    private static readonly TimeSpan Once = Timeout.InfiniteTimeSpan;

    [Test]
    public void Time_passes_only_when_stepped()
    {
        DateTimeOffset start = new(2030, 1, 1, 1, 0, 0, TimeSpan.FromHours(1));
        SteppedTimeProvider time = new(start);
        Assert.That(time.GetUtcNow(), Is.EqualTo(start));
        Assert.That(time.GetUtcNow().Offset, Is.EqualTo(TimeSpan.Zero));
        time.Advance(TimeSpan.FromTicks(7));
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromTicks(7)));
        Assert.That(time.GetElapsedTime(0), Is.EqualTo(TimeSpan.FromTicks(7)));
        time.SetUtcNow(start.AddDays(1));
        Assert.That(time.GetUtcNow(), Is.EqualTo(start.AddDays(1)));
        Assert.That(time.LocalTimeZone, Is.EqualTo(TimeZoneInfo.Utc));
    }

    [Test]
    public void It_does_not_go_back_nor_beyond_its_end()
    {
        SteppedTimeProvider time = new();
        DateTimeOffset start = time.GetUtcNow();
        Assert.That(() => time.Advance(TimeSpan.FromTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => time.SetUtcNow(start.AddTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => time.Advance(TimeSpan.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(time.GetUtcNow(), Is.EqualTo(start));
        time.SetUtcNow(DateTimeOffset.MaxValue);
        Assert.That(time.GetUtcNow(), Is.EqualTo(DateTimeOffset.MaxValue));
    }

    [Test]
    public void Timers_go_off_in_order_each_at_its_own_moment()
    {
        SteppedTimeProvider time = new();
        DateTimeOffset start = time.GetUtcNow();
        List<string> log = [];
        using ITimer c = Set(time, 30, "c", log);
        using ITimer a = Set(time, 10, "a", log);
        using ITimer b1 = Set(time, 20, "b1", log);
        using ITimer b2 = Set(time, 20, "b2", log);
        Assert.That(time.PendingTimers, Is.EqualTo(4));
        Assert.That(time.NextTimer, Is.EqualTo(TimeSpan.FromSeconds(10)));
        time.Advance(TimeSpan.FromSeconds(25));
        Assert.That(log, Is.EqualTo(new[] { "a@10", "b1@20", "b2@20" }));
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromSeconds(25)));
        Assert.That(time.NextTimer, Is.EqualTo(TimeSpan.FromSeconds(5)));
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.That(log, Has.Count.EqualTo(4));
        Assert.That(time.NextTimer, Is.Null);
    }

    [Test]
    public void A_callback_s_own_timers_go_off_within_the_same_step()
    {
        SteppedTimeProvider time = new();
        DateTimeOffset start = time.GetUtcNow();
        List<double> log = [];
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                log.Add((time.GetUtcNow() - start).TotalSeconds);
                timer!.Change(TimeSpan.FromSeconds(log.Count), Once);
            },
            null,
            TimeSpan.FromSeconds(1),
            Once);
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.That(log, Is.EqualTo(new double[] { 1, 2, 4, 7 }));
        timer.Dispose();
        Assert.That(time.PendingTimers, Is.Zero);
    }

    [Test]
    public void A_periodic_timer_keeps_its_beat()
    {
        SteppedTimeProvider time = new();
        int count = 0;
        using ITimer timer = time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(count, Is.EqualTo(5));
        timer.Change(Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(count, Is.EqualTo(5));
    }

    [Test]
    public void What_is_due_already_goes_off_at_once()
    {
        SteppedTimeProvider time = new();
        int count = 0;
        using ITimer timer = time.CreateTimer(_ => count++, null, TimeSpan.Zero, Once);
        Assert.That(count, Is.EqualTo(1));
        Assert.That(time.PendingTimers, Is.Zero);
    }

    [Test]
    public void A_timer_that_sets_itself_for_now_does_not_exhaust_the_stack()
    {
        SteppedTimeProvider time = new();
        int count = 0;
        ITimer? timer = null;
        timer = time.CreateTimer(_ => Again(), null, TimeSpan.FromSeconds(1), Once);
        void Again()
        {
            if (++count < 100_000)
            {
                timer!.Change(TimeSpan.Zero, Once);
            }
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(count, Is.EqualTo(100_000));
        timer.Dispose();
    }

    [Test]
    public void A_step_within_a_callback_adds_to_the_one_being_taken()
    {
        SteppedTimeProvider time = new();
        DateTimeOffset start = time.GetUtcNow();
        List<string> log = [];
        using ITimer late = Set(time, 15, "late", log);
        using ITimer early = time.CreateTimer(_ => time.Advance(TimeSpan.FromSeconds(10)), null, TimeSpan.FromSeconds(5), Once);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(log, Is.EqualTo(new[] { "late@15" }));
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void Stepping_to_the_next_timer_goes_exactly_there()
    {
        SteppedTimeProvider time = new();
        List<string> log = [];
        using ITimer a = Set(time, 10, "a", log);
        using ITimer b = Set(time, 10, "b", log);
        using ITimer c = Set(time, 11, "c", log);
        Assert.That(time.AdvanceToNextTimer(), Is.True);
        Assert.That(log, Is.EqualTo(new[] { "a@10", "b@10" }));
        Assert.That(time.AdvanceToNextTimer(), Is.True);
        Assert.That(time.AdvanceToNextTimer(), Is.False);
        Assert.That(log, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_timer_beyond_the_end_of_time_never_goes_off()
    {
        SteppedTimeProvider time = new();
        using ITimer timer = time.CreateTimer(_ => Assert.Fail("It went off."), null, TimeSpan.MaxValue, Once);
        Assert.That(time.AdvanceToNextTimer(), Is.False);
        time.SetUtcNow(DateTimeOffset.MaxValue);
        Assert.That(time.PendingTimers, Is.EqualTo(1));
    }

    [Test]
    public void A_disposed_timer_stays_silent()
    {
        SteppedTimeProvider time = new();
        ITimer timer = time.CreateTimer(_ => Assert.Fail("It went off."), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        timer.Dispose();
        Assert.That(timer.Change(TimeSpan.Zero, Once), Is.False);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(time.PendingTimers, Is.Zero);
    }

    [Test]
    public void What_a_callback_throws_ends_the_step_there_and_the_next_one_goes_on()
    {
        SteppedTimeProvider time = new();
        DateTimeOffset start = time.GetUtcNow();
        using ITimer timer = time.CreateTimer(_ => throw new InvalidOperationException("own"), null, TimeSpan.FromSeconds(1), Once);
        Assert.That(() => time.Advance(TimeSpan.FromSeconds(5)), Throws.InvalidOperationException.With.Message.EqualTo("own"));
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void Steps_from_many_threads_add_up_and_no_timer_is_lost()
    {
        const int Threads = 4;
        const int Steps = 2_000;
        SteppedTimeProvider time = new();
        DateTimeOffset start = time.GetUtcNow();
        int rung = 0;
        int inside = 0;
        List<ITimer> timers = [];
        for (int i = 1; i <= Steps; i++)
        {
            timers.Add(time.CreateTimer(
                _ =>
                {
                    Assert.That(Interlocked.Increment(ref inside), Is.EqualTo(1));
                    rung++;
                    Interlocked.Decrement(ref inside);
                },
                null,
                TimeSpan.FromTicks(i),
                Once));
        }

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            for (int i = 0; i < Steps; i++)
            {
                time.Advance(TimeSpan.FromTicks(1));
            }
        });
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromTicks(Threads * Steps)));
        Assert.That(rung, Is.EqualTo(Steps));
        Assert.That(time.PendingTimers, Is.Zero);
        timers.ForEach(timer => timer.Dispose());
    }

    [Test]
    public void It_drives_the_library_s_own_delays()
    {
        SteppedTimeProvider time = new();
        Task delay = Task.Delay(TimeSpan.FromMinutes(1), time);
        using CancellationTokenSource source = new(TimeSpan.FromMinutes(2), time);
        time.Advance(TimeSpan.FromSeconds(90));
        Assert.That(delay.IsCompletedSuccessfully, Is.True);
        Assert.That(source.IsCancellationRequested, Is.False);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(source.IsCancellationRequested, Is.True);
    }

    private static ITimer Set(SteppedTimeProvider time, int seconds, string name, List<string> log)
    {
        DateTimeOffset start = time.GetUtcNow();
        return time.CreateTimer(
            _ => log.Add($"{name}@{(time.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Once);
    }
}
