using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>getcwd(2).</summary>
internal sealed class WorkingDirectoryTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(options => options.MountMemory("/").MountMemory("/mnt/deep"));
        _box.MakeDirectory("/a");
        _box.MakeDirectory("/a/b");
        _box.MakeDirectory("/mnt/deep/in");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("/", "/")]
    [TestCase("/a/b", "/a/b")]
    [TestCase("/a/b/..", "/a")]
    [TestCase("/mnt/deep", "/mnt/deep")]
    [TestCase("/mnt/deep/in", "/mnt/deep/in")]
    public void IsTheWayFromTheRoot(string path, string expected)
    {
        Assert.That(_box.Files.ChangeDirectory(_box.Path(path)), Is.EqualTo(Errno.Success));
        Assert.That(Get(), Is.EqualTo((Errno.Success, expected)));
    }

    [Test]
    public void FollowsRenames()
    {
        _box.Files.ChangeDirectory(_box.Path("/a/b"));
        _box.Rename("/a", "/z");
        Assert.That(Get(), Is.EqualTo((Errno.Success, "/z/b")));
        _box.Files.ChangeDirectory(_box.Path("/mnt/deep/in"));
        _box.Rename("/mnt", "/moved");
        Assert.That(Get(), Is.EqualTo((Errno.Success, "/moved/deep/in")));
    }

    [Test]
    public void ARemovedDirectoryHasNoPath()
    {
        _box.Files.ChangeDirectory(_box.Path("/a/b"));
        _box.RemoveDirectory("/a/b");
        Assert.That(Get().Errno, Is.EqualTo(Errno.NoEnt));
        _box.MakeDirectory("/a/b");
        Assert.That(Get().Errno, Is.EqualTo(Errno.NoEnt), "another directory of that name is another one");
    }

    [Test]
    public void IsCountedFromTheProcessesRoot()
    {
        _box.Files.ChangeDirectory(_box.Path("/a/b"));
        Assert.That(_box.Files.ChangeRoot(_box.Path("/a")), Is.EqualTo(Errno.Success));
        Assert.That(Get(), Is.EqualTo((Errno.Success, "/b")));
        Assert.That(_box.TryStat("/../../../b"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void OutsideOfTheRootItIsUnreachable()
    {
        _box.Files.ChangeDirectory(_box.Path("/mnt/deep/in"));
        _box.Files.ChangeRoot(_box.Path("/a"));
        Assert.That(Get(), Is.EqualTo((Errno.Success, "(unreachable)/mnt/deep/in")));
    }

    [Test]
    public void ChangingTheRootIsForUser0()
    {
        _box.BecomeUser(10);
        Assert.That(_box.Files.ChangeRoot(_box.Path("/a")), Is.EqualTo(Errno.Perm));
        Assert.That(_box.Files.ChangeRoot(_box.Path("/none")), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void ABufferThatIsTooSmallIsERange()
    {
        _box.Files.ChangeDirectory(_box.Path("/a/b"));
        Assert.That(_box.Files.WorkingDirectory(_box.Process, new byte[3], out int count), Is.EqualTo(Errno.Range));
        Assert.That(count, Is.Zero);
        Assert.That(_box.Files.WorkingDirectory(_box.Process, new byte[4], out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4));
    }

    [Test]
    public void APathOfPathMaxIsTooLong()
    {
        string name = new('n', 250);
        _box.Files.ChangeDirectory(_box.Path("/a"));
        for (int i = 0; i < 16; i++)
        {
            _box.MakeDirectory(name);
            Assert.That(_box.Files.ChangeDirectory(_box.Path(name)), Is.EqualTo(Errno.Success));
        }

        Assert.That(Get(5000).Errno, Is.EqualTo(Errno.Success), "2 + 16 * 251 = 4018 bytes");
        _box.MakeDirectory(name);
        _box.Files.ChangeDirectory(_box.Path(name));
        Assert.That(Get(5000).Errno, Is.EqualTo(Errno.NameTooLong));
    }

    [Test]
    public void OnTheHostToo([ValueSource(typeof(TestTree), nameof(TestTree.All))] Driver driver)
    {
        using TestTree tree = new(driver);
        using MountedBox box = tree.Box();
        box.MakeDirectory("/a");
        box.MakeDirectory("/a/b");
        box.Files.ChangeDirectory(box.Path("/a/b"));
        byte[] buffer = new byte[100];
        Assert.That(box.Files.WorkingDirectory(box.Process, buffer, out int count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, count), Is.EqualTo("/a/b"));
        box.Rename("/a/b", "/a/c");
        Assert.That(box.Files.WorkingDirectory(box.Process, buffer, out count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, count), Is.EqualTo("/a/c"));
        Assert.That(box.RemoveDirectory("/a/c"), Is.EqualTo(Errno.Success));
        Assert.That(box.Files.WorkingDirectory(box.Process, buffer, out _), Is.EqualTo(Errno.NoEnt));
    }

    private (Errno Errno, string Path) Get(int length = 200)
    {
        byte[] buffer = new byte[length];
        Errno errno = _box.Files.WorkingDirectory(_box.Process, buffer, out int count);
        return (errno, Encoding.UTF8.GetString(buffer, 0, count));
    }
}
