using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>A snapshot stays what it was, whatever becomes of the tree, and the tree stays what it is.</summary>
internal sealed class SnapshotTests
{
    private Tree _tree = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new Tree();
        _tree.MakeDirectory("/dir");
        _tree.MakeDirectory("/dir/inner");
        _tree.MakeDirectory("/other");
        _tree.Write("/dir/small", "small");
        _tree.Write("/dir/large", Bytes(20_000, 1));
        _tree.Write("/file", "file");
        _tree.Link("/file", "/dir/inner/second");
        _tree.SymbolicLink("dir/small", "/link");
    }

    [TearDown]
    public void TearDown() => _tree.Dispose();

    [TestCase("write", "append", "cut", "grow", "punch", "zero", "allocate", "share")]
    [TestCase("rename", "replace", "exchange", "unlink", "hard link before", "hard link after", "directory", "hide")]
    [TestCase("mode", "owner", "times", "opaque", "link's owner", "open and unlinked", "all")]
    public void AnyChangeIsTheTreesAlone(params string[] changes)
    {
        foreach (string change in changes)
        {
            TreeSnapshot snapshot = _tree.Files.Snapshot();
            string before = _tree.Describe();
            _tree.Clock.Time += 1_000;
            Change(_tree, change);
            string after = _tree.Describe();
            Assert.That(after, Is.Not.EqualTo(before), change);

            using Tree copy = new(snapshot);
            Assert.That(copy.Describe(), Is.EqualTo(before), change);
            copy.Clock.Time = _tree.Clock.Time;
            Change(copy, change);
            Assert.That(copy.Describe(), Is.EqualTo(after), $"{change}, in a tree of the snapshot");
            Assert.That(_tree.Describe(), Is.EqualTo(after), $"{change}, the tree that the snapshot was taken of");

            using Tree again = new(snapshot);
            Assert.That(again.Describe(), Is.EqualTo(before), $"{change}, a second tree");
        }
    }

    [Test]
    public void FilesHaveTheirNumbersInEveryTree()
    {
        using Tree copy = new(_tree.Files.Snapshot());
        Assert.That(copy.Stat("/file").Inode, Is.EqualTo(_tree.Stat("/file").Inode));
        Assert.That(copy.Get("/file"), Is.SameAs(copy.Get("/dir/inner/second")));
        Assert.That(copy.Get("/file"), Is.Not.SameAs(_tree.Get("/file")));
        copy.Write("/new", "new");
        Assert.That(copy.Stat("/new").Inode, Is.GreaterThan(_tree.Stat("/link").Inode));
    }

    [Test]
    public void ParentsAreThoseOfTheTree()
    {
        using Tree copy = new(_tree.Files.Snapshot());
        Inode inner = copy.Get("/dir/inner");
        Assert.That(inner.LookupParent(out Inode? parent), Is.EqualTo(Errno.Success));
        Assert.That(parent, Is.SameAs(copy.Get("/dir")));
        Assert.That(copy.Rename("/dir/inner", "/other/inner"), Is.EqualTo(Errno.Success));
        inner.LookupParent(out parent);
        Assert.That(parent, Is.SameAs(copy.Get("/other")));
        Assert.That(copy.Rename("/other", "/other/inner/x"), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void NameThatIsGoneIsNotFoundAgain()
    {
        using Tree copy = new(_tree.Files.Snapshot());
        Assert.That(copy.Unlink("/file"), Is.EqualTo(Errno.Success));
        Assert.That(copy.Find("/file"), Is.Null);
        Assert.That(copy.Read("/dir/inner/second"), Is.EqualTo("file"));
        Assert.That(copy.Stat("/dir/inner/second").Links, Is.EqualTo(1));
        Assert.That(_tree.Stat("/file").Links, Is.EqualTo(2));
    }

    [Test]
    public void ReadingUnsharesNothing()
    {
        TreeSnapshot snapshot = _tree.Files.Snapshot();
        using Tree copy = new(snapshot);
        copy.Clock.Time += 5_000;
        Assert.That(copy.Read("/dir/small"), Is.EqualTo("small"));
        Assert.That(copy.Stat("/dir/small").AccessTime, Is.EqualTo(copy.Clock.Time));
        Assert.That(copy.Kernel.FileBytes.Used, Is.Zero);
        using Tree other = new(snapshot);
        Assert.That(other.Stat("/dir/small").AccessTime, Is.EqualTo(_tree.Clock.Time));
    }

    [Test]
    public void ListingGoesOnWhileTheTreeIsKept()
    {
        using Tree copy = new(_tree.Files.Snapshot());
        copy.Get("/dir").List(out DirectoryListing? listing);
        listing!.Read(0, out DirectoryEntry first);
        copy.Files.Snapshot();
        copy.Unlink("/dir/small");
        copy.Write("/dir/new", "x");
        List<string> rest = [];
        for (ulong cookie = first.Next; listing.Read(cookie, out DirectoryEntry entry) == Errno.Success && !entry.IsEnd; cookie = entry.Next)
        {
            rest.Add(System.Text.Encoding.UTF8.GetString(entry.Name.Span));
        }

        Assert.That(rest, Is.EqualTo(new[] { "large", "new" }));
    }

    [Test]
    public void OpenFilesGoOn()
    {
        OpenFile file = _tree.Open("/dir/large");
        TreeSnapshot snapshot = _tree.Files.Snapshot();
        Assert.That(file.WriteAt("changed"u8, 8_000, out _), Is.EqualTo(Errno.Success));
        byte[] seven = new byte[7];
        file.ReadAt(seven, 8_000, out _);
        Assert.That(seven, Is.EqualTo("changed"u8.ToArray()));
        using Tree copy = new(snapshot);
        Assert.That(copy.ReadBytes("/dir/large"), Is.EqualTo(Bytes(20_000, 1)));
        file.Release();
    }

    [Test]
    public void CountAndBytesAreThoseOfWhatHasNames()
    {
        OpenFile gone = _tree.Open("/dir/large");
        TreeSnapshot snapshot = _tree.Files.Snapshot();
        Assert.That((snapshot.Count, snapshot.Bytes), Is.EqualTo((8L, _tree.Kernel.FileBytes.Used)));
        _tree.Unlink("/dir/large");
        gone.WriteAt(new byte[5_000], 100_000, out _);
        snapshot = _tree.Files.Snapshot();
        Assert.That(snapshot.Count, Is.EqualTo(7));
        Assert.That(snapshot.Bytes, Is.EqualTo(64 + 64 + 9));
        gone.Release();
        using Tree copy = new(snapshot);
        Assert.That((copy.Files.Snapshot().Count, copy.Files.Snapshot().Bytes), Is.EqualTo((7L, 137L)));
        copy.Clear();
        Assert.That((copy.Files.Snapshot().Count, copy.Files.Snapshot().Bytes), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void SnapshotOutlivesTheTree()
    {
        TreeSnapshot snapshot = _tree.Files.Snapshot();
        string before = _tree.Describe();
        _tree.Dispose();
        using Tree copy = new(snapshot);
        Assert.That(copy.Describe(), Is.EqualTo(before));
        copy.Write("/file", "other");
        Assert.That(copy.Read("/dir/inner/second"), Is.EqualTo("other"));
    }

    [Test]
    public void DetachedTreeNeedsNoBox()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(_tree.Files.Snapshot(), new Limits { Inodes = 9 }, TimeProvider.System);
        Assert.That(tree.Root.MakeDirectory("a"u8, new Creation(0x1ED, 0, 0)), Is.EqualTo(Errno.Success));
        Assert.That(tree.Root.MakeDirectory("b"u8, new Creation(0x1ED, 0, 0)), Is.EqualTo(Errno.NoSpc));
        tree.Root.Lookup("a"u8, out Inode? made);
        made!.Stat(out FileStat stat);
        Assert.That(stat.ModifyTime, Is.GreaterThan(1_500_000_000L * 1_000_000_000));
        Assert.Throws<ArgumentException>(() => MemoryFileSystem.Detached(tree.Snapshot(), new Limits { Inodes = 8 }));
    }

    [Test]
    public void SizeOfTheTreeCostsNothing()
    {
        using MemoryFileSystem image = MemoryFileSystem.Detached();
        Fill(image, 100_000);
        TreeSnapshot snapshot = image.Snapshot();
        Kernel kernel = new(Limits.Default);
        _ = new MemoryFileSystem(kernel, snapshot, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MemoryFileSystem tree = new(kernel, snapshot, null);
        long made = GC.GetAllocatedBytesForCurrentThread();
        tree.Snapshot();
        long taken = GC.GetAllocatedBytesForCurrentThread();
        tree.Restore(snapshot);
        long restored = GC.GetAllocatedBytesForCurrentThread();
        image.Snapshot();
        long again = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(
            new[] { made - before, taken - made, restored - taken, again - restored }, Is.All.LessThan(1_024), "a tree, a snapshot, a restore");
    }

    private static void Fill(MemoryFileSystem tree, int files)
    {
        Inode? directory = null;
        for (int i = 0; i < files; i++)
        {
            if (i % 1_000 == 0)
            {
                tree.Root.MakeDirectory(BitConverter.GetBytes(i), new Creation(0x1ED, 0, 0));
                tree.Root.Lookup(BitConverter.GetBytes(i), out directory);
            }

            directory!.Create(BitConverter.GetBytes(i), new Creation(0x1A4, 0, 0), new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file);
            file!.Release();
        }
    }

    private static void Change(Tree tree, string change)
    {
        switch (change)
        {
            case "write": Use("/dir/large", file => file.WriteAt("changed"u8, 5_000, out _)); break;
            case "append": Use("/dir/small", file => file.WriteAt("more"u8, 5, out _)); break;
            case "cut": Use("/dir/large", file => file.SetSize(9_999)); break;
            case "grow": Use("/dir/large", file => file.SetSize(30_000)); break;
            case "punch": Use("/dir/large", file => file.Allocate(3_000, 3_000, Allocation.PunchHole)); break;
            case "zero": Use("/dir/small", file => file.Allocate(2, 1, Allocation.ZeroRange)); break;
            case "allocate": Use("/dir/small", file => file.Allocate(0, 6_000)); break;
            case "share": Use("/dir/large", file => file.Operations.CopyRange(file, 4_096, file, 8_192, 4_096, out _)); break;
            case "rename": Done(tree.Rename("/dir/inner/second", "/other/moved")); break;
            case "replace": Done(tree.Rename("/dir/small", "/dir/large")); break;
            case "exchange": Done(tree.Rename("/dir/inner", "/file", RenameMode.Exchange)); break;
            case "unlink": Done(tree.Unlink("/link")); break;
            case "hard link before": tree.Write("/other/moved", "through the other name"); break;
            case "hard link after": Done(tree.Link("/dir/large", "/third")); tree.Write("/third", "through the third"); break;
            case "directory": Done(tree.MakeDirectory("/made")); Done(tree.Rename("/other", "/made/other")); break;
            case "hide": Done(tree.Hide("/third")); Done(tree.Hide("/hidden")); break;
            case "mode": Done(tree.Get("/dir").SetMode(0x1C0)); Done(tree.Get("/file").SetMode(0x180)); break;
            case "owner": Done(tree.Get("/dir/large").SetOwner(new OwnerUpdate(7, 8))); break;
            case "times": Done(tree.Get("/file").SetTimes(new TimeUpdate(5, 6))); break;
            case "opaque": Done(tree.Get("/dir").MarkOpaque()); break;
            case "link's owner": Done(tree.Get("/link").SetOwner(new OwnerUpdate(7, 8))); break;
            case "open and unlinked":
                Use("/file", file =>
                {
                    Done(tree.Unlink("/file"));
                    return file.WriteAt("x"u8, 0, out _);
                });
                break;
            default: tree.Clear(); break;
        }

        void Use(string path, Func<OpenFile, Errno> action)
        {
            OpenFile file = tree.Open(path);
            Done(action(file));
            file.Release();
        }

        void Done(Errno errno) => Assert.That(errno, Is.EqualTo(Errno.Success), change);
    }

    private static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
