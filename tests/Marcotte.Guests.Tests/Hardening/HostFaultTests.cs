using System.Diagnostics;
using System.IO.Abstractions.TestingHelpers;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>
/// What goes wrong on the host's side of a mount reaches the guest as the errno that it is, in the middle of its run, and
/// when it is over the guest goes on.
/// </summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
internal sealed partial class HostFaultTests
{
    private const uint Nobody = 65534;
    private const int NoSpace = 28;
    private const int InputOutput = 5;
    private const int ReadOnlyFiles = 30;
    private const int Quota = 122;

    [Test]
    [Category("security: write buffering")]
    public void A_full_disk_is_ENOSPC_and_room_again_is_room_again()
    {
        using SmallDisk disk = new("size=256k");
        using GuestDialog guest = new(files => files.MountHostDirectory("/data", disk.Path));
        guest.Do("open /data/f rwc");
        guest.Fails("again 99 append 4 65536", "ENOSPC");
        guest.Fails("append 4 65536", "ENOSPC");
        Assert.That(new FileInfo(disk.Path + "/f").Length, Is.InRange(192 << 10, 256 << 10), "what was written is there");
        Assert.That(guest.Ask("size /data/f"), Is.EqualTo($"ok {new FileInfo(disk.Path + "/f").Length}"));
        guest.Fails("allocate 4 1000000", "ENOSPC");
        Assert.That(guest.Ask("write 4 0 100"), Is.EqualTo("ok 100"), "overwriting takes no room");
        guest.Do("resize 4 0");
        Assert.That(guest.Ask("append 4 65536"), Is.EqualTo("ok 65536"));
        guest.Do("sync 4", "close 4", "unlink /data/f", "open /data/g wcx");
    }

    [Test]
    public void A_disk_without_inodes_is_ENOSPC_for_whatever_is_made()
    {
        using SmallDisk disk = new("size=1m,nr_inodes=8");
        using GuestDialog guest = new(files => files.MountHostDirectory("/data", disk.Path));
        guest.Do("open /data/f rwc");
        guest.Fails("again 99 mkdir /data/d#", "ENOSPC");
        guest.Fails("open /data/g wc", "ENOSPC");
        guest.Fails("mkdir /data/e", "ENOSPC");
        guest.Fails("symlink f /data/s", "ENOSPC");
        guest.Do("write 4 0 100", "rmdir /data/d0", "symlink f /data/s", "text /data/s wrong");
    }

    [Test]
    public void A_disk_that_becomes_read_only_is_EROFS_for_every_verb()
    {
        using SmallDisk disk = new("size=1m");
        using GuestDialog guest = new(files => files.MountHostDirectory("/data", disk.Path));
        guest.Do("open /data/f rwc", "write 4 0 3", "close 4");
        disk.Remount("ro");
        foreach (string verb in new[]
        {
            "open /data/f rw", "open /data/g wc", "open /data/f wt", "mkdir /data/d", "unlink /data/f",
            "rename /data/f /data/g", "link /data/f /data/g", "symlink f /data/g", "touch /data/f",
        })
        {
            guest.Fails(verb, "EROFS");
        }

        Assert.That(guest.Ask("text /data/f xxx"), Is.EqualTo("ok 1"));
        disk.Remount("rw");
        guest.Do("open /data/f rw", "mkdir /data/d");
    }

    /// <summary>The memory of another process is a file whose every read of what is not mapped the kernel answers with EIO.</summary>
    [Test]
    public void A_disk_error_is_EIO_and_the_file_beside_it_is_read()
    {
        using Process other = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        try
        {
            using GuestDialog guest = new(files => files.MountHostDirectory("/data", $"/proc/{other.Id}"));
            guest.Do("open /data/mem rw");
            guest.Fails("read 4 0 16", "EIO");
            guest.Fails("write 4 0 16", "EIO");
            guest.Fails("buffers 4 3", "EIO");
            Assert.That(guest.Ask("open /data/comm r"), Is.EqualTo("ok 5"));
            Assert.That(guest.Ask("read 5 0 3"), Is.EqualTo("ok 3"));
        }
        finally
        {
            other.Kill();
        }
    }

