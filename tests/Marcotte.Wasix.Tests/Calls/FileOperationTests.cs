using System.Text;
using Marcotte.Core;

namespace Marcotte.Wasix.Tests;

/// <summary>Families 4 and 5, against files in memory.</summary>
[TestFixture]
public sealed class FileOperationTests
{
    private const int Here = -100;

    [Test]
    public void A_file_is_made_by_the_umask_and_described()
    {
        using Guest guest = new();
        int fd = guest.Open("/file");
        Assert.That(guest.Call(0x0402, new Request().Int(fd).UInt(0x1000).Text(string.Empty), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Length, Is.EqualTo(96));
        Assert.That(reply.Skip(40).UInt(), Is.EqualTo(0x81A4u));
        Assert.That(guest.Call(0x0402, new Request().Int(Here).UInt(0).Text("/none")), Is.EqualTo(Errno.NoEnt));
        Assert.That(guest.Call(0x0402, new Request().Int(Here).UInt(0).Text(string.Empty)), Is.EqualTo(Errno.NoEnt));
        Assert.That(guest.Call(0x0402, new Request().Int(99).UInt(0).Text("file")), Is.EqualTo(Errno.BadF));
        Assert.That(guest.Call(0x0402, new Request().Int(99).UInt(0).Text("/file")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0402, new Request().Int(Here).UInt(2).Text("/file")), Is.EqualTo(Errno.Inval));
    }

    [TestCase(0xC2u, Errno.Exist)]
    [TestCase(0x1_0000u, Errno.NotDir)]
    [TestCase(3u, Errno.Inval)]
    [TestCase(0x41_0002u, Errno.NotSup)]
    public void Opening_refuses(uint flags, Errno expected)
    {
        using Guest guest = new();
        guest.Open("/file");
        Assert.That(guest.Call(0x0401, new Request().Int(Here).UInt(flags).UInt(0x1B6).Text("/file")), Is.EqualTo(expected));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(1));
    }

    [Test]
    public void Names_come_and_go()
    {
        using Guest guest = new();
        int fd = guest.Open("/file");
        Assert.That(guest.Call(0x0408, new Request().Int(Here).UInt(0x1FF).Text("/deep")), Is.EqualTo(Errno.Success));
        int deep = guest.Open("/deep", 0x1_0000);
        Assert.That(guest.Call(0x040A, new Request().Int(Here).Text("/file").Int(deep).Text("moved").UInt(0)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x040B, new Request().Int(deep).Text("moved").Int(Here).Text("/again").UInt(0)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x040A, new Request().Int(Here).Text("/again").Int(deep).Text("moved").UInt(1)), Is.EqualTo(Errno.Exist));
        Assert.That(guest.Call(0x040A, new Request().Int(Here).Text("/again").Int(deep).Text("moved").UInt(3)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x040C, new Request().Text("deep/moved").Int(Here).Text("/link")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x040D, new Request().Int(Here).Text("/link"), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(reply.Bytes), Is.EqualTo("deep/moved"));
        Assert.That(guest.Call(0x040D, new Request().Int(Here).Text("/link"), out reply, room: 4), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(reply.Bytes), Is.EqualTo("deep"));
        Assert.That(guest.Call(0x0409, new Request().Int(deep).UInt(0).Text("moved")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0409, new Request().Int(Here).UInt(0).Text("/deep")), Is.EqualTo(Errno.IsDir));
        Assert.That(guest.Call(0x0409, new Request().Int(Here).UInt(0x200).Text("/deep")), Is.EqualTo(Errno.Success));
        Assert.That(fd, Is.Zero);
    }

    [Test]
    public void Attributes_change_by_name_and_by_descriptor()
    {
        using Guest guest = new();
        int fd = guest.Open("/file");
        Assert.That(guest.Call(0x0403, new Request().Int(Here).UInt(0).UInt(0x9C0).Text("/file")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0404, new Request().Int(fd).UInt(0x1000).UInt(7).UInt(uint.MaxValue).Text(string.Empty)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x040E, new Request().Int(Here).UInt(0).Long(5).UInt(6).Long(0).UInt(0x3FFFFFFE).Text("/file")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0407, new Request().Long(100).Text("/file")), Is.EqualTo(Errno.Success));
        guest.Call(0x0402, new Request().Int(Here).UInt(0).Text("/file"), out Reply reply);
        Assert.That(reply.Skip(24).Long(), Is.EqualTo(100));
        Assert.That(reply.Skip(16).UInt(), Is.EqualTo(7));
        Assert.That(reply.Skip(12).Long(), Is.EqualTo(5_000_000_006));
        Assert.That(guest.Call(0x040E, new Request().Int(Here).UInt(0).Long(5).UInt(1_000_000_000).Long(0).UInt(0).Text("/file")), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0406, new Request().Int(Here).UInt(0).UInt(6).Text("/file")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0406, new Request().Int(Here).UInt(0).UInt(8).Text("/file")), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x040F, new Request().Int(fd).UInt(0x1000).Text(string.Empty), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Length, Is.EqualTo(88));
    }

