using System.IO.Abstractions;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>What a box's tree has that no other <c>IFileSystem</c> has: identities, mounts, quotas, an end.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TreeFileSystemTests : IDisposable
{
    private static readonly Credentials User = new(1000, 1000);

    private readonly TestBox _box = new(options => options
        .MountMemory("/").MountMemory("/small", maxBytes: 8192).MountMemory("/fixed", readOnly: true).MountDevices().WriteFile("/fixed/f", "fixed"));

    public void Dispose() => _box.Dispose();

    [Test]
    public void ATreeIsPreparedWithNoBox()
    {
        using MemoryFileSystem memory = new(new Kernel(Limits.Default));
        IFileSystem files = TreeFileSystem.Over(memory);
        files.Directory.CreateDirectory("/etc");
        files.File.WriteAllText("/etc/hosts", "localhost");
        Assert.That(TreeFileSystem.Over(memory).File.ReadAllText("/etc/hosts"), Is.EqualTo("localhost"));
        Assert.That(memory.Root.Lookup("etc"u8, out Inode? directory), Is.EqualTo(Errno.Success));
        directory!.Release();
    }

    [Test]
    public void HostAndGuestSeeTheSameAtOnce()
    {
        TreeFileSystem files = TreeFileSystem.Of(_box.Kernel);
        using FileSystemStream stream = files.File.Create("/f");
        stream.Write("unflushed"u8);
        Assert.That(_box.Read("/f"), Is.EqualTo("unflushed"));
        _box.Write("/f", "guest");
        stream.Position = 0;
        using StreamReader reader = new(stream);
        Assert.That(reader.ReadToEnd(), Is.EqualTo("guest"));
    }

    [Test]
    public void WhatAnIdentityMayNotDoIsUnauthorized()
    {
        TreeFileSystem root = TreeFileSystem.Of(_box.Kernel);
        root.Directory.CreateDirectory("/private", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        root.File.WriteAllText("/private/f", "secret");
        root.File.WriteAllText("/f", "readable");
        TreeFileSystem user = root.As(User);
        Assert.That(user.File.ReadAllText("/f"), Is.EqualTo("readable"));
        Assert.That(() => user.File.ReadAllText("/private/f"), Throws.TypeOf<UnauthorizedAccessException>().With.Message.EqualTo("Access to the path '/private/f' is denied."));
        Assert.That(() => user.Directory.GetFiles("/private"), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(() => user.File.Delete("/f"), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(() => user.File.WriteAllText("/f", "x"), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(() => user.File.SetLastWriteTimeUtc("/f", DateTime.UnixEpoch), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(user.File.Exists("/private/f"), Is.False);
        Assert.That(user.Directory.GetFileSystemEntries("/", "*", new EnumerationOptions { RecurseSubdirectories = true }), Does.Contain("/private").And.Not.Contain("/private/f"));
        Assert.That(root.File.ReadAllText("/f"), Is.EqualTo("readable"));
    }

    [Test]
    public void EachViewHasAWorkingDirectoryOfItsOwn()
    {
        TreeFileSystem one = TreeFileSystem.Of(_box.Kernel);
        TreeFileSystem other = TreeFileSystem.Of(_box.Kernel);
        one.Directory.CreateDirectory("/a/b");
        one.Directory.SetCurrentDirectory("a");
        one.Directory.SetCurrentDirectory("./b/");
        one.File.WriteAllText("f", "x");
        Assert.That(one.Directory.GetCurrentDirectory(), Is.EqualTo("/a/b"));
        Assert.That(one.Path.GetFullPath("../f"), Is.EqualTo("/a/f"));
        Assert.That(one.Directory.GetFiles("."), Is.EqualTo(new[] { "./f" }));
        Assert.That(one.FileInfo.New("f").FullName, Is.EqualTo("/a/b/f"));
        Assert.That(other.Directory.GetCurrentDirectory(), Is.EqualTo("/"));
        Assert.That(_box.TryStat("/a/b/f"), Is.EqualTo(Errno.Success));
        Assert.That(() => one.Directory.SetCurrentDirectory("f"), Throws.InstanceOf<IOException>());
        Assert.That(() => one.Directory.SetCurrentDirectory("missing"), Throws.TypeOf<DirectoryNotFoundException>());
    }

    [Test]
    public void AWorkingDirectoryThatIsALinkIsWhatItLeadsTo()
    {
        TreeFileSystem files = TreeFileSystem.Of(_box.Kernel);
        files.Directory.CreateDirectory("/real");
        files.Directory.CreateSymbolicLink("/link", "real");
        files.Directory.SetCurrentDirectory("/link");
        Assert.That(files.Directory.GetCurrentDirectory(), Is.EqualTo("/real"));
        files.Directory.Move("/real", "/moved");
        Assert.That(files.Directory.GetCurrentDirectory(), Is.EqualTo("/moved"));
    }

    [Test]
    public void MountsAreDrives()
    {
        IFileSystem files = TreeFileSystem.Of(_box.Kernel);
        Assert.That(files.DriveInfo.GetDrives().Select(drive => (drive.Name, drive.DriveFormat, drive.DriveType)), Is.EquivalentTo(new[]
        {
            ("/", "memory", DriveType.Ram), ("/small", "memory", DriveType.Ram), ("/fixed", "memory", DriveType.Ram), ("/dev", "device", DriveType.Fixed),
        }));
        Assert.That(files.Directory.GetLogicalDrives(), Does.Contain("/small"));
    }

    [Test]
    public void ABoundedMountTellsItsSize()
    {
        IFileSystem files = TreeFileSystem.Of(_box.Kernel);
        IDriveInfo drive = files.DriveInfo.New("/small");
        Assert.That(drive.TotalSize, Is.EqualTo(8192));
        files.File.WriteAllBytes("/small/f", new byte[4096]);
        Assert.That(drive.AvailableFreeSpace, Is.EqualTo(4096));
    }

    [Test]
    public void AFullMountAndAReadOnlyOneSaySo()
    {
        IFileSystem files = TreeFileSystem.Of(_box.Kernel);
        Assert.That(() => files.File.WriteAllBytes("/small/f", new byte[10_000]),
            Throws.TypeOf<IOException>().With.Message.EqualTo("No space left on device : '/small/f'"));
        foreach (Action change in new Action[]
        {
            () => files.File.WriteAllText("/fixed/f", "x"), () => files.File.Create("/fixed/new"), () => files.File.Delete("/fixed/f"),
            () => files.Directory.CreateDirectory("/fixed/d"), () => files.File.Move("/fixed/f", "/fixed/g"),
            () => files.File.CreateSymbolicLink("/fixed/l", "f"), () => files.File.SetLastWriteTimeUtc("/fixed/f", DateTime.UnixEpoch),
        })
        {
            Assert.That(change, Throws.TypeOf<IOException>().With.Property("HResult").EqualTo((int)Errno.RoFs));
        }

        Assert.That(files.File.ReadAllText("/fixed/f"), Is.EqualTo("fixed"));
    }

    [Test]
    public void AMoveToAnotherMountIsACopy()
    {
        IFileSystem files = TreeFileSystem.Of(_box.Kernel);
        files.File.WriteAllText("/f", "moved");
        files.File.Move("/f", "/small/f");
        Assert.That((files.File.Exists("/f"), files.File.ReadAllText("/small/f")), Is.EqualTo((false, "moved")));
        files.File.Move("/small/f", "/g", overwrite: true);
        Assert.That((files.File.Exists("/small/f"), files.File.ReadAllText("/g")), Is.EqualTo((false, "moved")));
        files.Directory.CreateDirectory("/d");
        Assert.That(() => files.Directory.Move("/d", "/small/d"), Throws.TypeOf<IOException>().With.Property("HResult").EqualTo((int)Errno.XDev));
    }

    [Test]
    public void DevicesAreReadAndWritten()
    {
        IFileSystem files = TreeFileSystem.Of(_box.Kernel);
        using FileSystemStream zero = files.FileStream.New("/dev/zero", FileMode.Open, FileAccess.Read);
        byte[] bytes = [1, 2, 3];
        zero.ReadExactly(bytes);
        Assert.That(bytes, Is.EqualTo(new byte[3]));
        files.File.WriteAllText("/dev/null", "gone");
        Assert.That(files.File.ReadAllText("/dev/null"), Is.Empty);
        Assert.That(() => files.File.WriteAllText("/dev/full", "x"), Throws.TypeOf<IOException>().With.Property("HResult").EqualTo((int)Errno.NoSpc));
    }

    [Test]
    public void AViewEndsAndTheTreeStays()
    {
        TreeFileSystem files = TreeFileSystem.Of(_box.Kernel);
        files.File.WriteAllText("/f", "x");
        FileSystemStream stream = files.File.OpenRead("/f");
        files.Dispose();
        Assert.That(() => files.File.Exists("/f"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => files.DriveInfo.GetDrives(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.ReadByte(), Throws.TypeOf<ObjectDisposedException>());
        stream.Dispose();
        Assert.That(TreeFileSystem.Of(_box.Kernel).File.ReadAllText("/f"), Is.EqualTo("x"));
    }

    [Test]
    public void WhatNeedsTheOperatingSystemNamesTheRemedy()
    {
        IFileSystem files = TreeFileSystem.Of(_box.Kernel);
        Assert.That(() => files.File.OpenHandle("/f"), Throws.TypeOf<NotSupportedException>().With.Message.Contains("FileStream.New"));
        Assert.That(() => files.RandomAccess.GetLength(null!), Throws.TypeOf<NotSupportedException>());
        Assert.That(() => files.FileInfo.Wrap(new FileInfo("/f")), Throws.TypeOf<NotSupportedException>().With.Message.Contains("New"));
    }

    [Test]
    public void InfosTellTheirBits()
    {
        IFileSystem files = TreeFileSystem.Of(_box.Kernel);
        IDirectoryInfo info = files.Directory.CreateDirectory("/d", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.That(info.UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserExecute));
        Assert.That(files.FileInfo.New("/missing").UnixFileMode, Is.EqualTo((UnixFileMode)(-1)));
    }

    [Test]
    public void AStreamThatIsNotReadyWaitsNoLongerThanItMay()
    {
        using TreeStreamOfPipe pipe = new(_box.Kernel);
        pipe.Stream.ReadTimeout = 1;
        Assert.That(() => pipe.Stream.ReadByte(), Throws.TypeOf<IOException>().With.Property("HResult").EqualTo((int)Errno.TimedOut));
    }

    [Test]
    public async Task AReadThatIsAwaitedGoesOnWhenThereIsSomething()
    {
        using TreeStreamOfPipe pipe = new(_box.Kernel);
        byte[] buffer = new byte[4];
        ValueTask<int> reading = pipe.Stream.ReadAsync(buffer);
        pipe.Give(42);
        Assert.That(await reading.AsTask().WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(1));
        Assert.That(buffer[0], Is.EqualTo(42));
    }

    [Test]
    public void AReadThatIsAwaitedCanBeCancelled()
    {
        using TreeStreamOfPipe pipe = new(_box.Kernel);
        using CancellationTokenSource cancellation = new();
        Task<int> reading = pipe.Stream.ReadAsync(new byte[4], cancellation.Token).AsTask();
        cancellation.Cancel();
        Assert.That(async () => await reading.WaitAsync(TimeSpan.FromSeconds(20)), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>A stream over a pipe that a test fills.</summary>
    private sealed class TreeStreamOfPipe : IDisposable
    {
        private readonly OnePipe _pipe = new();

        internal TreeStreamOfPipe(Kernel kernel)
        {
            HostAccessTree tree = new(kernel);
            Stream = tree.Open(_pipe);
        }

        internal Stream Stream { get; }

        public void Dispose() => Stream.Dispose();

        internal void Give(byte value) => _pipe.Give(value);
    }

    private sealed class HostAccessTree(Kernel kernel)
    {
        private readonly Vfs.HostAccess.Tree _tree = new(kernel.Files, new Process(kernel, 9));

        internal Stream Open(FileOperations operations) => new Vfs.HostAccess.TreeStream(
            _tree, new OpenFile(operations, AccessModes.Read), "/pipe", new Vfs.HostAccess.StreamRequest(FileMode.Open, FileAccess.Read, FileShare.Read), null);
    }

    private sealed class OnePipe : FileOperations
    {
        private readonly WaitQueue _queue = new();
        private int _value = -1;

        public override FileType Type => FileType.Fifo;

        internal void Give(byte value)
        {
            Volatile.Write(ref _value, value);
            _queue.Wake();
        }

        public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
        {
            int value = Interlocked.Exchange(ref _value, -1);
            count = value < 0 ? 0 : 1;
            buffer[0] = (byte)value;
            return value < 0 ? Errno.Again : Errno.Success;
        }

        public override Readiness Poll(OpenFile file) => Volatile.Read(ref _value) < 0 ? Readiness.None : Readiness.In;

        public override WaitQueue? Queue(OpenFile file) => _queue;
    }
}
