using Marcotte.Core;
using Marcotte.Vfs.Archives;
using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>An archive is read once, and costs an idle box next to nothing.</summary>
internal sealed class SharingTests
{
    private const int Files = 100_000;

    private static readonly byte[] Many = TarBlocks.Of(static tar =>
    {
        for (int i = 0; i < Files; i++)
        {
            tar.File($"d{i / 1000}/f{i}");
        }
    });

    [Test]
    public void IdleBoxesCostNextToNothing()
    {
        using ArchiveSource source = new("/a", "The archive", static () => new HeapBytes(Many), ArchiveOptions.Default);
        source.Validate();
        Kernel kernel = new(Limits.Default);
        FileSystem[] boxes = new FileSystem[1000];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < boxes.Length; i++)
        {
            boxes[i] = source.Open(kernel);
            Assert.That(boxes[i].Root.IsDirectory, Is.True);
        }

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / boxes.Length, Is.LessThan(1024));
        Array.ForEach(boxes, static box => box.Dispose());
    }

    [Test]
    public void OneFileOfManyCostsLittle()
    {
        using ArchiveSource source = new("/a", "The archive", static () => new HeapBytes(Many), ArchiveOptions.Default);
        source.Validate();
        using FileSystem box = source.Open(new Kernel(Limits.Default));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(box.Root.Lookup("d77"u8, out Inode? directory), Is.EqualTo(Errno.Success));
        Assert.That(directory!.Lookup("f77123"u8, out Inode? file), Is.EqualTo(Errno.Success));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8192));
        Assert.That(directory.Lookup("f77123"u8, out Inode? again), Is.EqualTo(Errno.Success));
        Assert.That(again, Is.SameAs(file));
    }

    [Test]
    public void EveryFileIsFound()
    {
        using TestBox box = Of(Many);
        HashSet<ulong> numbers = [];
        for (int i = 0; i < Files; i++)
        {
            box.TryStat($"/a/d{i / 1000}/f{i}", out FileStat stat);
            numbers.Add(stat.Inode);
        }

        Assert.That(numbers, Has.Count.EqualTo(Files).And.No.Member(0ul));

        Assert.That(box.TryStat("/a/d0/f1000"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void BoxOutlivesTheSource()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, TarBlocks.Of(static tar => tar.File("f", "content")));
        VfsOptions options = new();
        options.MountArchive("/a", path);
        Layer layer = options.Build(Limits.Default);
        File.Delete(path);
        Kernel kernel = new(Limits.Default);
        layer.Attach(kernel);
        Process process = new(kernel, 1);
        layer.Start(process);
        layer.Dispose();
        Assert.That(kernel.Files.Open(new PathReference(process, null, "/a/f"u8, PathFlags.None), new OpenRequest(OpenFlags.None, AccessModes.Read), out OpenFile? file), Is.EqualTo(Errno.Success));
        byte[] buffer = new byte[10];
        Assert.That((file!.Read(buffer, out int count), count), Is.EqualTo((Errno.Success, 7)));

        // What stays open after the box is gone reads what is in memory, or nothing; never another file.
        kernel.Dispose();
        Assert.That(file.ReadAt(buffer, 0, out _), Is.AnyOf(Errno.Success, Errno.IO));
        file.Release();
    }

    [Test]
    public void FileIsClosedWithTheLastThatHoldsIt()
    {
        CountedBytes bytes = new(TarBlocks.Of(static tar => tar.File("f")));
        ArchiveSource source = new("/a", "The archive", () => bytes, ArchiveOptions.Default);
        source.Validate();
        FileSystem box = source.Open(new Kernel(Limits.Default));
        source.Dispose();
        source.Dispose();
        Assert.That(bytes.Disposals, Is.Zero);
        box.Dispose();
        box.Dispose();
        Assert.That(bytes.Disposals, Is.EqualTo(1));
        Assert.That(() => source.Open(new Kernel(Limits.Default)), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void RefusedArchiveIsClosed()
    {
        CountedBytes bytes = new(new byte[3]);
        using ArchiveSource source = new("/a", "The archive", () => bytes, ArchiveOptions.Default);
        Assert.That(source.Validate, Throws.InstanceOf<InvalidDataException>().With.Message.Contains("/a"));
        Assert.That(bytes.Disposals, Is.EqualTo(1));
    }

    [TestCase(0, 1, 1, 1)]
    [TestCase(1, 0, 1, 1)]
    [TestCase(1, 1, 0, 1)]
    [TestCase(1, 1, 1, -1)]
    public void BoundsAreAboveZero(int entries, long inflated, long memory, long cache) =>
        Assert.That(
            () => Of(new TarBlocks().End(), new ArchiveOptions { MaxEntries = entries, MaxInflatedBytes = inflated, MaxMemoryBytes = memory, CacheBytes = cache }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void CacheStaysWithinItsBound()
    {
        BlockCache cache = new(100_000);
        CachedBlock?[] places = new CachedBlock?[50];
        for (int i = 0; i < places.Length; i++)
        {
            CachedBlock block = new(places, i, new byte[9_000]) { WasRead = i % 3 == 0 };
            places[i] = block;
            cache.Add(block);
            Assert.That(cache.Bytes, Is.LessThanOrEqualTo(100_000));
        }

        Assert.That(places.Count(static block => block is not null), Is.EqualTo(11));
    }

    [Test]
    public void ReadingAndLookingUpAllocateNothing()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.Entry('0', "d/f", content: Pattern(100_000))));
        OpenFile file = box.Open("/a/d/f");
        byte[] buffer = new byte[4096];
        byte[] path = Bytes("/a/d/f");
        box.Stat("/a/d/f");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            file.ReadAt(buffer, i * 50, out _);
            box.Files.Stat(box.Path(path), out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000));
        file.Release();
    }

    private sealed class CountedBytes(byte[] bytes) : ArchiveBytes
    {
        public int Disposals { get; private set; }

        public override long Length => bytes.Length;

        public override void Read(Span<byte> buffer, long offset) => bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);

        public override void Dispose()
        {
            Disposals++;
            base.Dispose();
        }
    }
}
