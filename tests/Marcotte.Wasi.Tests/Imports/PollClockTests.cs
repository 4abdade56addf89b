using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Waiting for clocks. The clock is a fake on which a wait takes no time, and which notes how long it was.</summary>
[TestFixture]
public sealed class PollClockTests
{
    private const long Realtime = 1_700_000_000_000_000_000;
    private const long Monotonic = 5_000_000_000;

    [TestCase(0u, 1_000_000UL, 1_000_000L)]
    [TestCase(1u, 1_000_000UL, 1_000_000L)]
    [TestCase(1u, 0UL, 0L)]
    [TestCase(1u, 3_600_000_000_000UL, 3_600_000_000_000L)]
    [TestCase(2u, 500_000UL, 500_000L)]
    [TestCase(3u, 500_000UL, 500_000L)]
    public void A_while_is_waited_on_every_clock(uint clock, ulong timeout, long waited)
    {
        Guest guest = new();
        Assert.That(Subscriptions.Poll(guest, Subscriptions.After(clock, timeout, 7)), Is.EqualTo(Errno.Success));
        AssertFired(guest, 7);
        Assert.That(guest.Clock.Waited, Is.EqualTo(waited));
    }

    [TestCase(0u, Realtime + 1_000_000L, 1_000_000L)]
    [TestCase(0u, Realtime, 0L)]
    [TestCase(0u, 0L, 0L)]
    [TestCase(1u, Monotonic + 2_000_000L, 2_000_000L)]
    [TestCase(1u, 1L, 0L)]
    [TestCase(2u, 1_000_300L, 1_000_000L)]
    [TestCase(2u, 299L, 0L)]
    [TestCase(3u, 1_000_200L, 1_000_000L)]
    public void A_moment_is_waited_for_on_every_clock_and_a_past_one_is_not(uint clock, long moment, long waited)
    {
        Guest guest = new();
        Assert.That(Subscriptions.Poll(guest, Subscriptions.At(clock, (ulong)moment, 7)), Is.EqualTo(Errno.Success));
        AssertFired(guest, 7);
        Assert.That(guest.Clock.Waited, Is.EqualTo(waited));
    }

    [Test]
    public void The_earliest_of_several_fires()
    {
        Guest guest = new();
        Assert.That(
            Subscriptions.Poll(
                guest,
                Subscriptions.After(1, 9_000_000, 1),
                Subscriptions.At(0, Realtime + 3_000_000, 2),
                Subscriptions.After(0, 8_000_000, 3),
                Subscriptions.After(1, 4_000_000, 4)),
            Is.EqualTo(Errno.Success));
        AssertFired(guest, 2);
        Assert.That(guest.Clock.Waited, Is.EqualTo(3_000_000));
    }

    [Test]
    public void All_that_have_come_are_told()
    {
        Guest guest = new();
        Assert.That(
            Subscriptions.Poll(guest, Subscriptions.After(1, 5_000_000, 1), Subscriptions.After(1, 9_000_000, 2), Subscriptions.After(1, 5_000_000, 3), Subscriptions.At(0, Realtime, 4)),
            Is.EqualTo(Errno.Success));
        AssertFired(guest, 4);
        Assert.That(
            Subscriptions.Poll(guest, Subscriptions.After(1, 5_000_000, 1), Subscriptions.After(1, 9_000_000, 2), Subscriptions.After(1, 5_000_000, 3)),
            Is.EqualTo(Errno.Success));
        AssertFired(guest, 1, 3);
    }

    [Test]
    public void A_deadline_comes_while_files_do_not()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeStream());
        Assert.That(Subscriptions.Poll(guest, Subscriptions.Read(fd, 1), Subscriptions.After(1, 1_000_000, 2)), Is.EqualTo(Errno.Success));
        AssertFired(guest, 2);
        Assert.That(guest.Clock.Waited, Is.EqualTo(1_000_000));
    }

    [Test]
    public void A_file_that_is_ready_and_a_timeout_of_nothing_are_both_told()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile());
        Assert.That(Subscriptions.Poll(guest, Subscriptions.Write(fd, 1), Subscriptions.After(1, 0, 2), Subscriptions.After(1, 99_000, 3)), Is.EqualTo(Errno.Success));
        AssertFired(guest, 1, 2);
        Assert.That(guest.Clock.Waited, Is.Zero);
    }

    /// <summary>A sleep of 584 years: it overflows nothing, never comes, and ends when the guest is killed.</summary>
    [Test]
    public void A_deadline_beyond_all_time_does_not_come([Values(0u, 1u, 2u)] uint clock, [Values(ulong.MaxValue, 1UL << 63, (1UL << 63) - 1)] ulong time, [Values] bool absolute)
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        guest.Clock.IsHeld = true;
        Subscription clocks = absolute ? Subscriptions.At(clock, time, 1) : Subscriptions.After(clock, time, 1);
        Task<Errno> poll = Guest.Start(() => Subscriptions.Poll(guest, clocks, Subscriptions.Read(fd, 2)));
        Guest.Until(() => stream.Waiters.Count == 1, "It does not wait.");
        guest.Process.Kill(KillReason.Killed);
        Assert.Throws<GuestKilledException>(() => poll.GetAwaiter().GetResult());
        Assert.That(guest.Clock.Waited, Is.Zero);
    }

    [TestCase(4u, 0)]
    [TestCase(uint.MaxValue, 0)]
    [TestCase(1u, 2)]
    [TestCase(1u, 3)]
    [TestCase(1u, 0x8000)]
    public void An_unknown_clock_or_flag_is_EINVAL(uint clock, int flags)
    {
        Guest guest = new();
        Subscription subscription = Subscriptions.After(clock, 0) with { ClockFlags = (SubClockFlags)flags };
        Assert.That(Subscriptions.Poll(guest, subscription), Is.EqualTo(Errno.Inval));
        Assert.That(Subscriptions.Poll(guest, Subscriptions.After(1, 0), subscription), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void A_box_without_a_clock_tells_so_in_the_event()
    {
        Guest guest = new();
        guest.Kernel.Clock = BoxClock.None;
        Assert.That(Subscriptions.Poll(guest, Subscriptions.After(1, 1_000_000, 7)), Is.EqualTo(Errno.Success));
        Event one = Subscriptions.Events(guest).Single();
        Assert.That((one.UserData, (int)one.Error, one.Type), Is.EqualTo((7UL, 52, EventType.Clock)));
    }

    private static void AssertFired(Guest guest, params ulong[] userData)
    {
        Event[] events = Subscriptions.Events(guest);
        Assert.That(events.Select(one => one.UserData), Is.EqualTo(userData));
        Assert.That(events.Select(one => (int)one.Error), Has.All.Zero);
    }
}
