using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Walking;

/// <summary>How paths are resolved, with the errno of each refusal (abi/wasi-preview1 5.1; path_resolution(7)).</summary>
internal sealed class WalkTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.MakeDirectory("/dir");
        _box.MakeDirectory("/dir/sub");
        _box.Write("/dir/file", "content");
        _box.Write("/file", "top");
        _box.SymbolicLink("dir", "/dirlink");
        _box.SymbolicLink("file", "/filelink");
        _box.SymbolicLink("nowhere", "/dangling");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("/dir/file")]
    [TestCase("dir/file")]
    [TestCase("//dir///file")]
    [TestCase("/dir/./file")]
    [TestCase("/dir/sub/../file")]
    [TestCase("./dir/../dir/./sub/.././file")]
    [TestCase("/../../dir/file")]
    [TestCase("dirlink/file")]
    [TestCase("dirlink/../dir/file")]
    [TestCase("dirlink/sub/../file")]
    public void Finds(string path) => Assert.That(_box.Stat(path).Inode, Is.EqualTo(_box.Stat("/dir/file").Inode));

    [TestCase("/dir")]
    [TestCase("/dir/")]
    [TestCase("/dir///")]
    [TestCase("/dir/.")]
    [TestCase("/dir/sub/..")]
    [TestCase("/dirlink/")]
    [TestCase("/dirlink/.")]
    [TestCase("/dirlink/sub/..")]
    public void FindsDirectory(string path) => Assert.That(_box.Stat(path).Inode, Is.EqualTo(_box.Stat("/dir").Inode));

    [TestCase("/")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("///")]
    [TestCase("/..")]
    [TestCase("/dir/../..")]
    public void FindsRoot(string path) => Assert.That(_box.Stat(path).Inode, Is.EqualTo(_box.Stat("/").Inode));

    [TestCase("", Errno.NoEnt)]
    [TestCase("/nowhere", Errno.NoEnt)]
    [TestCase("/nowhere/", Errno.NoEnt)]
    [TestCase("/nowhere/..", Errno.NoEnt)]
    [TestCase("/dangling", Errno.NoEnt)]
    [TestCase("/dangling/", Errno.NoEnt)]
    [TestCase("/dangling/x", Errno.NoEnt)]
    [TestCase("/file/", Errno.NotDir)]
    [TestCase("/file/.", Errno.NotDir)]
    [TestCase("/file/..", Errno.NotDir)]
    [TestCase("/file/x", Errno.NotDir)]
    [TestCase("/filelink/", Errno.NotDir)]
    [TestCase("/filelink/x", Errno.NotDir)]
    [TestCase("/dir\0", Errno.Inval)]
    [TestCase("/dir\0/file", Errno.Inval)]
    public void Refuses(string path, Errno expected)
    {
        Assert.Multiple(() =>
        {
            Assert.That(_box.TryStat(path), Is.EqualTo(expected));
            Assert.That(_box.TryOpen(path), Is.EqualTo(expected));
            Assert.That(_box.Files.SetTimes(_box.Path(path), default), Is.EqualTo(expected));
        });
    }

    [Test]
    public void NotUtf8IsIllegalSequence()
    {
        Assert.That(_box.Files.Stat(_box.Path([0x66, 0xFF]), out _), Is.EqualTo(Errno.IlSeq));
        Assert.That(_box.Files.Stat(_box.Path([0xC0, 0xAF]), out _), Is.EqualTo(Errno.IlSeq));
        Assert.That(_box.Files.Stat(_box.Path([0xED, 0xA0, 0x80]), out _), Is.EqualTo(Errno.IlSeq));
        Assert.That(_box.Files.Open(_box.Path([0x80]), new OpenRequest(OpenFlags.Create, AccessModes.Write), out _), Is.EqualTo(Errno.IlSeq));
    }

    [Test]
    public void NameOf255BytesIsTakenAndOf256Refused()
    {
        string longest = "/" + new string('n', 255);
        Assert.That(_box.TryOpen(longest, OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat(longest), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat(longest + "n"), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.TryStat(longest + "n/x"), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.TryOpen(longest + "n", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NameTooLong));

        // 128 letters of two bytes each.
        Assert.That(_box.MakeDirectory("/" + new string('é', 128)), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.MakeDirectory("/" + new string('é', 127)), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void PathOf4095BytesIsTakenAndOf4096Refused()
    {
        string longest = string.Concat(Enumerable.Repeat("./", 2045)) + "/file";
        Assert.That(longest, Has.Length.EqualTo(4095));
        Assert.That(_box.TryStat(longest), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("." + longest), Is.EqualTo(Errno.NameTooLong));
    }

    [Test]
    public void FileIsNoStart()
    {
        _box.At = _box.Open("/file");
        Assert.That(_box.TryStat("x"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryOpen("x", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryStat("/dir"), Is.EqualTo(Errno.Success), "an absolute path does not ask where it starts");
    }

    [Test]
    public void StartsAtOpenDirectoryAlsoWhenThatHasMoved()
    {
        _box.At = _box.OpenDirectory("/dir");
        Assert.That(_box.TryStat("file"), Is.EqualTo(Errno.Success));
        _box.Flags = PathFlags.Follow;
        Assert.That(_box.Rename("/dir", "/moved"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("file"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("..").Inode, Is.EqualTo(_box.Stat("/").Inode));
        Assert.That(_box.TryStat("/dir"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void WorkingDirectoryIsWhereRelativePathsStart()
    {
        Assert.That(_box.Files.ChangeDirectory(_box.Path("dir")), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("file"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("../dirlink/sub"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.ChangeDirectory(_box.Path("file")), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.Files.ChangeDirectory(_box.Path("none")), Is.EqualTo(Errno.NoEnt));

        Process child = _box.Process.Fork(2);
        Assert.That(_box.Files.ChangeDirectory(_box.Path("sub")), Is.EqualTo(Errno.Success));
        _box.Process = child;
        Assert.That(_box.TryStat("file"), Is.EqualTo(Errno.Success), "the child keeps the directory it was made in");
    }

    [Test]
    public void ProcessRootIsNotLeft()
    {
        _box.Write("/dir/sub/inner", "inner");
        _box.SymbolicLink("/inner", "/dir/sub/absolute");
        _box.SymbolicLink("../../../../inner", "/dir/sub/climbing");
        Assert.That(_box.Files.ChangeRoot(_box.Path("/dir/sub")), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.ChangeDirectory(_box.Path("/")), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/file"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryStat("../file"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryStat("/../../inner"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read("/absolute"), Is.EqualTo("inner"));
        Assert.That(_box.Read("/climbing"), Is.EqualTo("inner"));
        Assert.That(TestBox.Entries(_box.OpenDirectory("/"))[1].Inode, Is.EqualTo(_box.Stat("/").Inode));
        _box.BecomeUser(5);
        Assert.That(_box.Files.ChangeRoot(_box.Path("/")), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void LongestLinkChainIsFollowedAndOneMoreIsLoop()
    {
        string previous = "file";
        for (int i = 1; i <= 41; i++)
        {
            Assert.That(_box.SymbolicLink(previous, $"/chain{i}"), Is.EqualTo(Errno.Success));
            previous = $"chain{i}";
        }

        Assert.That(_box.TryStat("/chain40"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/chain41"), Is.EqualTo(Errno.Loop));
    }

    [Test]
    public void LinksInTheMiddleCountToo()
    {
        string path = string.Concat(Enumerable.Repeat("dirlink/../", 40));
        Assert.That(_box.TryStat("/" + path + "file"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/dirlink/../" + path + "file"), Is.EqualTo(Errno.Loop));
    }

    [Test]
    public void LoopsEnd()
    {
        _box.SymbolicLink("loop", "/loop");
        _box.SymbolicLink("b", "/a");
        _box.SymbolicLink("a", "/b");
        _box.SymbolicLink("grow/x", "/grow");
        Assert.That(_box.TryStat("/loop"), Is.EqualTo(Errno.Loop));
        Assert.That(_box.TryStat("/a/x"), Is.EqualTo(Errno.Loop));
        Assert.That(_box.TryStat("/grow"), Is.EqualTo(Errno.Loop));
        Assert.That(_box.TryOpen("/loop", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Loop));
        Assert.That(_box.LinkStat("/loop").Type, Is.EqualTo(FileType.SymbolicLink));
    }

    [Test]
    public void LinkIsFollowedOnlyIfAsked()
    {
        Assert.That(_box.LinkStat("/filelink").Type, Is.EqualTo(FileType.SymbolicLink));
        Assert.That(_box.LinkStat("/filelink").Size, Is.EqualTo(4));
        Assert.That(_box.LinkStat("/dirlink/").Type, Is.EqualTo(FileType.Directory), "a slash follows");
        _box.Flags = PathFlags.None;
        Assert.That(_box.TryOpen("/filelink"), Is.EqualTo(Errno.Loop));
        Assert.That(_box.TryOpen("/dangling"), Is.EqualTo(Errno.Loop));
        Assert.That(_box.TryOpen("/dangling", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Loop));
        Assert.That(_box.TryOpen("/dirlink", OpenFlags.Directory), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryOpen("/dirlink/", OpenFlags.Directory), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/nowhere"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void SlashInALinkDemandsADirectory()
    {
        _box.SymbolicLink("file/", "/slashed");
        _box.SymbolicLink("dir/", "/slasheddir");
        _box.SymbolicLink("slasheddir/", "/twice");
        Assert.That(_box.TryStat("/slashed"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryOpen("/slashed"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryStat("/twice"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/twice/file"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void AbsoluteLinkStartsAtTheTop()
    {
        _box.SymbolicLink("/dir/file", "/dir/sub/link");
        _box.SymbolicLink("/", "/dir/sub/top");
        Assert.That(_box.Read("/dir/sub/link"), Is.EqualTo("content"));
        Assert.That(_box.Read("/dir/sub/top/dir/sub/top/file"), Is.EqualTo("top"));
        Assert.That(_box.Stat("/dir/sub/top").Inode, Is.EqualTo(_box.Stat("/").Inode));
    }
}
