using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Walking;

/// <summary>Permission bits for users other than 0.</summary>
internal sealed class PermissionTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.Process.Umask = 0;
        _box.MakeDirectory("/closed", 0x1C0);
        _box.Write("/closed/file", "x");
        _box.MakeDirectory("/seen", 0x1E4);
        _box.MakeDirectory("/passed", 0x1C9);
        _box.Write("/passed/file", "x");
        _box.MakeDirectory("/shared", 0x3FF);
        _box.MakeDirectory("/open", 0x1FF);
        _box.Write("/shared/roots", "x");
        _box.BecomeUser(10);
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void SearchNeedsExecute()
    {
        Assert.That(_box.TryStat("/closed/file"), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryStat("/closed/.."), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryStat("/closed"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/seen/x"), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/seen", OpenFlags.Directory), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/passed", OpenFlags.Directory), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryStat("/passed/file"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.ChangeDirectory(_box.Path("/closed")), Is.EqualTo(Errno.Access));
    }

    [Test]
    public void ChangingADirectoryNeedsWrite()
    {
        Assert.That(_box.TryOpen("/new", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.MakeDirectory("/new"), Is.EqualTo(Errno.Access));
        Assert.That(_box.SymbolicLink("x", "/new"), Is.EqualTo(Errno.Access));
        Assert.That(_box.Unlink("/passed/file"), Is.EqualTo(Errno.Access));
        Assert.That(_box.RemoveDirectory("/open"), Is.EqualTo(Errno.Access));
        Assert.That(_box.Rename("/passed/file", "/open/file"), Is.EqualTo(Errno.Access));
        _box.Write("/open/mine", "x");
        Assert.That(_box.Rename("/open/mine", "/passed/mine"), Is.EqualTo(Errno.Access));
        Assert.That(_box.Rename("/open/mine", "/open/renamed"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Unlink("/open/renamed"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void StickyDirectoryKeepsOthersFiles()
    {
        Assert.That(_box.Unlink("/shared/roots"), Is.EqualTo(Errno.Perm));
        Assert.That(_box.Rename("/shared/roots", "/shared/x"), Is.EqualTo(Errno.Perm));
        _box.Write("/shared/mine", "x");
        Assert.That(_box.Rename("/shared/mine", "/shared/roots"), Is.EqualTo(Errno.Perm));
        _box.BecomeUser(11);
        Assert.That(_box.Unlink("/shared/mine"), Is.EqualTo(Errno.Perm));
        _box.BecomeUser(10);
        Assert.That(_box.Unlink("/shared/mine"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void OpeningNeedsTheBitsOfOneClassAlone()
    {
        // The owner has no bits, whatever others have.
        Create("/open/none", 0x03F);
        Assert.That(_box.TryOpen("/open/none"), Is.EqualTo(Errno.Access));
        _box.BecomeUser(11, 100);
        Assert.That(_box.TryOpen("/open/none"), Is.EqualTo(Errno.Success));
        Create("/open/read", 0x124);
        Assert.That(_box.TryOpen("/open/read"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/open/read", access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/open/read", OpenFlags.Truncate), Is.EqualTo(Errno.Access));
        _box.BecomeUser(12, 200);
        Create("/open/group", 0x1A0);
        _box.BecomeUser(13, 200);
        Assert.That(_box.TryOpen("/open/group"), Is.EqualTo(Errno.Success));
        _box.BecomeUser(13, 300);
        Assert.That(_box.TryOpen("/open/group"), Is.EqualTo(Errno.Access));
        _box.Process.Credentials = new Credentials(13, 300) { Groups = [200] };
        Assert.That(_box.TryOpen("/open/group"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void TimesAreTheOwnersToSet()
    {
        Assert.That(SetTimes("/passed/file", new TimeUpdate(1, 1)), Is.EqualTo(Errno.Perm));
        Assert.That(SetTimes("/shared/roots", new TimeUpdate(TimeUpdate.Now, TimeUpdate.Now)), Is.EqualTo(Errno.Success), "it may write there");
        Create("/open/mine", 0x124);
        Assert.That(SetTimes("/open/mine", new TimeUpdate(1, 1)), Is.EqualTo(Errno.Success));
        _box.BecomeUser(11);
        Assert.That(SetTimes("/open/mine", new TimeUpdate(TimeUpdate.Now, TimeUpdate.Now)), Is.EqualTo(Errno.Access));
    }

    private void Create(string path, ushort mode)
    {
        Assert.That(_box.Files.Open(_box.Path(path), new OpenRequest(OpenFlags.Create, AccessModes.Write, Mode: mode), out OpenFile? file), Is.EqualTo(Errno.Success));
        file!.Release();
    }

    private Errno SetTimes(string path, TimeUpdate times) => _box.Files.SetTimes(_box.Path(path), times);
}
