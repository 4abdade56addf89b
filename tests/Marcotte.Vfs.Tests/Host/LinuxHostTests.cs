using System.Globalization;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>What only a Linux host has.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[TestFixtureSource(typeof(TestTree), nameof(TestTree.OfLinux))]
internal sealed class LinuxHostTests(Driver driver)
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
    public void StatIsWhatTheHostSays()
    {
        string path = _tree.Inside + "/f";
        File.WriteAllText(path, "12345");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddTicks(12_345_678_901));
        FileStat stat = _box.Stat("/f");
        Assert.That(stat.Size, Is.EqualTo(5));
        Assert.That(stat.Mode, Is.EqualTo(0x120));
        Assert.That(stat.ModifyTime, Is.EqualTo(1_234_567_890_100));
        Assert.That(stat.Type, Is.EqualTo(FileType.Regular));
        Assert.That(stat.Device, Is.EqualTo(_box.Stat("/").Device));
        OpenFile file = _box.Open("/f");
        Assert.That(file.Operations.Stat(file, out FileStat opened), Is.EqualTo(Errno.Success));
        Assert.That(opened, Is.EqualTo(stat with { AccessTime = opened.AccessTime }));
        file.Release();
    }

    [Test]
    public void StickyBitOfANewFileWasLost()
    {
        OpenRequest request = new(OpenFlags.Create, AccessModes.Write, Mode: 0xF80);
        Assert.That(_box.Files.Open(_box.Path("/f"), request, out OpenFile? file), Is.EqualTo(Errno.Success));
        file!.Release();
        Assert.That(_box.Stat("/f").Mode, Is.EqualTo(0x380), "and set-id bits are not for files of the host");
    }

    [Test]
    public void DirectoryThatWasMovedLedUpToWhereItWasFound()
    {
        _box.MakeDirectory("/a");
        _box.MakeDirectory("/a/in");
        _box.MakeDirectory("/c");
        _box.MakeDirectory("/c/d");
        _box.Write("/c/d/mark", "x");
        OpenFile moved = _box.Open("/a", OpenFlags.Directory);
        OpenFile inMoved = _box.Open("/a/in", OpenFlags.Directory);
        Assert.That(_box.Rename("/a", "/c/d/a"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.Stat(_box.Path("../mark", at: moved), out _), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.Stat(_box.Path("../../mark", at: inMoved), out _), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.Stat(_box.Path("../../../c/d/mark", at: moved), out _), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.Stat(_box.Path("../../../../c", at: moved), out FileStat clamped), Is.EqualTo(Errno.Success));
        Assert.That(clamped.Inode, Is.EqualTo(_box.Stat("/c").Inode), "above the root is the root");
        moved.Release();
        inMoved.Release();
    }

    [Test]
    public void DirectoryThatWasMovedOutOfTheTreeLeadsUpToWhereItWasFound()
    {
        _box.MakeDirectory("/a");
        _box.Write("/mark", "x");
        OpenFile moved = _box.Open("/a", OpenFlags.Directory);
        Directory.Move(_tree.Inside + "/a", _tree.Outside + "/a");
        Assert.That(_box.Files.Stat(_box.Path("../mark", at: moved), out _), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.Stat(_box.Path("../secret", at: moved), out _), Is.EqualTo(Errno.NoEnt));
        Directory.Delete(_tree.Outside + "/a");
        moved.Release();
    }

    [Test]
    public void TimesAreKeptToTheNanosecond()
    {
        _box.Write("/f", "x");
        Assert.That(_box.SetTimes("/f", new TimeUpdate(1_000_000_001, 2_000_000_003)), Is.EqualTo(Errno.Success));
        FileStat stat = _box.Stat("/f");
        Assert.That((stat.AccessTime, stat.ModifyTime), Is.EqualTo((1_000_000_001L, 2_000_000_003L)));
        Assert.That(_box.SetTimes("/f", new TimeUpdate(-1, TimeUpdate.Now)), Is.EqualTo(Errno.Success));
        stat = _box.Stat("/f");
        Assert.That(stat.AccessTime, Is.EqualTo(-1));
        Assert.That(stat.ModifyTime, Is.GreaterThan(1_600_000_000_000_000_000));
    }

    [Test]
    public void TimesOfALinkAreItsOwn()
    {
        File.WriteAllText(_tree.Inside + "/f", "x");
        File.CreateSymbolicLink(_tree.Inside + "/l", "f");
        long before = _box.Stat("/f").ModifyTime;
        Assert.That(_box.SetTimes("/l", new TimeUpdate(5, 7), follow: false), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/l", follow: false).ModifyTime, Is.EqualTo(7));
        Assert.That(_box.Stat("/f").ModifyTime, Is.EqualTo(before));
    }

    [Test]
    public void AReadOnlyMountLeavesTheTimeOfAccess()
    {
        string path = _tree.Inside + "/f";
        File.WriteAllText(path, "x");
        DateTime old = DateTime.UnixEpoch.AddDays(1);
        File.SetLastAccessTimeUtc(path, old);
        using MountedBox box = _tree.Box(readOnly: true);
        Assert.That(box.Read("/f"), Is.EqualTo("x"));
        Assert.That(File.GetLastAccessTimeUtc(path), Is.EqualTo(old));
    }

    [Test]
    public void AFifoIsSeenAndDoesNotHang()
    {
        Run("mkfifo", _tree.Inside + "/fifo");
        Assert.That(_box.Stat("/fifo").Type, Is.EqualTo(FileType.Fifo));
        Task<Errno[]> opening = Task.Run(() => new[]
        {
            _box.TryOpen("/fifo"),
            _box.TryOpen("/fifo", OpenFlags.None, AccessModes.Write),
            _box.TryOpen("/fifo", OpenFlags.Truncate, AccessModes.ReadWrite),
            _box.TryOpen("/fifo", OpenFlags.Create, AccessModes.Write),
        });
        Assert.That(opening.Wait(TimeSpan.FromSeconds(10)), Is.True, "it hangs");
        Assert.That(opening.Result, Is.All.EqualTo(Errno.NxIO));
        Assert.That(_box.Unlink("/fifo"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void SparseFilesAndTheirHoles()
    {
        OpenFile file = _box.Open("/f", OpenFlags.Create, AccessModes.ReadWrite);
        Assert.That(file.WriteAt("x"u8, 1 << 20, out _), Is.EqualTo(Errno.Success));
        Assert.That(file.Operations.Stat(file, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Blocks * 512, Is.LessThan(1 << 20));
        Assert.That(file.Seek(0, Whence.Data, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(1 << 20));
        Assert.That(file.Seek(0, Whence.Hole, out position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.Zero);
        file.Release();
    }

    [Test]
    public void AFullDeviceIsNoSpc()
    {
        // A file system on disk would first give all the room it has.
        Assume.That(TestTree.IsInMemory, "only where asking for too much takes nothing");
        OpenFile file = _box.Open("/f", OpenFlags.Create, AccessModes.ReadWrite);
        Assert.That(file.Allocate(0, 1L << 43), Is.EqualTo(Errno.NoSpc));
        Assert.That(file.Allocate(long.MaxValue, 1), Is.EqualTo(Errno.FBig));
        file.Release();
    }

    [Test]
    public void SetIdBitsAreNotMade()
    {
        Assert.That(_box.MakeDirectory("/d", 0xFFF), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/d").Mode & 0xC00, Is.Zero);
    }

    [Test]
    public void NoDescriptorIsLeft()
    {
        Directory.CreateDirectory(_tree.Inside + "/a/b/c");
        File.WriteAllText(_tree.Inside + "/a/b/c/f", "x");
        File.CreateSymbolicLink(_tree.Inside + "/l", "a/b/c");
        using FileSystemSource warm = _tree.Source();
        warm.Validate();
        int before = DescriptorsInTree();
        for (int round = 0; round < 3; round++)
        {
            using MountedBox box = _tree.Box();
            for (int i = 0; i < 100; i++)
            {
                box.TryOpen("/a/b/c/f");
                box.TryOpen("/l/f", OpenFlags.Truncate, AccessModes.Write);
                box.TryOpen("/a/b/c/f", OpenFlags.Directory);
                box.TryOpen("/a/b/none");
                box.TryOpen("/a/b/c", OpenFlags.None, AccessModes.Write);
                box.List("/a/b");
                box.Stat("/a/b/c/f", out _);
                box.MakeDirectory("/a/b/c/d" + i);
                box.Rename("/a/b/c/d" + i, "/a/d" + i);
                box.TryOpen("/a/d" + i, OpenFlags.Directory);
                box.RemoveDirectory("/a/d" + i);
            }

            Assert.That(DescriptorsInTree() - before, Is.LessThan(64), "what is kept between calls is bounded");
        }

        Assert.That(DescriptorsInTree(), Is.EqualTo(before), "and gone with the box");
    }

    [Test]
    public void ADeepTreeIsDroppedWithoutDeepRecursion()
    {
        const int Depth = 1500;
        OpenFile directory = _box.Open("/", OpenFlags.Directory);
        Errno errno = Errno.Success;
        int depth = 0;
        while (errno == Errno.Success && depth < Depth)
        {
            errno = MakeBelow(ref directory);
            depth++;
        }

        Assert.That(errno, Is.EqualTo(Errno.Success));
        Thread small = new(directory.Release, 128 * 1024);
        small.Start();
        small.Join();
        int left = DescriptorsInTree();
        Assert.That(left, Is.LessThan(100));
    }

    /// <summary>A guest that goes ever deeper uses up its own share of descriptors, not the host's.</summary>
    [Test]
    public void DescriptorsOfTheHostAreLimited()
    {
        using MountedBox box = new(_tree.Source(), limits: new Limits { Descriptors = 16 });
        OpenFile[] files = new OpenFile[3000];
        int count = 0;
        Errno errno = Errno.Success;
        box.Write("/f", "x");
        while (errno == Errno.Success && count < files.Length)
        {
            errno = box.Open("/f", OpenFlags.None, AccessModes.Read, out OpenFile? file);
            files[count] = file!;
            count += errno == Errno.Success ? 1 : 0;
        }

        Assert.That(errno, Is.EqualTo(Errno.NFile));
        Assert.That(count, Is.LessThan(1100));
        Array.ForEach(files[..count], static file => file.Release());
        Assert.That(box.TryOpen("/f"), Is.EqualTo(Errno.Success), "given back");
    }

    [Test]
    [Category("security: dead descriptors")]
    public void ClosingInAnotherThreadIsBadFOrCompletesAndNeverAnotherFile()
    {
        _box.Write("/f", new string('f', 4096));
        File.WriteAllText(_tree.Inside + "/other", new string('o', 4096));
        int wrong = 0;
        for (int round = 0; round < 200; round++)
        {
            OpenFile file = _box.Open("/f");
            using Barrier barrier = new(2);
            Task reading = Task.Run(() =>
            {
                byte[] buffer = new byte[4096];
                barrier.SignalAndWait();
                for (int i = 0; i < 20; i++)
                {
                    Errno errno = file.ReadAt(buffer, 0, out int count);
                    bool isRight = errno == Errno.Success ? count == 4096 && !buffer.AsSpan().Contains((byte)'o') : errno == Errno.BadF;
                    wrong += isRight ? 0 : 1;
                }
            });
            barrier.SignalAndWait();
            file.Release();
            using FileStream other = File.OpenRead(_tree.Inside + "/other");
            reading.Wait();
        }

        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void ReadingAndWritingAllocateNothing()
    {
        _box.Write("/f", new string('f', 8192));
        OpenFile file = _box.Open("/f", OpenFlags.None, AccessModes.ReadWrite);
        byte[] buffer = new byte[4096];
        for (int i = 0; i < 100; i++)
        {
            Use(file, buffer);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Use(file, buffer);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        file.Release();

        static void Use(OpenFile file, byte[] buffer)
        {
            file.ReadAt(buffer, 0, out _);
            file.WriteAt(buffer, 4096, out _);
            file.Operations.Stat(file, out _);
        }
    }

    [Test]
    public void TheMountedDirectoryStaysItselfWhenRenamed()
    {
        string directory = _tree.Inside + "/mounted";
        Directory.CreateDirectory(directory);
        File.WriteAllText(directory + "/f", "mine");
        using MountedBox box = new(_tree.Source(directory: directory));
        Directory.Move(directory, _tree.Inside + "/elsewhere");
        File.CreateSymbolicLink(directory, _tree.Outside);
        Assert.That(box.List("/"), Is.EqualTo(new[] { "f" }));
        Assert.That(box.Read("/f"), Is.EqualTo("mine"));
    }

    private Errno MakeBelow(ref OpenFile directory)
    {
        Errno errno = _box.MakeDirectory("d", at: directory);
        OpenFile? below = null;
        errno = errno == Errno.Success ? _box.Open("d", OpenFlags.Directory, AccessModes.Read, out below, at: directory) : errno;
        if (errno == Errno.Success)
        {
            directory.Release();
            directory = below!;
        }

        return errno;
    }

    private int DescriptorsInTree() => Directory.GetFiles("/proc/self/fd")
        .Concat(Directory.GetDirectories("/proc/self/fd"))
        .Select(static path => new FileInfo(path).LinkTarget)
        .Count(target => target?.StartsWith(_tree.Inside, StringComparison.Ordinal) == true);

    private static void Run(string program, string argument)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(program, argument);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, program.ToString(CultureInfo.InvariantCulture));
    }
}
