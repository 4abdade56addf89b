using System.IO.Abstractions.TestingHelpers;
using System.IO.Compression;
using Marcotte.Core;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Overlay;
using Marcotte.Vfs.Tests.Archives;

namespace Marcotte.Vfs.Tests.Overlay;

/// <summary>An overlay as a host asks for one.</summary>
internal sealed class MountOverlayTests
{
    [Test]
    public void EachLowerLayerLiesOnTopOfThoseBefore()
    {
        MockFileSystem basis = new(new Dictionary<string, MockFileData> { ["/root/file"] = new("base"), ["/root/only"] = new("only") });
        MockFileSystem above = new(new Dictionary<string, MockFileData> { ["/root/file"] = new("above") });
        using TestBox box = new(files =>
        {
            files.MountOverlay("/", overlay => overlay.LowerFileSystem(basis, "/root").LowerFileSystem(above, "/root").Upper(maxBytes: 8192));
            files.WriteFile("/seeded", "seeded");
        });
        Assert.That(box.Read("/file"), Is.EqualTo("above"));
        Assert.That(box.Read("/only"), Is.EqualTo("only"));
        Assert.That(box.Read("/seeded"), Is.EqualTo("seeded"));
        box.Write("/only", "changed");
        Assert.That(box.Unlink("/file"), Is.EqualTo(Errno.Success));
        Assert.That(box.List("/"), Is.EquivalentTo(new[] { ".", "..", "only", "seeded" }));
        Assert.That(basis.File.ReadAllText("/root/only"), Is.EqualTo("only"));
        OpenFile file = box.Create("/large");
        Assert.That(file.Write(new byte[20_000], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.LessThan(8192));
        file.Release();
    }

    [Test]
    public void AnArchiveAndASnapshotAreLayersTooAndTheMountTakesOptions()
    {
        string archive = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.Create(archive))
            using (ZipArchive zip = new(file, ZipArchiveMode.Create))
            using (StreamWriter entry = new(zip.CreateEntry("packed").Open()))
            {
                entry.Write("packed");
            }

            using MemoryFileSystem tree = MemoryFileSystem.Detached();
            TreeFileSystem.Over(tree).File.WriteAllText("/prepared", "prepared");
            TreeSnapshot snapshot = tree.Snapshot();
            using TestBox box = new(files => files
                .MountOverlay("/", overlay => overlay.LowerArchive(archive).LowerSnapshot(snapshot))
                .MountOverlay("/ro", overlay => overlay.LowerArchive(archive), new MountOptions { ReadOnly = true }));
            box.Write("/packed", "changed");
            Assert.That(box.Read("/packed"), Does.StartWith("changed"));
            Assert.That(box.Read("/prepared"), Is.EqualTo("prepared"));
            Assert.That(box.Read("/ro/packed"), Is.EqualTo("packed"));
            Assert.That(box.Unlink("/ro/packed"), Is.EqualTo(Errno.RoFs));
        }
        finally
        {
            File.Delete(archive);
        }
    }

    [Test]
    public void ArchivesAreLayersAsThoseOfAContainersImage()
    {
        byte[] basis = TarBlocks.Of(static tar => tar.File("kept", "kept").File("gone", "gone").File("dir/below", "below"));
        byte[] above = TarBlocks.Of(static tar => tar.File(".wh.gone").File("dir/.wh..wh..opq").File("dir/own", "own"));
        using TestBox box = new(files => files.MountOverlay(
            "/", overlay => overlay.LowerArchive(basis).LowerArchive(above, ArchiveOptions.Default with { Whiteouts = true })));
        Assert.That(box.Read("/kept"), Is.EqualTo("kept"));
        Assert.That(box.TryStat("/gone"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.List("/dir"), Is.EquivalentTo(new[] { ".", "..", "own" }));
        box.Write("/kept", "changed");
        Assert.That(box.Read("/kept"), Is.EqualTo("changed"));
    }

    [Test]
    public void AReadOnlyOverlayIsOneForEveryVerb()
    {
        byte[] archive = TarBlocks.Of(static tar => tar.File("file", "content"));
        using TestBox box = new(files => files.MountOverlay("/", overlay => overlay.LowerArchive(archive), new MountOptions { ReadOnly = true }));
        Assert.That(box.Read("/file"), Is.EqualTo("content"));
        Assert.That(box.Unlink("/file"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.MakeDirectory("/dir"), Is.EqualTo(Errno.RoFs));
    }

    [Test]
    public void BoxesShareLayersAndWriteTheirOwn()
    {
        MemoryFileSystem shared = new(new Kernel(Limits.Default));
        shared.Root.MakeDirectory("dir"u8, new Creation(0x1ED, 0, 0));
        void Mount(VfsOptions files) => files.MountOverlay("/", overlay => overlay.Lower(new MadeSource(_ => shared)));
        using TestBox first = new(Mount);
        using TestBox second = new(Mount);
        first.Write("/dir/mine", "first");
        Assert.That(second.TryStat("/dir/mine"), Is.EqualTo(Errno.NoEnt));
        second.Write("/dir/mine", "second");
        Assert.That(first.Read("/dir/mine"), Is.EqualTo("first"));
    }

    [Test]
    public void MountsLieInAnOverlayWithoutATraceInItsUpperLayer()
    {
        using TestBox box = new(files =>
        {
            files.MountOverlay("/", overlay => overlay.Lower(new MadeSource(kernel => new MemoryFileSystem(kernel))));
            files.MountDevices();
        });
        Assert.That(box.TryStat("/dev/null"), Is.EqualTo(Errno.Success));
        Assert.That(box.List("/"), Is.EquivalentTo(new[] { ".", "..", "dev" }));
        OverlayFileSystem overlay = (OverlayFileSystem)box.Files.Mounts.Root.FileSystem;
        Assert.That(overlay.Upper.Root.Lookup("dev"u8, out _), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.Stat("/").Device, Is.EqualTo(1));
    }

    [Test]
    public void AnOverlayWithoutLowerLayersSaysWhatIsMissing()
    {
        VfsOptions options = new();
        options.MountOverlay("/", static overlay => overlay.Upper(1000));
        ArgumentException failure = Assert.Throws<ArgumentException>(() => options.Build(Limits.Default))!;
        Assert.That(failure.Message, Does.Contain("give it 1 to 127 by Lower"));
        Assert.Throws<ArgumentException>(() => options.MountOverlay("/x", static overlay => overlay.Upper(1).Upper(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MountOverlay("/x", static overlay => overlay.Upper(0)));
        options = new VfsOptions();
        options.MountOverlay("/", static overlay => overlay.LowerHostDirectory("/no/such/directory"));
        Assert.Throws<DirectoryNotFoundException>(() => options.Build(Limits.Default));
    }

    [Test]
    public void StatAndLookupAllocateNothing()
    {
        MemoryFileSystem shared = new(new Kernel(Limits.Default));
        shared.Root.Create("file"u8, new Creation(0x1ED, 0, 0), new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file);
        file!.Release();
        using TestBox box = new(files => files.MountOverlay("/", overlay => overlay.Lower(new MadeSource(_ => shared))));
        PathReference path = box.Path("/file");
        for (int i = 0; i < 100; i++)
        {
            box.Files.Stat(path, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            box.Files.Stat(path, out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void AnIdleOverlayIsSmall()
    {
        Kernel kernel = new(Limits.Default);
        MemoryFileSystem shared = new(kernel);
        OverlayFileSystem Make() => new(new MemoryFileSystem(kernel), [shared]);
        Make();
        long before = GC.GetAllocatedBytesForCurrentThread();
        OverlayFileSystem overlay = Make();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1024));
        GC.KeepAlive(overlay);
    }

    [Test]
    public void ManyDirectoriesOfTheHostNeedFewHandles()
    {
        using OverlayBox overlay = new(LowerKind.Host, Limits.Default with { Descriptors = 64 }, null, static box =>
        {
            for (int i = 0; i < 1500; i++)
            {
                box.MakeDirectory($"/{i}");
                box.MakeDirectory($"/{i}/inner");
            }
        });
        for (int i = 0; i < 1500; i++)
        {
            Assert.That(overlay.Box.Exists($"/{i}/inner"), Is.EqualTo(Errno.Success));
            if (i % 10 == 0)
            {
                overlay.Box.Write($"/{i}/inner/file", "x");
            }
        }
    }
}
