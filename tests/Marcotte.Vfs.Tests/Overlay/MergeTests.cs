using Marcotte.Core;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Overlay;

/// <summary>What is seen through layers.</summary>
[TestFixture(LowerKind.Memory)]
[TestFixture(LowerKind.Host)]
internal sealed class MergeTests(LowerKind kind)
{
    [Test]
    public void TopmostFileIsSeenAndDirectoriesAreMerged()
    {
        using OverlayBox overlay = new(
            kind,
            static box =>
            {
                box.MakeDirectory("/dir");
                box.Write("/dir/low", "low");
                box.Write("/dir/both", "below");
                box.Write("/file", "file");
            },
            static box =>
            {
                box.MakeDirectory("/dir");
                box.Write("/dir/high", "high");
                box.Write("/dir/both", "above");
            });
        MountedBox box = overlay.Box;
        box.Write("/dir/own", "own");
        Assert.That(box.List("/dir"), Is.EqualTo(new[] { "both", "high", "low", "own" }));
        Assert.That(box.Read("/dir/both"), Is.EqualTo("above"));
        Assert.That(box.Read("/dir/low"), Is.EqualTo("low"));
        Assert.That(box.Exists("/dir/none"), Is.EqualTo(Errno.NoEnt));
        Assert.That(overlay.UpperBox.List("/dir"), Is.EqualTo(new[] { "own" }));
    }

    [Test]
    public void FileAboveADirectoryHidesItAndADirectoryAboveAFile()
    {
        using OverlayBox overlay = new(
            kind,
            static box =>
            {
                box.MakeDirectory("/a");
                box.Write("/a/x", "x");
                box.Write("/b", "b");
            },
            static box =>
            {
                box.Write("/a", "file");
                box.MakeDirectory("/b");
            });
        Assert.That(overlay.Box.Read("/a"), Is.EqualTo("file"));
        Assert.That(overlay.Box.Exists("/a/x"), Is.EqualTo(Errno.NotDir));
        Assert.That(overlay.Box.List("/b"), Is.Empty);
        Assert.That(overlay.Box.List("/"), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void ReadingCopiesNothingUp()
    {
        using OverlayBox overlay = new(kind, static box => box.Write("/file", "content"));
        overlay.Box.Read("/file");
        overlay.Box.List("/");
        Assert.That(overlay.Box.SetTimes("/file", new TimeUpdate(TimeUpdate.Omit, TimeUpdate.Omit)), Is.EqualTo(Errno.Success));
        Assert.That(overlay.UpperBox.List("/"), Is.Empty);
    }

    [Test]
    public void ListingSaysNumbersAndKindsAsStatDoes()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            box.MakeDirectory("/dir");
            box.Write("/changed", "x");
            box.Write("/kept", "y");
            box.SymbolicLink("kept", "/link");
        });
        overlay.Box.Write("/changed", "z");
        overlay.Box.Write("/new", "new");
        overlay.Box.Write("/dir/inner", "");
        OpenFile top = overlay.Box.Open("/", OpenFlags.Directory);
        foreach (DirectoryEntry entry in TestBox.Entries(top).Skip(2))
        {
            FileStat stat = overlay.Box.Stat("/" + TestBox.NameOf(entry), follow: false);
            Assert.That((entry.Inode, entry.Type), Is.EqualTo((stat.Inode, stat.Type)), TestBox.NameOf(entry));
        }

        top.Release();
    }

    [Test]
    public void LargeDirectoryIsListedOnceWhileItChanges()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            box.MakeDirectory("/dir");
            for (int i = 0; i < 2000; i++)
            {
                box.Write($"/dir/{i}", "");
            }
        });
        MountedBox box = overlay.Box;
        OpenFile directory = box.Open("/dir", OpenFlags.Directory);
        List<string> names = [];
        ulong cookie = 0;
        for (int i = 0; ; i++)
        {
            Assert.That(directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry), Is.EqualTo(Errno.Success));
            if (entry.IsEnd)
            {
                break;
            }

            cookie = entry.Next;
            names.Add(TestBox.NameOf(entry));
            if (i < 1000)
            {
                // Copied up, while the listing is somewhere before, at or behind it; and the one just listed goes.
                box.Write($"/dir/{(i * 7) % 2000}", "changed");
                box.Write($"/dir/new{i}", "");
                box.Unlink($"/dir/new{i}");
            }
        }

        directory.Release();
        names.RemoveAll(static name => name is "." or ".." || name.StartsWith("new", StringComparison.Ordinal));
        Assert.That(names, Has.Count.EqualTo(2000));
        Assert.That(names, Is.Unique);
    }

    [Test]
    public void ListingGoesOnFromACookieAfterTheEntryWasRemoved()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            for (int i = 0; i < 20; i++)
            {
                box.Write($"/{i:00}", "");
            }
        });
        OpenFile top = overlay.Box.Open("/", OpenFlags.Directory);
        List<DirectoryEntry> all = TestBox.Entries(top);
        overlay.Box.Unlink("/" + TestBox.NameOf(all[5]));
        Assert.That(
            TestBox.Entries(top, all[5].Next).Select(TestBox.NameOf), Is.EqualTo(all.Skip(6).Select(TestBox.NameOf)));
        Assert.That(TestBox.Entries(top), Has.Count.EqualTo(all.Count - 1));
        top.Release();
    }

    [Test]
    public void OwnNamesAreNotSeenAndCannotBeMade()
    {
        using OverlayBox overlay = new(kind, static box => box.Write("/.wh..wh.opq", "x"));
        Assert.That(overlay.Box.List("/"), Is.Empty);
        Assert.That(overlay.Box.Exists("/.wh..wh.opq"), Is.EqualTo(Errno.NoEnt));
        Assert.That(overlay.Box.MakeDirectory("/.wh..wh.1"), Is.EqualTo(Errno.Perm));
        overlay.Box.Write("/file", "");
        Assert.That(overlay.Box.Rename("/file", "/.wh..wh.1"), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void DotDotLeadsThroughTheOverlay()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            box.MakeDirectory("/a");
            box.MakeDirectory("/a/b");
            box.Write("/a/file", "file");
        });
        Assert.That(overlay.Box.Read("/a/b/../file"), Is.EqualTo("file"));
        Assert.That(overlay.Box.Stat("/a/b/..").Inode, Is.EqualTo(overlay.Box.Stat("/a").Inode));
    }
}

