using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>A tree that becomes what a snapshot is.</summary>
internal sealed class RestoreTests
{
    private Tree _tree = null!;
    private TreeSnapshot _snapshot = null!;
    private string _before = "";

    [SetUp]
    public void SetUp()
    {
        _tree = new Tree();
        _tree.MakeDirectory("/dir");
        _tree.Write("/dir/file", new byte[10_000]);
        _tree.Write("/small", "small");
        _snapshot = _tree.Files.Snapshot();
        _before = _tree.Describe();
    }

    [TearDown]
    public void TearDown() => _tree.Dispose();

    [Test]
    public void EverythingIsAsItWas()
    {
        for (int i = 0; i < 3; i++)
        {
            _tree.Clock.Time += 10;
            _tree.Unlink("/small");
            _tree.Write("/dir/file", "other");
            _tree.Write("/dir/more", new byte[50_000]);
            _tree.Files.Restore(_snapshot);
            Assert.That(_tree.Describe(), Is.EqualTo(_before));
            Assert.That(_tree.Kernel.Inodes.Used, Is.EqualTo(3));
            Assert.That(_tree.Kernel.FileBytes.Used, Is.Zero, "bytes that came with a snapshot");
        }
    }

    [Test]
    public void SnapshotOfAnotherTreeWillDo()
    {
        using Tree other = new();
        other.Write("/else", "else");
        Inode root = other.Files.Root;
        other.Files.Restore(_snapshot);
        Assert.That(other.Describe(), Is.EqualTo(_before));
        Assert.That(other.Files.Root, Is.SameAs(root));
        Assert.That(other.Find("/else"), Is.Null);
        other.Write("/else", "again");
        Assert.That(other.Read("/else"), Is.EqualTo("again"));
    }

