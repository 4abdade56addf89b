using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Where there are no sockets: ENOTSOCK on what is open, EBADF on what is not.</summary>
[TestFixture]
public sealed class SocketsTests
{
    private static readonly Func<Guest, int, Errno>[] Calls =
    [
        (g, fd) => Sockets.SockAccept(g.Thread, g.Memory, fd, FdFlags.NonBlock, new(Guest.First)),
        (g, fd) => Sockets.SockRecv(g.Thread, g.Memory, fd, new(Guest.Rows, 1), RiFlags.RecvPeek | RiFlags.RecvWaitAll, new(Guest.First), new(Guest.Second)),
        (g, fd) => Sockets.SockSend(g.Thread, g.Memory, fd, new(Guest.Rows, 1), SiFlags.None, new(Guest.First)),
        (g, fd) => Sockets.SockShutdown(g.Thread, fd, SdFlags.Rd | SdFlags.Wr),
        (g, fd) => Sockets.SockShutdown(g.Thread, fd, SdFlags.Rd),
        (g, fd) => Sockets.SockShutdown(g.Thread, fd, SdFlags.Wr),
    ];

    [Test]
    public void On_what_is_no_socket_it_is_ENOTSOCK([Range(0, 5)] int call)
    {
        Guest guest = new();
        int file = guest.Open(new FakeFile());
        int stream = guest.Open(new FakeStream());
        int directory = guest.Open(new FakeDirectory());
        Assert.That(Calls[call](guest, file), Is.EqualTo(Errno.NotSock));
        Assert.That(Calls[call](guest, stream), Is.EqualTo(Errno.NotSock));
        Assert.That(Calls[call](guest, directory), Is.EqualTo(Errno.NotSock));
    }

    [Test]
    public void On_what_is_not_open_it_is_EBADF([Range(0, 5)] int call, [Values(0, 7, -1, int.MaxValue, int.MinValue)] int fd) =>
        Assert.That(Calls[call](new Guest(), fd), Is.EqualTo(Errno.BadF));

    [Test]
    public void A_stranger_s_socket_is_not_supported([Range(0, 5)] int call)
    {
        Guest guest = new();
        Assert.That(Calls[call](guest, guest.Open(new FakeStream { Kind = FileType.StreamSocket })), Is.EqualTo(Errno.NotSup));
    }

    [TestCase(1u)]
    [TestCase(2u)]
    [TestCase(5u)]
    [TestCase(0x10004u)]
    public void Accepting_takes_NONBLOCK_only(uint flags)
    {
        Guest guest = new();
        Assert.That(Sockets.SockAccept(guest.Thread, guest.Memory, guest.Open(new FakeFile()), (FdFlags)flags, new(Guest.First)), Is.EqualTo(Errno.Inval));
    }

    [TestCase(4u)]
    [TestCase(0x10000u)]
    public void Receiving_takes_the_flags_that_there_are(uint flags)
    {
        Guest guest = new();
        Assert.That(
            Sockets.SockRecv(guest.Thread, guest.Memory, guest.Open(new FakeFile()), new(Guest.Rows, 0), (RiFlags)flags, new(Guest.First), new(Guest.Second)),
            Is.EqualTo(Errno.Inval));
    }

    [TestCase(1u)]
    [TestCase(0x10000u)]
    public void Sending_takes_no_flags(uint flags)
    {
        Guest guest = new();
        Assert.That(
            Sockets.SockSend(guest.Thread, guest.Memory, guest.Open(new FakeFile()), new(Guest.Rows, 0), (SiFlags)flags, new(Guest.First)),
            Is.EqualTo(Errno.Inval));
    }

    [TestCase(0u)]
    [TestCase(4u)]
    [TestCase(7u)]
    [TestCase(0x101u)]
    public void Shutting_down_neither_half_or_a_third_is_EINVAL(uint how)
    {
        Guest guest = new();
        Assert.That(Sockets.SockShutdown(guest.Thread, guest.Open(new FakeFile()), (SdFlags)how), Is.EqualTo(Errno.Inval));
    }
}
