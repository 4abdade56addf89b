using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class ReadWriteTests
{
    private delegate Errno Move(Guest guest, int fd, GuestSpan<Iovec> vectors);

    private static readonly (string Name, bool Writes, Move Call)[] Calls =
    [
        ("fd_read", false, (g, fd, v) => ReadWrite.FdRead(g.Thread, g.Memory, fd, v, new(Guest.First))),
        ("fd_write", true, (g, fd, v) => ReadWrite.FdWrite(g.Thread, g.Memory, fd, v, new(Guest.First))),
        ("fd_pread", false, (g, fd, v) => ReadWrite.FdPread(g.Thread, g.Memory, fd, v, 2, new(Guest.First))),
        ("fd_pwrite", true, (g, fd, v) => ReadWrite.FdPwrite(g.Thread, g.Memory, fd, v, 2, new(Guest.First))),
    ];

    private static IEnumerable<string> Names => Calls.Select(call => call.Name);

    [Test]
    public void Reading_advances_and_ends_with_nothing()
    {
        Guest guest = new();
        int fd = guest.Open(FakeFile.With("abcdef"u8));
        Assert.That(Run("fd_read", guest, fd, (Guest.Buffer, 4)), Is.EqualTo((Errno.Success, 4)));
        Assert.That(guest.ReadText(Guest.Buffer, 4), Is.EqualTo("abcd"));
        Assert.That(Run("fd_read", guest, fd, (Guest.Buffer, 4)), Is.EqualTo((Errno.Success, 2)));
        Assert.That(Run("fd_read", guest, fd, (Guest.Buffer, 4)), Is.EqualTo((Errno.Success, 0)));
        Assert.That(guest.Offset(fd), Is.EqualTo(6));
    }

    [Test]
    public void Several_buffers_are_filled_in_order()
    {
        Guest guest = new();
        int fd = guest.Open(FakeFile.With("abcdefgh"u8));
        Assert.That(
            Run("fd_read", guest, fd, (Guest.Buffer + 100, 3), (uint.MaxValue, 0), (Guest.Buffer, 2), (Guest.Buffer + 200, 9), (Guest.Buffer + 300, 5)),
            Is.EqualTo((Errno.Success, 8)));
        Assert.That(guest.ReadText(Guest.Buffer + 100, 3), Is.EqualTo("abc"));
        Assert.That(guest.ReadText(Guest.Buffer, 2), Is.EqualTo("de"));
        Assert.That(guest.ReadText(Guest.Buffer + 200, 3), Is.EqualTo("fgh"));
        Assert.That(guest.Bytes[(int)Guest.Buffer + 300], Is.Zero, "After a short one the next is not tried.");
    }

    [Test]
    public void Writing_advances_and_overwrites()
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("0123456789"u8);
        int fd = guest.Open(file);
        guest.Fill("abcdef"u8);
        Assert.That(Run("fd_write", guest, fd, (Guest.Buffer, 3)), Is.EqualTo((Errno.Success, 3)));
        Assert.That(Run("fd_write", guest, fd, (Guest.Buffer + 4, 2), (0, 0), (Guest.Buffer + 3, 1)), Is.EqualTo((Errno.Success, 3)));
        Assert.That(file.Content.ToArray(), Is.EqualTo("abcefd6789"u8.ToArray()));
        Assert.That(guest.Offset(fd), Is.EqualTo(6));
    }

    [Test]
    public void Positions_leave_the_offset_alone()
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("0123456789"u8);
        int fd = guest.Open(file);
        guest.Fill("ab"u8);
        Assert.That(Run("fd_pwrite", guest, fd, (Guest.Buffer, 1), (Guest.Buffer + 1, 1)), Is.EqualTo((Errno.Success, 2)));
        Assert.That(Run("fd_pread", guest, fd, (Guest.Buffer + 10, 2), (Guest.Buffer + 20, 99)), Is.EqualTo((Errno.Success, 8)));
        Assert.That(guest.ReadText(Guest.Buffer + 10, 2), Is.EqualTo("ab"));
        Assert.That(guest.ReadText(Guest.Buffer + 20, 6), Is.EqualTo("456789"));
        Assert.That(guest.Offset(fd), Is.Zero);
    }

    [Test]
    public void Appending_goes_to_the_end_as_one_step_and_pwrite_does_not()
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("0123"u8);
        int fd = guest.Open(file, status: StatusFlags.Append);
        guest.Fill("abc"u8);
        Assert.That(Run("fd_write", guest, fd, (Guest.Buffer, 1), (Guest.Buffer + 1, 2)), Is.EqualTo((Errno.Success, 3)));
        Assert.That(file.Calls, Is.EqualTo(1), "One step, so that no other writer comes between.");
        Assert.That(file.Content.ToArray(), Is.EqualTo("0123abc"u8.ToArray()));
        Assert.That(guest.Offset(fd), Is.EqualTo(7));
        Assert.That(Run("fd_pwrite", guest, fd, (Guest.Buffer, 1)), Is.EqualTo((Errno.Success, 1)));
        Assert.That(file.Content.ToArray(), Is.EqualTo("01a3abc"u8.ToArray()));
        Assert.That(guest.Offset(fd), Is.EqualTo(7));
    }

    [TestCaseSource(nameof(Names))]
    public void No_bytes_at_all_succeed(string name)
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        int fd = guest.Open(file);
        guest.Write(Guest.First, 77);
        Assert.That(Run(name, guest, fd), Is.EqualTo((Errno.Success, 0)));
        guest.Write(Guest.First, 77);
        Assert.That(Run(name, guest, fd, (uint.MaxValue, 0), (Guest.Size, 0)), Is.EqualTo((Errno.Success, 0)));
        Assert.That(Run(name, guest, fd, (uint.MaxValue, 0)), Is.EqualTo((Errno.Success, 0)));
        Assert.That(file.Calls, Is.Zero);
    }

    [TestCaseSource(nameof(Names))]
    public void What_is_not_open_or_not_for_that_is_EBADF(string name)
    {
        Guest guest = new();
        bool writes = Calls.Single(call => call.Name == name).Writes;
        AccessModes wrong = writes ? AccessModes.Read : AccessModes.Write;
        FakeFile file = FakeFile.With("abc"u8);
        int standard = guest.Open(file, wrong);
        int opened = guest.Open(file, wrong, WasiRights.Possible(new OpenFile(file, wrong)));
        int neither = guest.Open(file, AccessModes.None, Rights.None);
        foreach (int fd in new[] { standard, opened, neither, 99, -1 })
        {
            Assert.That(Run(name, guest, fd, (Guest.Buffer, 1)).Errno, Is.EqualTo(Errno.BadF));
            Assert.That(Run(name, guest, fd).Errno, Is.EqualTo(Errno.BadF));
        }

        Assert.That(file.Calls, Is.Zero);
    }

    [TestCase("fd_read", Rights.FdRead)]
    [TestCase("fd_write", Rights.FdWrite)]
    [TestCase("fd_pread", Rights.FdRead)]
    [TestCase("fd_pread", Rights.FdSeek)]
    [TestCase("fd_pwrite", Rights.FdWrite)]
    [TestCase("fd_pwrite", Rights.FdSeek)]
    public void A_right_that_was_given_up_is_ENOTCAPABLE(string name, Rights missing)
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        Assert.That(Run(name, guest, guest.Open(file, rights: Rights.All & ~missing), (Guest.Buffer, 1)).Errno, Is.EqualTo(Errno.NotCapable));
        Assert.That(file.Calls, Is.Zero);
    }

    [TestCase("fd_read", Errno.IsDir)]
    [TestCase("fd_pread", Errno.IsDir)]
    [TestCase("fd_write", Errno.BadF)]
    [TestCase("fd_pwrite", Errno.BadF)]
    public void A_directory_is_neither_read_nor_written(string name, Errno expected)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory("."), AccessModes.Read, WasiRights.Directory);
        Assert.That(Run(name, guest, fd, (Guest.Buffer, 1)).Errno, Is.EqualTo(expected));
    }

    [TestCase("fd_pread")]
    [TestCase("fd_pwrite")]
    public void A_stream_has_no_positions(string name)
    {
        Guest guest = new();
        FakeStream stream = new();
        stream.Feed(1);
        int standard = guest.Open(stream);
        int opened = guest.Open(stream, rights: WasiRights.Possible(new OpenFile(stream, AccessModes.ReadWrite)));
        Assert.That(Run(name, guest, standard, (Guest.Buffer, 1)).Errno, Is.EqualTo(Errno.SPipe));
        Assert.That(Run(name, guest, standard).Errno, Is.EqualTo(Errno.SPipe));
        Assert.That(Run(name, guest, opened, (Guest.Buffer, 1)).Errno, Is.EqualTo(Errno.SPipe));
        Assert.That(stream.Writes, Is.Empty);
    }

    [Test]
    public void A_position_beyond_what_there_can_be_is_refused()
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        int fd = guest.Open(file);
        GuestSpan<Iovec> one = guest.Vectors((Guest.Buffer, 2));
        GuestOut<uint> moved = new(Guest.First);
        Assert.That(ReadWrite.FdPread(guest.Thread, guest.Memory, fd, one, 1UL << 63, moved), Is.EqualTo(Errno.Inval));
        Assert.That(ReadWrite.FdPwrite(guest.Thread, guest.Memory, fd, one, 1UL << 63, moved), Is.EqualTo(Errno.Inval));
        Assert.That(ReadWrite.FdPread(guest.Thread, guest.Memory, fd, one with { Count = 0 }, ulong.MaxValue, moved), Is.EqualTo(Errno.Inval));
        Assert.That(ReadWrite.FdPwrite(guest.Thread, guest.Memory, fd, one, long.MaxValue, moved), Is.EqualTo(Errno.FBig));
        Assert.That(file.Calls, Is.Zero);
        Assert.That(ReadWrite.FdPread(guest.Thread, guest.Memory, fd, one, long.MaxValue, moved), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<uint>(Guest.First), Is.Zero);
    }

    [TestCaseSource(nameof(Names))]
    public void More_buffers_than_the_limit_are_EINVAL(string name)
    {
        Guest guest = new(Limits.Default with { Vectors = 4 });
        int fd = guest.Open(FakeFile.With("abcdefgh"u8));
        (uint, uint) one = (Guest.Buffer, 1);
        Assert.That(Run(name, guest, fd, one, one, one, one, one).Errno, Is.EqualTo(Errno.Inval));
        Assert.That(guest.Offset(fd), Is.Zero);
        Assert.That(Run(name, guest, fd, one, one, one, one), Is.EqualTo((Errno.Success, 4)));
    }

    [Test]
    public void A_write_is_short_only_where_there_is_no_room()
    {
        Guest guest = new();
        FakeFile file = new(10) { Most = 3 };
        int fd = guest.Open(file);
        guest.Fill("0123456789abcdef"u8);
        Assert.That(Run("fd_write", guest, fd, (Guest.Buffer, 8)), Is.EqualTo((Errno.Success, 8)), "It goes on after a short transfer.");
        Assert.That(Run("fd_write", guest, fd, (Guest.Buffer + 8, 4), (Guest.Buffer + 12, 4)), Is.EqualTo((Errno.Success, 2)));
        Assert.That(file.Content.ToArray(), Is.EqualTo("0123456789"u8.ToArray()));
        Assert.That(guest.Offset(fd), Is.EqualTo(10));
        Assert.That(Run("fd_write", guest, fd, (Guest.Buffer, 4)).Errno, Is.EqualTo(Errno.NoSpc));
    }

    [Test]
    public void A_short_read_is_the_last()
    {
        Guest guest = new();
        FakeFile file = new() { Most = 3 };
        int fd = guest.Open(file);
        guest.Fill("0123456789"u8);
        Assert.That(Run("fd_write", guest, fd, (Guest.Buffer, 10)), Is.EqualTo((Errno.Success, 10)));
        Assert.That(Run("fd_pread", guest, fd, (Guest.Buffer, 2), (Guest.Buffer + 50, 5), (Guest.Buffer + 60, 5)), Is.EqualTo((Errno.Success, 5)));
        Assert.That(guest.Bytes[(int)Guest.Buffer + 60], Is.Zero);
    }

    [Test]
    public void A_failure_after_some_bytes_is_told_by_the_next_call()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile(4));
        Assert.That(Run("fd_pwrite", guest, fd, (Guest.Buffer, 2), (Guest.Buffer, 2)), Is.EqualTo((Errno.Success, 2)));
        Assert.That(
            ReadWrite.FdPwrite(guest.Thread, guest.Memory, fd, guest.Vectors((Guest.Buffer, 2), (Guest.Buffer, 2)), 4, new(Guest.First)),
            Is.EqualTo(Errno.NoSpc));
    }

    [Test]
    public void A_killed_guest_moves_nothing_more()
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        int fd = guest.Open(file);
        guest.Process.Kill(KillReason.Killed);
        Assert.Throws<GuestKilledException>(() => Run("fd_read", guest, fd, (Guest.Buffer, 1), (Guest.Buffer, 1)));
        Assert.That(file.Calls, Is.Zero);
    }

    private static (Errno Errno, int Count) Run(string name, Guest guest, int fd, params (uint Address, uint Length)[] vectors)
    {
        guest.Write(Guest.First, 0);
        Errno errno = Calls.Single(call => call.Name == name).Call(guest, fd, guest.Vectors(vectors));
        return (errno, guest.Read<int>(Guest.First));
    }
}
