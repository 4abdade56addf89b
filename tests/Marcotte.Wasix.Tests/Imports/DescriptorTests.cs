using Marcotte.Core;

namespace Marcotte.Wasix.Tests;

[TestFixture]
public sealed class DescriptorTests
{
    [Test]
    public void Duplicates_take_the_lowest_number_from_one_on_and_lose_close_on_exec()
    {
        using Guest guest = new();
        int fd = guest.Open(new FakePipe());
        Assert.That(Descriptors.FdFdflagsSet(guest.Thread, fd, 1), Is.EqualTo(Errno.Success));
        Assert.That(Descriptors.FdDup(guest.Thread, guest.Memory, fd, new GuestOut<int>(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<int>(Guest.First), Is.EqualTo(1));
        Assert.That(Descriptors.FdDup2(guest.Thread, guest.Memory, fd, 10, 1, new GuestOut<int>(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<int>(Guest.First), Is.EqualTo(10));
        Assert.That(Flags(guest, 0), Is.EqualTo(1));
        Assert.That(Flags(guest, 1), Is.EqualTo(0));
        Assert.That(Flags(guest, 10), Is.EqualTo(1));
    }

    [TestCase(7, 0, Errno.BadF)]
    [TestCase(0, -1, Errno.Inval)]
    [TestCase(0, 1024, Errno.Inval)]
    public void Duplicating_refuses(int fd, int lowest, Errno expected)
    {
        using Guest guest = new();
        guest.Open(new FakePipe());
        Assert.That(Descriptors.FdDup2(guest.Thread, guest.Memory, fd, lowest, 0, new GuestOut<int>(Guest.First)), Is.EqualTo(expected));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(1));
    }

    [Test]
    public void Renumbering_copies_onto_any_number()
    {
        using Guest guest = new();
        int fd = guest.Open(new FakePipe());
        Assert.That(Preview1.FdRenumber(guest.Thread, fd, 20), Is.EqualTo(Errno.Success));
        Assert.That(Preview1.FdRenumber(guest.Thread, fd, fd), Is.EqualTo(Errno.Success));
        Assert.That(Preview1.FdRenumber(guest.Thread, 5, 5), Is.EqualTo(Errno.BadF));
        Assert.That(Preview1.FdRenumber(guest.Thread, fd, 1024), Is.EqualTo(Errno.BadF));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(2));
    }

    [Test]
    public void A_pipe_whose_ends_find_no_number_leaves_none_open()
    {
        using Guest guest = new(new Limits { Descriptors = 1 });
        Assert.That(Descriptors.FdPipe(guest.Thread, guest.Memory, new GuestOut<int>(Guest.First), new GuestOut<int>(Guest.Second)), Is.EqualTo(Errno.MFile));
        Assert.That(guest.Process.Descriptors.Count, Is.Zero);
    }

    [TestCase(2u, 0ul, Errno.Inval)]
    [TestCase(0u, ulong.MaxValue, Errno.Inval)]
    [TestCase(1u, 5ul, Errno.NoSys)]
    public void Events_refuse(uint flags, ulong value, Errno expected)
    {
        using Guest guest = new();
        Assert.That(Descriptors.FdEvent(guest.Thread, guest.Memory, value, flags, new GuestOut<int>(Guest.First)), Is.EqualTo(expected));
    }

    [Test]
    public void A_watched_file_is_told_of_with_the_data_it_was_added_with()
    {
        using Guest guest = new();
        Assert.That(Pollers.EpollCreate(guest.Thread, guest.Memory, new GuestOut<int>(Guest.First)), Is.EqualTo(Errno.Success));
        int poller = guest.Read<int>(Guest.First);
        int fd = guest.Open(new FakePipe());
        guest.Write(Guest.First, new PollerEvent { Events = PollerBits.In | PollerBits.Edge | PollerBits.Once | PollerBits.ReadHangUp, First = ulong.MaxValue, Second = 2, Third = 3 });
        Assert.That(Pollers.EpollCtl(guest.Thread, guest.Memory, poller, PollerChange.Modify, fd, new GuestPtr<PollerEvent>(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Anonymous.Changed, Is.EqualTo((PollChange.Modify, fd)));
        Assert.That(guest.Anonymous.Interest!.Value.Modes, Is.EqualTo(PollModes.Edge | PollModes.Once | PollModes.ReadHangUp));
        Assert.That(Pollers.EpollWait(guest.Thread, guest.Memory, poller, new GuestOut<PollerEvent>(0x2000), 4, 0, new GuestOut<uint>(Guest.Second)), Is.EqualTo(Errno.Success));
        PollerEvent found = guest.Read<PollerEvent>(0x2000);
        Assert.That((found.Events, found.First, found.Second, found.Third), Is.EqualTo((PollerBits.In | PollerBits.HangUp | PollerBits.ReadHangUp, ulong.MaxValue, 2ul, 3ul)));
        Assert.That(guest.Read<uint>(Guest.Second), Is.EqualTo(1));
    }

    [Test]
    public void Waiting_for_no_events_is_refused()
    {
        using Guest guest = new();
        int fd = guest.Open(new FakePipe());
        Assert.That(Pollers.EpollWait(guest.Thread, guest.Memory, fd, new GuestOut<PollerEvent>(0x2000), 0, 0, new GuestOut<uint>(Guest.Second)), Is.EqualTo(Errno.Inval));
        Assert.That(Pollers.EpollWait(guest.Thread, guest.Memory, 9, new GuestOut<PollerEvent>(0x2000), 1, 0, new GuestOut<uint>(Guest.Second)), Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void The_working_directory_is_told_with_its_length_even_when_it_does_not_fit()
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x0408, new Request().Int(-100).UInt(0x1FF).Text("/deep")), Is.EqualTo(Errno.Success));
        Assert.That(WorkingDirectory.Chdir(guest.Thread, guest.Memory, guest.Text("/deep")), Is.EqualTo(Errno.Success));
        guest.Write(Guest.Second, 4u);
        Assert.That(WorkingDirectory.Getcwd(guest.Thread, guest.Memory, new GuestOut<byte>(Guest.First), new GuestOut<uint>(Guest.Second)), Is.EqualTo(Errno.Range));
        Assert.That(guest.Read<uint>(Guest.Second), Is.EqualTo(5));
        Assert.That(WorkingDirectory.Getcwd(guest.Thread, guest.Memory, new GuestOut<byte>(Guest.First), new GuestOut<uint>(Guest.Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Bytes.Slice((int)Guest.First, 5).ToArray(), Is.EqualTo("/deep"u8.ToArray()));
    }

    [Test]
    public void The_terminal_is_told_and_set()
    {
        using Guest guest = new();
        Assert.That(Terminals.TtyGet(guest.Thread, guest.Memory, new GuestOut<Tty>(Guest.First)), Is.EqualTo(Errno.NoTty));
        FakeTerminal terminal = new();
        guest.Open(new FakePipe());
        guest.Open(new FakeTerminal.File(terminal));
        Assert.That(Terminals.TtyGet(guest.Thread, guest.Memory, new GuestOut<Tty>(Guest.First)), Is.EqualTo(Errno.Success));
        Tty tty = guest.Read<Tty>(Guest.First);
        Assert.That((tty.Columns, tty.Rows, tty.Width, tty.InputIsTerminal, tty.OutputIsTerminal), Is.EqualTo((80u, 24u, 640u, (byte)0, (byte)1)));
        Assert.That((tty.Echo, tty.LineBuffered, tty.LineFeeds), Is.EqualTo(((byte)1, (byte)1, (byte)1)));
        guest.Write(Guest.First, tty with { Echo = 0, LineBuffered = 0 });
        Assert.That(Terminals.TtySet(guest.Thread, guest.Memory, new GuestPtr<Tty>(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(terminal.Settings.Local, Is.EqualTo(0x8A3Bu & ~0xAu));
        terminal.Attention = Errno.IO;
        Assert.That(Terminals.TtySet(guest.Thread, guest.Memory, new GuestPtr<Tty>(Guest.First)), Is.EqualTo(Errno.IO));
    }

    [Test]
    public void Nothing_is_a_socket()
    {
        using Guest guest = new();
        int fd = guest.Open(new FakePipe());
        Assert.That(Sockets.SockStatus(guest.Thread, guest.Memory, fd, default), Is.EqualTo(Errno.NotSock));
        Assert.That(SocketOptions.SockSetOptSize(guest.Thread, 9, 1, 1), Is.EqualTo(Errno.BadF));
        Assert.That(Sockets.SockOpen(guest.Thread, guest.Memory, 1, 1, 6, default), Is.EqualTo(Errno.AfNoSupport));
        Assert.That(Linking.DlInvalidHandle(guest.Thread, 1), Is.EqualTo(Errno.Inval));
    }

    private static int Flags(Guest guest, int fd)
    {
        Assert.That(Descriptors.FdFdflagsGet(guest.Thread, guest.Memory, fd, new GuestOut<ushort>(Guest.Second)), Is.EqualTo(Errno.Success));
        return guest.Read<ushort>(Guest.Second);
    }
}