    [Test]
    public void The_working_directory_moves()
    {
        using Guest guest = new();
        guest.Call(0x0408, new Request().Int(Here).UInt(0x1FF).Text("/deep"));
        int deep = guest.Open("/deep", 0x1_0000);
        Assert.That(guest.Call(0x0412, new Request().Int(deep)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0413, new Request(), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(reply.Bytes), Is.EqualTo("/deep"));
        Assert.That(guest.Call(0x0413, new Request(), out _, room: 4), Is.EqualTo(Errno.Range));
        Assert.That(guest.Call(0x0411, new Request().Text("..")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0411, new Request().Text("none")), Is.EqualTo(Errno.NoEnt));
        Assert.That(guest.Call(0x0410, new Request().Text("deep")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0414, new Request()), Is.EqualTo(Errno.Success));
    }

    [TestCase(0x2000u, Errno.Perm)]
    [TestCase(0xC000u, Errno.Perm)]
    [TestCase(0xF000u, Errno.Inval)]
    [TestCase(0x1000u, Errno.NoSys)]
    [TestCase(0x8000u, Errno.Success)]
    public void Nodes_are_files_and_fifos(uint type, Errno expected)
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x0405, new Request().Int(Here).UInt(type | 0x1B6).Long(0).Text("/node")), Is.EqualTo(expected));
    }

    [Test]
    public void Descriptors_are_doubled_closed_and_flagged()
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x0501, new Request().UInt(0x8_0800), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Int(), reply.Int()), Is.EqualTo((0, 1)));
        Assert.That(guest.Call(0x0503, new Request().Int(1), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.UInt(), Is.EqualTo(0x801u));
        Assert.That(guest.Call(0x0504, new Request().Int(1).UInt(0x41)), Is.EqualTo(Errno.Success));
        guest.Call(0x0503, new Request().Int(1), out reply);
        Assert.That(reply.UInt(), Is.EqualTo(1u));
        Assert.That(guest.Call(0x0502, new Request().Int(0).Int(30).UInt(0), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Int(), Is.EqualTo(30));
        Assert.That(guest.Call(0x0502, new Request().Int(0).Int(0).UInt(0)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0502, new Request().Int(0).Int(1024).UInt(0)), Is.EqualTo(Errno.BadF));
        Assert.That(guest.Call(0x0513, new Request().UInt(1).UInt(uint.MaxValue).UInt(4)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0513, new Request().UInt(1).UInt(uint.MaxValue).UInt(0)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(1));
        Assert.That(guest.Call(0x0513, new Request().UInt(2).UInt(1).UInt(0)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Locks_are_taken_tested_and_given_back()
    {
        using Guest guest = new();
        int fd = guest.Open("/file");
        int other = guest.Open("/file");
        Assert.That(guest.Call(0x0505, new Request().Int(fd).UInt(2)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0505, new Request().Int(other).UInt(1 | 4)), Is.EqualTo(Errno.Again));
        Assert.That(guest.Call(0x0505, new Request().Int(fd).UInt(8)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0505, new Request().Int(fd).UInt(3)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0506, Record(fd, 4, 1, 0, 10, 5)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0506, Record(other, 4, 0, 0, 12, 1)), Is.EqualTo(Errno.Again));
        Assert.That(guest.Call(0x0506, Record(other, 3, 0, 0, 0, 0), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.UInt(), reply.UInt(), reply.Long(), reply.Long(), reply.Int()), Is.EqualTo((1u, 0u, 10L, 5L, -1)));
        Assert.That(guest.Call(0x0506, Record(fd, 4, 2, 0, 0, 0)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0506, Record(other, 3, 0, 0, 0, 0), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.UInt(), Is.EqualTo(2));
        Assert.That(guest.Call(0x0506, Record(fd, 1, 0, 0, -1, 1)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Bytes_go_from_file_to_file_and_into_pipes()
    {
        using Guest guest = new();
        int fd = guest.Open("/file");
        guest.Process.Descriptors.TryGet(fd, out Descriptor? file);
        file!.File.Write("0123456789"u8, out _);
        int copy = guest.Open("/copy");
        Assert.That(guest.Call(0x0508, new Request().Int(fd).Long(2).Int(copy).Long(-1).Long(100).UInt(0), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Long(), reply.Long(), reply.Long()), Is.EqualTo((8L, 10L, -1L)));
        FakePipe pipe = new();
        int end = guest.Open(pipe);
        Assert.That(guest.Call(0x0508, new Request().Int(fd).Long(0).Int(end).Long(-1).Long(4).UInt(1), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Long(), Is.EqualTo(4));
        Assert.That(guest.Call(0x0508, new Request().Int(end).Long(-1).Int(copy).Long(0).Long(100).UInt(2), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Long(), Is.EqualTo(4));
        Assert.That(guest.Call(0x0508, new Request().Int(end).Long(-1).Int(copy).Long(0).Long(100).UInt(3)), Is.EqualTo(Errno.Again));
        Assert.That(guest.Call(0x0508, new Request().Int(end).Long(0).Int(copy).Long(0).Long(100).UInt(2)), Is.EqualTo(Errno.SPipe));
        Assert.That(guest.Call(0x0508, new Request().Int(fd).Long(0).Int(copy).Long(0).Long(100).UInt(2)), Is.EqualTo(Errno.Inval));
        int broken = guest.Open(new FakePipe { Broken = true });
        Assert.That(guest.Call(0x0508, new Request().Int(fd).Long(0).Int(broken).Long(-1).Long(4).UInt(1)), Is.EqualTo(Errno.Pipe));
        Assert.That(guest.Signals.Calls, Does.Contain("raise Pipe"));
    }

    [Test]
    public void Positions_sizes_and_what_can_be_read()
    {
        using Guest guest = new();
        int fd = guest.Open("/file");
        Assert.That(guest.Call(0x0507, new Request().Int(fd).UInt(0).Long(0).Long(50)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0507, new Request().Int(fd).UInt(2).Long(0).Long(50)), Is.EqualTo(Errno.NotSup));
        Assert.That(guest.Call(0x0514, new Request().Int(fd).Long(-20).UInt(2), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Long(), Is.EqualTo(30));
        Assert.That(guest.Call(0x0509, new Request().Int(fd), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Int(), Is.EqualTo(20));
        Assert.That(guest.Call(0x0509, new Request().Int(guest.Open(new FakePipe()))), Is.EqualTo(Errno.NoTty));
        Assert.That(guest.Call(0x0514, new Request().Int(fd).Long(0).UInt(5)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Poll_tells_of_each_and_leaves_out_what_is_below_zero()
    {
        using Guest guest = new();
        FakePipe pipe = new();
        int fd = guest.Open(pipe);
        Request request = new Request().Long(0).UInt(1).Long(4).UInt(3).Int(-1).UInt(1).Int(fd).UInt(1 | 4 | 0x100).Int(9).UInt(1);
        guest.Signals.Blocked = new SignalSet(8);
        Assert.That(guest.Call(0x0511, request, out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.UInt(), reply.UInt(), reply.UInt(), reply.UInt()), Is.EqualTo((2u, 0u, 0x104u, 0x20u)));
        Assert.That(guest.Signals.Calls, Is.EqualTo(new[] { "exchange 4", "exchange 8" }));
        Assert.That(guest.Call(0x0511, new Request().Long(0).UInt(0).Long(0).UInt(1).Int(fd).UInt(1), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.UInt(), Is.Zero);
        Assert.That(guest.Call(0x0511, new Request().Long(0).UInt(0).Long(0).UInt(5000)), Is.EqualTo(Errno.Inval));
    }

    private static Request Record(int fd, uint command, uint type, uint whence, long start, long length) =>
        new Request().Int(fd).UInt(command).UInt(type).UInt(whence).Long(start).Long(length);
}
