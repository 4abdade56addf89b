using System.Buffers.Binary;
using System.IO.Compression;
using Marcotte.Core;
using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>What a box sees of a zip archive, and which ones it refuses.</summary>
internal sealed class ZipMountTests
{
    private static readonly byte[] Content = Pattern(500_000);

    [TestCase(CompressionLevel.NoCompression)]
    [TestCase(CompressionLevel.Optimal)]
    public void FilesAreRead(CompressionLevel level)
    {
        using TestBox box = Of(Zip(zip =>
        {
            zip.CreateEntry("d/");
            zip.Add("d/f", Bytes("content"), level, 0x8000 | 0x9E8);
            zip.Add("d/s", Bytes("f"), level, 0xA1FF);
            zip.Add("implied/empty", [], level);
            zip.Add("d/ü", Bytes("ü"), level);
        }));
        Assert.That((box.Read("/a/d/f"), box.Read("/a/d/s"), box.Read("/a/implied/empty"), box.Read("/a/d/ü")), Is.EqualTo(("content", "content", "", "ü")));
        Assert.That((box.Stat("/a/d/f").Mode, box.Stat("/a/d/f").Size, box.Stat("/a/d").Type), Is.EqualTo(((ushort)0x9E8, 7L, FileType.Directory)));
        Assert.That(box.LinkStat("/a/d/s").Type, Is.EqualTo(FileType.SymbolicLink));
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", "..", "d", "implied"]));
    }

    [Test]
    public void TimeIsTheHeaders()
    {
        using TestBox box = Of(Zip(static zip => zip.CreateEntry("f").LastWriteTime = new DateTimeOffset(2021, 3, 4, 5, 6, 8, TimeSpan.Zero)));
        Assert.That(box.Stat("/a/f").ModifyTime, Is.EqualTo(new DateTimeOffset(2021, 3, 4, 5, 6, 8, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000_000));
    }

    /// <summary>The cache holds a fifth of the file: blocks go, decoders go on or begin anew, and each read is right.</summary>
    [TestCase(100_000)]
    [TestCase(1)]
    [TestCase(10_000_000)]
    public void DeflatedFileIsReadAtAnyPosition(int cache)
    {
        using TestBox box = Of(Zip(static zip => zip.Add("f", Content)), new ArchiveOptions { CacheBytes = cache });
        OpenFile file = box.Open("/a/f");
        byte[] buffer = new byte[70_000];
        foreach (int offset in (int[])[0, 70_000, 140_000, 499_999, 32_767, 32_768, 450_000, 1, 300_000])
        {
            Assert.That(file.ReadAt(buffer, offset, out int count), Is.EqualTo(Errno.Success));
            Assert.That(buffer.AsSpan(0, count).SequenceEqual(Content.AsSpan(offset, Math.Min(70_000, Content.Length - offset))), Is.True, $"at {offset}");
        }

        file.Release();
    }

    [Test]
    public void BoxesReadAtTheSameTime()
    {
        byte[] zip = Zip(static zip =>
        {
            for (int i = 0; i < 40; i++)
            {
                zip.Add("f" + i, Content.AsSpan(i * 1000, 200_000).ToArray());
            }
        });
        using TestBox box = Of(zip, new ArchiveOptions { CacheBytes = 1_000_000 });
        Parallel.For(0, 8, thread =>
        {
            byte[] buffer = new byte[5000];
            for (int i = 0; i < 100; i++)
            {
                int entry = ((i * 7) + thread) % 40;
                int offset = i * 7919 % 195_000;
                OpenFile file = box.Open("/a/f" + entry);
                Assert.That(file.ReadAt(buffer, offset, out int count), Is.EqualTo(Errno.Success));
                Assert.That(buffer.AsSpan(0, count).SequenceEqual(Content.AsSpan((entry * 1000) + offset, count)), Is.True);
                file.Release();
            }
        });
    }

    [Test]
    public void DamagedDataIsAnErrorOfTheRead()
    {
        byte[] zip = Zip(static zip => zip.Add("f", Content).ToString());
        zip.AsSpan(100_000, 200).Fill(0xFF);
        using TestBox box = Of(zip);
        OpenFile file = box.Open("/a/f");
        Assert.That(file.ReadAt(new byte[10], 499_000, out int count), Is.EqualTo(Errno.IO));
        Assert.That(count, Is.Zero);
        file.Release();
    }

    /// <summary>Headers that understate what an entry inflates to, so that a bound counts too little.</summary>
    [Test]
    public void ZipBombThatUnderstatesItsSize()
    {
        byte[] zip = Zip(static zip => zip.Add("f", new byte[1_000_000]));
        Central(zip, static record => BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(24), 1000));
        using TestBox box = Of(zip);
        OpenFile file = box.Open("/a/f");
        Assert.That(file.ReadAt(new byte[10], 0, out _), Is.EqualTo(Errno.IO));
        file.Release();
    }

