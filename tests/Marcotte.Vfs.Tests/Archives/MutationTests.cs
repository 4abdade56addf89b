using System.IO.Compression;
using Marcotte.Core;
using Marcotte.Vfs.Archives;
using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Archives with bytes changed at random are mounted or refused; nothing else comes of them, and all of them end.</summary>
internal sealed class MutationTests
{
    private const int Rounds = 1500;

    private static IEnumerable<TestCaseData> Seeds()
    {
        byte[] tar = TarBlocks.Of(static tar => tar
            .Directory("d/").File("d/f", "content").Pax(("path", "d/long"), ("mtime", "1.5"), ("size", "3")).File("x", "abc")
            .Entry('L', "l", content: Bytes(new string('n', 120) + "\0")).File("n").Link("s", "d/f").HardLink("h", "d/f").File("d/.wh.gone"));
        yield return new TestCaseData(tar, true).SetName("{m}(tar)");
        yield return new TestCaseData(GZip(tar), false).SetName("{m}(gzip)");
        yield return new TestCaseData(Zstd(tar), false).SetName("{m}(zstd)");
        yield return new TestCaseData(Zip(static zip =>
        {
            zip.CreateEntry("d/");
            zip.Add("d/f", Pattern(3000));
            zip.Add("d/s", Bytes("f"), CompressionLevel.NoCompression, 0xA1FF);
        }), false).SetName("{m}(zip)");
    }

    [TestCaseSource(nameof(Seeds))]
    public void ChangedBytesDoNoHarm(byte[] seed, bool sums)
    {
        Random random = new(20210304);
        ArchiveOptions options = new() { MaxEntries = 1000, MaxInflatedBytes = 10_000_000, Whiteouts = true };
        int mounted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = (byte[])seed.Clone();
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                int at = random.Next(bytes.Length);
                bytes[at] = random.Next(3) switch { 0 => 0, 1 => (byte)random.Next(256), _ => (byte)(bytes[at] ^ (1 << random.Next(8))) };
            }

            if (sums)
            {
                Sum(bytes);
            }

            try
            {
                using ArchiveSource source = new("/a", "The archive", () => new HeapBytes(bytes), options);
                source.Validate();
                using FileSystem tree = source.Open(new Kernel(Limits.Default));
                ReadAll(tree.Root);
                mounted++;
            }
            catch (InvalidDataException)
            {
            }
        }

        Assert.That(mounted, Is.InRange(1, Rounds - 1));
    }

    /// <summary>Right sums for the headers that are still where they were, or most changes would be found by that alone.</summary>
    private static void Sum(byte[] tar)
    {
        for (int at = 0; at + 512 <= tar.Length; at += 512)
        {
            if (tar.AsSpan(at + 257, 5).SequenceEqual("ustar"u8))
            {
                tar.AsSpan(at + 148, 8).Fill((byte)' ');
                int sum = 0;
                foreach (byte value in tar.AsSpan(at, 512))
                {
                    sum += value;
                }

                Bytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0").CopyTo(tar, at + 148);
            }
        }
    }

    private static void ReadAll(Inode directory)
    {
        Assert.That(directory.List(out DirectoryListing? listing), Is.EqualTo(Errno.Success));
        byte[] buffer = new byte[5000];
        for (ulong cookie = 0; ;)
        {
            Assert.That(listing!.Read(cookie, out DirectoryEntry entry), Is.EqualTo(Errno.Success));
            if (entry.IsEnd)
            {
                break;
            }

            cookie = entry.Next;
            Assert.That(directory.Lookup(entry.Name.Span, out Inode? inode), Is.EqualTo(Errno.Success));
            Assert.That(inode!.Stat(out FileStat stat), Is.EqualTo(Errno.Success));
            if (inode.IsDirectory)
            {
                ReadAll(inode);
            }
            else if (stat.Type == FileType.Regular)
            {
                Assert.That(inode.Open(new InodeOpen(AccessModes.Read, StatusFlags.None), out OpenFile? file), Is.EqualTo(Errno.Success));
                Assert.That(file!.Read(buffer, out _), Is.AnyOf(Errno.Success, Errno.IO));
                file.Release();
            }
        }

        listing.Dispose();
    }
}
