using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Nodes;

/// <summary>Special files of a tree: FIFOs, and programs of the host's; in memory, and in an overlay's upper layer.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class NodeTests(bool overlay)
{
    private const AccessModes Both = AccessModes.ReadWrite;
    private readonly FakeProgram _program = new();
    private TestBox _box = null!;
    private FakePipes _pipes = null!;

    [SetUp]
    public void SetUp()
    {
        using MemoryFileSystem below = MemoryFileSystem.Detached();
        _box = new TestBox(options => _ = overlay
            ? options.MountOverlay("/", layers => layers.LowerSnapshot(below.Snapshot()))
            : options.MountMemory("/"));
        _box.Kernel.Anonymous = _pipes = new FakePipes();
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void A_FIFO_has_what_a_file_has()
    {
        _box.BecomeUser(7, 70);
        _box.Process.Credentials = Credentials.Root;
        _box.Process.Umask = 0x12;
        Assert.That(MakeFifo("/p", 0x1B6), Is.EqualTo(Errno.Success));
        FileStat stat = _box.Stat("/p");
        Assert.That((stat.Type, stat.Mode, stat.Links, stat.Size), Is.EqualTo((FileType.Fifo, (ushort)0x1A4, 1u, 0L)));
        Assert.That(stat.ModifyTime, Is.EqualTo(_box.Clock.Time));
        Assert.That(_box.Link("/p", "/q"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Rename("/p", "/r"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/r").Links, Is.EqualTo(2));
        Assert.That(_box.Files.SetMode(_box.Path("/q"), 0x180), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.SetOwner(_box.Path("/q"), new OwnerUpdate(7, 70)), Is.EqualTo(Errno.Success));
        stat = _box.Stat("/r");
        Assert.That((stat.Mode, stat.UserId, stat.GroupId), Is.EqualTo(((ushort)0x180, 7u, 70u)));
        Assert.That(_box.Unlink("/r"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/q").Links, Is.EqualTo(1));
        Assert.That(_box.Unlink("/q"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/q"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void Both_ends_of_a_FIFO_meet_and_tell_the_same_inode()
    {
        Assert.That(MakeFifo("/p"), Is.EqualTo(Errno.Success));
        OpenFile reader = _box.Open("/p", status: StatusFlags.NonBlocking);
        Assert.That(reader.Operations.Opening(reader), Is.EqualTo(Errno.Again));
        OpenFile writer = _box.Open("/p", OpenFlags.Create | OpenFlags.Truncate, AccessModes.Write);
        Assert.That(writer.Operations.Opening(writer), Is.EqualTo(Errno.Success));
        Assert.That(writer.Write("hello"u8, out _), Is.EqualTo(Errno.Success));
        byte[] bytes = new byte[9];
        Assert.That(reader.Read(bytes, out int count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(bytes, 0, count), Is.EqualTo("hello"));
        Assert.That(reader.Operations.Stat(reader, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That((stat.Device, stat.Inode, stat.Type), Is.EqualTo((_box.Stat("/p").Device, _box.Stat("/p").Inode, FileType.Fifo)));
        Assert.That(reader.ReadAt(bytes, 0, out _), Is.EqualTo(Errno.SPipe));
        Assert.That(_box.Unlink("/p"), Is.EqualTo(Errno.Success));
        Assert.That(reader.Operations.Stat(reader, out stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Links, Is.Zero);
        writer.Release();
        Assert.That(reader.Read(bytes, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        reader.Release();
    }

    [Test]
    public void Opening_a_FIFO_asks_for_permission_and_naming_it_takes_no_end()
    {
        Assert.That(MakeFifo("/p", 0x180), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/p", out _, access: AccessModes.Write, status: StatusFlags.NonBlocking), Is.EqualTo(Errno.NxIO));
        OpenFile named = _box.Open("/p", access: AccessModes.None);
        Assert.That(_box.TryOpen("/p", out _, access: AccessModes.Write, status: StatusFlags.NonBlocking), Is.EqualTo(Errno.NxIO));
        named.Release();
        Assert.That(_box.TryOpen("/p", OpenFlags.Execute), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/p", OpenFlags.Directory), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.Files.SetSize(_box.Path("/p"), 0), Is.EqualTo(Errno.Inval));
        _box.BecomeUser(7);
        Assert.That(_box.TryOpen("/p", access: Both), Is.EqualTo(Errno.Access));
    }

    [Test]
    public void A_name_that_is_taken_cannot_be_made()
    {
        _box.Write("/a", "");
        Assert.That(MakeFifo("/a"), Is.EqualTo(Errno.Exist));
        Assert.That(MakeFifo("/b/"), Is.EqualTo(Errno.NoEnt));
        Assert.That(MakeFifo("/b/c"), Is.EqualTo(Errno.NoEnt));
        _box.BecomeUser(7);
        Assert.That(MakeFifo("/b"), Is.EqualTo(Errno.Access));
    }

    [Test]
    public void A_program_of_the_hosts_runs_and_reads_as_empty()
    {
        Assert.That(_box.Files.MakeNode(_box.Path("/run"), new ProgramFile(_program), 0x1C9), Is.EqualTo(Errno.Success));
        FileStat stat = _box.Stat("/run");
        Assert.That((stat.Type, stat.Size, stat.Mode), Is.EqualTo((FileType.Regular, 0L, (ushort)0x1C9)));
        _box.BecomeUser(7);
        OpenFile file = _box.Open("/run", OpenFlags.Execute);
        Assert.That((file.Operations as ProgramOperations)?.Program, Is.SameAs(_program));
        Assert.That(file.Operations.Stat(file, out stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Inode, Is.EqualTo(_box.Stat("/run").Inode));
        file.Release();
        Assert.That(_box.TryOpen("/run"), Is.EqualTo(Errno.Access));
        _box.Process.Credentials = Credentials.Root;
        Assert.That(_box.Read("/run"), Is.Empty);
        Assert.That(_box.TryOpen("/run", access: AccessModes.Write), Is.EqualTo(Errno.TxtBsy));
        Assert.That(_box.TryOpen("/run", OpenFlags.Truncate), Is.EqualTo(Errno.TxtBsy));
        Assert.That(_box.Files.SetSize(_box.Path("/run"), 0), Is.EqualTo(Errno.TxtBsy));
        Assert.That(_box.Files.SetMode(_box.Path("/run"), 0x1A4), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/run", OpenFlags.Execute), Is.EqualTo(Errno.Access));
    }

    private Errno MakeFifo(string path, ushort mode = 0x1B6) =>
        _box.Files.MakeNode(_box.Path(path), _box.Kernel.Anonymous.Fifo(_box.Kernel)!, mode);
}
