using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Files;

/// <summary>copy_file_range, in one memory tree and from one mount to another.</summary>
[TestFixture]
public sealed class CopyToTests
{
    private TestBox _box;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(static files => files.MountMemory("/").MountMemory("/other", maxBytes: 64 * 1024));
        _box.Write("/from", "0123456789");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("/to")]
    [TestCase("/other/to")]
    public void A_range_is_copied_and_offsets_given_stay(string path)
    {
        using Opened source = new(_box.Open("/from"));
        using Opened target = new(_box.Create(path));
        Assert.That(source.File.CopyTo(target.File, 2, 3, 4, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4));
        Assert.That(_box.Read(path), Is.EqualTo("\0\0\02345"));
        Assert.That(source.File.Seek(0, Whence.Current, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.Zero);
    }

    [Test]
    public void Own_offsets_move_and_the_end_cuts_the_copy()
    {
        using Opened source = new(_box.Open("/from"));
        using Opened target = new(_box.Create("/to"));
        source.File.Seek(7, Whence.Start, out _);
        Assert.That(source.File.CopyTo(target.File, null, null, 100, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(3));
        Assert.That(source.File.CopyTo(target.File, null, null, 100, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        Assert.That(target.File.Seek(0, Whence.Current, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(3));
        Assert.That(_box.Read("/to"), Is.EqualTo("789"));
    }

    [Test]
    public void Much_is_copied_in_more_than_one_call_and_arrives()
    {
        byte[] content = new byte[9 * 1024 * 1024];
        new Random(3).NextBytes(content);
        using Opened source = new(_box.Create("/large"));
        Assert.That(source.File.Write(content, out _), Is.EqualTo(Errno.Success));
        using Opened target = new(_box.Create("/to"));
        source.File.Seek(0, Whence.Start, out _);
        long copied = 0;
        while (source.File.CopyTo(target.File, null, null, long.MaxValue >> 1, out long count) == Errno.Success && count > 0)
        {
            copied += count;
        }

        byte[] arrived = new byte[content.Length + 1];
        Assert.That(target.File.ReadAt(arrived, 0, out int read), Is.EqualTo(Errno.Success));
        Assert.That((copied, read), Is.EqualTo((content.LongLength, content.Length)));
        Assert.That(arrived.AsSpan(0, read).SequenceEqual(content), Is.True);
    }

    [Test]
    public void Ranges_of_one_file_may_not_meet()
    {
        using Opened file = new(_box.Open("/from", access: AccessModes.ReadWrite));
        Assert.That(file.File.CopyTo(file.File, 0, 4, 5, out _), Is.EqualTo(Errno.Inval));
        Assert.That(file.File.CopyTo(file.File, 0, 5, 5, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(5));
        Assert.That(_box.Read("/from"), Is.EqualTo("0123401234"));
    }

    [Test]
    public void What_is_not_open_for_it_is_refused()
    {
        using Opened source = new(_box.Open("/from"));
        using Opened target = new(_box.Create("/to"));
        using Opened appends = new(_box.Open("/to", access: AccessModes.Write, status: StatusFlags.Append));
        using Opened directory = new(_box.OpenDirectory("/"));
        Assert.That(target.File.CopyTo(source.File, 0, 0, 1, out _), Is.EqualTo(Errno.BadF));
        Assert.That(source.File.CopyTo(appends.File, 0, 0, 1, out _), Is.EqualTo(Errno.BadF));
        Assert.That(source.File.CopyTo(directory.File, 0, 0, 1, out _), Is.EqualTo(Errno.IsDir));
        Assert.That(source.File.CopyTo(target.File, -1, 0, 1, out _), Is.EqualTo(Errno.Inval));
        Assert.That(source.File.CopyTo(target.File, 1, 0, long.MaxValue, out _), Is.EqualTo(Errno.Overflow));
    }

    [Test]
    public void A_full_mount_takes_a_part_and_then_answers_ENOSPC()
    {
        using Opened source = new(_box.Create("/large"));
        Assert.That(source.File.SetSize(1 << 20), Is.EqualTo(Errno.Success));
        using Opened target = new(_box.Create("/other/to"));
        Assert.That(source.File.CopyTo(target.File, 0, 0, 1 << 20, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.InRange(1, 64 * 1024));
        Assert.That(source.File.CopyTo(target.File, 0, count, 1 << 20, out _), Is.EqualTo(Errno.NoSpc));
    }

    private readonly record struct Opened(OpenFile File) : IDisposable
    {
        public void Dispose() => File.Release();
    }
}
