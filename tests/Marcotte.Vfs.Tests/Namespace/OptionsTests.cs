using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>What a host may say, in any order, and what it is told when it makes no sense.</summary>
internal sealed class OptionsTests
{
    [TestCase("")]
    [TestCase("data")]
    [TestCase("./data")]
    [TestCase("/data/../x")]
    [TestCase("/./data")]
    [TestCase("/da\0ta")]
    [TestCase("C:\\data")]
    public void PathsThatMakeNoSenseAreNamed(string path)
    {
        VfsOptions options = new();
        foreach (Action call in new Action[]
        {
            () => options.MountMemory(path),
            () => options.MountDevices(path),
            () => options.WriteFile(path, "x"),
            () => options.MakeDirectory(path),
        })
        {
            ArgumentException failure = Assert.Throws<ArgumentException>(() => call())!;
            Assert.That(failure.ParamName, Is.EqualTo("path"));
            Assert.That(failure.Message, Does.Contain(path.Replace("\0", "\\0", StringComparison.Ordinal)));
        }
    }

    [Test]
    public void HalfASurrogatePairIsNoPath() =>
        Assert.That(Assert.Throws<ArgumentException>(() => new VfsOptions().MountMemory("/a\ud800"))!.Message, Does.Contain("surrogate"));

    [Test]
    public void NamesAreOf255BytesAtMost() =>
        Assert.That(Assert.Throws<ArgumentException>(() => new VfsOptions().MountMemory("/" + new string('é', 128)))!.Message, Does.Contain("256 bytes"));

    [TestCase("/data", "/data")]
    [TestCase("/data", "/data/")]
    [TestCase("/data", "//data")]
    [TestCase("/", "//")]
    public void TwoMountsAtOnePathAreRefused(string first, string second)
    {
        VfsOptions options = new VfsOptions().MountMemory(first);
        Assert.That(Assert.Throws<ArgumentException>(() => options.MountDevices(second))!.Message, Does.Contain("Two mounts"));
    }

    [TestCase(0)]
    [TestCase(-5)]
    public void BoundMustBeAboveZero(long bytes) =>
        Assert.That(Assert.Throws<ArgumentOutOfRangeException>(() => new VfsOptions().MountMemory("/", bytes))!.ParamName, Is.EqualTo("maxBytes"));

    [Test]
    public void OrderOfCallsDoesNotMatter()
    {
        Action<VfsOptions>[] calls =
        [
            options => options.MountMemory("/a/b/c"),
            options => options.MountMemory("/a"),
            options => options.WriteFile("/a/b/c/file", "deep"),
            options => options.WriteFile("/a/file", "shallow"),
            options => options.MakeDirectory("/a/b/dir"),
        ];
        foreach (bool reverse in new[] { false, true })
        {
            using TestBox box = new(options => Array.ForEach(reverse ? [.. calls.Reverse()] : calls, call => call(options)));
            Assert.That(box.Read("/a/b/c/file") + box.Read("/a/file"), Is.EqualTo("deepshallow"));
            Assert.That(box.Stat("/a/b/dir").Device, Is.EqualTo(box.Stat("/a").Device));
            Assert.That(box.Stat("/a/b/c").Device, Is.Not.EqualTo(box.Stat("/a").Device));
            Assert.That(box.Stat("/a").Device, Is.LessThan(box.Stat("/a/b/c").Device), "numbers do not depend on the order");
        }
    }

    [Test]
    public void SeedsHaveTheTimeOfTheBoxAndPlainModes()
    {
        using TestBox box = new(options => options.WriteFile("/etc/hosts", "127.0.0.1 localhost\n"));
        FileStat stat = box.Stat("/etc/hosts");
        Assert.That((stat.Mode, stat.UserId, stat.ModifyTime), Is.EqualTo(((ushort)0x1A4, 0u, 1_000_000_007L)));
        Assert.That(box.Stat("/etc").Mode, Is.EqualTo(0x1ED));
        Assert.That(box.Read("/etc/hosts"), Is.EqualTo("127.0.0.1 localhost\n"));
        Assert.That(box.TryOpen("/etc/hosts", access: AccessModes.Write), Is.EqualTo(Errno.RoFs));
    }