    [Test]
    public void ZipBomb()
    {
        byte[] zip = Zip(static zip => zip.Add("a", new byte[600_000]).ToString());
        Assert.That(Refusal(zip, new ArchiveOptions { MaxInflatedBytes = 500_000 }), Does.Contain("'a'").And.Contain("MaxInflatedBytes"));
        Central(zip, static record => BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(24), 0x7FFFFFFF));
        Assert.That(Refusal(zip), Does.Contain("'a'").And.Contain("cannot be"));
    }

    [Test]
    public void ZipBombOfSharedBytes()
    {
        byte[] zip = Zip(static zip =>
        {
            zip.Add("same", Content);
            zip.Add("same", Content);
        });
        int first = Find(zip, "PK\x01\x02"u8, 0);
        int second = Find(zip, "PK\x01\x02"u8, first + 1);
        zip.AsSpan(first + 42, 4).CopyTo(zip.AsSpan(second + 42));
        Assert.That(Refusal(zip), Does.Contain("'same'").And.Contain("shares bytes"));
    }

    [TestCase("../f")]
    [TestCase("a/../../f")]
    public void NameThatClimbsOut(string name) => Assert.That(Refusal(Zip(zip => zip.CreateEntry(name))), Does.Contain($"'{name}'"));

    [Test]
    public void Archives_SymlinkThenWriteThroughIt() =>
        Assert.That(
            Refusal(Zip(static zip =>
            {
                zip.Add("s", Bytes("/etc"), mode: 0xA1FF);
                zip.Add("s/passwd", Bytes("x"));
            })),
            Does.Contain("'s/passwd'"));

    [Test]
    public void LocalHeaderOfAnotherName()
    {
        byte[] zip = Zip(static zip => zip.Add("name", Content));
        zip[30] = (byte)'g';
        Assert.That(Refusal(zip), Does.Contain("'name'"));
    }

    [TestCase(8, 1, "encrypted")]
    [TestCase(20, 0x7F, "begin", TestName = "CompressedBeyondTheEnd")]
    [TestCase(10, 12, "begin")]
    [TestCase(42, 1, "begin")]
    public void HeaderThatMakesNoSense(int at, byte value, string word)
    {
        byte[] zip = Zip(static zip => zip.Add("f", Content));
        Central(zip, record => record[at == 20 ? 23 : at] = value);
        Assert.That(Refusal(zip), Does.Contain("'f'").And.Contain(at == 20 ? "bytes" : word));
    }

    [Test]
    public void Truncated()
    {
        byte[] zip = Zip(static zip => zip.Add("f", Content));
        Assert.That(Refusal(zip[..^1]), Does.Contain("central directory"));
        Assert.That(Refusal([.. zip, 0]), Does.Contain("central directory"));
        Assert.That(Refusal(zip[1000..]), Does.Contain("neither"));
        Assert.That(Refusal([.. zip[..1000], .. zip[2000..]]), Does.Contain("central directory"));
    }

    [Test]
    public void TooManyEntries() =>
        Assert.That(Refusal(Zip(static zip => { zip.CreateEntry("a"); zip.CreateEntry("b"); }), new ArchiveOptions { MaxEntries = 1 }), Does.Contain("MaxEntries"));

    [Test]
    public void EntriesOfSizesBeyond32Bits()
    {
        // Written as such when it cannot be known whether the sizes will fit.
        using MemoryStream stream = new();
        using (ZipArchive zip = new(new Unseekable(stream), ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Add("f", Bytes("content"));
        }

        using TestBox box = Of(stream.ToArray());
        Assert.That(box.Read("/a/f"), Is.EqualTo("content"));
    }

    [Test]
    public void DirectoryOfALargeArchive()
    {
        byte[] zip = Zip(static zip =>
        {
            for (int i = 0; i < 70_000; i++)
            {
                zip.CreateEntry("f" + i, CompressionLevel.NoCompression);
            }
        });
        using TestBox box = Of(zip);
        Assert.That(box.TryStat("/a/f69999"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void NamesWithoutUtf8AreOfCodePage437()
    {
        byte[] zip = Zip(static zip => zip.Add("xyz", Bytes("content")));
        foreach (int at in (int[])[Find(zip, "xyz"u8, 0), Find(zip, "xyz"u8, Find(zip, "PK\x01\x02"u8, 0))])
        {
            zip[at] = 0x81;
        }

        using TestBox box = Of(zip);
        Assert.That(box.Read("/a/üyz"), Is.EqualTo("content"));
    }

    private static void Central(byte[] zip, Action<byte[]> change)
    {
        int at = Find(zip, "PK\x01\x02"u8, 0);
        byte[] record = zip[at..(at + 46)];
        change(record);
        record.CopyTo(zip, at);
    }

    private static int Find(byte[] bytes, ReadOnlySpan<byte> what, int from) => from + bytes.AsSpan(from).IndexOf(what);

    private sealed class Unseekable(Stream below) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => below.Write(buffer, offset, count);
    }
}
