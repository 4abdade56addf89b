using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class PathOpeningTests
{
    [Test]
    public void A_path_goes_to_the_file_system_beneath_its_directory()
    {
        Guest guest = new();
        int directory = guest.Open(new FakeDirectory(), AccessModes.Read);
        Assert.That(Open(guest, directory, rights: Rights.FdRead), Is.EqualTo((Errno.Success, 4)));
        Assert.That(Open(guest, directory, lookup: 1, rights: Rights.FdRead), Is.EqualTo((Errno.Success, 5)));
        Assert.That(guest.Files.Calls, Is.EqualTo(new[] { "Open some/where Beneath", "Open some/where Follow, Beneath" }));
        Assert.That(guest.Files.Directory, Is.SameAs(guest.File(directory)));
    }

    [TestCase(0u, OpenFlags.None)]
    [TestCase(1u, OpenFlags.Create)]
    [TestCase(2u, OpenFlags.Directory)]
    [TestCase(4u, OpenFlags.Exclusive)]
    [TestCase(5u, OpenFlags.Create | OpenFlags.Exclusive)]
    [TestCase(8u, OpenFlags.Truncate)]
    [TestCase(13u, OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Truncate)]
    public void Flags_say_what_is_made(uint oflags, OpenFlags expected)
    {
        Guest guest = new();
        Assert.That(Open(guest, guest.Open(new FakeDirectory()), oflags).Errno, Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Request!.Value.Flags, Is.EqualTo(expected));
        Assert.That(guest.Files.Request.Value.Mode, Is.EqualTo(0x1B6));
    }

    [TestCase(Rights.None, AccessModes.None)]
    [TestCase(Rights.FdSeek | Rights.FdTell | Rights.FdFileStatGet, AccessModes.None)]
    [TestCase(Rights.FdRead, AccessModes.Read)]
    [TestCase(Rights.FdReadDir, AccessModes.Read)]
    [TestCase(Rights.FdWrite, AccessModes.Write)]
    [TestCase(Rights.FdRead | Rights.FdWrite, AccessModes.ReadWrite)]
    [TestCase(Rights.FdAllocate | Rights.FdFileStatSetSize | Rights.FdDataSync, AccessModes.None)]
    [TestCase((Rights)ulong.MaxValue, AccessModes.ReadWrite)]
    public void Rights_say_how_it_is_accessed(Rights rights, AccessModes expected)
    {
        Guest guest = new();
        Assert.That(Open(guest, guest.Open(new FakeDirectory()), rights: rights).Errno, Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Request!.Value.Access, Is.EqualTo(expected));
    }

    [TestCase(0u, StatusFlags.None)]
    [TestCase(1u, StatusFlags.Append)]
    [TestCase(2u, StatusFlags.DataSync)]
    [TestCase(4u, StatusFlags.NonBlocking)]
    [TestCase(8u, StatusFlags.Sync)]
    [TestCase(16u, StatusFlags.Sync)]
    public void Status_flags_are_handed_on(uint fdflags, StatusFlags expected)
    {
        Guest guest = new();
        Assert.That(Open(guest, guest.Open(new FakeDirectory()), fdflags: fdflags).Errno, Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Request!.Value.Status, Is.EqualTo(expected));
    }

    [Test]
    public void Of_the_rights_asked_for_those_remain_that_mean_something()
    {
        Guest guest = new();
        int directory = guest.Open(new FakeDirectory(), inheriting: WasiRights.Inheriting & ~Rights.FdSeek);
        (_, int file) = Open(guest, directory, rights: Rights.All & ~Rights.FdAdvise, inheriting: Rights.All);
        Assert.That(guest.Descriptor(file).Base, Is.EqualTo(WasiRights.File & ~(Rights.FdSeek | Rights.FdAdvise)));
        Assert.That(guest.Descriptor(file).Inheriting, Is.EqualTo(Rights.None));

        (_, int reader) = Open(guest, directory, rights: Rights.All & ~Rights.FdWrite);
        Assert.That(guest.Descriptor(reader).Base & (Rights.FdWrite | Rights.FdAllocate | Rights.FdFileStatSetSize), Is.EqualTo(Rights.None));

        guest.Files.Opened = request => new OpenFile(new FakeDirectory(), request.Access);
        (_, int folder) = Open(guest, directory, rights: (Rights)ulong.MaxValue, inheriting: (Rights)ulong.MaxValue);
        Assert.That(guest.Descriptor(folder).Base, Is.EqualTo(WasiRights.Directory));
        Assert.That(guest.Descriptor(folder).Inheriting, Is.EqualTo(WasiRights.Inheriting & ~Rights.FdSeek));
    }

    [Test]
    public void Unknown_flags_are_EINVAL(
        [Values(0u, 2u, 3u, 0x8000_0000u)] uint lookup,
        [Values(0u, 3u, 7u, 16u, 0x10001u)] uint oflags,
        [Values(0u, 32u, 0x10000u)] uint fdflags)
    {
        Guest guest = new();
        Errno expected = lookup == 0 && oflags == 0 && fdflags == 0 ? Errno.Success : Errno.Inval;
        Assert.That(Open(guest, guest.Open(new FakeDirectory()), oflags, lookup, fdflags).Errno, Is.EqualTo(expected));
        Assert.That(guest.Files.Calls, Has.Count.EqualTo(expected == Errno.Success ? 1 : 0));
    }

    [TestCase(0u, Rights.PathOpen)]
    [TestCase(1u, Rights.PathOpen)]
    [TestCase(1u, Rights.PathCreateFile)]
    [TestCase(8u, Rights.PathFileStatSetSize)]
    public void The_directory_s_rights_are_needed(uint oflags, Rights missing)
    {
        Guest guest = new();
        int directory = guest.Open(new FakeDirectory(), rights: Rights.All & ~missing);
        Assert.That(Open(guest, directory, oflags).Errno, Is.EqualTo(Errno.NotCapable));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    [TestCase(Rights.FdRead)]
    [TestCase(Rights.FdWrite)]
    public void A_mode_that_is_not_handed_on_is_refused_at_once(Rights right)
    {
        Guest guest = new();
        int directory = guest.Open(new FakeDirectory(), inheriting: Rights.All & ~right);
        Assert.That(Open(guest, directory, oflags: 1, rights: Rights.FdRead | Rights.FdWrite).Errno, Is.EqualTo(Errno.NotCapable));
        Assert.That(guest.Files.Calls, Is.Empty);
        Assert.That(Open(guest, directory, rights: (Rights.FdRead | Rights.FdWrite) & ~right).Errno, Is.EqualTo(Errno.Success));
    }

    /// <summary>The test suite's truncation_rights: truncating is the directory's right, no FD_WRITE is needed.</summary>
    [Test]
    public void Truncating_needs_no_right_of_the_file()
    {
        Guest guest = new();
        Assert.That(Open(guest, guest.Open(new FakeDirectory(), inheriting: Rights.None), oflags: 8).Errno, Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Request!.Value, Is.EqualTo(new OpenRequest(OpenFlags.Truncate, AccessModes.None)));
    }

    [Test]
    public void What_is_no_directory_is_ENOTDIR_and_what_is_not_open_EBADF()
    {
        Guest guest = new();
        Assert.That(Open(guest, guest.Open(new FakeFile(), rights: WasiRights.File, inheriting: Rights.None)).Errno, Is.EqualTo(Errno.NotDir));
        Assert.That(Open(guest, 99).Errno, Is.EqualTo(Errno.BadF));
        Assert.That(Open(guest, -1).Errno, Is.EqualTo(Errno.BadF));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    [TestCase(Errno.NoEnt)]
    [TestCase(Errno.Loop)]
    [TestCase(Errno.Exist)]
    [TestCase(Errno.IsDir)]
    [TestCase(Errno.Perm)]
    [TestCase(Errno.RoFs)]
    public void What_the_file_system_answers_goes_out(Errno answer)
    {
        Guest guest = new();
        guest.Files.Answer = answer;
        Assert.That(Open(guest, guest.Open(new FakeDirectory())), Is.EqualTo((answer, 0)));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(1));
    }

    [Test]
    public void Numbers_below_3_are_never_given()
    {
        Guest guest = new();
        int directory = guest.Open(new FakeDirectory());
        Assert.That(Open(guest, directory).Fd, Is.EqualTo(4));
        Assert.That(Descriptors.FdClose(guest.Thread, 4), Is.EqualTo(Errno.Success));
        Assert.That(Open(guest, directory).Fd, Is.EqualTo(4), "The lowest free one.");
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    public void Without_a_free_number_nothing_is_made(int limit)
    {
        Guest guest = new(Limits.Default with { Descriptors = limit });
        int directory = 0;
        while (guest.Process.Descriptors.HasRoom())
        {
            Assert.That(guest.Process.Descriptors.Add(new Descriptor(new OpenFile(new FakeDirectory(), AccessModes.Read)), out directory), Is.EqualTo(Errno.Success));
        }

        Assert.That(Open(guest, directory, oflags: 1).Errno, Is.EqualTo(Errno.MFile));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    [Test]
    public void A_file_is_given_back_when_the_last_number_went_meanwhile()
    {
        Guest guest = new(Limits.Default with { Descriptors = 5 });
        int directory = guest.Open(new FakeDirectory());
        FakeFile file = new();
        guest.Files.Opened = request =>
        {
            guest.Open(new FakeFile());
            return new OpenFile(file, request.Access);
        };
        Assert.That(Open(guest, directory).Errno, Is.EqualTo(Errno.MFile));
        Assert.That(file.Releases, Is.EqualTo(1));
    }

    [Test]
    public void A_path_beyond_the_limit_is_ENAMETOOLONG()
    {
        Guest guest = new(Limits.Default with { PathBytes = 10 });
        int directory = guest.Open(new FakeDirectory());
        Assert.That(Open(guest, directory, path: "0123456789").Errno, Is.EqualTo(Errno.Success));
        Assert.That(Open(guest, directory, path: "0123456789a").Errno, Is.EqualTo(Errno.NameTooLong));
    }

    [Test]
    public void A_box_without_files_says_ENOSYS()
    {
        Guest guest = new();
        guest.Kernel.Files = FileNamespace.None;
        Assert.That(Open(guest, guest.Open(new FakeDirectory())).Errno, Is.EqualTo(Errno.NoSys));
    }

    private static (Errno Errno, int Fd) Open(
        Guest guest, int directory, uint oflags = 0, uint lookup = 0, uint fdflags = 0, Rights rights = Rights.None, Rights inheriting = Rights.None, string path = "some/where")
    {
        guest.Write(Guest.First, 0);
        Errno errno = PathOpening.PathOpen(
            guest.Thread, guest.Memory, directory, (LookupFlags)lookup, guest.Text(path), (OFlags)oflags, rights, inheriting, (FdFlags)fdflags, new(Guest.First));
        return (errno, guest.Read<int>(Guest.First));
    }
}