    [Test]
    public void SeedsThatCannotBeAreRefusedAtBuild()
    {
        Refused(options => options.MountDevices("/dev").WriteFile("/dev/null", "x"), "/dev/null");
        Refused(options => options.WriteFile("/a", "x").WriteFile("/a/b", "x"), "\"/a\"");
        Refused(options => options.WriteFile("/a", "x").MountMemory("/a/b"), "\"/a\"");
        Refused(options => options.WriteFile("/a", "x").MountMemory("/a"), "\"/a\"");
        Assert.Throws<ArgumentException>(() => new VfsOptions().WriteFile("/a", "x").WriteFile("/a/", "y"));

        static void Refused(Action<VfsOptions> configure, string named)
        {
            VfsOptions options = new();
            configure(options);
            Assert.That(Assert.Throws<ArgumentException>(() => options.Build(Limits.Default))!.Message, Does.Contain(named));
        }
    }

    [Test]
    public void SeedsThatDoNotFitAreTheHostsMistake()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() =>
            new TestBox(options => options.MountMemory("/", maxBytes: 10).WriteFile("/file", "more than ten bytes")).Dispose())!;
        Assert.That(failure.Message, Does.Contain("/file").And.Contain("ENOSPC").And.Contain("maxBytes"));
    }

    [Test]
    public void BoxesOfOneLayerShareNothing()
    {
        using Layer layer = new VfsOptions().MountMemory("/data").WriteFile("/data/seed", "seed").Build(Limits.Default);
        Kernel[] kernels = [.. Enumerable.Range(0, 3).Select(_ => new Kernel(Limits.Default))];
        foreach (Kernel kernel in kernels)
        {
            layer.Attach(kernel);
            Process process = new(kernel, 1);
            layer.Start(process);
            Assert.That(kernel.Files.Stat(new PathReference(process, null, "/data/new"u8, PathFlags.None), out _), Is.EqualTo(Errno.NoEnt));
            Assert.That(kernel.Files.MakeDirectory(new PathReference(process, null, "/data/new"u8, PathFlags.None), 0x1ED), Is.EqualTo(Errno.Success));
            Assert.That(kernel.Files.Unlink(new PathReference(process, null, "/data/seed"u8, PathFlags.None)), Is.EqualTo(Errno.Success));
        }

        Array.ForEach(kernels, kernel => kernel.Dispose());
    }

    [Test]
    public void LaterChangesToOptionsDoNotTouchALayer()
    {
        VfsOptions options = new VfsOptions().MountMemory("/a");
        using Layer layer = options.Build(Limits.Default);
        options.MountMemory("/b");
        using Kernel kernel = new(Limits.Default);
        layer.Attach(kernel);
        Process process = new(kernel, 1);
        Assert.That(kernel.Files.Stat(new PathReference(process, null, "/a"u8, PathFlags.None), out _), Is.EqualTo(Errno.Success), "also before Start");
        Assert.That(kernel.Files.Stat(new PathReference(process, null, "/b"u8, PathFlags.None), out _), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void SourcesAreValidatedOpenedPerBoxAndDisposed()
    {
        Source source = new();
        VfsOptions options = new VfsOptions().Mount("/x", source);
        Layer layer = options.Build(Limits.Default);
        Assert.That(source.Log, Is.EqualTo(new[] { "validate" }));
        Kernel kernel = new(Limits.Default);
        layer.Attach(kernel);
        layer.Start(new Process(kernel, 1));
        kernel.Dispose();
        layer.Dispose();
        Assert.That(source.Log, Is.EqualTo(new[] { "validate", "open", "close", "dispose" }));
    }

    [Test]
    public void FileSystemsThatWereOpenedAreClosedWhenALaterOneFails()
    {
        Source source = new();
        Source failing = new() { Fails = true };
        using Layer layer = new VfsOptions().Mount("/x", source).Mount("/xx", failing).Build(Limits.Default);
        using Kernel kernel = new(Limits.Default);
        layer.Attach(kernel);
        Assert.Throws<InvalidOperationException>(() => layer.Start(new Process(kernel, 1)));
        Assert.That(source.Log, Is.EqualTo(new[] { "validate", "open", "close" }));
    }

    private sealed class Source : FileSystemSource
    {
        public List<string> Log { get; } = [];

        public bool Fails { get; init; }

        public override void Validate() => Log.Add("validate");

        public override FileSystem Open(Kernel kernel)
        {
            if (Fails)
            {
                throw new InvalidOperationException("no");
            }

            Log.Add("open");
            return new Tree(this, kernel);
        }

        protected override void Dispose(bool disposing)
        {
            Log.Add("dispose");
            base.Dispose(disposing);
        }

        private sealed class Tree(Source source, Kernel kernel) : FileSystem
        {
            private readonly Vfs.Memory.MemoryFileSystem _tree = new(kernel);

            public override Inode Root => _tree.Root;

            protected override void Dispose(bool disposing)
            {
                source.Log.Add("close");
                base.Dispose(disposing);
            }
        }
    }
}
