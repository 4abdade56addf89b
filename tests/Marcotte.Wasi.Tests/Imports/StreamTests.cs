using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasi.Tests;

/// <summary>Reading and writing what has no positions: what goes as one, and who waits.</summary>
[TestFixture]
public sealed class StreamTests
{
    private const int Gathered = 64 * 1024;

    [Test]
    public void What_is_written_at_once_arrives_at_once()
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        guest.Fill("abcdef"u8);
        Assert.That(Write(guest, fd, (Guest.Buffer + 3, 3), (0, 0), (Guest.Buffer, 3)), Is.EqualTo((Errno.Success, 6)));
        Assert.That(stream.Writes, Has.Length.EqualTo(1));
        Assert.That(stream.Written, Is.EqualTo("defabc"u8.ToArray()));
    }

    [TestCase(900u, 124u, 1)]
    [TestCase(900u, 125u, 1)]
    [TestCase(4_096u, 4_096u, 1)]
    [TestCase(60_000u, 5_536u, 1)]
    [TestCase(60_000u, 5_537u, 2)]
    [TestCase(65_536u, 1u, 2)]
    [TestCase(100_000u, 70_000u, 2)]
    [TestCase(60_000u, 100_000u, 2)]
    public void What_is_gathered_is_bounded_and_all_of_it_goes(uint first, uint second, int writes)
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        Random random = new(1);
        random.NextBytes(guest.Bytes[(int)Guest.Buffer..]);
        byte[] expected = [.. guest.Read(Guest.Buffer + 7, (int)first), .. guest.Read(Guest.Buffer + 3, (int)second)];
        Assert.That(Write(guest, fd, (Guest.Buffer + 7, first), (Guest.Buffer + 3, second)), Is.EqualTo((Errno.Success, (int)(first + second))));
        Assert.That(stream.Written.AsSpan().SequenceEqual(expected), Is.True);
        Assert.That(stream.Writes, Has.Length.EqualTo(writes));
        if (first < Gathered)
        {
            Assert.That(stream.Writes[0], Has.Length.EqualTo(Math.Min(Gathered, expected.Length)));
        }
    }

    [TestCase(10u, 10u, 7)]
    [TestCase(10u, 10u, 10)]
    [TestCase(10u, 10u, 15)]
    [TestCase(10u, 10u, 25)]
    [TestCase(900u, 900u, 1_700)]
    public void What_is_read_at_once_is_spread_over_the_buffers(uint first, uint second, int available)
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        byte[] bytes = new byte[available];
        new Random(2).NextBytes(bytes);
        stream.Feed(bytes);
        int expected = Math.Min(available, (int)(first + second));
        Assert.That(Read(guest, fd, (Guest.Buffer, first), (Guest.Buffer + 5_000, second)), Is.EqualTo((Errno.Success, expected)));
        byte[] got = [.. guest.Read(Guest.Buffer, (int)first), .. guest.Read(Guest.Buffer + 5_000, (int)second)];
        Assert.That(got[..expected], Is.EqualTo(bytes[..expected]));
        Assert.That(got[expected..], Has.All.Zero, "What lies behind stays.");
    }

    [Test]
    public void A_large_first_buffer_is_read_straight_into()
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        stream.Feed(new byte[100_001]);
        Assert.That(Read(guest, fd, (Guest.Buffer, 100_000), (Guest.Buffer, 5)), Is.EqualTo((Errno.Success, 100_000)));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void A_reader_waits_until_bytes_come(int buffers)
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        Task<(Errno, int)> reader = Guest.Start(() => buffers == 1
            ? Read(guest, fd, (Guest.Buffer, 8))
            : Read(guest, fd, (Guest.Buffer, 2), (Guest.Buffer + 2, 6)));
        Guest.Until(() => stream.Waiters.Count == 1, "The reader does not wait.");
        Assert.That(reader.IsCompleted, Is.False);
        stream.Feed(1, 2, 3);
        Assert.That(Guest.Outcome(reader), Is.EqualTo((Errno.Success, 3)));
        Assert.That(guest.Read(Guest.Buffer, 4), Is.EqualTo(new byte[] { 1, 2, 3, 0 }));
        Assert.That(stream.Waiters.Count, Is.Zero);
    }

    [Test]
    public void A_reader_that_waits_sees_the_end()
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        Task<(Errno, int)> reader = Guest.Start(() => Read(guest, fd, (Guest.Buffer, 8)));
        Guest.Until(() => stream.Waiters.Count == 1, "The reader does not wait.");
        stream.Extra = Readiness.HangUp;
        stream.End();
        Assert.That(Guest.Outcome(reader), Is.EqualTo((Errno.Success, 0)));
    }

    [Test]
    public void A_writer_waits_until_all_is_written()
    {
        Guest guest = new();
        FakeStream stream = new() { Room = 4 };
        int fd = guest.Open(stream);
        guest.Fill("0123456789"u8);
        Task<(Errno, int)> writer = Guest.Start(() => Write(guest, fd, (Guest.Buffer, 10)));
        Guest.Until(() => stream.Waiters.Count == 1, "The writer does not wait.");
        Assert.That(stream.Written, Is.EqualTo("0123"u8.ToArray()));
        stream.Room = 3;
        Guest.Until(() => stream.Written.Length == 7 && stream.Waiters.Count == 1, "The writer does not go on.");
        stream.Room = 100;
        Assert.That(Guest.Outcome(writer), Is.EqualTo((Errno.Success, 10)));
        Assert.That(stream.Written, Is.EqualTo("0123456789"u8.ToArray()));
    }

    [Test]
    public void A_writer_that_went_on_resumes_within_the_right_buffer([Range(1, 9)] int room)
    {
        Guest guest = new();
        FakeStream stream = new() { Room = room };
        int fd = guest.Open(stream);
        guest.Fill("0123456789"u8);
        Task<(Errno, int)> writer = Guest.Start(() => Write(guest, fd, (Guest.Buffer, 3), (Guest.Buffer + 3, 0), (Guest.Buffer + 3, 4), (Guest.Buffer + 7, 3)));
        Guest.Until(() => stream.Waiters.Count == 1, "The writer does not wait.");
        stream.Room = 100;
        Assert.That(Guest.Outcome(writer), Is.EqualTo((Errno.Success, 10)));
        Assert.That(stream.Written, Is.EqualTo("0123456789"u8.ToArray()));
    }

    [Test]
    public void A_writer_that_is_interrupted_tells_how_far_it_came([Values(0, 4)] int room)
    {
        Guest guest = new();
        FakeStream stream = new() { Room = room };
        int fd = guest.Open(stream);
        Task<(Errno, int)> writer = Guest.Start(() => Write(guest, fd, (Guest.Buffer, 10)));
        Guest.Until(() => stream.Waiters.Count == 1, "The writer does not wait.");
        guest.Thread.Interrupt();
        Assert.That(Guest.Outcome(writer), Is.EqualTo(room == 0 ? (Errno.Intr, 0) : (Errno.Success, 4)));
    }

    [Test]
    public void A_writer_whose_reader_goes_tells_how_far_it_came()
    {
        Guest guest = new();
        FakeStream stream = new() { Room = 4 };
        int fd = guest.Open(stream);
        Task<(Errno, int)> writer = Guest.Start(() => Write(guest, fd, (Guest.Buffer, 10)));
        Guest.Until(() => stream.Waiters.Count == 1, "The writer does not wait.");
        stream.Extra = Readiness.Error;
        stream.End();
        Assert.That(Guest.Outcome(writer), Is.EqualTo((Errno.Success, 4)));
        Assert.That(Write(guest, fd, (Guest.Buffer, 1)).Errno, Is.EqualTo(Errno.Pipe));
    }

    [Test]
    public void What_does_not_block_says_EAGAIN_or_how_far_it_came([Values(1, 2)] int buffers)
    {
        Guest guest = new();
        FakeStream stream = new() { Room = 4 };
        int fd = guest.Open(stream, status: StatusFlags.NonBlocking);
        (uint, uint)[] vectors = buffers == 1 ? [(Guest.Buffer, 10)] : [(Guest.Buffer, 5), (Guest.Buffer, 5)];
        Assert.That(Read(guest, fd, vectors).Errno, Is.EqualTo(Errno.Again));
        Assert.That(Write(guest, fd, vectors), Is.EqualTo((Errno.Success, 4)));
        Assert.That(Write(guest, fd, vectors).Errno, Is.EqualTo(Errno.Again));
    }

    [Test]
    public void A_reader_that_waits_can_be_interrupted_and_killed()
    {
        Guest guest = new();
        FakeStream stream = new();
        int fd = guest.Open(stream);
        Task<(Errno Errno, int)> interrupted = Guest.Start(() => Read(guest, fd, (Guest.Buffer, 8)));
        Guest.Until(() => stream.Waiters.Count == 1, "The reader does not wait.");
        guest.Thread.Interrupt();
        Assert.That(Guest.Outcome(interrupted).Errno, Is.EqualTo(Errno.Intr));

        Task<(Errno, int)> killed = Guest.Start(() => Read(guest, fd, (Guest.Buffer, 8)));
        Guest.Until(() => stream.Waiters.Count == 1, "The reader does not wait.");
        guest.Process.Kill(KillReason.Killed);
        Assert.Throws<GuestKilledException>(() => killed.GetAwaiter().GetResult());
        Assert.That(stream.Waiters.Count, Is.Zero);
    }

    private static (Errno Errno, int Count) Read(Guest guest, int fd, params (uint Address, uint Length)[] vectors)
    {
        guest.Write(Guest.First, 0);
        Errno errno = ReadWrite.FdRead(guest.Thread, guest.Memory, fd, guest.Vectors(vectors), new(Guest.First));
        return (errno, guest.Read<int>(Guest.First));
    }

    private static (Errno Errno, int Count) Write(Guest guest, int fd, params (uint Address, uint Length)[] vectors)
    {
        guest.Write(Guest.First, 0);
        Errno errno = ReadWrite.FdWrite(guest.Thread, guest.Memory, fd, guest.Vectors(vectors), new(Guest.First));
        return (errno, guest.Read<int>(Guest.First));
    }
}
