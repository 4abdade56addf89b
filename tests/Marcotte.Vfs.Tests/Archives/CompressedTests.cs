using Marcotte.Core;
using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Tars that are compressed as a whole are inflated once, within bounds.</summary>
internal sealed class CompressedTests
{
    private static readonly byte[] Content = Pattern(700_000);
    private static readonly byte[] Plain = TarBlocks.Of(static tar => tar.File("d/f", "content").Entry('0', "large", content: Content));

    private static IEnumerable<TestCaseData> Packed()
    {
        yield return new TestCaseData(GZip(Plain)).SetName("{m}(gzip)");
        yield return new TestCaseData(Zstd(Plain)).SetName("{m}(zstd)");
        yield return new TestCaseData(GZip(Plain[..1000]).Concat(GZip(Plain[1000..])).ToArray()).SetName("{m}(gzip, two members)");
        yield return new TestCaseData((byte[])[0x51, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 9, .. Zstd(Plain)]).SetName("{m}(zstd, a frame to be skipped)");
    }

    [TestCaseSource(nameof(Packed))]
    public void ReadsAsThePlainOne(byte[] packed) => CheckContent(Of(packed));

    [TestCaseSource(nameof(Packed))]
    public void ReadsAsThePlainOneByWayOfAFile(byte[] packed)
    {
        string before = Left();
        CheckContent(Of(packed, new ArchiveOptions { MaxMemoryBytes = 300_000, CacheBytes = 100_000 }));
        Assert.That(Left(), Is.EqualTo(before), "no file is left");
    }

    [TestCaseSource(nameof(Packed))]
    public void CutShort(byte[] packed)
    {
        foreach (int length in (int[])[packed.Length / 2, packed.Length - 12, packed.Length - 1])
        {
            Assert.That(Refusal(packed[..length]), Is.Not.Empty, $"cut to {length} of {packed.Length}");
        }
    }

    [TestCaseSource(nameof(Packed))]
    public void Bomb(byte[] packed) =>
        Assert.That(Refusal(packed, new ArchiveOptions { MaxInflatedBytes = 500_000 }), Does.Contain("500000").And.Contain("MaxInflatedBytes"));

    [Test]
    public void BombOfZeros()
    {
        byte[] bomb = GZip(new byte[50_000_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(Refusal(bomb, new ArchiveOptions { MaxInflatedBytes = 1_000_000 }), Does.Contain("MaxInflatedBytes"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4_000_000));
    }

    [Test]
    public void CompressedTwice() => Assert.That(Refusal(GZip(GZip(Plain))), Does.Contain("no tar"));

    [Test]
    public void StreamIsReadFromWhereItStands()
    {
        using MemoryStream stream = new([1, 2, 3, .. Plain]) { Position = 3 };
        TestBox box = new(files => files.MountArchive("/a", stream, new ArchiveOptions { MaxMemoryBytes = 1 }));
        stream.Dispose();
        CheckContent(box);
    }

    [Test]
    public void StreamOverTheBound()
    {
        using MemoryStream stream = new(Plain);
        Assert.That(
            () => new TestBox(files => files.MountArchive("/a", stream, new ArchiveOptions { MaxInflatedBytes = 1000 })),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("MaxInflatedBytes"));
    }

    private static string Left() => string.Join(' ', Directory.GetFiles(Path.GetTempPath(), "marcotte-????????????????????????????????").Order());

    private static void CheckContent(TestBox box)
    {
        using (box)
        {
            Assert.That(box.Read("/a/d/f"), Is.EqualTo("content"));
            OpenFile file = box.Open("/a/large");
            byte[] buffer = new byte[100_000];
            for (int offset = 650_000; offset >= 0; offset -= 50_000)
            {
                Assert.That(file.ReadAt(buffer, offset, out int count), Is.EqualTo(Errno.Success));
                Assert.That(buffer.AsSpan(0, count).SequenceEqual(Content.AsSpan(offset, Math.Min(100_000, 700_000 - offset))), Is.True);
            }

            file.Release();
        }
    }
}
