using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>What fallocate and copy_file_range do to a file.</summary>
internal sealed class RangeTests
{
    private const int Page = 4096;

    private Tree _tree = null!;
    private OpenFile _file = null!;

    private long Charged => _tree.Kernel.FileBytes.Used;

    [SetUp]
    public void SetUp()
    {
        _tree = new Tree();
        _tree.Write("/file", Sevens(10 * Page));
        _file = _tree.Open("/file");
    }

    [TearDown]
    public void TearDown()
    {
        _file.Release();
        _tree.Clear();
        Assert.That(Charged, Is.Zero);
        _tree.Dispose();
    }

    [TestCase(0, 10 * Page, 0)]
    [TestCase(0, Page, 9)]
    [TestCase(Page, 3 * Page, 7)]
    [TestCase(100, 3 * Page, 8)]
    [TestCase(100, 200, 10)]
    [TestCase(Page - 1, 2, 10)]
    [TestCase(9 * Page, 1L << 43, 9)]
    [TestCase(20 * Page, 5, 10)]
    public void HolesArePunched(long offset, long length, int pagesLeft)
    {
        Assert.That(_file.Allocate(offset, length, Allocation.PunchHole), Is.EqualTo(Errno.Success));
        AssertZeros(offset, length);
        Assert.That(Charged, Is.EqualTo(pagesLeft * Page));
        Assert.That(_tree.Stat("/file").Blocks, Is.EqualTo(pagesLeft * Page / 512));
    }

    [TestCase(0, 10 * Page)]
    [TestCase(100, 3 * Page)]
    [TestCase(Page + 5, 20)]
    [TestCase(9 * Page, 3 * Page)]
    public void RangesAreZeroed(long offset, long length)
    {
        Assert.That(_file.Allocate(offset, length, Allocation.ZeroRange), Is.EqualTo(Errno.Success));
        AssertZeros(offset, length);
        Assert.That(_tree.Stat("/file").Size, Is.EqualTo(Math.Max(10 * Page, offset + length)));
        Assert.That(Charged, Is.EqualTo(Math.Max(10 * Page, offset + length)));
    }

    [Test]
    public void RoomBeyondTheEndIsKeptAndGivenBack()
    {
        Assert.That(_file.Allocate(20 * Page, 2 * Page, Allocation.KeepSize), Is.EqualTo(Errno.Success));
        Assert.That(_tree.Stat("/file").Size, Is.EqualTo(10 * Page));
        Assert.That(Charged, Is.EqualTo(12 * Page));
        _file.SetSize(21 * Page);
        Assert.That(Charged, Is.EqualTo(12 * Page));
        byte[] end = new byte[Page];
        _file.ReadAt(end, 20 * Page, out int count);
        Assert.That(count, Is.EqualTo(Page));
        Assert.That(end, Is.All.Zero);
        _file.SetSize(10 * Page);
        Assert.That(Charged, Is.EqualTo(10 * Page));
    }

    [Test]
    public void CopiesSharePagesUntilOneIsWritten()
    {
        _tree.Write("/copy", "x");
        OpenFile copy = _tree.Open("/copy");
        Assert.That(Copy(copy, 0, 0, 10 * Page, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(10 * Page));
        Assert.That(_tree.ReadBytes("/copy"), Is.EqualTo(_tree.ReadBytes("/file")));
        Assert.That(Charged, Is.EqualTo(20 * Page), "either may be the one that stays");
        _file.WriteAt("source"u8, 3 * Page, out _);
        copy.WriteAt("target"u8, 5 * Page, out _);
        Assert.That(_tree.ReadBytes("/copy").AsSpan(3 * Page, Page).IndexOfAnyExcept((byte)7), Is.EqualTo(-1));
        Assert.That(_tree.ReadBytes("/file").AsSpan(5 * Page, Page).IndexOfAnyExcept((byte)7), Is.EqualTo(-1));
        Assert.That(Charged, Is.EqualTo(20 * Page));
        _tree.Unlink("/copy");
        copy.Release();
        Assert.That(Charged, Is.EqualTo(10 * Page));
    }

    [Test]
    public void CopyEndsWithTheFileAndTakesHolesAlong()
    {
        _file.Allocate(2 * Page, Page, Allocation.PunchHole);
        _file.SetSize((4 * Page) + 10);
        _tree.Write("/copy", Sevens(8 * Page));
        OpenFile copy = _tree.Open("/copy");
        Assert.That(Copy(copy, Page, 2 * Page, 100 * Page, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo((3 * Page) + 10));
        Assert.That(copy.Seek(0, Whence.Hole, out long hole), Is.EqualTo(Errno.Success));
        Assert.That(hole, Is.EqualTo(3 * Page));
        Assert.That(_tree.Stat("/copy").Size, Is.EqualTo(8 * Page));
        Assert.That(_tree.ReadBytes("/copy").AsSpan(4 * Page).IndexOfAnyExcept((byte)7), Is.EqualTo(-1));
        Assert.That(Copy(copy, 1, 0, 10, out _), Is.EqualTo(Errno.NotSup));
        Assert.That(Copy(_file, 0, Page, 2 * Page, out _), Is.EqualTo(Errno.Inval), "onto itself");
        Assert.That(Copy(copy, 50 * Page, 0, 10, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        copy.Release();
    }

    [Test]
    public void CopyInOneFile()
    {
        _file.WriteAt("mark"u8, 2 * Page, out _);
        Assert.That(Copy(_file, 2 * Page, 6 * Page, Page, out _), Is.EqualTo(Errno.Success));
        _file.WriteAt("MARK"u8, 6 * Page, out _);
        Assert.That(_tree.ReadBytes("/file")[(2 * Page)..][..5], Is.EqualTo("mark\x07"u8.ToArray()));
        Assert.That(_tree.ReadBytes("/file")[(6 * Page)..][..5], Is.EqualTo("MARK\x07"u8.ToArray()));
        Assert.That(Charged, Is.EqualTo(10 * Page));
    }

    [Test]
    public void CopyToAnotherTreeIsTheCallersWork()
    {
        using Tree other = new();
        other.Write("/file", "x");
        OpenFile target = other.Open("/file");
        Assert.That(Copy(target, 0, 0, Page, out _), Is.EqualTo(Errno.NotSup));
        target.Release();
    }

    private static byte[] Sevens(int count)
    {
        byte[] bytes = new byte[count];
        bytes.AsSpan().Fill(7);
        return bytes;
    }

    private Errno Copy(OpenFile target, long offset, long targetOffset, long length, out long count) =>
        _file.Operations.CopyRange(_file, offset, target, targetOffset, length, out count);

    private void AssertZeros(long offset, long length)
    {
        byte[] all = _tree.ReadBytes("/file");
        for (int i = 0; i < all.Length; i++)
        {
            bool isZeroed = i >= offset && i < offset + length;
            if (all[i] != (isZeroed || i >= 10 * Page ? 0 : 7))
            {
                Assert.Fail($"byte {i} is {all[i]}");
            }
        }
    }
}
