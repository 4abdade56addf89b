using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Waiting for files, and what the whole of a poll answers; clocks have tests of their own.</summary>
[TestFixture]
public sealed class PollTests
{
    [Test]
    public void None_and_more_than_the_limit_are_EINVAL()
    {
        Guest guest = new(Limits.Default with { Subscriptions = 12 });
        int fd = guest.Open(new FakeFile());
        Assert.That(Subscriptions.Poll(guest), Is.EqualTo(Errno.Inval));
        Assert.That(Subscriptions.Poll(guest, [.. Enumerable.Repeat(Subscriptions.Read(fd), 13)]), Is.EqualTo(Errno.Inval));
        Assert.That(Subscriptions.Poll(guest, [.. Enumerable.Repeat(Subscriptions.Read(fd), 12)]), Is.EqualTo(Errno.Success));
        Assert.That(Subscriptions.Events(guest), Has.Length.EqualTo(12));
    }

    [TestCase(3)]
    [TestCase(255)]
    public void An_unknown_kind_is_EINVAL(int type)
    {
        Guest guest = new();
        Assert.That(Subscriptions.Poll(guest, new Subscription { Type = (EventType)type }), Is.EqualTo(Errno.Inval));
        Assert.That(Subscriptions.Poll(guest, Subscriptions.Read(guest.Open(new FakeFile())), new Subscription { Type = (EventType)type }), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void A_regular_file_is_ready_both_ways_and_tells_what_is_left()
    {
        Guest guest = new();
        int fd = guest.Open(FakeFile.With("0123456789"u8));
        Assert.That(guest.File(fd).Seek(3, Whence.Start, out _), Is.EqualTo(Errno.Success));
        Assert.That(Subscriptions.Poll(guest, Subscriptions.Read(fd, 0xFEEDFACECAFEBEEF), Subscriptions.Write(fd, 2)), Is.EqualTo(Errno.Success));
        Event[] events = Subscriptions.Events(guest);
        Assert.That(events, Has.Length.EqualTo(2));
        Assert.That((events[0].UserData, events[0].Type, events[0].Error, events[0].Bytes, events[0].Flags), Is.EqualTo((0xFEEDFACECAFEBEEF, EventType.FdRead, (ushort)0, 7UL, EventRwFlags.None)));
        Assert.That((events[1].UserData, events[1].Type, events[1].Error, events[1].Bytes), Is.EqualTo((2UL, EventType.FdWrite, (ushort)0, 1UL)));
        Assert.That(guest.Offset(fd), Is.EqualTo(3));
    }

    [Test]
    public void What_is_not_open_is_an_event_of_its_own_beside_the_others()
    {
        Guest guest = new();
        FakeStream idle = new() { Room = 0 };
        int file = guest.Open(new FakeFile());
        int stream = guest.Open(idle);
        Assert.That(
            Subscriptions.Poll(guest, Subscriptions.Read(stream, 1), Subscriptions.Read(99, 2), Subscriptions.Write(file, 3), Subscriptions.Write(-1, 4), Subscriptions.After(1, 1_000_000, 5)),
            Is.EqualTo(Errno.Success));
        Assert.That(Subscriptions.Events(guest).Select(one => (one.UserData, one.Error, one.Type)), Is.EqualTo(new[]
        {
            (2UL, (ushort)8, EventType.FdRead), (3UL, (ushort)0, EventType.FdWrite), (4UL, (ushort)8, EventType.FdWrite),
        }));
        Assert.That(guest.Clock.Waited, Is.Zero, "Nothing is waited for then.");
    }

    [TestCase(Rights.PollFdReadWrite, AccessModes.ReadWrite, 76)]
    [TestCase(Rights.FdRead, AccessModes.ReadWrite, 76)]
    [TestCase(Rights.FdRead, AccessModes.Write, 0)]
    [TestCase(Rights.FdRead | Rights.PollFdReadWrite, AccessModes.Write, 76)]
    [TestCase(Rights.FdWrite, AccessModes.ReadWrite, 0)]
    public void Polling_needs_its_right(Rights missing, AccessModes access, int error)
    {
        Guest guest = new();
        int fd = guest.Open(FakeFile.With("abc"u8), access, Rights.All & ~missing);
        Assert.That(Subscriptions.Poll(guest, Subscriptions.Read(fd)), Is.EqualTo(Errno.Success));
        Assert.That(Subscriptions.Events(guest).Select(one => (int)one.Error), Is.EqualTo(new[] { error }));
    }

    [TestCase(Readiness.In, true, 1UL, 0, 0)]
    [TestCase(Readiness.In | Readiness.HangUp, true, 1UL, 1, 0)]
    [TestCase(Readiness.HangUp, true, 0UL, 1, 0)]
    [TestCase(Readiness.Error, true, 0UL, 0, 29)]
    [TestCase(Readiness.Error | Readiness.In, true, 1UL, 0, 0)]
    [TestCase(Readiness.Error, false, 0UL, 0, 29)]
    [TestCase(Readiness.HangUp | Readiness.Out, false, 1UL, 1, 0)]
    public void A_stream_tells_of_its_end_and_of_errors(Readiness ready, bool read, ulong bytes, int flags, int error)
    {
        Guest guest = new();
        FakeStream stream = new() { Room = 0, Extra = ready };
        int fd = guest.Open(stream);
        Assert.That(Subscriptions.Poll(guest, read ? Subscriptions.Read(fd) : Subscriptions.Write(fd)), Is.EqualTo(Errno.Success));
        Event one = Subscriptions.Events(guest).Single();
        Assert.That((one.Bytes, (int)one.Flags, (int)one.Error), Is.EqualTo((bytes, flags, error)));
    }

    [Test]
    public void It_waits_for_the_file_that_comes_first([Values(1, 8, 9, 30)] int count)
    {
        Guest guest = new();
        FakeStream[] streams = [.. Enumerable.Range(0, count).Select(_ => new FakeStream())];
        Subscription[] subscriptions = [.. streams.Select((stream, i) => Subscriptions.Read(guest.Open(stream), (ulong)i))];
        FakeStream last = streams[^1];
        Task<Errno> poll = Guest.Start(() => Subscriptions.Poll(guest, subscriptions));
        Guest.Until(() => last.Waiters.Count == 1, "It does not wait.");
        last.Feed(1);
        Assert.That(Guest.Outcome(poll), Is.EqualTo(Errno.Success));
        Assert.That(Subscriptions.Events(guest).Select(one => one.UserData), Is.EqualTo(new[] { (ulong)count - 1 }));
        Assert.That(streams.Select(stream => stream.Waiters.Count), Has.All.Zero);
    }

    [Test]
    public void A_file_that_comes_before_the_deadline_is_all_that_is_told()
    {
        Guest guest = new();
        guest.Clock.IsHeld = true;
        FakeStream stream = new();
        int fd = guest.Open(stream);
        Task<Errno> poll = Guest.Start(() => Subscriptions.Poll(guest, Subscriptions.After(1, 1_000_000, 1), Subscriptions.Read(fd, 2)));
        Guest.Until(() => stream.Waiters.Count == 1, "It does not wait.");
        stream.Feed(1);
        Assert.That(Guest.Outcome(poll), Is.EqualTo(Errno.Success));
        Assert.That(Subscriptions.Events(guest).Select(one => one.UserData), Is.EqualTo(new[] { 2UL }));
    }

    [Test]
    public void Waiting_can_be_interrupted_and_killed()
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        Task<Errno> interrupted = Guest.Start(() => Subscriptions.Poll(guest, Subscriptions.Read(fd)));
        Guest.Until(() => stream.Waiters.Count == 1, "It does not wait.");
        guest.Thread.Interrupt();
        Assert.That(Guest.Outcome(interrupted), Is.EqualTo(Errno.Intr));
        Task<Errno> killed = Guest.Start(() => Subscriptions.Poll(guest, Subscriptions.Read(fd)));
        Guest.Until(() => stream.Waiters.Count == 1, "It does not wait.");
        guest.Process.Kill(KillReason.TimedOut);
        Assert.Throws<GuestKilledException>(() => killed.GetAwaiter().GetResult());
    }

    [Test]
    public void Events_may_be_wanted_where_the_subscriptions_lie()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile());
        GuestSpan<Subscription> row = guest.Row<Subscription>(Subscriptions.Read(fd, 1), Subscriptions.Write(fd, 2), Subscriptions.Read(99, 3));
        Assert.That(Poll.PollOneoff(guest.Thread, guest.Memory, new(row.Address), new(row.Address), row.Count, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<uint>(Guest.First), Is.EqualTo(3));
        Assert.That(Enumerable.Range(0, 3).Select(i => guest.Read<Event>(row.Address + (uint)(32 * i)).UserData), Is.EqualTo(new[] { 1UL, 2UL, 3UL }));
    }

    [Test]
    public void Snapshot_0_s_subscriptions_are_8_bytes_longer()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile());
        GuestSpan<UnstableSubscription> row = guest.Row<UnstableSubscription>(
            new UnstableSubscription { UserData = 1, Type = EventType.FdWrite, Descriptor = fd },
            new UnstableSubscription { UserData = 2, Type = EventType.Clock, Identifier = ulong.MaxValue, Clock = WasiClockId.Monotonic, Timeout = 0 },
            new UnstableSubscription { UserData = 3, Type = EventType.Clock, Clock = WasiClockId.Monotonic, Timeout = 1_000_000 });
        Assert.That(Poll.PollOneoffUnstable(guest.Thread, guest.Memory, new(row.Address), new(Guest.Buffer), row.Count, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(Subscriptions.Events(guest).Select(one => one.UserData), Is.EqualTo(new[] { 1UL, 2UL }));
    }
}