/// <summary>What lower layers that are themselves changes say of those below them.</summary>
internal sealed class LayerTests
{
    [Test]
    public void WhiteoutInALowerLayerHidesWhatIsBelowIt()
    {
        using OverlayBox overlay = new(
            LowerKind.Memory,
            static box =>
            {
                box.MakeDirectory("/dir");
                box.Write("/dir/hidden", "x");
                box.Write("/dir/seen", "y");
            },
            static box => box.MakeDirectory("/dir"));
        Inode above = LowerDirectory(overlay, 0);
        Assert.That(above.HideName("hidden"u8), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.Exists("/dir/hidden"), Is.EqualTo(Errno.NoEnt));
        Assert.That(overlay.Box.List("/dir"), Is.EqualTo(new[] { "seen" }));
        overlay.Box.Write("/dir/hidden", "new");
        Assert.That(overlay.Box.Unlink("/dir/hidden"), Is.EqualTo(Errno.Success));
        Assert.That(overlay.UpperBox.List("/dir"), Is.Empty, "nothing to hide, so no whiteout");
        above.Unlink("hidden"u8);
    }

    [Test]
    public void OpaqueDirectoryHidesAllBelowIt()
    {
        MemoryFileSystem bottom = new(new Kernel(Limits.Default));
        MemoryFileSystem top = new(new Kernel(Limits.Default));
        bottom.Root.MakeDirectory("dir"u8, new Creation(0x1ED, 0, 0));
        bottom.Root.Lookup("dir"u8, out Inode? below);
        below!.MakeDirectory("hidden"u8, new Creation(0x1ED, 0, 0));
        top.Root.MakeDirectory("dir"u8, new Creation(0x1ED, 0, 0));
        top.Root.Lookup("dir"u8, out Inode? above);
        above!.MakeDirectory("seen"u8, new Creation(0x1ED, 0, 0));
        above.MarkOpaque();
        using MountedBox box = new(new MadeSource(kernel => new Vfs.Overlay.OverlayFileSystem(new MemoryFileSystem(kernel), [bottom, top])));
        Assert.That(box.List("/dir"), Is.EqualTo(new[] { "seen" }));
        Assert.That(box.Exists("/dir/hidden"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.RemoveDirectory("/dir/seen"), Is.EqualTo(Errno.Success));
        Assert.That(box.RemoveDirectory("/dir"), Is.EqualTo(Errno.Success));
        Assert.That(box.Exists("/dir"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void UpperThatWasWrittenBeforeIsReadAgain()
    {
        MemoryFileSystem upper = new(new Kernel(Limits.Default));
        static void Fill(MountedBox box)
        {
            box.MakeDirectory("/dir");
            box.Write("/dir/removed", "x");
            box.Write("/dir/changed", "old");
            box.MakeDirectory("/again");
            box.Write("/again/inner", "x");
            box.MakeDirectory("/moved");
            box.MakeDirectory("/moved/deep");
            box.Write("/moved/deep/file", "deep");
        }

        using (OverlayBox first = new(LowerKind.Memory, null, upper, Fill))
        {
            first.Box.Unlink("/dir/removed");
            first.Box.Write("/dir/changed", "new");
            first.Box.Unlink("/again/inner");
            first.Box.RemoveDirectory("/again");
            first.Box.MakeDirectory("/again");
            Assert.That(first.Box.Rename("/moved", "/dir/here"), Is.EqualTo(Errno.Success));
            Assert.That(first.Overlay.CopyUpRenamed(), Is.EqualTo(Errno.Success));
        }

        using OverlayBox second = new(LowerKind.Memory, null, upper, Fill);
        Assert.That(second.Box.List("/dir"), Is.EqualTo(new[] { "changed", "here" }));
        Assert.That(second.Box.Read("/dir/changed"), Is.EqualTo("new"));
        Assert.That(second.Box.List("/again"), Is.Empty);
        Assert.That(second.Box.List("/"), Is.EqualTo(new[] { "again", "dir" }));
        Assert.That(second.Box.Read("/dir/here/deep/file"), Is.EqualTo("deep"));
    }

    private static Inode LowerDirectory(OverlayBox overlay, int index) =>
        ((Vfs.Overlay.OverlayDirectory)overlay.Find("/dir")).Lowers[index].Inode;
}
