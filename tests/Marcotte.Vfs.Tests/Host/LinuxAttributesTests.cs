using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>Modes, owners and room on a Linux host's directory, and whom they belong to in the box.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[TestFixtureSource(typeof(TestTree), nameof(TestTree.OfLinux))]
internal sealed partial class LinuxAttributesTests(Driver driver)
{
    private TestTree _tree = null!;
    private MountedBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new TestTree(driver);
        _tree.HostWrite(_tree.Inside + "/f", "content");
        _tree.HostMakeDirectory(_tree.Inside + "/d");
        _tree.HostLink(_tree.Inside + "/out", _tree.Outside + "/secret");
        _box = _tree.Box();
    }

    [TearDown]
    public void TearDown()
    {
        _box.Dispose();
        _tree.AssertOutsideUntouched();
        _tree.Dispose();
    }

    [Test]
    public void TimesThatWereSetAreTold()
    {
        Assert.That(_box.Mounted.Root.Lookup("f"u8, out Inode? file), Is.EqualTo(Errno.Success));
        Assert.That(file!.SetTimes(new TimeUpdate(1, 2)), Is.EqualTo(Errno.Success));
        Assert.That(file.Stat(out FileStat stat), Is.EqualTo(Errno.Success));
        file.Release();
        Assert.That((stat.AccessTime, stat.ModifyTime), Is.EqualTo((1, 2)));
    }

    [Test]
    public void ModesReachTheHost()
    {
        OpenFile file = _box.Open("/f");
        OpenFile directory = _box.Open("/d", OpenFlags.Directory);
        Assert.That(_box.Files.SetMode(_box.Path("/f"), 0x1A0), Is.EqualTo(Errno.Success));
        Assert.That(Mode("/f"), Is.EqualTo(0x1A0));
        Assert.That(_box.Stat("/f").Mode, Is.EqualTo(0x1A0));
        Assert.That(_box.Files.SetMode(_box.Process, file, 0x180), Is.EqualTo(Errno.Success));
        Assert.That(Mode("/f"), Is.EqualTo(0x180));
        Assert.That(_box.Files.SetMode(_box.Path("/d"), 0x5ED), Is.EqualTo(Errno.Success));
        Assert.That(Mode("/d"), Is.EqualTo(0x5ED));
        Assert.That(_box.Files.SetMode(_box.Process, directory, 0x1C0), Is.EqualTo(Errno.Success));
        Assert.That(Mode("/d"), Is.EqualTo(0x1C0));
        file.Release();
        directory.Release();
    }

    [Test]
    public void NoFileOfTheHostGetsASetIdBit()
    {
        Assert.That(_box.Files.SetMode(_box.Path("/f"), 0xFFF), Is.EqualTo(Errno.Success));
        Assert.That(Mode("/f"), Is.EqualTo(0x3FF));
        OpenFile file = _box.Open("/f");
        Assert.That(_box.Files.SetMode(_box.Process, file, 0xDED), Is.EqualTo(Errno.Success));
        Assert.That(Mode("/f"), Is.EqualTo(0x1ED));
        file.Release();
    }

    /// <summary>A program of the host's that a guest writes to is not one to run as its owner any more.</summary>
    [Test]
    public void WritingTakesSetIdBitsAway()
    {
        foreach (Func<OpenFile, Errno> change in new Func<OpenFile, Errno>[]
        {
            file => file.Write("x"u8, out _),
            file => file.SetSize(1),
            file => file.Allocate(0, 10),
        })
        {
            File.SetUnixFileMode(_tree.Inside + "/f", (UnixFileMode)0xDED);
            OpenFile file = _box.Open("/f", access: AccessModes.Write);
            Assert.That(Mode("/f"), Is.EqualTo(0xDED), "opening alone does not");
            Assert.That(change(file), Is.EqualTo(Errno.Success));
            Assert.That(Mode("/f"), Is.EqualTo(0x1ED));
            file.Release();
        }
    }

    /// <summary>chmod through a link (CVE-2021-29136): the host's kernel follows none.</summary>
    [Test]
    public void NothingOutsideIsReachedThroughALink()
    {
        FileAttributes before = File.GetAttributes(_tree.Outside + "/secret");
        UnixFileMode mode = File.GetUnixFileMode(_tree.Outside + "/secret");
        Assert.That(_box.Files.SetMode(_box.Path("/out"), 0x1FF), Is.EqualTo(Errno.NoEnt), "it leads into the box's tree");
        Assert.That(_box.Files.SetMode(_box.Path("/out", follow: false), 0x1FF), Is.EqualTo(Errno.NotSup));
        Assert.That(_box.Files.SetOwner(_box.Path("/out"), new OwnerUpdate(0, 0)), Is.EqualTo(Errno.NoEnt));
        Assert.That(File.GetUnixFileMode(_tree.Outside + "/secret"), Is.EqualTo(mode));
        Assert.That(File.GetAttributes(_tree.Outside + "/secret"), Is.EqualTo(before));
    }

    [Test]
    public void OwnersThatTheHostHasNoneForAreRefused()
    {
        Assert.That(_box.Files.SetOwner(_box.Path("/f"), new OwnerUpdate(1234, OwnerUpdate.Keep)), Is.EqualTo(Errno.Inval));
        Assert.That(_box.Files.SetOwner(_box.Path("/f"), new OwnerUpdate(0, 0)), Is.EqualTo(Errno.Success), "as it is");
        Assert.That(_box.Files.SetOwner(_box.Path("/f"), new OwnerUpdate(OwnerUpdate.Keep, OwnerUpdate.Keep)), Is.EqualTo(Errno.Success));
        OpenFile file = _box.Open("/f");
        Assert.That(_box.Files.SetOwner(_box.Process, file, new OwnerUpdate(5, 5)), Is.EqualTo(Errno.Inval));
        Assert.That(_box.Files.SetOwner(_box.Process, file, new OwnerUpdate(0, 0)), Is.EqualTo(Errno.Success));
        file.Release();
    }

    [Test]
    public void OneOwnerInsideHasAllAndStays()
    {
        using TestBox box = new(vfs => vfs.MountHostDirectory("/", _tree.Inside, new MountOptions { Identities = IdentityMap.To(1000, 1001) }));
        box.BecomeUser(1000, 1001);
        box.Write("/mine", "x");
        foreach (string path in new[] { "/", "/f", "/d", "/mine" })
        {
            Assert.That((box.Stat(path).UserId, box.Stat(path).GroupId), Is.EqualTo((1000u, 1001u)), path);
        }

        Assert.That(box.Files.SetMode(box.Path("/f"), 0x180), Is.EqualTo(Errno.Success));
        Assert.That(box.Files.SetOwner(box.Path("/f"), new OwnerUpdate(1000, OwnerUpdate.Keep)), Is.EqualTo(Errno.Success));
        box.Process.Credentials = Credentials.Root;
        Assert.That(box.Files.SetOwner(box.Path("/f"), new OwnerUpdate(5, OwnerUpdate.Keep)), Is.EqualTo(Errno.Perm));
        Assert.That(box.Files.SetOwner(box.Path("/f"), new OwnerUpdate(OwnerUpdate.Keep, 5)), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void RangesGiveWhatIsMadeToItsUser()
    {
        Assume.That(Environment.IsPrivilegedProcess, "giving files away takes user 0");
        IdentityRange[] ranges = [new IdentityRange(200_000, 1000, 100), new IdentityRange(0, 0)];
        MountOptions options = new() { Identities = new IdentityMap(ranges, ranges) };
        using TestBox box = new(vfs => vfs.MountHostDirectory("/", _tree.Inside, options));
        File.SetUnixFileMode(_tree.Inside, (UnixFileMode)0x1FF);
        box.BecomeUser(1005, 1006);
        box.Write("/file", "x");
        box.MakeDirectory("/made");
        box.SymbolicLink("x", "/link");
        HostSide host = new(_tree.Inside);
        Assert.That(host.Describe("/file"), Does.EndWith("200005:200006"));
        Assert.That(host.Describe("/made"), Does.EndWith("200005:200006"));
        Assert.That(host.Describe("/link"), Does.EndWith("200005:200006"));
        Assert.That((box.Stat("/file").UserId, box.LinkStat("/link").GroupId), Is.EqualTo((1005u, 1006u)));
        Assert.That(host.Owner("/f", 4, 4), Is.Zero);
        Assert.That(box.Stat("/f").UserId, Is.EqualTo(IdentityMap.Nobody));
        box.BecomeUser(50);
        Assert.That(box.TryOpen("/x", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Overflow));
        Assert.That(box.MakeDirectory("/x"), Is.EqualTo(Errno.Overflow));
        Assert.That(box.TryStat("/x"), Is.EqualTo(Errno.NoEnt));
        box.Process.Credentials = Credentials.Root;
        Assert.That(box.Files.SetOwner(box.Path("/f"), new OwnerUpdate(1001, 0)), Is.EqualTo(Errno.Success));
        Assert.That(host.Describe("/f"), Does.EndWith("200001:0"));
        Assert.That(box.Files.SetOwner(box.Path("/f"), new OwnerUpdate(999, 0)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void RenamesThatExchangeOrReplaceNothing()
    {
        _box.Write("/g", "other");
        Assert.That(Rename("/f", "/g", RenameMode.NoReplace), Is.EqualTo(Errno.Exist));
        Assert.That(Rename("/f", "/g", RenameMode.Exchange), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read("/f") + _box.Read("/g"), Is.EqualTo("othercontent"));
        Assert.That(Rename("/f", "/d", RenameMode.Exchange), Is.EqualTo(Errno.Success), "a file and a directory");
        Assert.That(_box.Stat("/f").Type, Is.EqualTo(FileType.Directory));
        Assert.That(_box.Read("/d"), Is.EqualTo("other"));
        Assert.That(Rename("/d", "/h", RenameMode.NoReplace), Is.EqualTo(Errno.Success));
        Assert.That(Rename("/h", "/none", RenameMode.Exchange), Is.EqualTo(Errno.NoEnt));
        Assert.That(Rename("/h", "/g", (RenameMode)9), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void RoomIsMadeAndTakenAway()
    {
        OpenFile file = _box.Open("/big", OpenFlags.Create, AccessModes.ReadWrite);
        Assert.That(file.Write(new string('b', 65536).Select(c => (byte)c).ToArray(), out _), Is.EqualTo(Errno.Success));
        long before = _box.Stat("/big").Blocks;
        Assert.That(file.Allocate(4096, 32768, Allocation.PunchHole), Is.EqualTo(Errno.Success));
        FileStat stat = _box.Stat("/big");
        Assert.That((stat.Size, stat.Blocks), Is.EqualTo((65536L, before - 64)));
        byte[] buffer = new byte[4097];
        Assert.That(file.ReadAt(buffer, 4095, out _), Is.EqualTo(Errno.Success));
        Assert.That((buffer[0], buffer[1..].Max()), Is.EqualTo(((byte)'b', (byte)0)));
        Assert.That(file.Allocate(0, 1 << 20, Allocation.KeepSize), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/big").Size, Is.EqualTo(65536));
        file.Release();
    }

    [Test]
    public void RangesAreCopiedByTheKernel()
    {
        OpenFile from = _box.Open("/f");
        OpenFile to = _box.Open("/copy", OpenFlags.Create, AccessModes.ReadWrite);
        Assert.That(from.Operations.CopyRange(from, 3, to, 5, 100, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4));
        Assert.That(MountedBox.ReadAll(to), Is.EqualTo("\0\0\0\0\0tent"));
        using MountedBox readOnly = _tree.Box(readOnly: true);
        OpenFile locked = readOnly.Open("/f");
        Assert.That(locked.Operations.CopyRange(locked, 0, to, 0, 7, out count), Is.EqualTo(Errno.Success), "from a read-only mount");
        Assert.That(from.Operations.CopyRange(from, 0, locked, 0, 7, out _), Is.Not.EqualTo(Errno.Success), "never to one");
        Assert.That(_tree.HostRead(_tree.Inside + "/f"), Is.EqualTo("content"));
        from.Release();
        to.Release();
        locked.Release();
    }

    [Test]
    public void TheFileSystemIsTheHosts()
    {
        Assert.That(_box.Files.StatFileSystem(_box.Path("/f"), out FileSystemStat stat), Is.EqualTo(Errno.Success));
        DriveInfo drive = new(_tree.Inside);
        Assert.That(stat.Blocks * stat.BlockSize, Is.EqualTo((ulong)drive.TotalSize));
        Assert.That(stat.FreeBlocks, Is.LessThanOrEqualTo(stat.Blocks));
        Assert.That(stat.NameBytes, Is.EqualTo(255));
        OpenFile file = _box.Open("/f");
        Assert.That(file.Operations.StatFileSystem(file, out FileSystemStat opened), Is.EqualTo(Errno.Success));
        Assert.That(opened.Blocks, Is.EqualTo(stat.Blocks));
        file.Release();
    }

    /// <summary>A medium that is full, and one that becomes read-only while files are open.</summary>
    [Test]
    public void WantsOfTheMediumReachTheGuest()
    {
        string volume = _tree.Inside + "/volume";
        Directory.CreateDirectory(volume);
        Assume.That(Mount("none", volume, "tmpfs", 0, "size=64k,nr_inodes=8"), Is.Zero, "mounting takes privilege");
        try
        {
            using MountedBox box = new(_tree.Source(directory: volume));
            OpenFile file = box.Open("/f", OpenFlags.Create, AccessModes.Write);
            Assert.That(file.WriteAt(new byte[200_000], 0, out int count), Is.EqualTo(Errno.Success));
            Assert.That(count, Is.EqualTo(65536), "as far as there is room");
            Assert.That(file.WriteAt(new byte[1], 65536, out _), Is.EqualTo(Errno.NoSpc));
            Assert.That(file.Allocate(0, 100_000), Is.EqualTo(Errno.NoSpc));
            Errno last = Errno.Success;
            for (int i = 0; i < 10 && last == Errno.Success; i++)
            {
                last = box.MakeDirectory("/d" + i);
            }

            Assert.That(last, Is.EqualTo(Errno.NoSpc), "no inode left");
            Assert.That(box.Files.StatFileSystem(box.Path("/"), out FileSystemStat stat), Is.EqualTo(Errno.Success));
            Assert.That((stat.FreeBlocks, stat.FreeInodes), Is.EqualTo((0ul, 0ul)));
            file.Release();
            const nuint RemountReadOnly = 32 | 1;
            Assert.That(Mount("none", volume, "tmpfs", RemountReadOnly, null), Is.Zero);
            Assert.That(box.TryOpen("/f", access: AccessModes.Write), Is.EqualTo(Errno.RoFs));
            Assert.That(box.Unlink("/f"), Is.EqualTo(Errno.RoFs));
            Assert.That(box.Files.SetMode(box.Path("/f"), 0x180), Is.EqualTo(Errno.RoFs));
            Assert.That(box.Files.StatFileSystem(box.Path("/"), out stat), Is.EqualTo(Errno.Success));
            Assert.That(stat.Flags & MountFlags.ReadOnly, Is.EqualTo(MountFlags.ReadOnly));
        }
        finally
        {
            Unmount(volume, 2);
        }
    }

    /// <summary>What the host takes away while files are open: those go on, as on Linux, and no more are opened.</summary>
    [Test]
    public void PermissionThatIsLostIsRefusedFromThenOn()
    {
        Assume.That(!Environment.IsPrivilegedProcess, "user 0 of the host loses none");
        OpenFile file = _box.Open("/f");
        File.SetUnixFileMode(_tree.Inside + "/f", UnixFileMode.None);
        Assert.That(_box.TryOpen("/f"), Is.EqualTo(Errno.Access));
        Assert.That(MountedBox.ReadAll(file), Is.EqualTo("content"));
        file.Release();
    }

    private Errno Rename(string from, string to, RenameMode mode) => _box.Files.Rename(_box.Path(from), _box.Path(to), mode);

    private int Mode(string path) => (int)File.GetUnixFileMode(_tree.Inside + path);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
