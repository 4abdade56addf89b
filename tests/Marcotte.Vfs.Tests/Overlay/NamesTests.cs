using Marcotte.Core;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Overlay;

/// <summary>Names that come, go and move over layers below.</summary>
[TestFixture(LowerKind.Memory)]
[TestFixture(LowerKind.Host)]
internal sealed class NamesTests(LowerKind kind)
{
    [Test]
    public void RemovedFileStaysRemovedAndComesBackAsAnother()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        Assert.That(box.Unlink("/dir/a"), Is.EqualTo(Errno.Success));
        Assert.That(box.Exists("/dir/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.Unlink("/dir/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.List("/dir"), Is.EqualTo(new[] { "b", "sub" }));
        Assert.That(OverlayBox.Find(overlay.Overlay.Upper.Root, "/dir/a").Type, Is.EqualTo(FileType.CharacterDevice));
        box.Write("/dir/a", "again");
        Assert.That(box.Read("/dir/a"), Is.EqualTo("again"));
        Assert.That(box.Unlink("/dir/a"), Is.EqualTo(Errno.Success));
        Assert.That(box.Exists("/dir/a"), Is.EqualTo(Errno.NoEnt), "hidden again");
        Assert.That(box.SymbolicLink("b", "/dir/a"), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/dir/a"), Is.EqualTo("b"));
    }

    [Test]
    public void EveryKindIsRefusedWhereSomethingIs()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        Assert.That(box.MakeDirectory("/dir/a"), Is.EqualTo(Errno.Exist));
        Assert.That(box.MakeDirectory("/dir"), Is.EqualTo(Errno.Exist));
        Assert.That(box.SymbolicLink("x", "/dir/sub"), Is.EqualTo(Errno.Exist));
        Assert.That(box.Link("/dir/a", "/dir/b"), Is.EqualTo(Errno.Exist));
        Assert.That(box.TryOpen("/dir/a", OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write), Is.EqualTo(Errno.Exist));
        Assert.That(box.Unlink("/dir"), Is.EqualTo(Errno.IsDir));
        Assert.That(box.RemoveDirectory("/dir/a"), Is.EqualTo(Errno.NotDir));
        Assert.That(box.RemoveDirectory("/dir"), Is.EqualTo(Errno.NotEmpty));
        Assert.That(box.Link("/dir", "/other"), Is.EqualTo(Errno.Perm));
        Assert.That(overlay.UpperBox.List("/"), Is.Empty, "what is refused copies nothing up");
    }

