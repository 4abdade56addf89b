using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class DirectoriesTests
{
    private static readonly string[] Names = [".", "..", "a", "größer", "a much longer name than the others have"];

    [Test]
    public void Entries_are_packed_without_gaps()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory(".", "ab"), AccessModes.Read);
        guest.Bytes.Slice((int)Guest.Buffer, 100).Fill(0xEE);
        Assert.That(Readdir(guest, fd, 100, 0), Is.EqualTo((Errno.Success, 51)));
        Assert.That(guest.Read<ulong>(Guest.Buffer), Is.EqualTo(1000), "d_next");
        Assert.That(guest.Read<ulong>(Guest.Buffer + 8), Is.EqualTo(50), "d_ino");
        Assert.That(guest.Read<uint>(Guest.Buffer + 16), Is.EqualTo(1), "d_namlen");
        Assert.That(guest.Read<uint>(Guest.Buffer + 20), Is.EqualTo(3), "d_type, and zeroed padding");
        Assert.That(guest.ReadText(Guest.Buffer + 24, 1), Is.EqualTo("."));
        Assert.That(guest.Read<ulong>(Guest.Buffer + 25), Is.EqualTo(2000), "the next record, unaligned");
        Assert.That(guest.Read<uint>(Guest.Buffer + 45), Is.EqualTo(4));
        Assert.That(guest.ReadText(Guest.Buffer + 49, 2), Is.EqualTo("ab"));
        Assert.That(guest.Bytes[(int)Guest.Buffer + 51], Is.EqualTo(0xEE));
    }

    /// <summary>A libc's way to list: what was cut is read again with the last whole entry's cookie.</summary>
    [Test]
    public void Whatever_the_buffer_s_length_all_entries_come_once([Range(64, 180)] int length)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory(Names), AccessModes.Read);
        List<string> found = [];
        for (ulong cookie = 0; ;)
        {
            (Errno errno, int used) = Readdir(guest, fd, (uint)length, cookie);
            Assert.That(errno, Is.EqualTo(Errno.Success));
            Assert.That(used, Is.LessThanOrEqualTo(length));
            for (int at = 0; used - at >= 24;)
            {
                Dirent head = guest.Read<Dirent>(Guest.Buffer + (uint)at);
                int end = at + 24 + (int)head.NameLength;
                if (end > used)
                {
                    break;
                }

                found.Add(guest.ReadText(Guest.Buffer + (uint)at + 24, (int)head.NameLength));
                cookie = head.Next;
                at = end;
            }

            if (used < length)
            {
                break;
            }
        }

        Assert.That(found, Is.EqualTo(Names));
    }

    [Test]
    public void A_cut_entry_s_bytes_are_those_of_the_whole([Range(0, 51)] int length)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory(".", "ab"), AccessModes.Read);
        Assert.That(Readdir(guest, fd, 51, 0).Used, Is.EqualTo(51));
        byte[] whole = guest.Read(Guest.Buffer, 51);
        guest.Bytes.Slice((int)Guest.Buffer, 100).Fill(0xEE);
        Assert.That(Readdir(guest, fd, (uint)length, 0), Is.EqualTo((Errno.Success, length)), "As many as there are: there may be more.");
        Assert.That(guest.Read(Guest.Buffer, length), Is.EqualTo(whole[..length]));
        Assert.That(guest.Bytes[(int)Guest.Buffer + length], Is.EqualTo(0xEE));
    }

    [TestCase(0UL, 51)]
    [TestCase(1000UL, 26)]
    [TestCase(2000UL, 0)]
    [TestCase(ulong.MaxValue, 0)]
    public void A_cookie_resumes_after_its_entry_again_and_again(ulong cookie, int expected)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory(".", "ab"), AccessModes.Read);
        for (int i = 0; i < 3; i++)
        {
            Assert.That(Readdir(guest, fd, 200, cookie), Is.EqualTo((Errno.Success, expected)));
        }
    }

    [Test]
    public void What_is_no_directory_is_ENOTDIR()
    {
        Guest guest = new();
        Assert.That(Readdir(guest, guest.Open(new FakeFile()), 99, 0).Errno, Is.EqualTo(Errno.NotDir));
        Assert.That(Readdir(guest, guest.Open(new FakeFile(), rights: WasiRights.File), 99, 0).Errno, Is.EqualTo(Errno.NotDir));
        Assert.That(Readdir(guest, guest.Open(new FakeStream()), 99, 0).Errno, Is.EqualTo(Errno.NotDir));
        Assert.That(Readdir(guest, 99, 99, 0).Errno, Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void Listing_needs_its_right()
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory("."), AccessModes.Read, WasiRights.Directory & ~Rights.FdReadDir);
        Assert.That(Readdir(guest, fd, 99, 0).Errno, Is.EqualTo(Errno.NotCapable));
    }

    [Test]
    public void A_listing_that_fails_says_why()
    {
        Guest guest = new();
        Assert.That(Readdir(guest, guest.Open(new FakeDirectory("a") { Failure = Errno.NoEnt }, AccessModes.Read), 99, 0).Errno, Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void A_long_listing_ends_when_the_guest_is_killed()
    {
        Guest guest = new();
        int read = 0;
        FakeDirectory directory = new([.. Enumerable.Range(0, 1000).Select(i => $"{i}")]);
        directory.Reading = () =>
        {
            if (++read == 10)
            {
                guest.Process.Kill(KillReason.TimedOut);
            }
        };
        int fd = guest.Open(directory, AccessModes.Read);
        Assert.Throws<GuestKilledException>(() => Readdir(guest, fd, 100_000, 0));
        Assert.That(read, Is.EqualTo(10));
    }

    private static (Errno Errno, int Used) Readdir(Guest guest, int fd, uint length, ulong cookie)
    {
        guest.Write(Guest.First, 0);
        Errno errno = Directories.FdReaddir(guest.Thread, guest.Memory, fd, new(Guest.Buffer, length), cookie, new(Guest.First));
        return (errno, guest.Read<int>(Guest.First));
    }
}
