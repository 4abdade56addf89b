using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Tests.Nodes;

namespace Marcotte.Vfs.Tests.Proc;

/// <summary>What lies under /proc.</summary>
internal sealed class ProcTests
{
    private TestBox _box = null!;
    private FakeTable _table = null!;
    private Process _child = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(static options => options.MountMemory("/").MountProc().MountDevices()
            .MountMemory("/with space", new MountOptions { ReadOnly = true, NoExecute = true }));
        _box.Kernel.Processes = _table = new FakeTable();
        _box.Kernel.Anonymous = new FakePipes();
        _child = _box.Process.Fork(7);
        _child.ProgramPath = "/bin/a-program-with-a-long-name"u8.ToArray();
        _child.Arguments = new ByteStrings(["prog", "one two"]);
        _child.Variables = new ByteStrings(["A=1", "B="]);
        _child.Credentials = new Credentials(5, 50) { Groups = [6, 8] };
        _table.Add(_box.Process, 0, 'R');
        _table.Add(_child, 1);
        _table.Processes.Add(new ProcessStat(9, 1, 9, 1, 'Z', null, default));
    }

    [TearDown]
    public void TearDown()
    {
        _child.Close();
        _box.Dispose();
    }

    [Test]
    public void Each_process_has_a_directory_and_a_process_finds_its_own()
    {
        Assert.That(_box.List("/proc"), Is.EqualTo((string[])
            [".", "..", "self", "thread-self", "mounts", "cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "uptime", "version", "sys", "1", "7", "9"]));
        Assert.That(_box.ReadLink("/proc/self", out string self), Is.EqualTo(Errno.Success));
        Assert.That(self, Is.EqualTo("1"));
        Assert.That(_box.ReadLink("/proc/thread-self", out self), Is.EqualTo(Errno.Success));
        Assert.That(self, Is.EqualTo("1/task/1"));
        Assert.That(new[] { "8", "07", "+7", "x", "7x" }.Select(name => _box.TryStat("/proc/" + name)), Is.All.EqualTo(Errno.NoEnt));
        _box.Process = _child;
        _box.ReadLink("/proc/self", out self);
        Assert.That(self, Is.EqualTo("7"));
        Assert.That(_box.Read("/proc/self/comm"), Is.EqualTo("a-program-with-\n"));
        Assert.That(_box.Stat("/proc/self/stat").UserId, Is.EqualTo(5));
        Assert.That(_box.List("/proc/7/task"), Is.EqualTo((string[])[".", "..", "7"]));
        Assert.That(_box.Read("/proc/thread-self/comm"), Is.EqualTo("a-program-with-\n"));
    }

    [Test]
    public void A_directory_of_proc_that_is_worked_in_tells_each_process_of_itself()
    {
        Assert.That(_box.Files.ChangeDirectory(_box.Path("/proc")), Is.EqualTo(Errno.Success));
        Process late = _box.Process.Fork(11);
        _table.Add(late, 1);
        _box.Process = late;
        Assert.That(_box.ReadLink("self", out string self), Is.EqualTo(Errno.Success));
        Assert.That(self, Is.EqualTo("11"));
        byte[] path = new byte[20];
        Assert.That(_box.Files.ChangeDirectory(_box.Path("7/task")), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.WorkingDirectory(late, path, out int count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(path, 0, count), Is.EqualTo("/proc/7/task"));
        late.Close();
        _box.Process = _child;
    }

    [Test]
    public void Stat_has_all_of_its_fields()
    {
        string stat = _box.Read("/proc/7/stat");
        Assert.That(stat, Does.StartWith("7 (a-program-with-) S 1 7 1 0 -1 ").And.EndWith("\n"));
        string[] fields = stat[(stat.IndexOf(')') + 2)..].TrimEnd().Split(' ');
        Assert.That(fields, Has.Length.EqualTo(50));
        Assert.That(fields[11], Is.EqualTo("123"), "utime, in hundredths of a second");
        Assert.That((fields[15], fields[17], fields[35]), Is.EqualTo(("20", "1", "17")), "priority, threads, exit_signal");
        Assert.That(_box.Read("/proc/9/stat"), Does.StartWith("9 () Z 1 9 1 "));
        Assert.That(_box.Read("/proc/7/task/7/stat"), Is.EqualTo(stat));
    }

    [Test]
    public void Status_says_who_and_how()
    {
        Dictionary<string, string> status = _box.Read("/proc/7/status").TrimEnd().Split('\n').ToDictionary(static line => line.Split(':')[0], static line => line[(line.IndexOf(':') + 1)..]);
        Assert.That(status["Name"], Is.EqualTo("\ta-program-with-"));
        Assert.That(status["State"], Is.EqualTo("\tS (sleeping)"));
        Assert.That(status["Uid"], Is.EqualTo("\t5\t5\t5\t5"));
        Assert.That(status["Gid"], Is.EqualTo("\t50\t50\t50\t50"));
        Assert.That(status["Groups"], Is.EqualTo("\t6 8 "));
        Assert.That(status["PPid"], Is.EqualTo("\t1"));
        Assert.That(status["Umask"], Is.EqualTo("\t0022"));
        Assert.That(status["VmHWM"], Is.EqualTo("\t    4096 kB"));
        Assert.That(status["SigBlk"], Is.EqualTo("\t0000000000000000"));
        Assert.That(_box.Read("/proc/9/status"), Does.Contain("State:\tZ (zombie)\n"));
    }

    [Test]
    public void Arguments_and_variables_are_blocks_of_strings()
    {
        Assert.That(_box.Read("/proc/7/cmdline"), Is.EqualTo("prog\0one two\0"));
        Assert.That(_box.Read("/proc/7/environ"), Is.EqualTo("A=1\0B=\0"));
        Assert.That(_box.Read("/proc/9/cmdline"), Is.Empty);
        Assert.That(_box.Read("/proc/7/maps"), Is.Empty);
        Assert.That(_box.Read("/proc/7/limits"), Does.StartWith("Limit                     Soft Limit           Hard Limit           Units     \n"));
        Assert.That(_box.Read("/proc/7/limits"), Does.Contain("Max open files            20                   30                   files     \n"));
    }

    [Test]
    public void What_is_mounted_is_told_as_fstab_has_it() =>
        Assert.That(_box.Read("/proc/mounts"), Is.EqualTo(
            "tmpfs / tmpfs rw,relatime 0 0\ndevtmpfs /dev devtmpfs ro,relatime 0 0\nproc /proc proc ro,relatime 0 0\n" +
            "tmpfs /with\\040space tmpfs ro,noexec,relatime 0 0\n"));

    [Test]
    public void The_box_says_of_itself_what_Linux_says()
    {
        Assert.That(_box.Read("/proc/meminfo"), Does.Match(@"^MemTotal: +\d+ kB\nMemFree: +\d+ kB\nMemAvailable: +\d+ kB\n"));
        Assert.That(_box.Read("/proc/uptime"), Does.Match(@"^\d+\.\d\d \d+\.\d\d\n$"));
        Assert.That(_box.Read("/proc/loadavg"), Is.EqualTo("0.00 0.00 0.00 1/3 9\n"));
        Assert.That(_box.Read("/proc/stat"), Does.Match(@"^cpu  246 0 0 \d+ 0 0 0 0 0 0\ncpu0 246 0 0 ").And.Contain("\nbtime 1\n").And.Contain("\nprocs_running 1\n"));
        Assert.That(_box.Read("/proc/cpuinfo").Split('\n').Count(static line => line.StartsWith("processor", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(_box.Read("/proc/sys/kernel/hostname"), Is.EqualTo("box\n"));
        Assert.That(_box.Read("/proc/version"), Does.Contain(_box.Read("/proc/sys/kernel/osrelease").TrimEnd()).And.StartsWith(_box.Read("/proc/sys/kernel/ostype").TrimEnd()));
        Assert.That(_box.Read("/proc/filesystems"), Does.Contain("nodev\tproc\n"));
    }

    [Test]
    public void Nothing_can_be_changed()
    {
        Assert.That(_box.TryOpen("/proc/7/comm", access: AccessModes.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.MakeDirectory("/proc/x"), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.Unlink("/proc/7/comm"), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.Files.SetMode(_box.Path("/proc/7/environ"), 0x1FF), Is.EqualTo(Errno.RoFs));
    }

    [Test]
    public void Of_another_users_process_the_public_is_told()
    {
        _box.Process.Credentials = new Credentials(4, 40);
        Assert.That(_box.TryOpen("/proc/7/status"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/proc/7/environ"), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/proc/7/fd", OpenFlags.Directory), Is.EqualTo(Errno.Access));
        Assert.That(new[] { "cwd", "exe", "root" }.Select(name => _box.ReadLink("/proc/7/" + name, out _)), Is.All.EqualTo(Errno.Access));
        Assert.That(_box.TryStat("/proc/7/cwd/"), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/proc/self/environ"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void A_process_that_is_gone_leaves_nothing_to_read()
    {
        OpenFile directory = _box.OpenDirectory("/proc/7");
        OpenFile open = _box.Open("/proc/7/cmdline");
        _table.Processes.RemoveAt(1);
        Assert.That(_box.TryStat("/proc/7"), Is.EqualTo(Errno.NoEnt));
        _box.At = directory;
        Assert.That(_box.TryOpen("status"), Is.EqualTo(Errno.NoEnt));
        Assert.That(directory.Operations.ReadEntry(directory, 2, out _), Is.EqualTo(Errno.NoEnt));
        Assert.That(open.Read(new byte[5], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(5), "what was opened was whole then");
        open.Release();
        directory.Release();
    }

    [Test]
    public void Without_a_process_layer_the_one_process_is_there()
    {
        _box.Kernel.Processes = ProcessTable.None;
        Assert.That(_box.List("/proc").Skip(13), Is.EqualTo((string[])["1"]));
        Assert.That(_box.TryStat("/proc/self/status"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryStat("/proc/7"), Is.EqualTo(Errno.NoEnt));
    }
}
