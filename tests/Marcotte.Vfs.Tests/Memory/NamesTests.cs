using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Making, linking, renaming and removing names, with POSIX's refusals.</summary>
internal sealed class NamesTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.MakeDirectory("/dir");
        _box.MakeDirectory("/dir/sub");
        _box.MakeDirectory("/empty");
        _box.Write("/file", "file");
        _box.Write("/other", "other");
        _box.SymbolicLink("file", "/link");
        _box.SymbolicLink("dir", "/dirlink");
        _box.SymbolicLink("nowhere", "/dangling");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("/file", "/file/x", Errno.NotDir)]
    [TestCase("/file", "/nowhere/x", Errno.NoEnt)]
    [TestCase("/nowhere", "/x", Errno.NoEnt)]
    [TestCase("/file", "/dir", Errno.IsDir)]
    [TestCase("/file", "/empty", Errno.IsDir)]
    [TestCase("/dir", "/file", Errno.NotDir)]
    [TestCase("/dir", "/link", Errno.NotDir)]
    [TestCase("/empty", "/dir", Errno.NotEmpty)]
    [TestCase("/dir/sub", "/dir", Errno.NotEmpty)]
    [TestCase("/dir", "/dir/x", Errno.Inval)]
    [TestCase("/dir", "/dir/sub/x", Errno.Inval)]
    [TestCase("/dir", "/dir/sub", Errno.Inval)]
    [TestCase("/file/", "/x", Errno.NotDir)]
    [TestCase("/file", "/x/", Errno.NotDir)]
    [TestCase("/link/", "/x", Errno.NotDir)]
    [TestCase("/dirlink/", "/x", Errno.NotDir)]
    [TestCase("/.", "/x", Errno.Busy)]
    [TestCase("/dir/..", "/x", Errno.Busy)]
    [TestCase("/", "/x", Errno.Busy)]
    [TestCase("/file", "/dir/.", Errno.Busy)]
    [TestCase("/file", "/dir/..", Errno.Busy)]
    [TestCase("/file", "", Errno.NoEnt)]
    [TestCase("", "/file", Errno.NoEnt)]
    public void RenameRefuses(string from, string to, Errno expected)
    {
        List<string> before = _box.List("/");
        Assert.That(_box.Rename(from, to), Is.EqualTo(expected));
        Assert.That(_box.List("/"), Is.EqualTo(before));
        Assert.That(_box.Read("/file"), Is.EqualTo("file"));
    }

    [Test]
    public void RenameReplacesAFile()
    {
        ulong moved = _box.Stat("/file").Inode;
        Assert.That(_box.Rename("/file", "/other"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/file"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Stat("/other").Inode, Is.EqualTo(moved));
        Assert.That(_box.Read("/other"), Is.EqualTo("file"));
    }

    [TestCase("/empty")]
    [TestCase("/empty/")]
    [TestCase("/new")]
    [TestCase("/new/")]
    public void RenameMovesADirectory(string to)
    {
        _box.Write("/dir/sub/inner", "inner");
        Assert.That(_box.Rename("/dir/sub/", to), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read(to.TrimEnd('/') + "/inner"), Is.EqualTo("inner"));
        Assert.That(_box.Stat(to.TrimEnd('/') + "/..").Inode, Is.EqualTo(_box.Stat("/").Inode));
        Assert.That(_box.Stat("/dir").Links, Is.EqualTo(2));
        Assert.That(_box.Stat("/").Links, Is.EqualTo(to.StartsWith("/empty", StringComparison.Ordinal) ? 4 : 5));
    }

    [Test]
    public void RenameMovesTheLinkItself()
    {
        Assert.That(_box.Rename("/link", "/dir/link"), Is.EqualTo(Errno.Success));
        Assert.That(_box.ReadLink("/dir/link", out string content), Is.EqualTo(Errno.Success));
        Assert.That(content, Is.EqualTo("file"));
        Assert.That(_box.Rename("/file", "/dangling"), Is.EqualTo(Errno.Success));
        Assert.That(_box.LinkStat("/dangling").Type, Is.EqualTo(FileType.Regular));
        Assert.That(_box.TryStat("/nowhere"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void RenameOfOneFileOntoItselfDoesNothing()
    {
        _box.Link("/file", "/dir/second");
        Assert.That(_box.Rename("/file", "/dir/second"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Rename("/file", "/file"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Rename("/dir", "/dir"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/file").Links, Is.EqualTo(2));
        Assert.That(_box.Stat("/dir/second").Inode, Is.EqualTo(_box.Stat("/file").Inode));
    }

    [Test]
    public void ReplacedFileLivesWhileOpen()
    {
        OpenFile open = _box.Open("/other", access: AccessModes.ReadWrite);
        _box.Rename("/file", "/other");
        byte[] buffer = new byte[5];
        Assert.That(open.Read(buffer, out int count), Is.EqualTo(Errno.Success));
        Assert.That(buffer.AsSpan(0, count).SequenceEqual("other"u8));
        open.Operations.Stat(open, out FileStat stat);
        Assert.That(stat.Links, Is.Zero);
        open.Release();
    }

    [TestCase("/file", Errno.NotDir)]
    [TestCase("/file/", Errno.NotDir)]
    [TestCase("/dir", Errno.NotEmpty)]
    [TestCase("/dirlink", Errno.NotDir)]
    [TestCase("/dirlink/", Errno.NotDir)]
    [TestCase("/nowhere", Errno.NoEnt)]
    [TestCase("/dir/sub/.", Errno.Inval)]
    [TestCase("/dir/sub/..", Errno.NotEmpty)]
    [TestCase("/", Errno.Busy)]
    [TestCase("", Errno.NoEnt)]
    public void RemoveDirectoryRefuses(string path, Errno expected) => Assert.That(_box.RemoveDirectory(path), Is.EqualTo(expected));

    [TestCase("/dir", Errno.IsDir)]
    [TestCase("/dir/", Errno.IsDir)]
    [TestCase("/file/", Errno.NotDir)]
    [TestCase("/link/", Errno.NotDir)]
    [TestCase("/dirlink/", Errno.NotDir)]
    [TestCase("/nowhere", Errno.NoEnt)]
    [TestCase("/nowhere/", Errno.NoEnt)]
    [TestCase("/.", Errno.IsDir)]
    [TestCase("/dir/..", Errno.IsDir)]
    [TestCase("/", Errno.IsDir)]
    [TestCase("/file/x", Errno.NotDir)]
    public void UnlinkRefuses(string path, Errno expected) => Assert.That(_box.Unlink(path), Is.EqualTo(expected));

    [TestCase("/empty")]
    [TestCase("/empty/")]
    [TestCase("/dir/sub///")]
    [TestCase("/dirlink/sub")]
    public void RemoveDirectoryRemoves(string path)
    {
        Assert.That(_box.RemoveDirectory(path), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat(path), Is.EqualTo(Errno.NoEnt));
    }

    [TestCase("/file", Errno.Exist)]
    [TestCase("/dir", Errno.Exist)]
    [TestCase("/dir/", Errno.Exist)]
    [TestCase("/link", Errno.Exist)]
    [TestCase("/dangling", Errno.Exist)]
    [TestCase("/", Errno.Exist)]
    [TestCase("/.", Errno.Exist)]
    [TestCase("/dir/..", Errno.Exist)]
    [TestCase("/nowhere/x", Errno.NoEnt)]
    [TestCase("/file/x", Errno.NotDir)]
    [TestCase("", Errno.NoEnt)]
    public void NewNamesAreRefused(string path, Errno expected)
    {
        Assert.That(_box.MakeDirectory(path), Is.EqualTo(expected), "mkdir");
        Assert.That(_box.SymbolicLink("x", path), Is.EqualTo(expected), "symlink");
        Assert.That(_box.Link("/other", path), Is.EqualTo(expected), "link");
    }

    [Test]
    public void SlashBehindANewNameIsForDirectories()
    {
        Assert.That(_box.SymbolicLink("x", "/new/"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Link("/file", "/new/"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.TryOpen("/new/", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.IsDir));
        Assert.That(_box.MakeDirectory("/new/"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void SymbolicLinkContentIsChecked()
    {
        Assert.That(_box.SymbolicLink("", "/new"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.SymbolicLink(new string('x', 4096), "/new"), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.Files.SymbolicLink([0xFF], _box.Path("/new")), Is.EqualTo(Errno.IlSeq));
        Assert.That(_box.SymbolicLink("a\0b", "/new"), Is.EqualTo(Errno.Inval));
        Assert.That(_box.SymbolicLink(new string('x', 4095), "/new"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/new"), Is.EqualTo(Errno.NameTooLong), "the name within is longer than any");
    }

    [Test]
    public void ReadLinkIsCutToTheBuffer()
    {
        byte[] buffer = new byte[3];
        Assert.That(_box.Files.ReadLink(_box.Path("/dangling"), buffer, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(3));
        Assert.That(buffer.AsSpan().SequenceEqual("now"u8));
        Assert.That(_box.ReadLink("/file", out _), Is.EqualTo(Errno.Inval));
        Assert.That(_box.ReadLink("/dir", out _), Is.EqualTo(Errno.Inval));
        Assert.That(_box.ReadLink("/dirlink/", out _), Is.EqualTo(Errno.Inval));
        Assert.That(_box.ReadLink("/nowhere", out _), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void HardLinksAreOneFile()
    {
        Assert.That(_box.Link("/file", "/dir/second"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/dir/second").Inode, Is.EqualTo(_box.Stat("/file").Inode));
        Assert.That(_box.Stat("/file").Links, Is.EqualTo(2));
        _box.Write("/dir/second", "changed");
        Assert.That(_box.Read("/file"), Is.EqualTo("changed"));
        Assert.That(_box.Unlink("/file"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/dir/second").Links, Is.EqualTo(1));
        Assert.That(_box.Read("/dir/second"), Is.EqualTo("changed"));
    }

    [Test]
    public void LinkOfALinkIsOfTheLinkUnlessFollowed()
    {
        Assert.That(_box.Link("/link", "/same"), Is.EqualTo(Errno.Success));
        Assert.That(_box.LinkStat("/same").Type, Is.EqualTo(FileType.SymbolicLink));
        Assert.That(_box.LinkStat("/same").Links, Is.EqualTo(2));
        Assert.That(_box.Link("/link", "/target", follow: true), Is.EqualTo(Errno.Success));
        Assert.That(_box.LinkStat("/target").Inode, Is.EqualTo(_box.Stat("/file").Inode));
        Assert.That(_box.Link("/dangling", "/x", follow: true), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void DirectoriesAreNotLinked()
    {
        Assert.That(_box.Link("/dir", "/new"), Is.EqualTo(Errno.Perm));
        Assert.That(_box.Link("/dirlink", "/new", follow: true), Is.EqualTo(Errno.Perm));
        Assert.That(_box.Link("/file/", "/new"), Is.EqualTo(Errno.NotDir));
    }

    [Test]
    public void HardLinksHaveALimit()
    {
        using TestBox box = new(limits: Limits.Default with { HardLinks = 3 });
        box.Write("/file", "x");
        Assert.That(box.Link("/file", "/2"), Is.EqualTo(Errno.Success));
        Assert.That(box.Link("/file", "/3"), Is.EqualTo(Errno.Success));
        Assert.That(box.Link("/file", "/4"), Is.EqualTo(Errno.MLink));
        Assert.That(box.TryStat("/4"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.Unlink("/2"), Is.EqualTo(Errno.Success));
        Assert.That(box.Link("/file", "/4"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void RemovedDirectoryHasNothingAndTakesNothing()
    {
        OpenFile removed = _box.OpenDirectory("/empty");
        Assert.That(_box.RemoveDirectory("/empty"), Is.EqualTo(Errno.Success));
        Assert.That(_box.MakeDirectory("/empty"), Is.EqualTo(Errno.Success), "the name is free again");
        _box.At = removed;
        Assert.Multiple(() =>
        {
            Assert.That(_box.TryStat("x"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_box.TryOpen("x", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NoEnt));
            Assert.That(_box.MakeDirectory("x"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_box.SymbolicLink("x", "x"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_box.Link("/file", "x"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_box.Rename("/file", "x"), Is.EqualTo(Errno.NoEnt));
            Assert.That(_box.Stat(".").Links, Is.Zero);
            Assert.That(_box.Stat("..").Inode, Is.EqualTo(_box.Stat("/").Inode));
        });
        Assert.That(TestBox.Entries(removed).Select(TestBox.NameOf), Is.EqualTo(new[] { ".", ".." }));
        removed.Release();
    }

    [Test]
    public void NamesThatOtherSystemsReserveAreOrdinary()
    {
        foreach (string name in new[] { "NUL", "COM1", "COM¹", "LPT⁰", "AUX.txt", "a:b", "con", " ", "...", ".hidden", "back\\slash", "😀" })
        {
            _box.Write("/" + name, name);
        }

        foreach (string name in new[] { "NUL", "COM1", "COM¹", "LPT⁰", "AUX.txt", "a:b", "con", " ", "...", ".hidden", "back\\slash", "😀" })
        {
            Assert.That(_box.Read("/" + name), Is.EqualTo(name));
        }
    }
}
