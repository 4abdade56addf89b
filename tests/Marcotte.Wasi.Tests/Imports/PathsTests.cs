using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class PathsTests
{
    /// <summary>A call, the right it needs, how it is made with a directory and a path, and what the file system is asked.</summary>
    private static readonly (string Name, Rights Right, string Asked, Func<Guest, int, GuestText, Errno> Call)[] Calls =
    [
        ("path_create_directory", Rights.PathCreateDirectory, "MakeDirectory 777 a/b Beneath",
            (g, fd, p) => Paths.PathCreateDirectory(g.Thread, g.Memory, fd, p)),
        ("path_filestat_get", Rights.PathFileStatGet, "Stat a/b Beneath",
            (g, fd, p) => Paths.PathFilestatGet(g.Thread, g.Memory, fd, LookupFlags.None, p, new(Guest.First))),
        ("path_filestat_get 0", Rights.PathFileStatGet, "Stat a/b Follow, Beneath",
            (g, fd, p) => Paths.PathFilestatGetUnstable(g.Thread, g.Memory, fd, LookupFlags.SymlinkFollow, p, new(Guest.First))),
        ("path_filestat_set_times", Rights.PathFileStatSetTimes, "SetTimes a/b Follow, Beneath",
            (g, fd, p) => Paths.PathFilestatSetTimes(g.Thread, g.Memory, fd, LookupFlags.SymlinkFollow, p, 5, 6, FstFlags.Atim | FstFlags.MtimNow)),
        ("path_link old", Rights.PathLinkSource, "Link a/b Beneath",
            (g, fd, p) => Paths.PathLink(g.Thread, g.Memory, fd, LookupFlags.None, p, 3, Other(g))),
        ("path_link new", Rights.PathLinkTarget, "to a/b Beneath",
            (g, fd, p) => Paths.PathLink(g.Thread, g.Memory, 3, LookupFlags.None, Other(g), fd, p)),
        ("path_readlink", Rights.PathReadLink, "ReadLink a/b Beneath",
            (g, fd, p) => Paths.PathReadlink(g.Thread, g.Memory, fd, p, new(Guest.Buffer, 9), new(Guest.First))),
        ("path_remove_directory", Rights.PathRemoveDirectory, "RemoveDirectory a/b Beneath",
            (g, fd, p) => Paths.PathRemoveDirectory(g.Thread, g.Memory, fd, p)),
        ("path_rename old", Rights.PathRenameSource, "Rename a/b Beneath",
            (g, fd, p) => Paths.PathRename(g.Thread, g.Memory, fd, p, 3, Other(g))),
        ("path_rename new", Rights.PathRenameTarget, "to a/b Beneath",
            (g, fd, p) => Paths.PathRename(g.Thread, g.Memory, 3, Other(g), fd, p)),
        ("path_symlink", Rights.PathSymlink, "SymbolicLink other a/b Beneath",
            (g, fd, p) => Paths.PathSymlink(g.Thread, g.Memory, Other(g), fd, p)),
        ("path_unlink_file", Rights.PathUnlinkFile, "Unlink a/b Beneath",
            (g, fd, p) => Paths.PathUnlinkFile(g.Thread, g.Memory, fd, p)),
    ];

    private static IEnumerable<string> Names => Calls.Select(call => call.Name);

    [TestCaseSource(nameof(Names))]
    public void A_path_goes_to_the_file_system_beneath_its_directory(string name)
    {
        (_, Rights right, string asked, Func<Guest, int, GuestText, Errno> call) = Calls.Single(call => call.Name == name);
        Guest guest = Prepare();
        int directory = guest.Open(new FakeDirectory(), rights: right);
        Assert.That(call(guest, directory, guest.Text("a/b")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Calls, Does.Contain(asked));
        guest.Files.Answer = Errno.RoFs;
        Assert.That(call(guest, directory, guest.Text("a/b")), Is.EqualTo(Errno.RoFs), "What the file system answers goes out.");
    }

    [TestCaseSource(nameof(Names))]
    public void A_bad_directory_and_a_missing_right_are_told_first(string name)
    {
        (_, Rights right, _, Func<Guest, int, GuestText, Errno> call) = Calls.Single(call => call.Name == name);
        Guest guest = Prepare();
        int bare = guest.Open(new FakeDirectory(), rights: Rights.All & ~right);
        int file = guest.Open(new FakeFile(), rights: WasiRights.File);
        Assert.That(call(guest, 99, guest.Text("a/b")), Is.EqualTo(Errno.BadF));
        Assert.That(call(guest, -1, guest.Text("a/b")), Is.EqualTo(Errno.BadF));
        Assert.That(call(guest, file, guest.Text("a/b")), Is.EqualTo(Errno.NotDir));
        Assert.That(call(guest, bare, guest.Text("a/b")), Is.EqualTo(Errno.NotCapable));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public void A_path_beyond_the_limit_is_ENAMETOOLONG(string name)
    {
        Func<Guest, int, GuestText, Errno> call = Calls.Single(call => call.Name == name).Call;
        Guest guest = new(Limits.Default with { PathBytes = 6 });
        int directory = guest.Open(new FakeDirectory());
        Assert.That(call(guest, directory, guest.Text("123456")), Is.EqualTo(Errno.Success));
        int calls = guest.Files.Calls.Count;
        Assert.That(call(guest, directory, guest.Text("1234567")), Is.EqualTo(Errno.NameTooLong));
        Assert.That(guest.Files.Calls, Has.Count.EqualTo(calls));
    }

    [TestCase(2u)]
    [TestCase(3u)]
    [TestCase(0x10000u)]
    [TestCase(uint.MaxValue)]
    public void Unknown_lookup_flags_are_EINVAL(uint flags)
    {
        Guest guest = Prepare();
        GuestText path = guest.Text("a");
        Assert.That(Paths.PathFilestatGet(guest.Thread, guest.Memory, 3, (LookupFlags)flags, path, new(Guest.First)), Is.EqualTo(Errno.Inval));
        Assert.That(Paths.PathFilestatGetUnstable(guest.Thread, guest.Memory, 3, (LookupFlags)flags, path, new(Guest.First)), Is.EqualTo(Errno.Inval));
        Assert.That(Paths.PathFilestatSetTimes(guest.Thread, guest.Memory, 3, (LookupFlags)flags, path, 0, 0, 0), Is.EqualTo(Errno.Inval));
        Assert.That(Paths.PathLink(guest.Thread, guest.Memory, 3, (LookupFlags)flags, path, 3, path), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    [Test]
    public void A_link_is_never_followed_to_be_linked()
    {
        Guest guest = Prepare();
        Assert.That(Paths.PathLink(guest.Thread, guest.Memory, 3, LookupFlags.SymlinkFollow, guest.Text("a"), 3, Other(guest)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    [Test]
    public void Two_paths_each_start_from_their_own_directory()
    {
        Guest guest = Prepare();
        int target = guest.Open(new FakeDirectory(), rights: Rights.PathRenameTarget | Rights.PathLinkTarget);
        Assert.That(Paths.PathRename(guest.Thread, guest.Memory, 3, guest.Text("a"), target, Other(guest)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Directory, Is.SameAs(guest.File(target)));
        Assert.That(Paths.PathLink(guest.Thread, guest.Memory, 3, 0, guest.Text("a"), target, Other(guest)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Directory, Is.SameAs(guest.File(target)));
        Assert.That(guest.Files.Calls, Is.EqualTo(new[] { "Rename a Beneath", "to other Beneath", "Link a Beneath", "to other Beneath" }));
    }

    [Test]
    public void Filestat_is_the_file_system_s()
    {
        Guest guest = Prepare();
        Assert.That(Paths.PathFilestatGet(guest.Thread, guest.Memory, 3, 0, guest.Text("a"), new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<WasiFileStat>(Guest.First), Is.EqualTo(new WasiFileStat(FakeFiles.SomeStat)));
        Assert.That(Paths.PathFilestatGetUnstable(guest.Thread, guest.Memory, 3, 0, guest.Text("a"), new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<UnstableFileStat>(Guest.First), Is.EqualTo(new UnstableFileStat(FakeFiles.SomeStat)));
    }

    [Test]
    public void Times_go_to_the_file_system()
    {
        Guest guest = Prepare();
        Assert.That(
            Paths.PathFilestatSetTimes(guest.Thread, guest.Memory, 3, 0, guest.Text("a"), 5, 6, FstFlags.Atim | FstFlags.MtimNow),
            Is.EqualTo(Errno.Success));
        Assert.That(guest.Files.Times, Is.EqualTo(new TimeUpdate(5, TimeUpdate.Now)));
    }

    [TestCase(0u, "")]
    [TestCase(5u, "where")]
    [TestCase(14u, "where it leads")]
    [TestCase(99u, "where it leads")]
    public void A_link_s_content_is_cut_to_what_fits(uint length, string expected)
    {
        Guest guest = Prepare();
        guest.Bytes[(int)Guest.Buffer + expected.Length] = 0xEE;
        Assert.That(Paths.PathReadlink(guest.Thread, guest.Memory, 3, guest.Text("a"), new(Guest.Buffer, length), new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<uint>(Guest.First), Is.EqualTo(expected.Length));
        Assert.That(guest.ReadText(Guest.Buffer, expected.Length), Is.EqualTo(expected));
        Assert.That(guest.Bytes[(int)Guest.Buffer + expected.Length], Is.EqualTo(0xEE), "No NUL.");
    }

    [TestCase("", Errno.NoEnt)]
    [TestCase("/etc/passwd", Errno.Perm)]
    [TestCase("/", Errno.Perm)]
    [TestCase("a\0b", Errno.Inval)]
    [TestCase("../../up", Errno.Success)]
    [TestCase("zwölf", Errno.Success)]
    public void A_link_says_what_could_be_followed(string content, Errno expected)
    {
        Guest guest = Prepare();
        Assert.That(Paths.PathSymlink(guest.Thread, guest.Memory, guest.Text(content, Guest.MoreTexts), 3, guest.Text("a")), Is.EqualTo(expected));
        Assert.That(guest.Files.Calls, Has.Count.EqualTo(expected == Errno.Success ? 1 : 0));
    }

    [Test]
    public void A_link_s_content_is_UTF8_within_the_limit()
    {
        Guest guest = new(Limits.Default with { PathBytes = 4 });
        guest.Open(new FakeDirectory());
        Assert.That(Paths.PathSymlink(guest.Thread, guest.Memory, guest.Text([0x61, 0xFF], Guest.MoreTexts), 3, guest.Text("a")), Is.EqualTo(Errno.IlSeq));
        Assert.That(Paths.PathSymlink(guest.Thread, guest.Memory, guest.Text("abcde", Guest.MoreTexts), 3, guest.Text("a")), Is.EqualTo(Errno.NameTooLong));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    /// <summary>Descriptor 3 is a directory with all rights.</summary>
    private static Guest Prepare()
    {
        Guest guest = new();
        Assert.That(guest.Open(new FakeDirectory()), Is.EqualTo(3));
        return guest;
    }

    private static GuestText Other(Guest guest) => guest.Text("other", Guest.MoreTexts);
}