    [Test]
    public void WhatWasHeldIsStale()
    {
        OpenFile file = _tree.Open("/dir/file");
        Inode directory = _tree.Get("/dir");
        directory.List(out DirectoryListing? listing);
        Inode small = _tree.Get("/small");
        _tree.Files.Restore(_snapshot);
        FileOperations operations = file.Operations;
        OpenFile present = _tree.Open("/small");
        Errno[] outcomes =
        [
            file.ReadAt(new byte[10], 0, out _),
            file.WriteAt("x"u8, 0, out _),
            file.Write("x"u8, out _),
            file.SetSize(5),
            file.Seek(0, Whence.End, out _),
            file.Seek(0, Whence.Data, out _),
            file.Allocate(0, 10),
            operations.Stat(file, out _),
            operations.SetMode(file, 0),
            operations.SetTimes(file, new TimeUpdate(1, 1)),
            operations.CopyRange(file, 0, present, 0, 10, out _),
            directory.Lookup("file"u8, out _),
            directory.LookupParent(out _),
            directory.MakeDirectory("x"u8, default),
            directory.Unlink("file"u8),
            directory.RemoveDirectory("file"u8),
            directory.HideName("file"u8),
            directory.MarkOpaque(),
            directory.Rename("file"u8, _tree.Files.Root, "x"u8, RenameMode.Replace),
            _tree.Files.Root.Rename("small"u8, directory, "x"u8, RenameMode.Replace),
            _tree.Files.Root.Link("x"u8, small),
            directory.Stat(out _),
            directory.SetMode(0),
            listing!.Read(0, out _),
            small.Open(new InodeOpen(AccessModes.Read, StatusFlags.None), out _),
            small.SetOwner(new OwnerUpdate(1, 1)),
        ];
        Assert.That(outcomes, Is.All.EqualTo(Errno.Stale));
        file.Release();
        present.Release();
        Assert.That(_tree.Describe(), Is.EqualTo(_before));
        Assert.That((_tree.Kernel.Inodes.Used, _tree.Kernel.FileBytes.Used), Is.EqualTo((3L, 0L)));
        _tree.Clear();
        Assert.That((_tree.Kernel.Inodes.Used, _tree.Kernel.FileBytes.Used), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void TooManyInodesChangeNothing()
    {
        using Tree small = new(limits: new Limits { Inodes = 2 });
        small.Write("/mine", "mine");
        string before = small.Describe();
        Assert.That(Assert.Throws<ArgumentException>(() => small.Files.Restore(_snapshot))!.Message, Does.Contain("Limits.Inodes"));
        Assert.That(small.Describe(), Is.EqualTo(before));
        Assert.That(small.Kernel.Inodes.Used, Is.EqualTo(1));
        small.Write("/mine", "still");
    }

    [Test]
    public void BoxGoesOnFromItsRoot()
    {
        using TestBox box = new(options => options.MountSnapshot("/", _snapshot));
        MemoryFileSystem files = (MemoryFileSystem)box.Files.Mounts.Root.FileSystem;
        box.Write("/small", "changed");
        Assert.That(box.MakeDirectory("/made"), Is.EqualTo(Errno.Success));
        files.Restore(_snapshot);
        Assert.That(box.Read("/small"), Is.EqualTo("small"));
        Assert.That(box.TryStat("/made"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.MakeDirectory("/made"), Is.EqualTo(Errno.Success));
    }

    /// <summary>The mount kept the directory's inode of before, and <c>..</c> was stale.</summary>
    [Test]
    public void AMountBelowADirectoryIsLeftUpwards()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/a/b/mount"));
        MemoryFileSystem files = (MemoryFileSystem)box.Files.Mounts.Root.FileSystem;
        TreeSnapshot snapshot = files.Snapshot();
        box.Write("/a/b/later", "later");
        Assert.That(box.Rename("/a/b", "/moved"), Is.EqualTo(Errno.Success));
        Assert.That(box.Files.ChangeDirectory(box.Path("/moved/mount")), Is.EqualTo(Errno.Success));
        for (int i = 0; i < 2; i++)
        {
            files.Restore(snapshot);
            byte[] path = new byte[100];
            Assert.That(box.Files.WorkingDirectory(box.Process, path, out int count), Is.EqualTo(Errno.Success));
            Assert.That(System.Text.Encoding.UTF8.GetString(path, 0, count), Is.EqualTo("/a/b/mount"));
            Assert.That(box.Stat("..").Inode, Is.EqualTo(box.Stat("/a/b").Inode));
            Assert.That(box.TryStat("../later"), Is.EqualTo(Errno.NoEnt));
            Assert.That(box.MakeDirectory("../made"), Is.EqualTo(Errno.Success));
            Assert.That(box.TryStat("/a/b/made"), Is.EqualTo(Errno.Success));
            Assert.That(box.TryStat("../../../a/b/mount/../made"), Is.EqualTo(Errno.Success));
        }
    }

    [Test]
    public void AMountWhoseDirectoryIsNotInTheSnapshotLeadsNowhere()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/a/b/mount"));
        MemoryFileSystem files = (MemoryFileSystem)box.Files.Mounts.Root.FileSystem;
        Assert.That(box.Files.ChangeDirectory(box.Path("/a/b/mount")), Is.EqualTo(Errno.Success));
        files.Restore(_snapshot);
        box.Write("here", "here");
        Assert.That(box.TryStat(".."), Is.EqualTo(Errno.Stale));
        Assert.That(box.TryStat("/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.Read("/dir/../small"), Is.EqualTo("small"));
    }

    /// <summary>Its upper layer is made anew beneath the mount's directory.</summary>
    [Test]
    public void AnOverlayMountedBelowADirectoryIsLeftUpwards()
    {
        using TestBox box = new(options => options.MountMemory("/").MountOverlay("/a/b/over", overlay => overlay.LowerSnapshot(_snapshot)));
        MemoryFileSystem files = (MemoryFileSystem)box.Files.Mounts.Root.FileSystem;
        TreeSnapshot snapshot = files.Snapshot();
        Assert.That(box.Files.ChangeDirectory(box.Path("/a/b/over/dir")), Is.EqualTo(Errno.Success));
        files.Restore(snapshot);
        Assert.That(box.Stat("../..").Inode, Is.EqualTo(box.Stat("/a/b").Inode));
        Assert.That(box.TryStat("../../over/small"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void RestoringUnderWayLeavesNothingCharged()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(500));
        List<Errno> wrong = [];
        Thread[] guests = [.. Enumerable.Range(0, 3).Select(number => new Thread(() =>
        {
            Random random = new(number);
            while (!stop.IsCancellationRequested)
            {
                string path = $"/dir/n{random.Next(5)}";
                if (_tree.Find("/dir") is { } directory && directory.Create(
                    System.Text.Encoding.UTF8.GetBytes(path[5..]), new Creation(0x1A4, 0, 0), new InodeOpen(AccessModes.ReadWrite, StatusFlags.None), out OpenFile? file) == Errno.Success)
                {
                    Errno errno = file!.WriteAt(new byte[9_000], random.Next(9_000), out _);
                    file.Release();
                    if (errno is not (Errno.Success or Errno.Stale or Errno.NoSpc))
                    {
                        lock (wrong)
                        {
                            wrong.Add(errno);
                        }
                    }
                }
                else
                {
                    _tree.Unlink(path);
                }
            }
        }))];
        Array.ForEach(guests, guest => guest.Start());
        while (!stop.IsCancellationRequested)
        {
            _tree.Files.Restore(_snapshot);
            Thread.Yield();
        }

        Array.ForEach(guests, guest => guest.Join());
        Assert.That(wrong, Is.Empty);
        _tree.Files.Restore(_snapshot);
        Assert.That(_tree.Describe(), Is.EqualTo(_before));
        _tree.Clear();
        Assert.That((_tree.Kernel.Inodes.Used, _tree.Kernel.FileBytes.Used), Is.EqualTo((0L, 0L)));
    }
}
