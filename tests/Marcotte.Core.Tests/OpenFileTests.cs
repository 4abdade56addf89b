namespace Marcotte.Core.Tests;

[TestFixture]
public sealed class OpenFileTests
{
    [Test]
    public void Reads_and_writes_move_the_offset_that_all_share()
    {
        Bytes bytes = new();
        OpenFile file = new(bytes, AccessModes.ReadWrite);
        Assert.That(file.Write("hello"u8, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(5));
        Assert.That(Position(file), Is.EqualTo(5));
        Assert.That(file.Seek(1, Whence.Start, out _), Is.EqualTo(Errno.Success));
        byte[] buffer = new byte[3];
        Assert.That(file.Read(buffer, out count), Is.EqualTo(Errno.Success));
        Assert.That(buffer, Is.EqualTo("ell"u8.ToArray()));
        Assert.That(file.Read(buffer, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(1));
        Assert.That(file.Read(buffer, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        Assert.That(Position(file), Is.EqualTo(5));
    }

    [Test]
    public void Positioned_calls_leave_the_offset_alone_even_when_appending()
    {
        Bytes bytes = new();
        OpenFile file = new(bytes, AccessModes.ReadWrite, StatusFlags.Append);
        file.Write("abc"u8, out _);
        Assert.That(file.WriteAt("X"u8, 0, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(1));
        Assert.That(bytes.Content, Is.EqualTo("Xbc"u8.ToArray()));
        byte[] buffer = new byte[9];
        Assert.That(file.ReadAt(buffer, 1, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(2));
        Assert.That(Position(file), Is.EqualTo(3));
    }

    [Test]
    public void Appending_goes_to_the_end_and_the_offset_behind_it()
    {
        Bytes bytes = new();
        OpenFile first = new(bytes, AccessModes.Write, StatusFlags.Append);
        OpenFile second = new(bytes, AccessModes.ReadWrite);
        second.Write("1234"u8, out _);
        second.Seek(0, Whence.Start, out _);
        first.Write("56"u8, out _);
        Assert.That(Position(first), Is.EqualTo(6));
        Assert.That(Position(second), Is.Zero);
        Assert.That(first.SetStatus(StatusFlags.None), Is.EqualTo(Errno.Success));
        first.Seek(0, Whence.Start, out _);
        first.Write("X"u8, out _);
        Assert.That(bytes.Content, Is.EqualTo("X23456"u8.ToArray()));
    }

    [Test]
    public void The_access_mode_is_EBADF_for_reads_and_writes_and_EINVAL_for_truncation()
    {
        Bytes bytes = new();
        OpenFile reader = new(bytes, AccessModes.Read);
        OpenFile writer = new(bytes, AccessModes.Write);
        OpenFile neither = new(bytes, AccessModes.None);
        byte[] buffer = new byte[1];
        foreach (OpenFile file in new[] { writer, neither })
        {
            Assert.That(file.Read(buffer, out _), Is.EqualTo(Errno.BadF));
            Assert.That(file.ReadAt(buffer, 0, out _), Is.EqualTo(Errno.BadF));
            Assert.That(file.Read([], out _), Is.EqualTo(Errno.BadF));
        }

        foreach (OpenFile file in new[] { reader, neither })
        {
            Assert.That(file.Write(buffer, out _), Is.EqualTo(Errno.BadF));
            Assert.That(file.WriteAt(buffer, 0, out _), Is.EqualTo(Errno.BadF));
            Assert.That(file.Allocate(0, 1), Is.EqualTo(Errno.BadF));
            Assert.That(file.SetSize(1), Is.EqualTo(Errno.Inval));
        }

        Assert.That(bytes.Calls, Is.Zero);
    }

    [Test]
    public void Numbers_that_cannot_be_do_not_reach_the_file()
    {
        Bytes bytes = new();
        OpenFile file = new(bytes, AccessModes.ReadWrite);
        byte[] buffer = new byte[2];
        Assert.That(file.ReadAt(buffer, -1, out _), Is.EqualTo(Errno.Inval));
        Assert.That(file.WriteAt(buffer, long.MinValue, out _), Is.EqualTo(Errno.Inval));
        Assert.That(file.WriteAt(buffer, long.MaxValue - 1, out _), Is.EqualTo(Errno.FBig));
        Assert.That(file.SetSize(-1), Is.EqualTo(Errno.Inval));
        Assert.That(file.Allocate(-1, 1), Is.EqualTo(Errno.Inval));
        Assert.That(file.Allocate(0, 0), Is.EqualTo(Errno.Inval));
        Assert.That(file.Allocate(0, -1), Is.EqualTo(Errno.Inval));
        Assert.That(file.Allocate(long.MaxValue, 1), Is.EqualTo(Errno.FBig));
        Assert.That(file.Seek(long.MaxValue, Whence.Start, out _), Is.EqualTo(Errno.Success));
        Assert.That(file.Write(buffer, out _), Is.EqualTo(Errno.FBig));
        Assert.That(bytes.Calls, Is.Zero);
    }

    [Test]
    public void Numbers_that_cannot_be_were_told_after_access()
    {
        OpenFile readable = new(new Bytes(), AccessModes.Read);
        OpenFile writable = new(new Bytes(), AccessModes.Write);
        byte[] buffer = new byte[2];
        Assert.That(writable.ReadAt(buffer, -1, out _), Is.EqualTo(Errno.Inval));
        Assert.That(readable.WriteAt(buffer, -1, out _), Is.EqualTo(Errno.Inval));
        Assert.That(readable.Allocate(0, 0), Is.EqualTo(Errno.Inval));
        Assert.That(readable.Allocate(-1, 1), Is.EqualTo(Errno.Inval));
    }

    [TestCase(5, Whence.Start, 5)]
    [TestCase(0, Whence.Current, 10)]
    [TestCase(-10, Whence.Current, 0)]
    [TestCase(1_000_000, Whence.Current, 1_000_010)]
    [TestCase(0, Whence.End, 20)]
    [TestCase(-20, Whence.End, 0)]
    [TestCase(long.MaxValue - 10, Whence.Current, long.MaxValue)]
    public void The_offset_goes_where_it_is_sent(long offset, Whence whence, long position)
    {
        OpenFile file = At10Of20();
        Assert.That(file.Seek(offset, whence, out long now), Is.EqualTo(Errno.Success));
        Assert.That(now, Is.EqualTo(position));
        Assert.That(Position(file), Is.EqualTo(position));
    }

    [TestCase(-1, Whence.Start, Errno.Inval)]
    [TestCase(long.MinValue, Whence.Start, Errno.Inval)]
    [TestCase(-11, Whence.Current, Errno.Inval)]
    [TestCase(long.MinValue, Whence.Current, Errno.Inval)]
    [TestCase(-21, Whence.End, Errno.Inval)]
    [TestCase(long.MaxValue - 9, Whence.Current, Errno.Overflow)]
    [TestCase(long.MaxValue, Whence.Current, Errno.Overflow)]
    public void A_position_that_cannot_be_leaves_the_offset(long offset, Whence whence, Errno errno)
    {
        OpenFile file = At10Of20();
        Assert.That(file.Seek(offset, whence, out long now), Is.EqualTo(errno));
        Assert.That(now, Is.Zero);
        Assert.That(Position(file), Is.EqualTo(10));
    }

    [Test]
    public void A_stream_has_no_position()
    {
        OpenFile file = Make.File();
        Assert.That(file.Seek(0, Whence.Current, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(file.ReadAt(new byte[1], 0, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(file.ReadAt([], 0, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(file.WriteAt(new byte[1], 0, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(file.Allocate(0, 1), Is.EqualTo(Errno.SPipe));
    }

    [Test]
    public void An_empty_buffer_never_reaches_the_file()
    {
        Bytes bytes = new();
        OpenFile file = new(bytes, AccessModes.ReadWrite);
        OpenFile stream = Make.File();
        Assert.That(file.Read([], out int count), Is.EqualTo(Errno.Success));
        Assert.That(file.Write([], out count), Is.EqualTo(Errno.Success));
        Assert.That(file.ReadAt([], 5, out count), Is.EqualTo(Errno.Success));
        Assert.That(file.WriteAt([], 5, out count), Is.EqualTo(Errno.Success));
        Assert.That(stream.Read([], out count), Is.EqualTo(Errno.Success));
        Assert.That(stream.Write([], out count), Is.EqualTo(Errno.Success));
        Assert.That((count, bytes.Calls), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Status_flags_change_only_when_the_file_lets_them()
    {
        Bytes bytes = new();
        OpenFile file = new(bytes, AccessModes.Read, StatusFlags.NonBlocking);
        Assert.That(file.IsNonBlocking, Is.True);
        bytes.StatusOutcome = Errno.Perm;
        Assert.That(file.SetStatus(StatusFlags.None), Is.EqualTo(Errno.Perm));
        Assert.That(file.IsNonBlocking, Is.True);
        bytes.StatusOutcome = Errno.Success;
        Assert.That(file.SetStatus(StatusFlags.Append), Is.EqualTo(Errno.Success));
        Assert.That(file.Status, Is.EqualTo(StatusFlags.Append));
    }

    [Test]
    public void Writers_that_share_an_offset_overwrite_nothing()
    {
        const int Writers = 4;
        const int Each = 2_000;
        Bytes bytes = new();
        OpenFile file = new(bytes, AccessModes.ReadWrite);
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (int i = 0; i < Each; i++)
            {
                file.Write([(byte)(writer + 1), (byte)(writer + 1)], out _);
            }
        });
        byte[] content = bytes.Content;
        Assert.That(content, Has.Length.EqualTo(Writers * Each * 2));
        Assert.That(content.Chunk(2).All(pair => pair[0] == pair[1]), Is.True);
        Assert.That(content.GroupBy(value => value).Select(group => group.Count()), Is.All.EqualTo(Each * 2));
    }

    private static OpenFile At10Of20()
    {
        OpenFile file = new(new Bytes(), AccessModes.ReadWrite);
        file.Write(new byte[20], out _);
        file.Seek(10, Whence.Start, out _);
        return file;
    }

    private static long Position(OpenFile file)
    {
        Assert.That(file.Seek(0, Whence.Current, out long position), Is.EqualTo(Errno.Success));
        return position;
    }

    /// <summary>A file of bytes that counts the calls that reach it.</summary>
    private sealed class Bytes : FileOperations
    {
        private byte[] _content = [];

        public override FileType Type => FileType.Regular;

        public override bool IsSeekable => true;

        internal int Calls { get; private set; }

        internal Errno StatusOutcome { get; set; }

        internal byte[] Content => _content;

        public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
        {
            Calls++;
            ReadOnlySpan<byte> rest = _content.AsSpan((int)Math.Min(offset, _content.Length));
            count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            return Errno.Success;
        }

        public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
        {
            Calls++;
            Array.Resize(ref _content, Math.Max(_content.Length, (int)offset + buffer.Length));
            buffer.CopyTo(_content.AsSpan((int)offset));
            count = buffer.Length;
            return Errno.Success;
        }

        public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count)
        {
            Errno errno = WriteAt(file, buffer, _content.Length, out count);
            end = _content.Length;
            return errno;
        }

        public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
        {
            position = _content.Length + offset;
            return Errno.Success;
        }

        public override Errno SetSize(OpenFile file, long size)
        {
            Calls++;
            return Errno.Success;
        }

        public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode)
        {
            Calls++;
            return Errno.Success;
        }

        public override Errno SetStatus(OpenFile file, StatusFlags flags) => StatusOutcome;
    }
}
