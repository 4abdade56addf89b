using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Walking;

/// <summary>Modes and owners of a memory tree by who may change them.</summary>
internal sealed class MemoryPermissionTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.Process.Umask = 0;
        _box.MakeDirectory("/open", 0x1FF);
        _box.BecomeUser(10, 500);
        _box.Write("/open/mine", "x");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void ModeIsTheOwnersToChange()
    {
        Assert.That(SetMode("/open/mine", 0x180), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/open/mine").Mode, Is.EqualTo(0x180));
        _box.BecomeUser(11, 500);
        Assert.That(SetMode("/open/mine", 0x1FF), Is.EqualTo(Errno.Perm));
        OpenFile file = OpenAsRoot("/open/mine");
        Assert.That(_box.Files.SetMode(_box.Process, file, 0x1FF), Is.EqualTo(Errno.Perm));
        _box.BecomeUser(10, 600);
        Assert.That(_box.Files.SetMode(_box.Process, file, 0x5FD), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/open/mine").Mode, Is.EqualTo(0x1FD), "not in the file's group");
        file.Release();
    }

    [Test]
    public void OwnerGivesToAGroupOfHisAndNothingElse()
    {
        _box.Process.Credentials = new Credentials(10, 500) { Groups = [600] };
        Assert.That(SetOwner("/open/mine", OwnerUpdate.Keep, 600), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/open/mine").GroupId, Is.EqualTo(600));
        Assert.That(SetOwner("/open/mine", OwnerUpdate.Keep, 700), Is.EqualTo(Errno.Perm));
        Assert.That(SetOwner("/open/mine", 11, OwnerUpdate.Keep), Is.EqualTo(Errno.Perm));
        _box.Process.Credentials = Credentials.Root;
        Assert.That(SetOwner("/open/mine", 11, 12), Is.EqualTo(Errno.Success));
        Assert.That((_box.Stat("/open/mine").UserId, _box.Stat("/open/mine").GroupId), Is.EqualTo((11u, 12u)));
    }

    [Test]
    public void ChangingTheOwnerClearsSetIdBits()
    {
        Assert.That(SetMode("/open/mine", 0xDED), Is.EqualTo(Errno.Success));
        Assert.That(SetOwner("/open/mine", OwnerUpdate.Keep, 500), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/open/mine").Mode, Is.EqualTo(0x1ED));
    }

    [Test]
    public void SetGroupIdDirectoryHandsItsGroupOn()
    {
        _box.MakeDirectory("/open/team", 0x1FF);
        Assert.That(SetMode("/open/team", 0x5FF), Is.EqualTo(Errno.Success));
        _box.BecomeUser(11, 600);
        _box.Write("/open/team/file", "x");
        _box.MakeDirectory("/open/team/sub", 0x1FF);
        Assert.That(_box.Stat("/open/team/file").GroupId, Is.EqualTo(500));
        Assert.That(_box.Stat("/open/team/sub").GroupId, Is.EqualTo(500));
        Assert.That(_box.Stat("/open/team/sub").Mode & 0x400, Is.EqualTo(0x400));
    }

    [Test]
    public void StickyDirectoryKeepsBothSidesOfAnExchange()
    {
        _box.MakeDirectory("/open/sticky", 0x3FF);
        _box.Write("/open/sticky/a", "a");
        _box.BecomeUser(11);
        _box.Write("/open/b", "b");
        Assert.That(_box.Files.Rename(_box.Path("/open/b"), _box.Path("/open/sticky/a"), RenameMode.Exchange), Is.EqualTo(Errno.Perm));
        Assert.That(_box.Files.Rename(_box.Path("/open/sticky/a"), _box.Path("/open/b"), RenameMode.Exchange), Is.EqualTo(Errno.Perm));
        _box.BecomeUser(10);
        Assert.That(_box.Files.Rename(_box.Path("/open/b"), _box.Path("/open/sticky/a"), RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read("/open/b"), Is.EqualTo("a"));
    }

    private Errno SetMode(string path, ushort mode) => _box.Files.SetMode(_box.Path(path), mode);

    private Errno SetOwner(string path, uint user, uint group) => _box.Files.SetOwner(_box.Path(path), new OwnerUpdate(user, group));

    private OpenFile OpenAsRoot(string path)
    {
        Credentials credentials = _box.Process.Credentials;
        _box.Process.Credentials = Credentials.Root;
        OpenFile file = _box.Open(path);
        _box.Process.Credentials = credentials;
        return file;
    }
}
