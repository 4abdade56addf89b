using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>A read-only mount is read-only for every verb (SECURITY-CASES: truncate as write, link across rights).</summary>
internal sealed class ReadOnlyTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(options => options
            .MountMemory("/").MountMemory("/ro", readOnly: true)
            .WriteFile("/ro/file", "content").MakeDirectory("/ro/dir").WriteFile("/ro/dir/inner", "inner"));
        _box.Write("/file", "mine");
        _box.SymbolicLink("/ro/file", "/link");
        _box.SymbolicLink("/ro/new", "/dangling");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("/ro/file")]
    [TestCase("/link")]
    [TestCase("/ro/dir/../file")]
    public void FileIsReadAndNothingElse(string path)
    {
        FileStat before = _box.Stat(path);
        _box.Clock.Time += 1_000_000_000;
        Assert.That(_box.Read(path), Is.EqualTo("content"));
        Assert.Multiple(() =>
        {
            Assert.That(_box.TryOpen(path, access: AccessModes.Write), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.TryOpen(path, access: AccessModes.ReadWrite), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.TryOpen(path, OpenFlags.Truncate), Is.EqualTo(Errno.RoFs), "O_TRUNC alone");
            Assert.That(_box.TryOpen(path, OpenFlags.Truncate, AccessModes.None), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.TryOpen(path, OpenFlags.Create | OpenFlags.Truncate), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.Files.SetTimes(_box.Path(path), new TimeUpdate(1, 1)), Is.EqualTo(Errno.RoFs));
        });
        Assert.That(_box.Stat(path), Is.EqualTo(before), "not even the time of access");
    }

    [Test]
    public void CreatingIsRefused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_box.TryOpen("/ro/new", OpenFlags.Create, AccessModes.Read), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.TryOpen("/dangling", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.TryOpen("/ro/file", OpenFlags.Create, AccessModes.Read), Is.EqualTo(Errno.Success), "it exists");
            Assert.That(_box.TryOpen("/ro/file", OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write), Is.EqualTo(Errno.Exist));
            Assert.That(_box.MakeDirectory("/ro/new"), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.MakeDirectory("/ro/dir"), Is.EqualTo(Errno.Exist));
            Assert.That(_box.SymbolicLink("x", "/ro/new"), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.Link("/ro/file", "/ro/new"), Is.EqualTo(Errno.RoFs));
        });
        Assert.That(_box.List("/ro"), Has.Count.EqualTo(4));
    }

    [Test]
    public void NothingLeavesOrEntersByAnotherName()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_box.Link("/ro/file", "/taken"), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Link("/link", "/taken", follow: true), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Rename("/ro/file", "/taken"), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Rename("/file", "/ro/file"), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Link("/file", "/ro/new"), Is.EqualTo(Errno.RoFs).Or.EqualTo(Errno.XDev));
            Assert.That(_box.Rename("/ro/file", "/ro/new"), Is.EqualTo(Errno.RoFs));
        });
        Assert.That(_box.Read("/ro/file"), Is.EqualTo("content"));
        Assert.That(_box.TryStat("/taken"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void RemovingIsRefused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_box.Unlink("/ro/file"), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.Unlink("/ro/nowhere"), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.RemoveDirectory("/ro/dir"), Is.EqualTo(Errno.RoFs));
            Assert.That(_box.Unlink("/link"), Is.EqualTo(Errno.Success), "the link is not in the mount");
        });
    }

    [Test]
    public void OpenFileRefusesChangesItself()
    {
        OpenFile file = _box.Open("/ro/file");
        byte[] buffer = new byte[4];
        Assert.Multiple(() =>
        {
            Assert.That(file.Read(buffer, out int count), Is.EqualTo(Errno.Success));
            Assert.That(count, Is.EqualTo(4));
            Assert.That(file.Seek(-2, Whence.End, out long position), Is.EqualTo(Errno.Success));
            Assert.That(position, Is.EqualTo(5));
            Assert.That(file.Write(buffer, out _), Is.EqualTo(Errno.BadF));
            Assert.That(file.Operations.WriteAt(file, buffer, 0, out _), Is.EqualTo(Errno.RoFs), "past the access mode too");
            Assert.That(file.Operations.Append(file, buffer, out _, out _), Is.EqualTo(Errno.RoFs));
            Assert.That(file.Operations.SetSize(file, 0), Is.EqualTo(Errno.RoFs));
            Assert.That(file.Operations.Allocate(file, 0, 100, Allocation.Extend), Is.EqualTo(Errno.RoFs));
            Assert.That(file.Operations.SetTimes(file, new TimeUpdate(1, 1)), Is.EqualTo(Errno.RoFs));
            Assert.That(file.Operations.Sync(file, false), Is.EqualTo(Errno.Success));
        });
        OpenFile directory = _box.OpenDirectory("/ro/dir");
        Assert.That(directory.Operations.SetTimes(directory, new TimeUpdate(1, 1)), Is.EqualTo(Errno.RoFs));
        file.Release();
        directory.Release();
    }

    [Test]
    public void WriteFileAndDirectoriesThroughOpenDirectoryAreRefusedToo()
    {
        _box.At = _box.OpenDirectory("/ro/dir");
        _box.Flags = PathFlags.Follow | PathFlags.Beneath;
        Assert.That(_box.TryOpen("inner", OpenFlags.Truncate), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.TryOpen("new", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.Unlink("inner"), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.Read("inner"), Is.EqualTo("inner"));
    }
}
