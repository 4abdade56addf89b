using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>Mounts: how they are seen, crossed, and guarded.</summary>
internal sealed class MountTests
{
    [Test]
    public void TopWithoutAMountHoldsMountPointsAndTakesNothing()
    {
        using TestBox box = new(options => options.MountMemory("/data/in").MountMemory("/tmp"));
        Assert.That(box.List("/"), Is.EquivalentTo(new[] { ".", "..", "data", "tmp" }));
        Assert.That(box.List("/data"), Is.EquivalentTo(new[] { ".", "..", "in" }));
        Assert.That(box.MakeDirectory("/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.MakeDirectory("/data/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.TryOpen("/new", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(box.MakeDirectory("/data/in/new"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void NothingIsThereThatWasNotGranted()
    {
        using TestBox box = new(static _ => { });
        Assert.That(box.List("/"), Is.EqualTo(new[] { ".", ".." }));
        Assert.That(box.TryStat("/tmp"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.TryStat("/proc"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.TryOpen("/x", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.RoFs));
    }

    [Test]
    public void MountsAreCrossedBothWays()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/a").MountMemory("/a/b"));
        box.Write("/a/b/file", "b");
        box.Write("/a/file", "a");
        box.Write("/file", "top");
        Assert.That(box.Read("/a/b/../file"), Is.EqualTo("a"));
        Assert.That(box.Read("/a/b/../../file"), Is.EqualTo("top"));
        box.At = box.OpenDirectory("/a/b");
        Assert.That(box.Read("../file"), Is.EqualTo("a"));
        Assert.That(box.Read("../../file"), Is.EqualTo("top"));
        ulong[] devices = [box.Stat("/").Device, box.Stat("/a").Device, box.Stat("/a/b").Device];
        Assert.That(devices.Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void ListingShowsTheMountedRootInPlaceOfTheDirectory()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/mnt/deep"));
        box.Write("/mnt/deep/inner", "x");
        box.Write("/mnt/beside", "x");
        DirectoryEntry entry = TestBox.Entries(box.OpenDirectory("/mnt")).Single(entry => TestBox.NameOf(entry) == "deep");
        Assert.That(entry.Inode, Is.EqualTo(box.Stat("/mnt/deep").Inode));
        Assert.That(entry.Type, Is.EqualTo(FileType.Directory));
        Assert.That(box.List("/mnt"), Is.EquivalentTo(new[] { ".", "..", "beside", "deep" }));
        Assert.That(TestBox.Entries(box.OpenDirectory("/mnt/deep"))[1].Inode, Is.EqualTo(box.Stat("/mnt").Inode), ".. is the directory above");
    }

    [Test]
    public void BetweenMountsNothingIsMovedOrLinked()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/mnt"));
        box.Write("/file", "x");
        box.Write("/mnt/file", "y");
        box.MakeDirectory("/dir");
        Assert.That(box.Rename("/file", "/mnt/moved"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Rename("/mnt/file", "/moved"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Rename("/dir", "/mnt/dir"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Link("/file", "/mnt/linked"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Link("/mnt/file", "/linked"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Read("/file") + box.Read("/mnt/file"), Is.EqualTo("xy"));
    }

    [Test]
    public void MountPointsStay()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/mnt/deep"));
        box.MakeDirectory("/empty");
        box.Write("/file", "x");
        Assert.Multiple(() =>
        {
            Assert.That(box.RemoveDirectory("/mnt/deep"), Is.EqualTo(Errno.Busy));
            Assert.That(box.RemoveDirectory("/mnt/deep/"), Is.EqualTo(Errno.Busy));
            Assert.That(box.RemoveDirectory("/mnt"), Is.EqualTo(Errno.Busy).Or.EqualTo(Errno.NotEmpty));
            Assert.That(box.Unlink("/mnt/deep"), Is.EqualTo(Errno.IsDir));
            Assert.That(box.Rename("/mnt/deep", "/moved"), Is.EqualTo(Errno.Busy));
            Assert.That(box.Rename("/empty", "/mnt/deep"), Is.EqualTo(Errno.Busy));
            Assert.That(box.Rename("/empty", "/mnt"), Is.EqualTo(Errno.Busy).Or.EqualTo(Errno.NotEmpty));
            Assert.That(box.MakeDirectory("/mnt/deep"), Is.EqualTo(Errno.Exist));
            Assert.That(box.RemoveDirectory("/"), Is.EqualTo(Errno.Busy));
        });
    }

    [Test]
    public void MountGoesAlongWhenADirectoryAboveItIsRenamed()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/mnt/deep"));
        box.Write("/mnt/deep/file", "x");
        Assert.That(box.Rename("/mnt", "/moved"), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/moved/deep/file"), Is.EqualTo("x"));
        Assert.That(box.TryStat("/mnt"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void MountPointsThatAFileSystemDoesNotTakeAreListedBesideItsEntries()
    {
        using TestBox box = new(options => options.Mount("/", new BareSource()).MountMemory("/data/in").MountMemory("/data/out"));
        Assert.That(box.List("/"), Is.EqualTo(new[] { ".", "..", "own", "data" }));
        Assert.That(box.List("/data"), Is.EquivalentTo(new[] { ".", "..", "in", "out" }));
        box.Write("/data/in/file", "x");
        Assert.That(box.Read("/data/out/../in/file"), Is.EqualTo("x"));
        Assert.That(box.Stat("/data/in/../..").Inode, Is.EqualTo(box.Stat("/").Inode));
        Assert.That(box.MakeDirectory("/data/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.RemoveDirectory("/data"), Is.EqualTo(Errno.Busy));
        List<DirectoryEntry> all = TestBox.Entries(box.OpenDirectory("/"));
        OpenFile top = box.OpenDirectory("/");
        foreach (DirectoryEntry entry in all)
        {
            Assert.That(TestBox.Entries(top, entry.Next), Has.Count.EqualTo(all.Count - 1 - all.IndexOf(entry)));
        }
    }

    [Test]
    public void CountedInodesAreAllGivenBack()
    {
        BareSource source = new();
        using (TestBox box = new(options => options.Mount("/", source).MountMemory("/data")))
        {
            box.Flags = PathFlags.Follow;
            box.TryStat("/own/../own/./x");
            box.TryOpen("/own/x", OpenFlags.Create, AccessModes.Write);
            box.Rename("/own", "/own/x");
            box.MakeDirectory("/own");
            box.RemoveDirectory("/own");
            box.Unlink("/own");
            box.Link("/own", "/x");
            box.List("/own");
            OpenFile directory = box.OpenDirectory("/own");
            box.At = directory;
            box.Flags = PathFlags.Follow | PathFlags.Beneath;
            box.TryStat(".");
            box.TryStat("..");
            directory.Release();
            Assert.That(box.TryStat("."), Is.EqualTo(Errno.BadF), "closed by another thread meanwhile");
            Assert.That(directory.Operations.Stat(directory, out _), Is.EqualTo(Errno.BadF));
            Assert.That(directory.Operations.ReadEntry(directory, 2, out _), Is.EqualTo(Errno.BadF));
            box.At = null;
            box.Flags = PathFlags.Follow;
            Assert.That(box.Files.ChangeDirectory(box.Path("/own")), Is.EqualTo(Errno.Success));
            Assert.That(source.Made - source.Dropped, Is.EqualTo(1), "the working directory");
            Assert.That(box.Files.ChangeDirectory(box.Path("/data")), Is.EqualTo(Errno.Success));
            Assert.That(source.Made, Is.GreaterThan(10));
            Assert.That(source.Dropped, Is.EqualTo(source.Made));
        }
    }

    [Test]
    public void BeneathStaysAlsoAcrossMounts()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/jail").MountMemory("/jail/inner"));
        box.Write("/secret", "x");
        box.Write("/jail/file", "inside");
        box.At = box.OpenDirectory("/jail");
        box.Flags = PathFlags.Follow | PathFlags.Beneath;
        Assert.That(box.Read("inner/../file"), Is.EqualTo("inside"));
        Assert.That(box.TryStat("inner/../../secret"), Is.EqualTo(Errno.Perm));
        Assert.That(box.TryStat("inner/../.."), Is.EqualTo(Errno.Perm));
        box.Flags = PathFlags.Follow;
        box.At = box.OpenDirectory("/jail/inner");
        box.Flags = PathFlags.Follow | PathFlags.Beneath;
        Assert.That(box.TryStat(".."), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void CloneSeesTheSameAndChangesAlone()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/mnt"));
        MountNamespace clone = box.Files.Mounts.Clone();
        MemoryFileSystem extra = new(box.Kernel);
        clone.Attach("/mnt/extra", extra);
        Assert.That(clone.Mounts, Has.Count.EqualTo(3));
        Assert.That(box.Files.Mounts.Mounts, Has.Count.EqualTo(2));
        Assert.That(clone.Mounts[1].FileSystem, Is.SameAs(box.Files.Mounts.Mounts[1].FileSystem));
        Assert.That(clone.Mounts[1].Parent, Is.SameAs(clone.Root));
        Assert.Throws<ArgumentException>(() => clone.Attach("/mnt", new MemoryFileSystem(box.Kernel)));
        Assert.Throws<ArgumentException>(() => clone.Attach("/", new MemoryFileSystem(box.Kernel)));
    }

    /// <summary>A file system of few virtues, as a stranger may write one: one empty directory, and inodes that are counted.</summary>
    private sealed class BareSource : FileSystemSource
    {
        public int Made { get; set; }

        public int Dropped { get; set; }

        public override FileSystem Open(Kernel kernel) => new Bare(this);
    }

    private sealed class Bare : FileSystem
    {
        public Bare(BareSource source)
        {
            Source = source;
            Root = new BareDirectory(this, 1);
        }

        public BareSource Source { get; }

        public override Inode Root { get; }
    }

    private sealed class BareDirectory(FileSystem fileSystem, ulong number) : Inode(fileSystem, FileType.Directory, number, counted: true)
    {
        public override Errno Stat(out FileStat stat)
        {
            stat = new FileStat { Device = FileSystem.Device, Inode = Number, Type = Type, Mode = 0x1ED, Links = 2 };
            return Errno.Success;
        }

        public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
        {
            child = Number == 1 && name.SequenceEqual("own"u8) ? new BareDirectory(FileSystem, 2) : null;
            ((Bare)FileSystem).Source.Made += child is null ? 0 : 1;
            return child is null ? Errno.NoEnt : Errno.Success;
        }

        protected override void Drop() => ((Bare)FileSystem).Source.Dropped++;

        public override Errno LookupParent(out Inode? parent)
        {
            parent = FileSystem.Root.Acquire();
            return Errno.Success;
        }

        public override Errno List(out DirectoryListing? listing)
        {
            listing = new BareListing(Number == 1);
            return Errno.Success;
        }
    }

    private sealed class BareListing(bool isRoot) : DirectoryListing
    {
        public override Errno Read(ulong cookie, out DirectoryEntry entry)
        {
            entry = isRoot && cookie == 0 ? new DirectoryEntry("own"u8.ToArray(), 2, FileType.Directory, 1) : default;
            return Errno.Success;
        }
    }
}
