using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Renames that replace nothing, and names that change places (renameat2(2)).</summary>
internal sealed class RenameModeTests
{
    private Tree _tree = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new Tree();
        _tree.MakeDirectory("/a");
        _tree.MakeDirectory("/a/inner");
        _tree.MakeDirectory("/b");
        _tree.Write("/a/file", "file");
        _tree.Write("/b/other", "other");
    }

    [TearDown]
    public void TearDown() => _tree.Dispose();

    [Test]
    public void NoReplaceRefusesWhatIsThere()
    {
        Assert.That(_tree.Rename("/a/file", "/b/other", RenameMode.NoReplace), Is.EqualTo(Errno.Exist));
        Assert.That(_tree.Rename("/a/file", "/a/file", RenameMode.NoReplace), Is.EqualTo(Errno.Exist));
        Assert.That(_tree.Rename("/a/none", "/b/other", RenameMode.NoReplace), Is.EqualTo(Errno.NoEnt));
        Assert.That(_tree.Rename("/a/file", "/b/new", RenameMode.NoReplace), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Read("/b/new"), Is.EqualTo("file"));
        Assert.That(_tree.Find("/a/file"), Is.Null);
    }

    [Test]
    public void ExchangeOfFiles()
    {
        ulong file = _tree.Stat("/a/file").Inode;
        Assert.That(_tree.Rename("/a/file", "/b/none", RenameMode.Exchange), Is.EqualTo(Errno.NoEnt));
        Assert.That(_tree.Rename("/a/file", "/b/other", RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Stat("/b/other").Inode, Is.EqualTo(file));
        Assert.That(_tree.Read("/a/file") + _tree.Read("/b/other"), Is.EqualTo("otherfile"));
        Assert.That(_tree.Rename("/a/file", "/a/file", RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Kernel.Inodes.Used, Is.EqualTo(5));
    }

    [Test]
    public void ExchangeOfADirectoryAndAFileMovesLinksAndParents()
    {
        Inode inner = _tree.Get("/a/inner");
        Assert.That(_tree.Rename("/a/inner", "/b/other", RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That((_tree.Stat("/a").Links, _tree.Stat("/b").Links), Is.EqualTo((2u, 3u)));
        inner.LookupParent(out Inode? parent);
        Assert.That(parent, Is.SameAs(_tree.Get("/b")));
        Assert.That(_tree.Read("/a/inner"), Is.EqualTo("other"));
        Assert.That(_tree.Rename("/a", "/b", RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That(_tree.List("/a"), Is.EqualTo(new[] { "other" }));
        Assert.That(_tree.Stat("/").Links, Is.EqualTo(4));
    }

    [Test]
    public void NothingGoesIntoItself()
    {
        _tree.MakeDirectory("/a/inner/deep");
        Assert.That(_tree.Rename("/a", "/a/inner/deep", RenameMode.Exchange), Is.EqualTo(Errno.Inval));
        Assert.That(_tree.Rename("/a/inner/deep", "/a", RenameMode.Exchange), Is.EqualTo(Errno.Inval));
        Assert.That(_tree.Rename("/a", "/a/inner/x", RenameMode.NoReplace), Is.EqualTo(Errno.Inval));
        Assert.That(_tree.Rename("/a/inner/deep", "/a"), Is.EqualTo(Errno.NotEmpty));
        Assert.That(_tree.Rename("/a/file", "/a"), Is.EqualTo(Errno.NotEmpty), "as Linux says of any file onto what it lies in");
    }

    [Test]
    public void WhiteoutsHideAndGo()
    {
        Assert.That(_tree.Hide("/a/file"), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Hide("/a/file"), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Hide("/a/new"), Is.EqualTo(Errno.Success));
        FileStat stat = _tree.Stat("/a/new");
        Assert.That((stat.Type, stat.Represents, stat.Links), Is.EqualTo((FileType.CharacterDevice, 0ul, 1u)));
        Assert.That(_tree.Get("/a/new").Open(default, out _), Is.EqualTo(Errno.NxIO));
        Assert.That(_tree.Hide("/a"), Is.EqualTo(Errno.NotEmpty));
        _tree.RemoveDirectory("/a/inner");
        Assert.That(_tree.Hide("/a"), Is.EqualTo(Errno.Success), "only whiteouts were in it");
        Assert.That(_tree.Kernel.Inodes.Used, Is.EqualTo(3));
        Assert.That(_tree.Stat("/").Links, Is.EqualTo(3));
        Assert.That(_tree.Unlink("/a"), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Hide("/b"), Is.EqualTo(Errno.NotEmpty));
        Assert.That(_tree.Kernel.Inodes.Used, Is.EqualTo(2));
    }

    [Test]
    public void OpaqueDirectoriesStaySo()
    {
        Assert.That(_tree.Get("/a").IsOpaque, Is.False);
        Assert.That(_tree.Get("/a").MarkOpaque(), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Get("/a").IsOpaque, Is.True);
        Assert.That(_tree.Get("/a/file").MarkOpaque(), Is.EqualTo(Errno.NotSup));
    }

    [TestCase(0x9FFu & 0xDFF, 0x1FF, TestName = "Set-user-id goes")]
    [TestCase(0xDF8u, 0x1F8, TestName = "Both go from what the group executes")]
    [TestCase(0xDC0u, 0x5C0, TestName = "Set-group-id stays where the group does not execute")]
    public void NewOwnerLosesSetIds(uint mode, int left)
    {
        Inode file = _tree.Get("/a/file");
        Assert.That(file.SetMode((ushort)(mode | 0xF000)), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Stat("/a/file").Mode, Is.EqualTo(mode));
        Assert.That(file.SetOwner(new OwnerUpdate(5, OwnerUpdate.Keep)), Is.EqualTo(Errno.Success));
        FileStat stat = _tree.Stat("/a/file");
        Assert.That((stat.Mode, stat.UserId, stat.GroupId), Is.EqualTo(((ushort)left, 5u, 0u)));
        _tree.Get("/a").SetMode((ushort)mode);
        _tree.Get("/a").SetOwner(new OwnerUpdate(5, 6));
        Assert.That(_tree.Stat("/a").Mode, Is.EqualTo(mode), "a directory keeps them");
    }
}
