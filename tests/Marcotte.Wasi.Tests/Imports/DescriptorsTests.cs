using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class DescriptorsTests
{
    private const Rights FileRights = (Rights)0x8E001FF;

    [Test]
    public void Closing_gives_the_file_up_once()
    {
        Guest guest = new();
        FakeFile file = new();
        int fd = guest.Open(file);
        Assert.That(Descriptors.FdClose(guest.Thread, fd), Is.EqualTo(Errno.Success));
        Assert.That(file.Releases, Is.EqualTo(1));
        Assert.That(Descriptors.FdClose(guest.Thread, fd), Is.EqualTo(Errno.BadF));
        Assert.That(file.Releases, Is.EqualTo(1));
    }

    [TestCase(-1)]
    [TestCase(99)]
    [TestCase(int.MinValue)]
    public void What_is_not_open_is_EBADF(int fd)
    {
        Guest guest = new();
        int open = guest.Open(new FakeFile());
        Assert.That(Descriptors.FdClose(guest.Thread, fd), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdRenumber(guest.Thread, fd, open), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdRenumber(guest.Thread, open, fd), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdRenumber(guest.Thread, fd, fd), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdFdstatGet(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdFdstatSetFlags(guest.Thread, fd, FdFlags.None), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, Rights.None, Rights.None), Is.EqualTo(Errno.BadF));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(1));
    }

    [Test]
    public void Renumbering_moves_a_descriptor_and_closes_what_was_there()
    {
        Guest guest = new();
        FakeFile moved = new();
        FakeFile replaced = new();
        int from = guest.Open(moved);
        int to = guest.Open(replaced);
        Assert.That(Descriptors.FdRenumber(guest.Thread, from, to), Is.EqualTo(Errno.Success));
        Assert.That(guest.File(to).Operations, Is.SameAs(moved));
        Assert.That((moved.Releases, replaced.Releases), Is.EqualTo((0, 1)));
        Assert.That(Descriptors.FdClose(guest.Thread, from), Is.EqualTo(Errno.BadF));
        Assert.That(Descriptors.FdRenumber(guest.Thread, to, to), Is.EqualTo(Errno.Success), "Onto itself nothing changes.");
        Assert.That(guest.File(to).Operations, Is.SameAs(moved));
        Assert.That(moved.Releases, Is.Zero);
    }

    [Test]
    public void A_file_s_fdstat_tells_kind_flags_and_rights()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile(), status: StatusFlags.Append | StatusFlags.NonBlocking);
        guest.Bytes.Slice((int)Guest.First, 32).Fill(0xEE);
        Assert.That(Descriptors.FdFdstatGet(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Bytes[(int)Guest.First], Is.EqualTo(4));
        Assert.That(guest.Bytes[(int)Guest.First + 1], Is.Zero, "Padding is zeroed.");
        Assert.That(guest.Read<ushort>(Guest.First + 2), Is.EqualTo(5));
        Assert.That(guest.Read<uint>(Guest.First + 4), Is.Zero, "Padding is zeroed.");
        Assert.That(guest.Read<Rights>(Guest.First + 8), Is.EqualTo(FileRights));
        Assert.That(guest.Read<Rights>(Guest.First + 16), Is.EqualTo(Rights.None), "Nothing can be opened beneath a file.");
        Assert.That(guest.Bytes[(int)Guest.First + 24], Is.EqualTo(0xEE), "24 bytes, no more.");
    }

    [Test]
    public void A_directory_s_fdstat_hands_rights_on()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory(), AccessModes.Read);
        Assert.That(Descriptors.FdFdstatGet(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.Success));
        FdStat stat = guest.Read<FdStat>(Guest.First);
        Assert.That(stat.FileType, Is.EqualTo(WasiFileType.Directory));
        Assert.That(stat.RightsBase, Is.EqualTo(WasiRights.Directory));
        Assert.That(stat.RightsInheriting, Is.EqualTo(WasiRights.Inheriting));
    }

    [Test]
    public void Rights_that_were_given_up_are_not_reported()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile(), rights: Rights.FdRead | Rights.FdTell);
        Assert.That(Descriptors.FdFdstatGet(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<FdStat>(Guest.First).RightsBase, Is.EqualTo(Rights.FdRead | Rights.FdTell));
    }

    [Test]
    public void Flags_are_replaced_for_all_descriptors_of_the_file()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile(), status: StatusFlags.Append);
        Assert.That(Descriptors.FdFdstatSetFlags(guest.Thread, fd, FdFlags.NonBlock), Is.EqualTo(Errno.Success));
        Assert.That(guest.File(fd).Status, Is.EqualTo(StatusFlags.NonBlocking));
        Assert.That(Descriptors.FdFdstatSetFlags(guest.Thread, fd, FdFlags.None), Is.EqualTo(Errno.Success));
        Assert.That(guest.File(fd).Status, Is.EqualTo(StatusFlags.None));
    }

    [TestCase(2u)]
    [TestCase(8u)]
    [TestCase(16u)]
    [TestCase(17u)]
    [TestCase(32u)]
    [TestCase(0x10001u)]
    public void Beginning_to_sync_and_unknown_flags_are_EINVAL(uint flags)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile(), status: StatusFlags.Append);
        Assert.That(Descriptors.FdFdstatSetFlags(guest.Thread, fd, (FdFlags)flags), Is.EqualTo(Errno.Inval));
        Assert.That(guest.File(fd).Status, Is.EqualTo(StatusFlags.Append));
    }

    /// <summary>F_SETFL on Linux ignores O_SYNC, so a libc that sets what it got plus one flag succeeds.</summary>
    [TestCase(24u)]
    [TestCase(0u)]
    public void What_syncs_goes_on_doing_so(uint also)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile(), status: StatusFlags.Sync);
        Assert.That(Descriptors.FdFdstatSetFlags(guest.Thread, fd, FdFlags.Append | (FdFlags)also), Is.EqualTo(Errno.Success));
        Assert.That(guest.File(fd).Status, Is.EqualTo(StatusFlags.Sync | StatusFlags.Append));
    }

    [Test]
    public void Flags_do_not_change_without_the_right()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile(), rights: Rights.All & ~Rights.FdFdStatSetFlags);
        Assert.That(Descriptors.FdFdstatSetFlags(guest.Thread, fd, FdFlags.Append), Is.EqualTo(Errno.NotCapable));
        Assert.That(guest.File(fd).Status, Is.EqualTo(StatusFlags.None));
    }

    [Test]
    public void Rights_can_be_given_up_and_not_gained()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory(), AccessModes.Read);
        Rights fewer = WasiRights.Directory & ~Rights.PathOpen;
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, fewer, Rights.FdRead), Is.EqualTo(Errno.Success));
        Assert.That((guest.Descriptor(fd).Base, guest.Descriptor(fd).Inheriting), Is.EqualTo((fewer, Rights.FdRead)));
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, WasiRights.Directory, Rights.FdRead), Is.EqualTo(Errno.NotCapable));
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, fewer, Rights.FdRead | Rights.FdWrite), Is.EqualTo(Errno.NotCapable));
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, fewer, Rights.FdRead), Is.EqualTo(Errno.Success));
        Assert.That((guest.Descriptor(fd).Base, guest.Descriptor(fd).Inheriting), Is.EqualTo((fewer, Rights.FdRead)));
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, Rights.None, Rights.None), Is.EqualTo(Errno.Success));
    }

    [TestCase(FileRights | Rights.FdReadDir)]
    [TestCase(FileRights | Rights.SockAccept)]
    [TestCase(FileRights | (Rights)(1UL << 30))]
    [TestCase(FileRights | (Rights)(1UL << 63))]
    public void Rights_that_are_not_reported_would_be_gained(Rights rights)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeFile());
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, rights, Rights.None), Is.EqualTo(Errno.NotCapable));
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, FileRights, Rights.FdRead), Is.EqualTo(Errno.NotCapable));
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, FileRights, Rights.None), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Giving_a_right_up_leaves_the_open_file_and_its_offset()
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        int fd = guest.Open(file);
        OpenFile open = guest.File(fd);
        Assert.That(Descriptors.FdFdstatSetRights(guest.Thread, fd, Rights.FdRead, Rights.None), Is.EqualTo(Errno.Success));
        Assert.That(guest.File(fd), Is.SameAs(open));
        Assert.That(file.Releases, Is.Zero);
        Assert.That(ReadWrite.FdWrite(guest.Thread, guest.Memory, fd, guest.Vectors((Guest.Buffer, 1)), new(Guest.First)), Is.EqualTo(Errno.NotCapable));
        Assert.That(ReadWrite.FdRead(guest.Thread, guest.Memory, fd, guest.Vectors((Guest.Buffer, 1)), new(Guest.First)), Is.EqualTo(Errno.Success));
    }
}
