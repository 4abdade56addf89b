using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>What a guest tries so as to leave the directory it was given, with links that the host's programs left in it.</summary>
[Category("security: absolute and relative links")]
[Category("security: create through a link")]
[TestFixtureSource(typeof(TestTree), nameof(TestTree.OfHost))]
internal sealed class EscapeTests(Driver driver)
{
    private TestTree _tree = null!;
    private MountedBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new TestTree(driver);
        _box = _tree.Box();
    }

    [TearDown]
    public void TearDown()
    {
        _box.Dispose();
        _tree.AssertOutsideUntouched();
        _tree.Dispose();
    }

    [Test]
    public void DotDotStaysAtTheTop()
    {
        Assert.That(_box.TryOpen("/../../outside/secret"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Exists("/../../../etc/passwd"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Stat("/..").Inode, Is.EqualTo(_box.Stat("/").Inode));
    }

    [Test]
    public void AbsoluteLinkMeansTheBoxesTop()
    {
        _tree.HostLink(_tree.Inside + "/link", _tree.Outside + "/secret");
        Assert.That(_box.TryOpen("/link"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Stat("/link", out _), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("link", beneath: true), Is.EqualTo(Errno.Perm));
        Assert.That(_box.TryOpen("/link", OpenFlags.Truncate, AccessModes.Write), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void RelativeLinkOutwardIsClampedOrRefused()
    {
        _tree.HostLink(_tree.Inside + "/link", "../outside/secret");
        Assert.That(_box.TryOpen("/link"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("link", beneath: true), Is.EqualTo(Errno.Perm));
        Assert.That(_box.SetTimes("/link", new TimeUpdate(0, 0)), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void LinkedDirectoryOutwardIsNoWayOut()
    {
        _tree.HostLink(_tree.Inside + "/dir", _tree.Outside);
        foreach (string path in new[] { "/dir/secret", "/dir/", "/dir/.", "/dir//secret" })
        {
            Assert.That(_box.TryOpen(path), Is.EqualTo(Errno.NoEnt), path);
        }

        Assert.That(_box.TryOpen("/dir/made", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.MakeDirectory("/dir/made"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Unlink("/dir/secret"), Is.EqualTo(Errno.NoEnt));
        _box.Write("/f", "x");
        Assert.That(_box.Rename("/f", "/dir/f"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Rename("/dir/secret", "/stolen"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Link("/dir/secret", "/stolen"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.RemoveDirectory("/dir"), Is.EqualTo(Errno.NotDir));
    }

    [Test]
    public void ChainOfLinksOutwardIsNoWayOut()
    {
        _tree.HostLink(_tree.Inside + "/c", _tree.Outside);
        _tree.HostLink(_tree.Inside + "/b", "c/");
        _tree.HostLink(_tree.Inside + "/a", "./b/secret");
        Assert.That(_box.TryOpen("/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("/a/"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("/b/"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("/b/secret"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void CreateThroughADanglingLinkMakesNothingOutside()
    {
        _tree.HostLink(_tree.Inside + "/dangling", _tree.Outside + "/made");
        _tree.HostLink(_tree.Inside + "/relative", "../outside/made");
        Assert.That(_box.TryOpen("/dangling", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("dangling", OpenFlags.Create, AccessModes.Write, beneath: true), Is.EqualTo(Errno.Perm));
        Assert.That(_box.TryOpen("/relative", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("/dangling", OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write), Is.EqualTo(Errno.Exist));
        Assert.That(_box.TryOpen("/dangling", OpenFlags.Create, AccessModes.Write, follow: false), Is.EqualTo(Errno.Loop));
        Assert.That(_box.MakeDirectory("/dangling"), Is.EqualTo(Errno.Exist));
        Assert.That(_tree.HostExists(_tree.Outside + "/made"), Is.False);
    }

    [Test]
    public void ALoopOfLinksEnds()
    {
        _tree.HostLink(_tree.Inside + "/a", "b");
        _tree.HostLink(_tree.Inside + "/b", "a");
        Assert.That(_box.TryOpen("/a"), Is.EqualTo(Errno.Loop));
        Assert.That(_box.TryOpen("/a/x"), Is.EqualTo(Errno.Loop));
    }

    [Test]
    public void LinksWithinAreFollowedInTheBox()
    {
        _tree.HostMakeDirectory(_tree.Inside + "/d");
        _tree.HostWrite(_tree.Inside + "/d/f", "inside");
        _tree.HostLink(_tree.Inside + "/relative", "d/f");
        _tree.HostLink(_tree.Inside + "/absolute", "/d");
        Assert.That(_box.Read("/relative"), Is.EqualTo("inside"));
        Assert.That(_box.Read("/absolute/f"), Is.EqualTo("inside"));
    }

    /// <summary>The driver is asked directly: nothing rests on the walker having found the link first.</summary>
    [Test]
    public void TheDriverItselfFollowsNoLink()
    {
        _tree.HostLink(_tree.Inside + "/dir", _tree.Outside);
        _tree.HostLink(_tree.Inside + "/file", _tree.Outside + "/secret");
        using FileSystemSource source = _tree.Source();
        using FileSystem files = source.Open(_box.Kernel);
        Assert.That(files.Root.Lookup("dir"u8, out Inode? dir), Is.EqualTo(Errno.Success));
        Assert.That(dir!.Type, Is.EqualTo(FileType.SymbolicLink));
        Assert.That(dir.Lookup("secret"u8, out _), Is.EqualTo(Errno.NotDir));
        Assert.That(files.Root.Lookup("file"u8, out Inode? file), Is.EqualTo(Errno.Success));
        Assert.That(file!.Open(new InodeOpen(AccessModes.Read, StatusFlags.None), out _), Is.EqualTo(Errno.NxIO));
        InodeOpen request = new(AccessModes.Write, StatusFlags.None, Truncate: true);
        Assert.That(files.Root.Create("file"u8, new Creation(0x1B6, 0, 0), request, out _), Is.EqualTo(Errno.Exist));
        dir.Release();
        file.Release();
    }

    [TestCase("..")]
    [TestCase(".")]
    [TestCase("a/../../outside/secret")]
    [TestCase("/etc/passwd")]
    [TestCase("a\0b")]
    public void TheDriverItselfTakesOnlyNames(string name)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        using FileSystemSource source = _tree.Source();
        using FileSystem files = source.Open(_box.Kernel);
        Creation creation = new(0x1FF, 0, 0);
        Assert.That(files.Root.Lookup(bytes, out _), Is.AnyOf(Errno.Inval, Errno.NoEnt));
        Assert.That(files.Root.MakeDirectory(bytes, creation), Is.EqualTo(Errno.Inval));
        Assert.That(files.Root.Create(bytes, creation, new InodeOpen(AccessModes.Write, StatusFlags.None), out _), Is.EqualTo(Errno.Inval));
        Assert.That(files.Root.Unlink(bytes), Is.AnyOf(Errno.Inval, Errno.NoEnt));
        Assert.That(files.Root.RemoveDirectory(bytes), Is.AnyOf(Errno.Inval, Errno.NoEnt));
    }

    /// <summary>A directory that the guest holds is replaced by a link outward: what it then asks for is not outside.</summary>
    [Test]
    public void AHeldDirectorySwappedForALinkIsNoWayOut()
    {
        _tree.HostMakeDirectory(_tree.Inside + "/d");
        _tree.HostWrite(_tree.Inside + "/d/secret", "mine");
        OpenFile directory = _box.Open("/d", OpenFlags.Directory);
        Directory.Move(_tree.Inside + "/d", _tree.Inside + "/moved");
        _tree.HostLink(_tree.Inside + "/d", _tree.Outside);
        Errno errno = _box.Open("secret", OpenFlags.None, AccessModes.Read, out OpenFile? file, at: directory);
        if (driver == Driver.Portable)
        {
            Assert.That(errno, Is.EqualTo(Errno.NoEnt));
        }
        else
        {
            Assert.That(errno, Is.EqualTo(Errno.Success));
            Assert.That(MountedBox.ReadAll(file!), Is.EqualTo("mine"));
            file!.Release();
        }

        directory.Release();
    }
}