    [Test]
    public void DirectoryWhoseEntriesAreHiddenIsRemoved()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        box.Write("/dir/own", "own");
        box.Unlink("/dir/own");
        box.Unlink("/dir/a");
        box.Unlink("/dir/b");
        Assert.That(box.RemoveDirectory("/dir"), Is.EqualTo(Errno.NotEmpty));
        OpenFile open = box.Open("/dir", OpenFlags.Directory);
        Assert.That(box.RemoveDirectory("/dir/sub"), Is.EqualTo(Errno.NotEmpty));
        box.Unlink("/dir/sub/c");
        Assert.That(box.RemoveDirectory("/dir/sub"), Is.EqualTo(Errno.Success));
        Assert.That(box.RemoveDirectory("/dir"), Is.EqualTo(Errno.Success));
        Assert.That(box.Exists("/dir"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.MakeDirectory("/x", at: open), Is.EqualTo(Errno.Success), "an absolute path");
        Assert.That(box.MakeDirectory("x", at: open), Is.EqualTo(Errno.NoEnt), "nothing is made in what was removed");
        Assert.That(MountedBox.List(open), Is.Empty);
        Assert.That(open.Operations.Stat(open, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Links, Is.Zero);
        open.Release();
    }

    [Test]
    public void DirectoryMadeOverARemovedOneShowsNothingOfIt()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        box.Unlink("/dir/sub/c");
        box.RemoveDirectory("/dir/sub");
        Assert.That(box.MakeDirectory("/dir/sub"), Is.EqualTo(Errno.Success));
        Assert.That(box.List("/dir/sub"), Is.Empty);
        Assert.That(OverlayBox.Find(overlay.Overlay.Upper.Root, "/dir/sub").IsOpaque, Is.True);
        box.Write("/dir/sub/c", "new");
        Assert.That(box.Read("/dir/sub/c"), Is.EqualTo("new"));
        Assert.That(box.Unlink("/dir/sub/c"), Is.EqualTo(Errno.Success));
        Assert.That(box.List("/dir/sub"), Is.Empty);
        Assert.That(box.RemoveDirectory("/dir/sub"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void LowerFileIsRenamed()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        ulong number = box.Stat("/dir/a").Inode;
        Assert.That(box.Rename("/dir/a", "/dir/sub/moved"), Is.EqualTo(Errno.Success));
        Assert.That(box.Exists("/dir/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.Read("/dir/sub/moved"), Is.EqualTo("a"));
        Assert.That(box.Stat("/dir/sub/moved").Inode, Is.EqualTo(number));
        Assert.That(box.Rename("/dir/sub/moved", "/dir/b"), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/dir/b"), Is.EqualTo("a"));
        Assert.That(box.Rename("/dir/b", "/dir/a"), Is.EqualTo(Errno.Success), "over its own whiteout");
        Assert.That(box.List("/dir"), Is.EqualTo(new[] { "a", "sub" }));
        Assert.That(overlay.UpperBox.List("/dir/sub"), Is.Empty, "nothing is left of where it went through");
    }

    [Test]
    public void LowerDirectoryIsRenamedWithAllThatIsInIt()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        ulong number = box.Stat("/dir/sub").Inode;
        Assert.That(box.Rename("/dir", "/else"), Is.EqualTo(Errno.Success));
        Assert.That(box.Exists("/dir"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.List("/else"), Is.EqualTo(new[] { "a", "b", "sub" }));
        Assert.That(box.Read("/else/sub/c"), Is.EqualTo("c"));
        Assert.That(box.Stat("/else/sub").Inode, Is.EqualTo(number));
        Assert.That(box.Read("/else/sub/../a"), Is.EqualTo("a"));
        box.Write("/else/sub/c", "changed");
        Assert.That(box.Read("/else/sub/c"), Is.EqualTo("changed"));
        Assert.That(box.MakeDirectory("/dir"), Is.EqualTo(Errno.Success));
        Assert.That(box.List("/dir"), Is.Empty);
        Assert.That(box.Rename("/else/sub", "/dir/sub"), Is.EqualTo(Errno.Success));
        Assert.That(box.List("/dir/sub"), Is.EqualTo(new[] { "c" }));
        Assert.That(box.Unlink("/dir/sub/c"), Is.EqualTo(Errno.Success));
        Assert.That(box.List("/dir/sub"), Is.Empty);
        Assert.That(box.RemoveDirectory("/dir/sub"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void DirectoryOverARemovedOneOfTheSameNameHidesIt()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        box.MakeDirectory("/own");
        box.Write("/own/x", "x");
        box.Unlink("/dir/sub/c");
        Assert.That(box.Rename("/own", "/dir/sub"), Is.EqualTo(Errno.Success), "onto what looks empty");
        Assert.That(box.List("/dir/sub"), Is.EqualTo(new[] { "x" }));
        Assert.That(OverlayBox.Find(overlay.Overlay.Upper.Root, "/dir/sub").IsOpaque, Is.True);
        Assert.That(overlay.UpperBox.List("/dir"), Is.EqualTo(new[] { "sub" }));
    }

    [Test]
    public void RenameIsRefusedAsPosixSays()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        Assert.That(box.Rename("/dir", "/dir/sub/x"), Is.EqualTo(Errno.Inval));
        Assert.That(box.Rename("/dir/sub", "/dir/a"), Is.EqualTo(Errno.NotDir));
        Assert.That(box.Rename("/dir/a", "/dir/sub"), Is.EqualTo(Errno.IsDir));
        Assert.That(box.Rename("/dir/sub", "/dir"), Is.EqualTo(Errno.NotEmpty));
        Assert.That(box.Rename("/dir/none", "/dir/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(overlay.Rename("/dir/a", "/dir/b", RenameMode.NoReplace), Is.EqualTo(Errno.Exist));
        Assert.That(overlay.Rename("/dir/a", "/dir/none", RenameMode.Exchange), Is.EqualTo(Errno.NoEnt));
        Assert.That(overlay.Rename("/dir", "/dir/sub", RenameMode.Exchange), Is.EqualTo(Errno.Inval));
        Assert.That(overlay.Rename("/dir/sub", "/dir", RenameMode.Exchange), Is.EqualTo(Errno.Inval));
        Assert.That(overlay.UpperBox.List("/"), Is.Empty, "what is refused copies nothing up");
        Assert.That(overlay.Rename("/dir/a", "/dir/new", RenameMode.NoReplace), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/dir/new"), Is.EqualTo("a"));
    }

    [Test]
    public void ExchangeSwapsAFileAndADirectory()
    {
        using OverlayBox overlay = Tree();
        MountedBox box = overlay.Box;
        Assert.That(overlay.Rename("/dir/a", "/dir/sub", RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/dir/sub"), Is.EqualTo("a"));
        Assert.That(box.Read("/dir/a/c"), Is.EqualTo("c"));
        Assert.That(overlay.Rename("/dir/a/c", "/dir/b", RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/dir/a/c"), Is.EqualTo("b"));
        Assert.That(box.Read("/dir/b"), Is.EqualTo("c"));
        Assert.That(box.List("/dir"), Is.EqualTo(new[] { "a", "b", "sub" }));
    }

    [Test]
    public void NamesOfOneLowerFileStayOneFile()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            box.MakeDirectory("/dir");
            box.Write("/one", "old");
            box.Link("/one", "/dir/two");
        });
        MountedBox box = overlay.Box;
        Assert.That(box.Stat("/one").Inode, Is.EqualTo(box.Stat("/dir/two").Inode));
        box.Write("/one", "new");
        Assert.That(box.Read("/dir/two"), Is.EqualTo("new"));
        Assert.That((box.Stat("/one").Inode, box.Stat("/one").Links), Is.EqualTo((box.Stat("/dir/two").Inode, 2u)));
        Assert.That(box.Link("/dir/two", "/three"), Is.EqualTo(Errno.Success));
        Assert.That(box.Stat("/one").Links, Is.EqualTo(3));
        Assert.That(box.Unlink("/three"), Is.EqualTo(Errno.Success));
        Assert.That(box.Unlink("/one"), Is.EqualTo(Errno.Success), "the last name that the upper layer has");
        Assert.That(box.Stat("/dir/two").Links, Is.EqualTo(1));
        Assert.That(box.Read("/dir/two"), Is.EqualTo("new"));
        Assert.That(box.Rename("/dir/two", "/four"), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/four"), Is.EqualTo("new"));
        Assert.That(box.List("/"), Is.EqualTo(new[] { "dir", "four" }));
        Assert.That(box.Unlink("/four"), Is.EqualTo(Errno.Success));
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
    }

    [Test]
    public void RenameBetweenNamesOfOneFileDoesNothing()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            box.Write("/one", "x");
            box.Link("/one", "/two");
        });
        Assert.That(overlay.Box.Rename("/one", "/two"), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.List("/"), Is.EqualTo(new[] { "one", "two" }));
    }

    private OverlayBox Tree() => new(kind, static box =>
    {
        box.MakeDirectory("/dir");
        box.MakeDirectory("/dir/sub");
        box.Write("/dir/a", "a");
        box.Write("/dir/b", "b");
        box.Write("/dir/sub/c", "c");
    });
}
