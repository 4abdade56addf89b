using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>The bytes of a file: positions, holes, lengths.</summary>
internal sealed class ContentTests
{
    private TestBox _box = null!;
    private OpenFile _file = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _file = _box.Create("/file");
    }

    [TearDown]
    public void TearDown()
    {
        _file.Release();
        _box.Dispose();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(4095)]
    [TestCase(4096)]
    [TestCase(4097)]
    [TestCase(300_000)]
    [TestCase(1L << 33)]
    [TestCase((1L << 44) - 10)]
    public void WhatIsWrittenAnywhereIsReadThere(long offset)
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        Assert.That(_file.WriteAt(bytes, offset, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(10));
        Assert.That(Stat().Size, Is.EqualTo(offset + 10));
        byte[] buffer = new byte[30];
        long before = Math.Max(0, offset - 10);
        Assert.That(_file.ReadAt(buffer, before, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(offset - before + 10));
        Assert.That(buffer[..count], Is.EqualTo(new byte[offset - before].Concat(bytes)));
        Assert.That(Stat().Blocks * 512, Is.LessThanOrEqualTo(8192), "only what was written takes room");
    }

    [Test]
    public void ReadingAtTheEndGivesNothing()
    {
        Write("abc"u8, 0);
        byte[] buffer = [9, 9, 9, 9];
        Assert.That(_file.ReadAt(buffer, 3, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        Assert.That(_file.ReadAt(buffer, long.MaxValue, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        Assert.That(_file.ReadAt(buffer, 2, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(1));
        Assert.That(buffer, Is.EqualTo(new byte[] { (byte)'c', 9, 9, 9 }));
        Assert.That(_file.ReadAt(buffer, -1, out _), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void FilesEndSomewhere()
    {
        long end = 1L << 44;
        Assert.That(_file.WriteAt("x"u8, end, out _), Is.EqualTo(Errno.FBig));
        Assert.That(_file.WriteAt("x"u8, long.MaxValue - 1, out _), Is.EqualTo(Errno.FBig));
        Assert.That(_file.WriteAt("xy"u8, end - 1, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(1), "the part that fits");
        Assert.That(_file.SetSize(end), Is.EqualTo(Errno.Success));
        Assert.That(_file.SetSize(end + 1), Is.EqualTo(Errno.FBig));
        Assert.That(_file.SetSize(long.MaxValue), Is.EqualTo(Errno.FBig));
        Assert.That(_file.SetSize(-1), Is.EqualTo(Errno.Inval));
        Assert.That(_file.Allocate(end - 1, 2), Is.EqualTo(Errno.FBig));
    }

    [Test]
    public void CutBytesReadAsZeroWhenTheFileGrowsAgain()
    {
        Write(Enumerable.Repeat((byte)7, 10_000).ToArray(), 0);
        foreach (int size in new[] { 9_000, 4_096, 4_095, 100, 1, 0 })
        {
            Assert.That(_file.SetSize(size), Is.EqualTo(Errno.Success));
            Assert.That(_file.SetSize(10_000), Is.EqualTo(Errno.Success));
            byte[] all = ReadAll();
            Assert.That(all.Take(size), Is.All.EqualTo(7));
            Assert.That(all.Skip(size), Is.All.Zero);
        }
    }

    [Test]
    public void HolesAreFound()
    {
        Write("x"u8, 20_000);
        Write("x"u8, 100_000);
        Assert.That(_file.SetSize(200_000), Is.EqualTo(Errno.Success));
        Assert.That(Find(0, Whence.Data), Is.EqualTo(16_384));
        Assert.That(Find(16_384, Whence.Data), Is.EqualTo(16_384));
        Assert.That(Find(17_000, Whence.Data), Is.EqualTo(17_000));
        Assert.That(Find(20_480, Whence.Data), Is.EqualTo(98_304));
        Assert.That(Find(0, Whence.Hole), Is.Zero);
        Assert.That(Find(17_000, Whence.Hole), Is.EqualTo(20_480));
        Assert.That(Find(100_000, Whence.Hole), Is.EqualTo(102_400));
        Assert.That(_file.Seek(110_000, Whence.Data, out _), Is.EqualTo(Errno.NxIO));
        Assert.That(_file.Seek(200_000, Whence.Data, out _), Is.EqualTo(Errno.NxIO));
        Assert.That(_file.Seek(200_000, Whence.Hole, out _), Is.EqualTo(Errno.NxIO));
        Assert.That(_file.Seek(-1, Whence.Data, out _), Is.EqualTo(Errno.NxIO));
        Assert.That(_file.SetSize(99_000), Is.EqualTo(Errno.Success));
        Assert.That(Find(98_500, Whence.Hole), Is.EqualTo(99_000), "the end is a hole");
    }

    [Test]
    public void SeekCountsFromStartOffsetAndEnd()
    {
        Write("0123456789"u8, 0);
        Assert.That(_file.Seek(-3, Whence.End, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(7));
        Assert.That(_file.Seek(2, Whence.Current, out position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(9));
        Assert.That(_file.Seek(-10, Whence.Current, out _), Is.EqualTo(Errno.Inval));
        Assert.That(_file.Seek(-11, Whence.End, out _), Is.EqualTo(Errno.Inval));
        Assert.That(_file.Seek(-1, Whence.Start, out _), Is.EqualTo(Errno.Inval));
        Assert.That(_file.Seek(long.MaxValue, Whence.End, out _), Is.EqualTo(Errno.Overflow));
        Assert.That(_file.Seek(0, Whence.Current, out position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(9), "what was refused moved nothing");
        Assert.That(_file.Seek(1_000, Whence.Start, out _), Is.EqualTo(Errno.Success));
        Assert.That(_file.Write("x"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(Stat().Size, Is.EqualTo(1_001));
    }

    [Test]
    public void AllocateGrowsAndNeverCuts()
    {
        Assert.That(_file.Allocate(0, 100), Is.EqualTo(Errno.Success));
        Assert.That(Stat().Size, Is.EqualTo(100));
        Assert.That(_file.Allocate(10, 10), Is.EqualTo(Errno.Success));
        Assert.That(Stat().Size, Is.EqualTo(100));
        Assert.That(_file.Allocate(90, 20), Is.EqualTo(Errno.Success));
        Assert.That(Stat().Size, Is.EqualTo(110));
        Assert.That(_file.Allocate(50_000, 50_000), Is.EqualTo(Errno.Success));
        Assert.That(Stat().Size, Is.EqualTo(100_000));
        Assert.That(Stat().Blocks * 512, Is.GreaterThanOrEqualTo(50_000));
        Assert.That(ReadAll(), Is.All.Zero);
        Assert.That(_file.Allocate(-1, 1), Is.EqualTo(Errno.Inval));
        Assert.That(_file.Allocate(0, 0), Is.EqualTo(Errno.Inval));
        Assert.That(_file.Allocate(long.MaxValue, 1), Is.EqualTo(Errno.FBig));
    }

    [Test]
    public void AppendGoesToTheEndWhereverThatIs()
    {
        OpenFile appends = _box.Open("/file", access: AccessModes.ReadWrite, status: StatusFlags.Append);
        Write("abc"u8, 0);
        Assert.That(appends.Write("de"u8, out _), Is.EqualTo(Errno.Success));
        Write("f"u8, 5);
        Assert.That(appends.Seek(0, Whence.Start, out _), Is.EqualTo(Errno.Success));
        Assert.That(appends.Write("g"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(appends.Seek(0, Whence.Current, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(7));
        Assert.That(appends.WriteAt("A"u8, 0, out _), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read("/file"), Is.EqualTo("Abcdefg"));
        appends.Release();
    }

    [Test]
    public void UnlinkedFileLivesWhileOpen()
    {
        Write("still"u8, 0);
        Assert.That(_box.Unlink("/file"), Is.EqualTo(Errno.Success));
        Assert.That(Stat().Links, Is.Zero);
        Assert.That(ReadAll(), Is.EqualTo("still"u8.ToArray()));
        Write("written"u8, 0);
        Assert.That(Stat().Size, Is.EqualTo(7));
        _box.Write("/file", "new");
        Assert.That(_box.Stat("/file").Inode, Is.Not.EqualTo(Stat().Inode));
        Assert.That(ReadAll(), Is.EqualTo("written"u8.ToArray()));
    }

    [Test]
    public void CallThatComesAfterTheLastCloseFindsNothingAndLeavesNothing()
    {
        // Another thread looked the descriptor up before this one closed it.
        OpenFile late = _box.Create("/gone");
        late.Write(new byte[100], out _);
        _box.Unlink("/gone");
        late.Release();
        long used = _box.Kernel.FileBytes.Used;
        Assert.That(late.Write(new byte[5_000], out _), Is.EqualTo(Errno.BadF));
        Assert.That(late.WriteAt(new byte[5_000], 0, out _), Is.EqualTo(Errno.BadF));
        Assert.That(late.SetSize(10), Is.EqualTo(Errno.BadF));
        Assert.That(late.Allocate(0, 10), Is.EqualTo(Errno.BadF));
        Assert.That(late.ReadAt(new byte[100], 0, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        Assert.That(_box.Kernel.FileBytes.Used, Is.EqualTo(used));
        Assert.That(_box.Kernel.Inodes.Used, Is.EqualTo(1));
    }

    [Test]
    public void RandomOperationsAgreeWithAnArray()
    {
        Random random = new(20_26);
        byte[] model = [];
        for (int i = 0; i < 6_000; i++)
        {
            int offset = random.Next(40_000);
            switch (random.Next(6))
            {
                case 0:
                    int size = random.Next(40_000);
                    Assert.That(_file.SetSize(size), Is.EqualTo(Errno.Success));
                    Array.Resize(ref model, size);
                    break;
                case 1:
                    int length = 1 + random.Next(10_000);
                    Assert.That(_file.Allocate(offset, length), Is.EqualTo(Errno.Success));
                    Array.Resize(ref model, Math.Max(model.Length, offset + length));
                    break;
                case 2 or 3:
                    byte[] bytes = new byte[1 + random.Next(random.Next(9_000) + 1)];
                    random.NextBytes(bytes);
                    Write(bytes, offset);
                    Array.Resize(ref model, Math.Max(model.Length, offset + bytes.Length));
                    bytes.CopyTo(model, offset);
                    break;
                default:
                    byte[] buffer = new byte[1 + random.Next(9_000)];
                    Assert.That(_file.ReadAt(buffer, offset, out int count), Is.EqualTo(Errno.Success));
                    Assert.That(count, Is.EqualTo(Math.Clamp(model.Length - offset, 0, buffer.Length)));
                    Assert.That(buffer.AsSpan(0, count).SequenceEqual(model.AsSpan(Math.Min(offset, model.Length), count)));
                    break;
            }
        }

        Assert.That(ReadAll(), Is.EqualTo(model));
    }

    private FileStat Stat()
    {
        Assert.That(_file.Operations.Stat(_file, out FileStat stat), Is.EqualTo(Errno.Success));
        return stat;
    }

    private long Find(long offset, Whence whence)
    {
        Assert.That(_file.Seek(offset, whence, out long position), Is.EqualTo(Errno.Success));
        return position;
    }

    private void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        Assert.That(_file.WriteAt(bytes, offset, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(bytes.Length));
    }

    private byte[] ReadAll()
    {
        byte[] buffer = new byte[Stat().Size];
        if (buffer.Length > 0)
        {
            Assert.That(_file.ReadAt(buffer, 0, out int count), Is.EqualTo(Errno.Success));
            Assert.That(count, Is.EqualTo(buffer.Length));
        }

        return buffer;
    }
}
