using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Devices;

/// <summary>What lies under /dev.</summary>
internal sealed class DeviceTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp() => _box = new TestBox(options => options.MountDevices().MountMemory("/tmp"), entropy: new Entropy());

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void NullTakesEverythingAndGivesNothing()
    {
        OpenFile device = _box.Open("/dev/null", OpenFlags.Truncate, AccessModes.ReadWrite);
        Assert.That(device.Write(new byte[100], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(100));
        Assert.That(device.Read(new byte[100], out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        Assert.That(_box.TryOpen("/dev/null", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/dev/null", OpenFlags.Directory), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryStat("/dev/null/"), Is.EqualTo(Errno.NotDir));
    }

    [Test]
    public void ZeroFullAndRandom()
    {
        byte[] buffer = [1, 2, 3, 4];
        OpenFile zero = _box.Open("/dev/zero", access: AccessModes.ReadWrite);
        Assert.That(zero.Read(buffer, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4));
        Assert.That(buffer, Is.All.Zero);
        OpenFile full = _box.Open("/dev/full", access: AccessModes.ReadWrite);
        Assert.That(full.Write(buffer, out count), Is.EqualTo(Errno.NoSpc));
        Assert.That(count, Is.Zero);
        Assert.That(full.Read(buffer, out count), Is.EqualTo(Errno.Success));
        foreach (string name in new[] { "/dev/random", "/dev/urandom" })
        {
            OpenFile random = _box.Open(name, access: AccessModes.ReadWrite);
            Assert.That(random.Read(buffer, out count), Is.EqualTo(Errno.Success));
            Assert.That(buffer, Is.All.EqualTo(7));
            Assert.That(random.Write(buffer, out count), Is.EqualTo(Errno.Success));
            Assert.That(count, Is.EqualTo(4));
        }
    }

    [Test]
    public void DevicesAreCharacterDevicesWithLinuxNumbers()
    {
        FileStat stat = _box.Stat("/dev/null");
        Assert.That((stat.Type, stat.Mode, stat.Represents), Is.EqualTo((FileType.CharacterDevice, (ushort)0x1B6, 0x103UL)));
        Assert.That(_box.Stat("/dev/urandom").Represents, Is.EqualTo(0x109));
        OpenFile device = _box.Open("/dev/zero");
        Assert.That(device.Operations.Stat(device, out FileStat open), Is.EqualTo(Errno.Success));
        Assert.That(open, Is.EqualTo(_box.Stat("/dev/zero")));
        Assert.That(device.Operations.IsTerminal, Is.False);
    }

    [Test]
    public void WithoutEntropyThereIsNoRandom()
    {
        using TestBox box = new(options => options.MountDevices());
        Assert.That(box.TryOpen("/dev/urandom"), Is.EqualTo(Errno.NoEnt));
        Assert.That(box.List("/dev"), Does.Not.Contain("random").And.Contain("null"));
    }

    [Test]
    public void NothingIsMadeOrRemoved()
    {
        Assert.That(_box.TryOpen("/dev/new", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.Unlink("/dev/null"), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.MakeDirectory("/dev/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.Rename("/dev/null", "/dev/zero"), Is.EqualTo(Errno.RoFs));
        Assert.That(_box.Rename("/dev/null", "/tmp/null"), Is.EqualTo(Errno.XDev));
        Assert.That(_box.RemoveDirectory("/dev"), Is.EqualTo(Errno.RoFs));
    }

    [Test]
    public void StandardStreamsAreTheProcessesOwn()
    {
        Assert.That(_box.TryOpen("/dev/stdout", access: AccessModes.Write), Is.EqualTo(Errno.NoEnt), "none is open");
        Assert.That(_box.List("/dev"), Does.Not.Contain("stdout"));
        OpenFile file = _box.Create("/tmp/out");
        Assert.That(_box.Process.Descriptors.Set(new Descriptor(file), 1), Is.EqualTo(Errno.Success));
        OpenFile again = _box.Open("/dev/stdout", access: AccessModes.Write);
        Assert.That(again, Is.SameAs(file));
        again.Write("one"u8, out _);
        file.Write("two"u8, out _);
        again.Release();
        Assert.That(_box.Read("/tmp/out"), Is.EqualTo("onetwo"), "one offset");
        Assert.That(_box.List("/dev"), Does.Contain("stdout").And.Not.Contain("stdin"));
        Assert.That(_box.Stat("/dev/stdout").Inode, Is.EqualTo(_box.Stat("/tmp/out").Inode));
    }

    [Test]
    public void DescriptorsAreListedAndOpened()
    {
        OpenFile file = _box.Create("/tmp/file");
        _box.Process.Descriptors.Set(new Descriptor(file), 0);
        _box.Process.Descriptors.Set(new Descriptor(file.Acquire()), 12);
        Assert.That(_box.List("/dev/fd"), Is.EqualTo(new[] { ".", "..", "0", "12" }));
        OpenFile opened = _box.Open("/dev/fd/12", access: AccessModes.ReadWrite);
        Assert.That(opened, Is.SameAs(file));
        opened.Release();
        foreach (string name in new[] { "1", "012", "+0", "-1", "x", "0x", "99999999999" })
        {
            Assert.That(_box.TryStat("/dev/fd/" + name), Is.EqualTo(Errno.NoEnt), name);
        }

        Assert.That(_box.Process.Descriptors.Close(12), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/dev/fd/12"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Stat("/dev/fd/..").Inode, Is.EqualTo(_box.Stat("/dev").Inode));
    }

    [Test]
    public void ReopeningGainsNothing()
    {
        _box.Write("/tmp/file", "x");
        OpenFile reads = _box.Open("/tmp/file");
        OpenFile both = _box.Open("/tmp/file", access: AccessModes.ReadWrite);
        _box.Process.Descriptors.Set(new Descriptor(reads), 3);
        _box.Process.Descriptors.Set(new Descriptor(both, Rights.FdRead, Rights.None), 4);
        Assert.That(_box.TryOpen("/dev/fd/3", access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/dev/fd/3"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/dev/fd/4", access: AccessModes.ReadWrite), Is.EqualTo(Errno.Access), "the descriptor gave the right up");
        Assert.That(_box.TryOpen("/dev/fd/4"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void DirectoryUnderFdIsNoWayIntoIt()
    {
        _box.MakeDirectory("/tmp/dir");
        _box.Process.Descriptors.Set(new Descriptor(_box.OpenDirectory("/tmp")), 5);
        Assert.That(_box.TryStat("/dev/fd/5/dir"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.Stat("/dev/fd/5").Type, Is.EqualTo(FileType.Directory));
    }

    [Test]
    public void TerminalIsThereWhenAStreamIsOne()
    {
        Assert.That(_box.TryOpen("/dev/tty"), Is.EqualTo(Errno.NxIO));
        Assert.That((_box.Stat("/dev/tty").Type, _box.Stat("/dev/tty").Represents), Is.EqualTo((FileType.CharacterDevice, 0x500UL)));
        OpenFile terminal = new(new Terminal(), AccessModes.ReadWrite);
        _box.Process.Descriptors.Set(new Descriptor(terminal), 2);
        OpenFile opened = _box.Open("/dev/tty", access: AccessModes.ReadWrite);
        Assert.That(opened, Is.SameAs(terminal));
        Assert.That(_box.List("/dev"), Does.Contain("tty"));
    }

    [Test]
    public void TerminalsAreThereWhenTheBoxCanHaveThem()
    {
        Assert.That(_box.TryStat("/dev/ptmx"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.List("/dev"), Does.Not.Contain("ptmx").And.Not.Contain("pts"));
        _box.Kernel.Anonymous = new Terminals();
        Assert.That(_box.List("/dev"), Does.Contain("ptmx").And.Contain("pts").And.Contain("tty"));
        Assert.That(_box.List("/dev/pts"), Is.EqualTo(new[] { ".", "..", "3" }));
        FileStat stat = _box.Stat("/dev/pts/3");
        Assert.That((stat.Type, stat.Mode, stat.UserId, stat.Represents), Is.EqualTo((FileType.CharacterDevice, (ushort)0x190, 5U, 0x8803UL)));
        Assert.That(stat.Device, Is.EqualTo(_box.Stat("/dev/null").Device));
        foreach (string path in new[] { "/dev/ptmx", "/dev/pts/3", "/dev/tty" })
        {
            Assert.That(_box.Open(path, access: AccessModes.ReadWrite).Operations.IsTerminal, path);
        }

        foreach (string name in new[] { "0", "03", "+3", "x", "99999999999" })
        {
            Assert.That(_box.TryStat("/dev/pts/" + name), Is.EqualTo(Errno.NoEnt), name);
        }

        Assert.That(_box.Stat("/dev/pts/..").Inode, Is.EqualTo(_box.Stat("/dev").Inode));
    }

    [Test]
    public void ProcessesSeeTheirOwn()
    {
        OpenFile first = _box.Create("/tmp/first");
        _box.Process.Descriptors.Set(new Descriptor(first), 1);
        Process child = _box.Process.Fork(2);
        OpenFile second = _box.Create("/tmp/second");
        child.Descriptors.Set(new Descriptor(second), 1);
        Assert.That(_box.Open("/dev/stdout", access: AccessModes.Write), Is.SameAs(first));
        _box.Process = child;
        Assert.That(_box.Open("/dev/stdout", access: AccessModes.Write), Is.SameAs(second));
    }

    private sealed class Terminals : AnonymousFiles
    {
        public override SpecialFile? TerminalMaker => new Node();

        public override SpecialFile? TerminalFile(int number) => number == 3 ? new Node() : null;

        public override SpecialFile? ControllingTerminal(Process process) => new Node();

        private sealed class Node : SpecialFile
        {
            public override FileType Type => FileType.CharacterDevice;

            public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
            {
                operations = new Terminal();
                return Errno.Success;
            }

            public override Errno Stat(out FileStat stat)
            {
                stat = new FileStat { Type = Type, Mode = 0x190, UserId = 5, Represents = 0x8803 };
                return Errno.Success;
            }
        }
    }

    private sealed class Entropy : EntropySource
    {
        public override Errno Fill(Span<byte> buffer)
        {
            buffer.Fill(7);
            return Errno.Success;
        }
    }

    private sealed class Terminal : FileOperations
    {
        public override FileType Type => FileType.CharacterDevice;

        public override bool IsTerminal => true;
    }
}
