using Marcotte.Core;
using Marcotte.Vfs.Tests.Nodes;

namespace Marcotte.Vfs.Tests.Proc;

/// <summary>Links of /proc that lead to what is open, and to where a process is.</summary>
internal sealed class ProcLinkTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(static options => options.MountMemory("/").MountProc().MountDevices());
        _box.Kernel.Anonymous = new FakePipes();
        _box.Kernel.Processes = new FakeTable();
        ((FakeTable)_box.Kernel.Processes).Add(_box.Process, 0);
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void A_descriptor_of_a_regular_file_reads_as_its_path_and_opens_it_anew()
    {
        _box.MakeDirectory("/d");
        _box.Write("/d/f", "hello");
        int number = Add(_box.Open("/d/f"));
        string link = $"/proc/self/fd/{number}";
        Assert.That(Read(link), Is.EqualTo("/d/f"));
        Assert.That(_box.List("/proc/self/fd"), Is.EqualTo((string[])[".", "..", $"{number}"]));
        OpenFile again = _box.Open(link, access: AccessModes.ReadWrite);
        Assert.That(again, Is.Not.SameAs(FileOf(number)));
        Assert.That(again.Read(new byte[3], out _), Is.EqualTo(Errno.Success));
        Assert.That(again.Write("XX"u8, out _), Is.EqualTo(Errno.Success));
        again.Release();
        Assert.That(_box.Read("/d/f"), Is.EqualTo("helXX"));
        Assert.That(FileOf(number).Seek(0, Whence.Current, out long offset), Is.EqualTo(Errno.Success));
        Assert.That(offset, Is.Zero, "the offset is another one");
        Assert.That(_box.Stat(link).Inode, Is.EqualTo(_box.Stat("/d/f").Inode));
        Assert.That(_box.LinkStat(link).Type, Is.EqualTo(FileType.SymbolicLink));
        Assert.That(_box.TryOpen(link, OpenFlags.Create | OpenFlags.Truncate, AccessModes.Write), Is.EqualTo(Errno.Success), "as a shell redirects");
        Assert.That(_box.Stat("/d/f").Size, Is.Zero);
        Assert.That(_box.TryOpen(link, OpenFlags.Directory), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryStat(link + "/x"), Is.EqualTo(Errno.NotDir));
    }

    [Test]
    public void An_unlinked_file_is_deleted_and_opens_all_the_same()
    {
        int number = Add(_box.Create("/f"));
        Assert.That(FileOf(number).Write("bytes"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(_box.Unlink("/f"), Is.EqualTo(Errno.Success));
        Assert.That(Read($"/proc/self/fd/{number}"), Is.EqualTo("/f (deleted)"));
        _box.Write("/f", "other");
        Assert.That(_box.Read($"/proc/self/fd/{number}"), Is.EqualTo("bytes"));
        Assert.That(_box.Read("/f"), Is.EqualTo("other"));
    }

    [Test]
    public void Opening_anew_asks_for_permission()
    {
        _box.Write("/f", "x");
        int number = Add(_box.Open("/f"));
        _box.BecomeUser(7);
        Assert.That(_box.TryOpen($"/proc/self/fd/{number}", access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen($"/proc/self/fd/{number}"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void What_has_no_name_is_shared()
    {
        Assert.That(new FakeFifo().Open(_box.Process, AccessModes.ReadWrite, StatusFlags.None, out FileOperations? pipe), Is.EqualTo(Errno.Success));
        int number = Add(new OpenFile(pipe!, AccessModes.Read));
        Assert.That(Read($"/proc/self/fd/{number}"), Does.Match(@"^pipe:\[\d+\]$"));
        OpenFile again = _box.Open($"/proc/self/fd/{number}");
        Assert.That(again, Is.SameAs(FileOf(number)));
        again.Release();
        Assert.That(_box.TryOpen($"/proc/self/fd/{number}", access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.Stat($"/proc/self/fd/{number}").Type, Is.EqualTo(FileType.Fifo));
        Assert.That(_box.TryStat($"/proc/self/fd/{number + 1}"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void A_named_FIFO_and_a_device_read_as_their_paths()
    {
        Assert.That(_box.Files.MakeNode(_box.Path("/p"), new FakeFifo(), 0x1B6), Is.EqualTo(Errno.Success));
        int fifo = Add(_box.Open("/p", access: AccessModes.ReadWrite));
        int device = Add(_box.Open("/dev/null"));
        int directory = Add(_box.OpenDirectory("/dev"));
        Assert.That(new[] { fifo, device, directory }.Select(number => Read($"/proc/self/fd/{number}")), Is.EqualTo((string[])["/p", "/dev/null", "/dev"]));
        OpenFile again = _box.Open($"/proc/self/fd/{fifo}", access: AccessModes.ReadWrite);
        Assert.That(again, Is.Not.SameAs(FileOf(fifo)));
        again.Release();
        Assert.That(_box.TryStat($"/proc/self/fd/{directory}/null"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void The_working_directory_is_gone_to_whatever_it_is_called()
    {
        _box.MakeDirectory("/d");
        _box.Write("/d/f", "x");
        Assert.That(_box.Files.ChangeDirectory(_box.Path("/d")), Is.EqualTo(Errno.Success));
        Assert.That(Read("/proc/self/cwd"), Is.EqualTo("/d"));
        Assert.That(_box.Rename("/d", "/e"), Is.EqualTo(Errno.Success));
        Assert.That(Read("/proc/self/cwd"), Is.EqualTo("/e"));
        Assert.That(_box.Read("/proc/self/cwd/f"), Is.EqualTo("x"));
        _box.Unlink("/e/f");
        Assert.That(_box.RemoveDirectory("/e"), Is.EqualTo(Errno.Success));
        Assert.That(Read("/proc/self/cwd"), Is.EqualTo("/d (deleted)"));
        Assert.That(Read("/proc/self/root"), Is.EqualTo("/"));
        Assert.That(_box.List("/proc/self/root"), Does.Contain("proc"));
    }

    [Test]
    public void The_program_is_its_path()
    {
        Assert.That(_box.ReadLink("/proc/self/exe", out _), Is.EqualTo(Errno.NoEnt));
        _box.Write("/prog", "code");
        _box.Process.ProgramPath = "/prog"u8.ToArray();
        Assert.That(Read("/proc/self/exe"), Is.EqualTo("/prog"));
        Assert.That(_box.Read("/proc/self/exe"), Is.EqualTo("code"));
    }

    [Test]
    public void A_walk_that_must_stay_beneath_its_start_follows_none()
    {
        int number = Add(_box.Create("/f"));
        _box.At = _box.OpenDirectory("/proc");
        _box.Flags |= PathFlags.Beneath;
        Assert.That(_box.TryOpen($"self/fd/{number}"), Is.EqualTo(Errno.Perm));
        Assert.That(_box.TryStat("self/root/f"), Is.EqualTo(Errno.Perm));
        _box.At.Release();
    }

    [Test]
    public void An_open_file_of_another_process_is_reached_as_its_own_user()
    {
        Process child = _box.Process.Fork(2);
        ((FakeTable)_box.Kernel.Processes).Add(child, 1);
        _box.Write("/f", "x");
        Assert.That(child.Descriptors.Add(new Descriptor(_box.Open("/f")), out int number), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read($"/proc/2/fd/{number}"), Is.EqualTo("x"));
        child.Close();
        Assert.That(_box.TryOpen($"/proc/2/fd/{number}"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.ReadLink("/proc/2/cwd", out _), Is.EqualTo(Errno.NoEnt));
    }

    private string Read(string link)
    {
        Assert.That(_box.ReadLink(link, out string content), Is.EqualTo(Errno.Success), link);
        return content;
    }

    private OpenFile FileOf(int number)
    {
        Assert.That(_box.Process.Descriptors.TryGet(number, out Descriptor? descriptor));
        return descriptor!.File;
    }

    private int Add(OpenFile file)
    {
        Assert.That(_box.Process.Descriptors.Add(new Descriptor(file), out int number), Is.EqualTo(Errno.Success));
        return number;
    }
}
