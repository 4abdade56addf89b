using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Walking;

/// <summary>Walks that must stay beneath their start, as every walk of preview 1 must (SECURITY-CASES: links, trailing slash, race).</summary>
internal sealed class BeneathTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.MakeDirectory("/jail");
        _box.MakeDirectory("/jail/dir");
        _box.MakeDirectory("/jail/dir/deep");
        _box.Write("/jail/inside", "inside");
        _box.Write("/secret", "secret");
        _box.MakeDirectory("/outside");
        _box.SymbolicLink("/secret", "/jail/absolute");
        _box.SymbolicLink("../secret", "/jail/climbing");
        _box.SymbolicLink("dir/../../secret", "/jail/winding");
        _box.SymbolicLink("../outside/", "/jail/slashed");
        _box.SymbolicLink("/", "/jail/top");
        _box.SymbolicLink("climbing", "/jail/chained");
        _box.SymbolicLink("../inside", "/jail/dir/back");
        _box.SymbolicLink("../outside/new", "/jail/creating");
        _box.SymbolicLink("..", "/jail/above");
        _box.At = _box.OpenDirectory("/jail");
        _box.Flags = PathFlags.Follow | PathFlags.Beneath;
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("inside")]
    [TestCase("dir/../inside")]
    [TestCase("dir/deep/../../inside")]
    [TestCase("dir/back")]
    [TestCase("./dir/./deep/../back")]
    public void Stays(string path) => Assert.That(_box.Read(path), Is.EqualTo("inside"));

    [TestCase("/")]
    [TestCase("/jail/inside")]
    [TestCase("..")]
    [TestCase("../")]
    [TestCase("../secret")]
    [TestCase("../jail/inside")]
    [TestCase("dir/../../secret")]
    [TestCase("dir/../..")]
    [TestCase("./..")]
    [TestCase("absolute")]
    [TestCase("climbing")]
    [TestCase("winding")]
    [TestCase("chained")]
    [TestCase("slashed")]
    [TestCase("slashed/")]
    [TestCase("slashed/x")]
    [TestCase("top/secret")]
    [TestCase("above/secret")]
    [TestCase("dir/../above/jail/inside")]
    public void Refuses(string path)
    {
        Assert.Multiple(() =>
        {
            Assert.That(_box.TryStat(path), Is.EqualTo(Errno.Perm), "stat");
            Assert.That(_box.TryOpen(path), Is.EqualTo(Errno.Perm), "open");
            Assert.That(_box.TryOpen(path, OpenFlags.Create | OpenFlags.Truncate, AccessModes.Write), Is.EqualTo(Errno.Perm).Or.EqualTo(Errno.IsDir), "create");
            Assert.That(_box.Files.SetTimes(_box.Path(path), new TimeUpdate(1, 1)), Is.EqualTo(Errno.Perm), "times");
        });
        AssertOutsideUntouched();
    }

    [TestCase("../new")]
    [TestCase("/new")]
    [TestCase("above/new")]
    [TestCase("slashed/new")]
    [TestCase("top/new")]
    [TestCase("dir/../../new")]
    public void MakesNothingOutside(string path)
    {
        Assert.Multiple(() =>
        {
            Assert.That(_box.MakeDirectory(path), Is.EqualTo(Errno.Perm));
            Assert.That(_box.SymbolicLink("x", path), Is.EqualTo(Errno.Perm));
            Assert.That(_box.Link("inside", path), Is.EqualTo(Errno.Perm));
            Assert.That(_box.Rename("inside", path), Is.EqualTo(Errno.Perm));
            Assert.That(_box.TryOpen(path, OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Perm));
        });
        AssertOutsideUntouched();
    }

    [TestCase("../secret")]
    [TestCase("/secret")]
    [TestCase("above/secret")]
    public void TakesNothingFromOutside(string path)
    {
        Assert.Multiple(() =>
        {
            Assert.That(_box.Unlink(path), Is.EqualTo(Errno.Perm));
            Assert.That(_box.RemoveDirectory(path), Is.EqualTo(Errno.Perm));
            Assert.That(_box.Rename(path, "taken"), Is.EqualTo(Errno.Perm));
            Assert.That(_box.Link(path, "taken"), Is.EqualTo(Errno.Perm));
            Assert.That(_box.ReadLink(path, out _), Is.EqualTo(Errno.Perm));
        });
        AssertOutsideUntouched();
    }

    [Test]
    public void CreationThroughALinkIsRefused()
    {
        Assert.That(_box.TryOpen("creating", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Perm));
        Assert.That(_box.TryOpen("creating", OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write), Is.EqualTo(Errno.Exist));
        AssertOutsideUntouched();
    }

    [Test]
    public void LinkHoldingTheEscapeIsItselfInside()
    {
        Assert.That(_box.LinkStat("absolute").Type, Is.EqualTo(FileType.SymbolicLink));
        Assert.That(_box.ReadLink("climbing", out string content), Is.EqualTo(Errno.Success));
        Assert.That(content, Is.EqualTo("../secret"));
        Assert.That(_box.Unlink("absolute"), Is.EqualTo(Errno.Success));
        AssertOutsideUntouched();
    }

    [Test]
    public void DirectoryMovedOutLeadsNowhere()
    {
        OpenFile deep = _box.OpenDirectory("dir/deep");
        OpenFile jail = _box.At!;
        _box.At = null;
        _box.Flags = PathFlags.Follow;
        Assert.That(_box.Rename("/jail/dir/deep", "/outside/deep"), Is.EqualTo(Errno.Success));
        _box.Flags = PathFlags.Follow | PathFlags.Beneath;
        _box.At = deep;
        Assert.That(_box.TryStat(".."), Is.EqualTo(Errno.Perm));
        _box.At = jail;
        Assert.That(_box.TryStat("dir/deep"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void RacingRenamesNeverLeadOut()
    {
        // Two grants, /jail and /outside; a directory is moved between them while a walk goes down and up again.
        PathReference Inner(string path) => new(_box.Process, null, System.Text.Encoding.UTF8.GetBytes(path), PathFlags.None);
        _box.MakeDirectory("/jail/x");
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(700));
        Thread mover = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _box.Files.Rename(Inner("/jail/dir/deep"), Inner("/outside/deep"));
                _box.Files.Rename(Inner("/outside/deep"), Inner("/jail/dir/deep"));
            }
        });
        mover.Start();
        int refused = 0;
        int found = 0;
        while (!stop.IsCancellationRequested)
        {
            Errno errno = _box.TryOpen("dir/deep/../../secret", out OpenFile? escaped);
            Assert.That(escaped, Is.Null);
            Assert.That(errno, Is.EqualTo(Errno.NoEnt).Or.EqualTo(Errno.Perm));
            refused++;
            found += _box.TryStat("dir/deep/../../inside") == Errno.Success ? 1 : 0;
        }

        mover.Join();
        Assert.That(refused, Is.GreaterThan(0));
        Assert.That(found, Is.GreaterThan(0));
    }

    private void AssertOutsideUntouched()
    {
        OpenFile? at = _box.At;
        PathFlags flags = _box.Flags;
        _box.At = null;
        _box.Flags = PathFlags.Follow;
        Assert.That(_box.List("/"), Is.EquivalentTo(new[] { ".", "..", "jail", "secret", "outside" }));
        Assert.That(_box.List("/outside"), Is.EquivalentTo(new[] { ".", ".." }));
        Assert.That(_box.Read("/secret"), Is.EqualTo("secret"));
        Assert.That(_box.Stat("/secret").ModifyTime, Is.EqualTo(1_000_000_007));
        _box.At = at;
        _box.Flags = flags;
    }
}