    /// <summary>Where the tests run as root the guest's thread acts on files as nobody: root is refused nothing.</summary>
    [Test]
    public void Permission_that_is_taken_away_is_EACCES_from_then_on_and_what_is_open_stays()
    {
        DirectoryInfo granted = Directory.CreateTempSubdirectory("marcotte-permission-");
        bool isRoot = Environment.UserName == "root";
        if (isRoot)
        {
            Assert.That(ChangeOwner(granted.FullName, Nobody, Nobody), Is.Zero);
        }

        try
        {
            using GuestDialog guest = new(
                files => files.MountHostDirectory("/data", granted.FullName),
                onThread: () => _ = isRoot ? SetFileUser(Nobody) : 0);
            string file = Path.Combine(granted.FullName, "f");
            guest.Do("open /data/f rwc", "write 4 0 3", "mkdir /data/d");

            File.SetUnixFileMode(file, UnixFileMode.None);
            guest.Fails("open /data/f r", "EACCES");
            guest.Fails("open /data/f w", "EACCES");
            guest.Do("read 4 0 3", "write 4 3 3", "size /data/f");

            File.SetUnixFileMode(file, UnixFileMode.UserRead);
            guest.Fails("open /data/f wt", "EACCES");
            guest.Do("open /data/f r", "close 5");

            File.SetUnixFileMode(granted.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            foreach (string verb in new[] { "open /data/g wc", "mkdir /data/e", "rmdir /data/d", "unlink /data/f", "rename /data/f /data/g", "link /data/f /data/g", "symlink f /data/g" })
            {
                guest.Fails(verb, "EACCES");
            }

            Assert.That(guest.Ask("list /data"), Is.EqualTo("ok 2"));

            File.SetUnixFileMode(granted.FullName, UnixFileMode.None);
            foreach (string verb in new[] { "open /data/f r", "list /data", "size /data/f", "touch /data/f" })
            {
                guest.Fails(verb, "EACCES");
            }

            guest.Do("read 4 0 6");
            File.SetUnixFileMode(granted.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            guest.Do("rmdir /data/d", "unlink /data/f", "open /data/f rwc");
        }
        finally
        {
            File.SetUnixFileMode(granted.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            granted.Delete(recursive: true);
        }
    }

    /// <summary>What no kernel here can be made to answer, a file system of the host's that is code answers.</summary>
    [TestCase(NoSpace, "ENOSPC")]
    [TestCase(InputOutput, "EIO")]
    [TestCase(Quota, "EDQUOT")]
    [TestCase(ReadOnlyFiles, "EROFS")]
    public void What_a_file_system_of_the_hosts_throws_is_its_errno(int number, string errno)
    {
        Fault fault = new();
        MockFileSystem files = new();
        files.AddDirectory("/granted");
        using GuestDialog guest = new(box => box.MountFileSystem("/data", FaultyFiles.Of(files, fault), root: "/granted"));
        guest.Do("open /data/f rwc", "write 4 0 3", "mkdir /data/d");

        fault.Set(new IOException("from below", number), "Write", "SetLength", "CreateDirectory", "New", "Delete", "Move");
        guest.Fails("write 4 0 3", errno);
        guest.Fails("resize 4 100", errno);
        guest.Fails("mkdir /data/e", errno);
        guest.Fails("open /data/g wc", errno);
        guest.Fails("unlink /data/f", errno);
        guest.Fails("rmdir /data/d", errno);
        guest.Fails("rename /data/f /data/h", errno);
        guest.Do("read 4 0 3");

        fault.Set(new IOException("from below", number), "Read");
        guest.Fails("read 4 0 3", errno);

        fault.Set(null);
        guest.Do("write 4 0 3", "mkdir /data/e");
        Assert.That(guest.Ask("text /data/f xxx"), Is.EqualTo("ok 1"));
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
