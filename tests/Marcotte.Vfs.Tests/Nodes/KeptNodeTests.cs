using System.IO.Abstractions;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.HostAccess;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Nodes;

/// <summary>Special files where trees are kept, shared and carried about.</summary>
internal sealed class KeptNodeTests
{
    private static readonly FakeProgram Hosted = new();

    [Test]
    public void Each_box_of_a_snapshot_has_a_FIFO_of_its_own_and_shares_the_program()
    {
        TreeSnapshot snapshot = Prepare();
        using TestBox first = Boot(options => options.MountSnapshot("/", snapshot));
        using TestBox second = Boot(options => options.MountSnapshot("/", snapshot));
        OpenFile reader = first.Open("/p", status: StatusFlags.NonBlocking);
        Assert.That(first.Stat("/p").Mode, Is.EqualTo(0x1A4));
        Assert.That(second.TryOpen("/p", out _, access: AccessModes.Write, status: StatusFlags.NonBlocking), Is.EqualTo(Errno.NxIO));
        OpenFile writer = first.Open("/p", access: AccessModes.Write, status: StatusFlags.NonBlocking);
        writer.Release();
        reader.Release();
        foreach (TestBox box in new[] { first, second })
        {
            OpenFile file = box.Open("/run", OpenFlags.Execute);
            Assert.That((file.Operations as ProgramOperations)?.Program, Is.SameAs(Hosted));
            file.Release();
        }
    }

