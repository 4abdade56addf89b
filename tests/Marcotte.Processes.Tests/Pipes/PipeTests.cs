using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Tests.Pipes;

/// <summary>pipe(7), and POSIX's write() for pipes.</summary>
[TestFixture]
public sealed class PipeTests
{
    private const int Capacity = 64 * 1024;

    private static readonly byte[] Big = new byte[200_000];

    [Test]
    public void What_is_written_is_read_in_order()
    {
        var (reader, writer) = Make.Pipe();
        Make.Put(writer, "abc");
        Make.Put(writer, "def");
        Assert.That(Make.Text(reader, 4), Is.EqualTo("abcd"));
        Assert.That(Make.Text(reader), Is.EqualTo("ef"));
        Assert.That(Make.Text(reader), Is.EqualTo("Again"));
    }

    [Test]
    public void The_wrong_end_is_EBADF_and_positions_are_ESPIPE()
    {
        var (reader, writer) = Make.Pipe();
        Assert.That(reader.Write([1], out _), Is.EqualTo(Errno.BadF));
        Assert.That(writer.Read(new byte[1], out _), Is.EqualTo(Errno.BadF));
        Assert.That(reader.Seek(0, Whence.Start, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(reader.ReadAt(new byte[1], 0, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(writer.WriteAt([1], 0, out _), Is.EqualTo(Errno.SPipe));
    }

    [Test]
    public void A_short_write_fits_whole_or_not_at_all([Values] bool waits)
    {
        var (reader, writer) = Make.Pipe(status: waits ? StatusFlags.None : StatusFlags.NonBlocking);
        Assert.That(writer.Write(Big.AsSpan(0, Capacity - 4000), out _), Is.EqualTo(Errno.Success));
        Assert.That(writer.Write(Big.AsSpan(0, 4001), out int count), Is.EqualTo(Errno.Again));
        Assert.That(count, Is.Zero);
        Assert.That(writer.Write(Big.AsSpan(0, 4000), out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4000));
        Assert.That(writer.Write([1], out _), Is.EqualTo(Errno.Again));
    }

    [Test]
    public void A_long_write_that_may_not_wait_writes_what_fits()
    {
        var (reader, writer) = Make.Pipe(status: StatusFlags.NonBlocking);
        Assert.That(writer.Write(Big, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(Capacity));
        Assert.That(writer.Write(Big, out _), Is.EqualTo(Errno.Again));
        Assert.That(reader.Read(new byte[10], out _), Is.EqualTo(Errno.Success));
        Assert.That(writer.Write(Big, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(10));
    }

    [Test]
    public void Without_a_writer_it_ends_after_what_is_left()
    {
        var (reader, writer) = Make.Pipe();
        Make.Put(writer, "last");
        writer.Release();
        Assert.That(reader.Poll(), Is.EqualTo(Readiness.In | Readiness.HangUp));
        Assert.That(Make.Text(reader), Is.EqualTo("last"));
        Assert.That(Make.Text(reader), Is.Empty);
        Assert.That(reader.Poll(), Is.EqualTo(Readiness.HangUp));
    }

    [Test]
    public void Without_a_reader_a_write_is_EPIPE()
    {
        var (reader, writer) = Make.Pipe();
        reader.Release();
        Assert.That(Make.Put(writer, "x"), Is.EqualTo(Errno.Pipe));
        Assert.That(writer.Poll(), Is.EqualTo(Readiness.Out | Readiness.Error));
    }

    [Test]
    public void Readiness_is_Linuxs()
    {
        var (reader, writer) = Make.Pipe(status: StatusFlags.NonBlocking);
        Assert.That((reader.Poll(), writer.Poll()), Is.EqualTo((Readiness.None, Readiness.Out)));
        writer.Write(Big.AsSpan(0, Capacity - 4096), out _);
        Assert.That((reader.Poll(), writer.Poll()), Is.EqualTo((Readiness.In, Readiness.Out)));
        writer.Write([1], out _);
        Assert.That(writer.Poll(), Is.EqualTo(Readiness.None), "less than PIPE_BUF is left");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Who_waits_is_told_that_the_other_end_is_gone(bool reads)
    {
        Kernel kernel = Make.Kernel();
        var (reader, writer) = Make.Pipe(kernel, StatusFlags.NonBlocking);
        writer.Write(reads ? [] : Big, out _);
        OpenFile mine = reads ? reader : writer;
        GuestThread thread = Make.Thread(kernel, 2);
        Task<Errno> wait = Make.Run(() => thread.Waiter.WaitFor(mine, reads ? Readiness.In : Readiness.Out, Deadline.Never));
        Make.Until(() => mine.Queue!.Count == 1, "It does not wait.");
        (reads ? writer : reader).Release();
        Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Success));
        Assert.That(reads ? reader.Read(new byte[1], out _) : writer.Write([1], out _), Is.EqualTo(reads ? Errno.Success : Errno.Pipe));
    }

    [Test]
    public void FIONREAD_tells_how_much_there_is()
    {
        var (reader, writer) = Make.Pipe();
        writer.Write(Big.AsSpan(0, 5000), out _);
        reader.Read(new byte[1000], out _);
        Assert.That(reader.Operations.Readable(reader, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4000));
    }

    [Test]
    public void Both_ends_are_one_inode_and_each_pipe_another()
    {
        Kernel kernel = Make.Kernel();
        var (reader, writer) = Make.Pipe(kernel);
        var (other, _) = Make.Pipe(kernel);
        FileStat[] stats = [.. new[] { reader, writer, other }.Select(file =>
        {
            Assert.That(file.Operations.Stat(file, out FileStat stat), Is.EqualTo(Errno.Success));
            return stat;
        })];
        Assert.That(stats[0], Is.EqualTo(stats[1]));
        Assert.That((stats[0].Type, stats[0].Mode, stats[0].Size, stats[0].Links), Is.EqualTo((FileType.Fifo, (ushort)0x180, 0L, 1u)));
        Assert.That(stats[2].Inode, Is.Not.EqualTo(stats[0].Inode));
    }

    [Test]
    public void Beyond_the_limit_there_is_no_pipe_until_both_ends_of_one_are_closed()
    {
        Kernel kernel = Make.Kernel(new Limits { Pipes = 2 });
        var (reader, writer) = Make.Pipe(kernel);
        Make.Pipe(kernel);
        Process process = Make.Process(kernel);
        Assert.That(kernel.Anonymous.Pipe(process, StatusFlags.None, out _, out _), Is.EqualTo(Errno.NFile));
        reader.Release();
        Assert.That(kernel.Anonymous.Pipe(process, StatusFlags.None, out _, out _), Is.EqualTo(Errno.NFile));
        writer.Release();
        Assert.That(kernel.Anonymous.Pipe(process, StatusFlags.None, out _, out _), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Its_size_can_be_changed_but_not_below_what_it_holds()
    {
        Kernel kernel = Make.Kernel();
        var (reader, writer) = Make.Pipe(kernel, StatusFlags.NonBlocking);
        writer.Write(Big.AsSpan(0, 5000), out _);
        Assert.That(kernel.Anonymous.SetPipeBytes(writer, 1), Is.EqualTo(Errno.Busy));
        Assert.That(kernel.Anonymous.SetPipeBytes(writer, 5001), Is.EqualTo(Errno.Success));
        Assert.That(kernel.Anonymous.GetPipeBytes(reader, out int bytes), Is.EqualTo(Errno.Success));
        Assert.That(bytes, Is.EqualTo(8192));
        writer.Write(Big, out int count);
        Assert.That(count, Is.EqualTo(8192 - 5000));
        Assert.That(kernel.Anonymous.SetPipeBytes(writer, Capacity + 1), Is.EqualTo(Errno.Perm));
        Assert.That(kernel.Anonymous.SetPipeBytes(writer, -1), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Content_survives_a_change_of_size_at_every_offset([Random(0, 4095, 20)] int offset)
    {
        Kernel kernel = Make.Kernel();
        var (reader, writer) = Make.Pipe(kernel, StatusFlags.NonBlocking);
        kernel.Anonymous.SetPipeBytes(writer, 8192);
        writer.Write(Big.AsSpan(0, 6000 + offset % 2000), out _);
        reader.Read(new byte[6000 + offset % 2000], out _);
        byte[] content = [.. Enumerable.Range(0, 4000).Select(i => (byte)i)];
        writer.Write(content, out _);
        kernel.Anonymous.SetPipeBytes(writer, 4096);
        kernel.Anonymous.SetPipeBytes(writer, 32768);
        writer.Write(content, out _);
        byte[] read = new byte[10_000];
        reader.Read(read, out int count);
        Assert.That(read.AsSpan(0, count).SequenceEqual((byte[])[.. content, .. content]), Is.True);
    }

    [Test]
    public void An_empty_pipe_holds_no_large_buffer()
    {
        var (reader, writer) = Make.Pipe();
        Pipe pipe = ((PipeFile)reader.Operations).Pipe;
        Assert.That(pipe.HeldBytes, Is.Zero);
        writer.Write(Big.AsSpan(0, 10_000), out _);
        Assert.That(pipe.HeldBytes, Is.GreaterThanOrEqualTo(10_000));
        reader.Read(new byte[10_000], out _);
        Make.Text(reader);
        Assert.That(pipe.HeldBytes, Is.Zero);
    }

    [Test]
    public void Splice_moves_between_pipes_and_loses_nothing()
    {
        Kernel kernel = Make.Kernel();
        var (from, fill) = Make.Pipe(kernel);
        var (drain, to) = Make.Pipe(kernel);
        Make.Put(fill, "hello");
        Assert.That(kernel.Anonymous.Splice(from, null, to, null, 3, out long count), Is.EqualTo(Errno.Success));
        Assert.That((count, Make.Text(drain), Make.Text(from)), Is.EqualTo((3L, "hel", "lo")));
        Assert.That(kernel.Anonymous.Splice(from, null, to, null, 3, out _), Is.EqualTo(Errno.Again));
        Make.Put(fill, "more");
        drain.Release();
        Assert.That(kernel.Anonymous.Splice(from, null, to, null, 3, out _), Is.EqualTo(Errno.Pipe));
        Assert.That(Make.Text(from), Is.EqualTo("more"));
        Assert.That(kernel.Anonymous.Splice(from, 0, to, null, 3, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(kernel.Anonymous.Splice(from, null, fill, null, 3, out _), Is.EqualTo(Errno.Inval));
        Assert.That(kernel.Anonymous.Splice(to, null, fill, null, 3, out _), Is.EqualTo(Errno.BadF));
    }
}
