using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Walking;

/// <summary>Which of two mistakes a guest is told of: the one that Linux tells. Random programs found where it was the other.</summary>
internal sealed class RefusalOrderTests
{
    private static readonly string LongName = "/" + new string('n', 256);

    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.MakeDirectory("/dir");
        _box.Write("/file", "top");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void RenameToldOfItsTargetBeforeItsSource()
    {
        Assert.That(_box.Rename("/none/x", new string('/', 5000)), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Rename("/file/x", ""), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.Rename("/file", ""), Is.EqualTo(Errno.NoEnt));
        _box.At = _box.Open("/file");
        Assert.That(_box.Rename("/none/x", "x"), Is.EqualTo(Errno.NoEnt), "the target starts at a file");
        _box.At.Release();
    }

    [Test]
    public void OverlongNameWasToldBeforeWhatIsWrongWithTheOtherName()
    {
        Assert.That(_box.Rename("/none", LongName), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Rename(LongName, "/dir/."), Is.EqualTo(Errno.Busy));
        Assert.That(_box.Rename("/dir/..", LongName), Is.EqualTo(Errno.Busy));
    }

    [Test]
    public void OverlongNameIsRefusedByEveryCall()
    {
        Assert.That(_box.Rename("/file", LongName), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.Rename(LongName, "/file"), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.Link("/file", LongName), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.SymbolicLink("file", LongName), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.MakeDirectory(LongName), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.RemoveDirectory(LongName), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.Unlink(LongName), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.TryOpen(LongName, OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.TryOpen(LongName), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.TryStat(LongName + "/x"), Is.EqualTo(Errno.NameTooLong));
    }
}