    [Test]
    public void A_socket_of_a_snapshot_is_seen_and_leads_nowhere()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached();
        Assert.That(tree.Root.MakeNode("s"u8, new Socket(), new Creation(0x1FF, 0, 0)), Is.EqualTo(Errno.Success));
        using TestBox box = Boot(options => options.MountSnapshot("/", tree.Snapshot()));
        Assert.That(box.Stat("/s").Type, Is.EqualTo(FileType.StreamSocket));
        Assert.That(box.TryOpen("/s"), Is.EqualTo(Errno.NxIO));
        Assert.That(box.Unlink("/s"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void A_FIFO_outlives_its_copying_up_with_both_ends()
    {
        TreeSnapshot snapshot = Prepare();
        using TestBox box = Boot(options => options.MountOverlay("/", layers => layers.LowerSnapshot(snapshot)));
        OpenFile reader = box.Open("/p", status: StatusFlags.NonBlocking);
        ulong inode = box.Stat("/p").Inode;
        Assert.That(box.Files.SetMode(box.Path("/p"), 0x1FF), Is.EqualTo(Errno.Success));
        Assert.That((box.Stat("/p").Mode, box.Stat("/p").Inode), Is.EqualTo(((ushort)0x1FF, inode)));
        OpenFile writer = box.Open("/p", access: AccessModes.Write, status: StatusFlags.NonBlocking);
        Assert.That(writer.Write("x"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(reader.Read(new byte[2], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(1));
        Assert.That(box.Unlink("/p"), Is.EqualTo(Errno.Success));
        Assert.That(box.TryStat("/p"), Is.EqualTo(Errno.NoEnt));
        writer.Release();
        reader.Release();
    }

    [Test]
    public void What_keeps_no_special_files_refuses_them()
    {
        DirectoryInfo outside = Directory.CreateTempSubdirectory("marcotte");
        try
        {
            using TestBox box = Boot(options => options
                .MountHostDirectory("/host", outside.FullName)
                .MountFileSystem("/other", new System.IO.Abstractions.TestingHelpers.MockFileSystem())
                .MountMemory("/fixed", readOnly: true)
                .MountDevices());
            Errno Make(string path) => box.Files.MakeNode(box.Path(path), new FakeFifo(), 0x1B6);
            Assert.That(
                new[] { Make("/host/p"), Make("/other/p"), Make("/fixed/p"), Make("/dev/p") },
                Is.EqualTo((Errno[])[Errno.Perm, Errno.Perm, Errno.RoFs, Errno.RoFs]));
            Assert.That(outside.GetFileSystemInfos(), Is.Empty);
        }
        finally
        {
            outside.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_tar_keeps_FIFOs_and_leaves_programs_out()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(Prepare());
        Assert.That(tree.Root.Lookup("run"u8, out Inode? program), Is.EqualTo(Errno.Success));
        Assert.That(tree.Root.Link("again"u8, program!), Is.EqualTo(Errno.Success));
        using MemoryStream tar = new();
        await TreeArchive.ExportAsync(tree.Root, tar);
        tar.Position = 0;
        using TestBox box = Boot(options => options.MountMemory("/"));
        await TreeArchive.ImportAsync(box.Files.Mounts.Root.Root, tar);
        Assert.That(box.List("/"), Is.EquivalentTo((string[])[".", "..", "p"]));
        Assert.That((box.Stat("/p").Type, box.Stat("/p").Mode), Is.EqualTo((FileType.Fifo, (ushort)0x1A4)));
        OpenFile both = box.Open("/p", access: AccessModes.ReadWrite);
        both.Release();
        Assert.That(((FakePipes)box.Kernel.Anonymous).Made, Is.EqualTo(1));
        box.Kernel.Anonymous = AnonymousFiles.None;
        Assert.That(box.Rename("/p", "/q"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void In_a_box_without_pipes_a_FIFO_leads_nowhere()
    {
        using TestBox box = new(options => options.MountSnapshot("/", Prepare()));
        Assert.That(box.TryOpen("/p", access: AccessModes.ReadWrite), Is.EqualTo(Errno.NxIO));
    }

    [Test]
    public void Programs_run_where_the_mount_lets_them()
    {
        using TestBox box = Boot(options => options.MountMemory("/").MountMemory("/run", new MountOptions { NoExecute = true }));
        foreach (string path in new[] { "/hello", "/run/hello" })
        {
            PathReference place = new(box.Process, null, Encoding.UTF8.GetBytes(path), PathFlags.None);
            Assert.That(box.Files.MakeNode(place, new ProgramFile(Hosted), 0x1ED), Is.EqualTo(Errno.Success));
        }

        Assert.That(box.TryOpen("/hello", OpenFlags.Execute), Is.EqualTo(Errno.Success));
        Assert.That(box.TryOpen("/run/hello", OpenFlags.Execute), Is.EqualTo(Errno.Access));
    }

    [Test]
    public async Task The_host_reads_what_a_process_writes_to_a_FIFO()
    {
        using TestBox box = Boot(options => options.MountSnapshot("/", Prepare()));
        IFileSystem files = new TreeFileSystem(box.Files, box.Process);
        Task<byte[]> reading = Task.Run(() =>
        {
            using Stream stream = files.File.OpenRead("/p");
            byte[] bytes = new byte[5];
            stream.ReadExactly(bytes);
            return bytes;
        });
        OpenFile writer = box.Open("/p", access: AccessModes.Write);
        Assert.That(writer.Write("hello"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(await reading), Is.EqualTo("hello"));
        writer.Release();
    }

    [Test]
    public void Who_may_only_run_a_program_reads_it_all_the_same()
    {
        using TestBox box = Boot(options => options.MountMemory("/"));
        box.Write("/run", "bytes");
        Assert.That(box.Files.SetMode(box.Path("/run"), 0x49), Is.EqualTo(Errno.Success));
        box.BecomeUser(7);
        Assert.That(box.TryOpen("/run"), Is.EqualTo(Errno.Access));
        OpenFile file = box.Open("/run", OpenFlags.Execute);
        Assert.That(file.ReadAt(new byte[9], 0, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(5));
        file.Release();
        Assert.That(box.TryOpen("/", OpenFlags.Execute), Is.EqualTo(Errno.Access));
    }

    private static TreeSnapshot Prepare()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached();
        Assert.That(tree.Root.MakeNode("p"u8, new FakeFifo(), new Creation(0x1A4, 0, 0)), Is.EqualTo(Errno.Success));
        Assert.That(tree.Root.MakeNode("run"u8, new ProgramFile(Hosted), new Creation(0x1ED, 0, 0)), Is.EqualTo(Errno.Success));
        return tree.Snapshot();
    }

    private static TestBox Boot(Action<VfsOptions> configure)
    {
        TestBox box = new(configure);
        box.Kernel.Anonymous = new FakePipes();
        return box;
    }

    private sealed class Socket : SpecialFile
    {
        public override FileType Type => FileType.StreamSocket;

        public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
        {
            operations = null;
            return Errno.NxIO;
        }
    }
}
