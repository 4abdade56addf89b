using System.Diagnostics;
using Marcotte.Core.Waiting;

namespace Marcotte.Core.Tests;

[TestFixture]
public sealed class WaiterTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void What_is_ready_is_not_waited_for()
    {
        GuestThread thread = Make.Thread();
        Probe probe = Ready(Readiness.In);
        Assert.That(thread.Waiter.WaitFor(Make.File(probe), Readiness.In, Deadline.Never), Is.EqualTo(Errno.Success));
        Assert.That(thread.Waiter.WaitFor(Make.File(probe), Readiness.In, Deadline.Past), Is.EqualTo(Errno.Success));
        Assert.That(thread.Waiter.WaitedNanoseconds, Is.Zero);
    }

    [Test]
    public void What_is_ready_for_something_else_is_waited_for()
    {
        GuestThread thread = Make.Thread();
        Assert.That(thread.Waiter.WaitFor(Make.File(Ready(Readiness.In)), Readiness.Out, Deadline.Past), Is.EqualTo(Errno.Again));
    }

    [TestCase(Readiness.Error)]
    [TestCase(Readiness.HangUp)]
    public void An_error_or_a_hang_up_counts_unasked(Readiness readiness)
    {
        WaitItem[] items = [new() { File = Make.File(Ready(readiness)), Wanted = Readiness.None }];
        Assert.That(Make.Thread().Waiter.WaitAny(items, Deadline.Past), Is.EqualTo(Errno.Success));
        Assert.That(items[0].Ready, Is.EqualTo(readiness));
    }

    [Test]
    public void A_wake_ends_the_wait_and_the_queue_is_left()
    {
        GuestThread thread = Make.Thread();
        Probe probe = new();
        Task<Errno> wait = Make.Run(() => thread.Waiter.WaitFor(Make.File(probe), Readiness.In, Deadline.Never));
        Make.Until(() => probe.Waiters.Count == 1, "It did not register.");
        probe.Become(Readiness.Out);
        Assert.That(wait.IsCompleted, Is.False);
        probe.Become(Readiness.In);
        Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Success));
        Assert.That(probe.Waiters.Count, Is.Zero);
    }

    [Test]
    public void One_of_many_ends_the_wait_and_each_item_tells()
    {
        GuestThread thread = Make.Thread();
        Probe[] probes = [.. Enumerable.Range(0, 1000).Select(_ => new Probe())];
        WaitItem[] items = [.. probes.Select(probe => new WaitItem { File = Make.File(probe), Wanted = Readiness.In | Readiness.Out })];
        Task<Errno> wait = Make.Run(() => thread.Waiter.WaitAny(items, Deadline.Never));
        Make.Until(() => probes[^1].Waiters.Count == 1, "It did not register.");
        probes[700].Become(Readiness.Out);
        Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Success));
        Assert.That(items.Where(item => item.Ready != Readiness.None), Has.Exactly(1).Items);
        Assert.That(items[700].Ready, Is.EqualTo(Readiness.Out));
        Assert.That(probes.All(probe => probe.Waiters.Count == 0), Is.True);
    }

    [Test]
    public void The_same_file_twice_is_registered_and_left_twice()
    {
        GuestThread thread = Make.Thread();
        Probe probe = new();
        OpenFile file = Make.File(probe);
        WaitItem[] items = [new() { File = file, Wanted = Readiness.In }, new() { File = file, Wanted = Readiness.Out }];
        Task<Errno> wait = Make.Run(() => thread.Waiter.WaitAny(items, Deadline.Never));
        Make.Until(() => probe.Waiters.Count == 2, "It did not register.");
        probe.Become(Readiness.Out);
        Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Success));
        Assert.That((items[0].Ready, items[1].Ready), Is.EqualTo((Readiness.None, Readiness.Out)));
        Assert.That(probe.Waiters.Count, Is.Zero);
    }

    [Test]
    public void A_deadline_ends_the_wait_not_before_it_comes([Values(0, 100_000, 5_000_000)] long length)
    {
        GuestThread thread = Make.Thread();
        Deadline deadline = new(ClockId.Monotonic, thread.Kernel.Clock.Monotonic() + length);
        Assert.That(thread.Waiter.WaitFor(Make.File(), Readiness.In, deadline), Is.EqualTo(Errno.Again));
        Assert.That(thread.Kernel.Clock.Monotonic(), Is.GreaterThanOrEqualTo(deadline.Time));
        Assert.That(thread.Waiter.WaitedNanoseconds, Is.InRange(length * 9 / 10, 20 * Second));
    }

    [Test]
    public void An_interrupt_ends_the_wait_with_EINTR()
    {
        GuestThread thread = Make.Thread();
        Probe probe = new();
        Task<Errno> wait = Make.Run(() => thread.Waiter.WaitFor(Make.File(probe), Readiness.In, Deadline.Never));
        Make.Until(() => probe.Waiters.Count == 1, "It did not register.");
        thread.Interrupt();
        Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Intr));
        Assert.That(probe.Waiters.Count, Is.Zero);
    }

    [Test]
    public void What_has_become_ready_counts_for_more_than_the_interrupt_that_comes_with_it()
    {
        GuestThread thread = Make.Thread();
        Probe probe = new();
        Task<Errno> wait = Make.Run(() => thread.Waiter.WaitFor(Make.File(probe), Readiness.In, Deadline.Never));
        Make.Until(() => probe.Waiters.Count == 1, "It did not register.");
        probe.BecomeQuietly(Readiness.In);
        thread.Interrupt();
        Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void An_interrupt_before_the_wait_ends_the_next_one_and_only_that()
    {
        GuestThread thread = Make.Thread();
        thread.Interrupt();
        Assert.That(thread.Waiter.WaitAny([], Deadline.Never), Is.EqualTo(Errno.Intr));
        Deadline soon = new(ClockId.Monotonic, thread.Kernel.Clock.Monotonic() + 1000);
        Assert.That(thread.Waiter.WaitAny([], soon), Is.EqualTo(Errno.Again));
    }

    [Test]
    public void A_kill_ends_the_wait_and_every_later_one()
    {
        GuestThread thread = Make.Thread();
        Probe probe = new();
        Task<GuestKilledException?> wait = Make.Run(() => Killed(() => thread.Waiter.WaitFor(Make.File(probe), Readiness.In, Deadline.Never)));
        Make.Until(() => probe.Waiters.Count == 1, "It did not register.");
        thread.Process.Kill(KillReason.TimedOut);
        thread.Process.Kill(KillReason.Killed);
        Assert.That(Make.Outcome(wait)?.Reason, Is.EqualTo(KillReason.TimedOut));
        Assert.That(probe.Waiters.Count, Is.Zero);
        Assert.That(Killed(() => thread.Waiter.WaitFor(Make.File(Ready(Readiness.In)), Readiness.In, Deadline.Past)), Is.Not.Null);
        Assert.That(Killed(() => thread.Waiter.WaitUntil(probe.Waiters, 0, _ => true, Deadline.Past)), Is.Not.Null);
    }

    /// <summary>A 584-year sleep (in SECURITY-CASES: guest-sized allocation) goes by the host's clock too.</summary>
    [Test]
    public void The_longest_sleep_there_is_ends_when_killed([Values(long.MaxValue, long.MaxValue - 1)] long time)
    {
        GuestThread thread = Make.Thread();
        Probe probe = new();
        Task<GuestKilledException?> wait = Make.Run(
            () => Killed(() => thread.Waiter.WaitFor(Make.File(probe), Readiness.In, new Deadline(ClockId.Realtime, time))));
        Make.Until(() => probe.Waiters.Count == 1, "It did not register.");
        thread.Process.Kill(KillReason.Killed);
        Assert.That(Make.Outcome(wait)?.Reason, Is.EqualTo(KillReason.Killed));
    }

    [Test]
    public void A_file_that_never_waits_needs_no_queue()
    {
        GuestThread thread = Make.Thread();
        Assert.That(thread.Waiter.WaitFor(new OpenFile(new Always(), AccessModes.Read), Readiness.In, Deadline.Never), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void A_condition_is_waited_for_until_it_holds()
    {
        GuestThread thread = Make.Thread();
        WaitQueue queue = new();
        StrongBox state = new();
        Task<Errno> wait = Make.Run(() => thread.Waiter.WaitUntil(queue, state, static box => Volatile.Read(ref box.Value) == 2, Deadline.Never));
        Make.Until(() => queue.Count == 1, "It did not register.");
        Volatile.Write(ref state.Value, 1);
        queue.Wake();
        Assert.That(wait.IsCompleted, Is.False);
        Volatile.Write(ref state.Value, 2);
        queue.Wake();
        Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Success));
        Assert.That(queue.Count, Is.Zero);
        Assert.That(thread.Waiter.WaitUntil(queue, state, static box => box.Value == 3, Deadline.Past), Is.EqualTo(Errno.Again));
    }

    [Test]
    public void A_condition_that_throws_leaves_the_queue()
    {
        WaitQueue queue = new();
        Assert.That(
            () => Make.Thread().Waiter.WaitUntil<object?>(queue, null, _ => throw new InvalidOperationException(), Deadline.Never),
            Throws.InvalidOperationException);
        Assert.That(queue.Count, Is.Zero);
    }

    /// <summary>Two threads pass a token: a single wake that is lost ends in silence.</summary>
    [Test]
    public void No_wake_up_is_lost_between_two()
    {
        const int Rounds = 20_000;
        Probe ping = new();
        Probe pong = new();
        Task<Errno> Player(Probe mine, Probe other) => Make.Run(() =>
        {
            GuestThread thread = Make.Thread();
            OpenFile file = Make.File(mine);
            Errno errno = Errno.Success;
            for (int i = 0; i < Rounds && errno == Errno.Success; i++)
            {
                errno = thread.Waiter.WaitFor(file, Readiness.In, Deadline.Never);
                mine.Become(Readiness.None);
                other.Become(Readiness.In);
            }

            return errno;
        });

        Task<Errno> first = Player(ping, pong);
        Task<Errno> second = Player(pong, ping);
        ping.Become(Readiness.In);
        Assert.That(Make.Outcome(first), Is.EqualTo(Errno.Success));
        Assert.That(Make.Outcome(second), Is.EqualTo(Errno.Success));
    }

    /// <summary>Several takers at one queue: each unit that is put in is taken, and nobody sleeps beside one.</summary>
    [Test]
    public void No_wake_up_is_lost_among_many()
    {
        const int Takers = 4;
        const int Units = 20_000;
        WaitQueue queue = new();
        StrongBox stock = new();
        Task<int>[] takers = [.. Enumerable.Range(0, Takers).Select(_ => Make.Run(() =>
        {
            GuestThread thread = Make.Thread();
            int taken = 0;
            while (thread.Waiter.WaitUntil(queue, stock, static box => Volatile.Read(ref box.Value) != 0, Deadline.Never) == Errno.Success)
            {
                int value = Volatile.Read(ref stock.Value);
                if (value < 0)
                {
                    return taken;
                }

                taken += value > 0 && Interlocked.CompareExchange(ref stock.Value, value - 1, value) == value ? 1 : 0;
            }

            return -1;
        }))];
        for (int i = 0; i < Units; i++)
        {
            Interlocked.Increment(ref stock.Value);
            queue.Wake();
        }

        Make.Until(() => Volatile.Read(ref stock.Value) == 0, "A taker sleeps beside what it waits for.");
        Volatile.Write(ref stock.Value, -1);
        queue.Wake();
        Assert.That(takers.Sum(Make.Outcome), Is.EqualTo(Units));
        Assert.That(queue.Count, Is.Zero);
    }

    [Test]
    public void A_kill_at_any_moment_ends_the_wait()
    {
        long began = Stopwatch.GetTimestamp();
        int rounds = 0;
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1))
        {
            GuestThread thread = Make.Thread();
            Task<GuestKilledException?> wait = Make.Run(() => Killed(() => thread.Waiter.WaitAny([], Deadline.Never)));
            Thread.SpinWait(rounds++ % 500 * 20);
            thread.Process.Kill(KillReason.Killed);
            Assert.That(Make.Outcome(wait), Is.Not.Null);
        }
    }

    [Test]
    public void A_wait_with_nobody_to_wake_costs_no_allocation_in_the_queue()
    {
        WaitQueue queue = new();
        queue.Wake();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            queue.Wake();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void What_is_left_of_a_deadline_never_overflows()
    {
        FarClock clock = new();
        GuestThread thread = Make.Thread(clock);
        clock.Time = long.MinValue + 1;
        Assert.That(clock.Remaining(Deadline.Never, thread), Is.EqualTo(long.MaxValue));
        Assert.That(clock.Remaining(new Deadline(ClockId.Realtime, 0), thread), Is.EqualTo(long.MaxValue));
        clock.Time = long.MaxValue;
        Assert.That(clock.Remaining(new Deadline(ClockId.Realtime, long.MinValue + 1), thread), Is.Zero);
        Assert.That(clock.Remaining(Deadline.Past, thread), Is.Zero);
        clock.Time = 5;
        Assert.That(clock.Remaining(new Deadline(ClockId.Realtime, 12), thread), Is.EqualTo(7));
    }

    [Test]
    public void A_box_without_a_clock_ends_every_deadline_at_once()
    {
        GuestThread thread = Make.Thread(BoxClock.None);
        Assert.That(thread.Waiter.WaitAny([], new Deadline(ClockId.Monotonic, 1000 * Second)), Is.EqualTo(Errno.Again));
    }

    private static Probe Ready(Readiness readiness)
    {
        Probe probe = new();
        probe.Become(readiness);
        return probe;
    }

    private static GuestKilledException? Killed(Func<Errno> wait)
    {
        try
        {
            wait();
            return null;
        }
        catch (GuestKilledException exception)
        {
            return exception;
        }
    }

    private sealed class StrongBox
    {
        internal int Value;
    }

    private sealed class Always : FileOperations
    {
        public override FileType Type => FileType.Regular;
    }

    private sealed class FarClock : BoxClock
    {
        internal long Time { get; set; }

        public override TimeProvider TimeProvider => TimeProvider.System;

        public override bool RunsOnHostTime => true;

        public override Errno Now(ClockId clock, GuestThread thread, out long nanoseconds)
        {
            nanoseconds = Time;
            return Errno.Success;
        }
    }
}
