using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class OpenFilesTests
{
    private static readonly (string Name, Rights Right, Func<Guest, int, Errno> Call)[] Calls =
    [
        ("fd_seek", Rights.FdSeek, (g, fd) => OpenFiles.FdSeek(g.Thread, g.Memory, fd, 1, WasiWhence.Set, new(Guest.First))),
        ("fd_tell", Rights.FdSeek | Rights.FdTell, (g, fd) => OpenFiles.FdTell(g.Thread, g.Memory, fd, new(Guest.First))),
        ("fd_filestat_get", Rights.FdFileStatGet, (g, fd) => OpenFiles.FdFilestatGet(g.Thread, g.Memory, fd, new(Guest.First))),
        ("fd_filestat_get 0", Rights.FdFileStatGet, (g, fd) => OpenFiles.FdFilestatGetUnstable(g.Thread, g.Memory, fd, new(Guest.First))),
        ("fd_filestat_set_size", Rights.FdFileStatSetSize, (g, fd) => OpenFiles.FdFilestatSetSize(g.Thread, fd, 1)),
        ("fd_filestat_set_times", Rights.FdFileStatSetTimes, (g, fd) => OpenFiles.FdFilestatSetTimes(g.Thread, fd, 1, 1, FstFlags.Atim)),
        ("fd_advise", Rights.FdAdvise, (g, fd) => OpenFiles.FdAdvise(g.Thread, fd, 0, 0, Advice.Normal)),
        ("fd_allocate", Rights.FdAllocate, (g, fd) => OpenFiles.FdAllocate(g.Thread, fd, 0, 1)),
        ("fd_datasync", Rights.FdDataSync | Rights.FdSync, (g, fd) => OpenFiles.FdDatasync(g.Thread, fd)),
        ("fd_sync", Rights.FdSync, (g, fd) => OpenFiles.FdSync(g.Thread, fd)),
    ];

    private static IEnumerable<string> Names => Calls.Select(call => call.Name);

    [TestCaseSource(nameof(Names))]
    public void What_is_not_open_is_EBADF_and_a_missing_right_ENOTCAPABLE(string name)
    {
        (_, Rights right, Func<Guest, int, Errno> call) = Calls.Single(call => call.Name == name);
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        int full = guest.Open(file);
        int bare = guest.Open(file, rights: Rights.All & ~right);
        Assert.That(call(guest, bare), Is.EqualTo(Errno.NotCapable));
        Assert.That((file.Length, file.Times, file.Allocation, file.Syncs.Count), Is.EqualTo((3, (TimeUpdate?)null, ((long, long)?)null, 0)));
        Assert.That(guest.Offset(bare), Is.Zero);
        Assert.That(call(guest, full), Is.EqualTo(Errno.Success));
        Assert.That(call(guest, 99), Is.EqualTo(Errno.BadF));
        Assert.That(call(guest, -1), Is.EqualTo(Errno.BadF));
    }

    [TestCase("fd_seek", Errno.IsDir)]
    [TestCase("fd_tell", Errno.IsDir)]
    [TestCase("fd_filestat_get", Errno.Success)]
    [TestCase("fd_filestat_set_size", Errno.Inval)]
    [TestCase("fd_advise", Errno.BadF)]
    [TestCase("fd_allocate", Errno.BadF)]
    [TestCase("fd_sync", Errno.Success)]
    [TestCase("fd_datasync", Errno.Success)]
    public void A_directory_answers_as_POSIX_says(string name, Errno expected)
    {
        Guest guest = new();
        int fd = guest.Open(new FakeDirectory(), AccessModes.Read, WasiRights.Directory);
        Assert.That(Calls.Single(call => call.Name == name).Call(guest, fd), Is.EqualTo(expected));
    }

    [TestCase("fd_seek", Errno.SPipe)]
    [TestCase("fd_tell", Errno.SPipe)]
    [TestCase("fd_filestat_get", Errno.Success)]
    [TestCase("fd_filestat_set_size", Errno.Inval)]
    [TestCase("fd_filestat_set_times", Errno.NotSup)]
    [TestCase("fd_advise", Errno.SPipe)]
    [TestCase("fd_allocate", Errno.SPipe)]
    [TestCase("fd_sync", Errno.Inval)]
    public void A_stream_answers_as_POSIX_says(string name, Errno expected)
    {
        Guest guest = new();
        int standard = guest.Open(new FakeStream());
        Assert.That(Calls.Single(call => call.Name == name).Call(guest, standard), Is.EqualTo(expected), "with all rights, as stdin has them");
        FakeStream stream = new();
        int opened = guest.Open(stream, rights: WasiRights.Possible(new OpenFile(stream, AccessModes.ReadWrite)));
        Assert.That(Calls.Single(call => call.Name == name).Call(guest, opened), Is.EqualTo(expected), "with those that path_open gives");
    }

    [TestCase(5L, 0u, 5UL)]
    [TestCase(3L, 1u, 7UL)]
    [TestCase(-4L, 1u, 0UL)]
    [TestCase(-1L, 2u, 9UL)]
    [TestCase(0L, 2u, 10UL)]
    [TestCase(1000L, 2u, 1010UL)]
    [TestCase(long.MaxValue, 0u, 0x7FFFFFFFFFFFFFFFUL)]
    public void Seeking_counts_from_its_origin(long offset, uint whence, ulong expected)
    {
        Guest guest = new();
        int fd = Seeker(guest);
        Assert.That(OpenFiles.FdSeek(guest.Thread, guest.Memory, fd, offset, (WasiWhence)whence, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.First), Is.EqualTo(expected));
        Assert.That(OpenFiles.FdTell(guest.Thread, guest.Memory, fd, new(Guest.Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.Second), Is.EqualTo(expected));
    }

    [TestCase(-1L, 0u, Errno.Inval)]
    [TestCase(-5L, 1u, Errno.Inval)]
    [TestCase(-11L, 2u, Errno.Inval)]
    [TestCase(long.MinValue, 1u, Errno.Inval)]
    [TestCase(long.MaxValue, 1u, Errno.Overflow)]
    [TestCase(0L, 3u, Errno.Inval)]
    [TestCase(0L, 0x100u, Errno.Inval)]
    [TestCase(0L, uint.MaxValue, Errno.Inval)]
    public void A_refused_seek_leaves_the_offset(long offset, uint whence, Errno expected)
    {
        Guest guest = new();
        int fd = Seeker(guest);
        Assert.That(OpenFiles.FdSeek(guest.Thread, guest.Memory, fd, offset, (WasiWhence)whence, new(Guest.First)), Is.EqualTo(expected));
        Assert.That(guest.Offset(fd), Is.EqualTo(4));
        Assert.That(guest.Read<ulong>(Guest.First), Is.Zero, "Written only on success.");
    }

    [TestCase(0u, 5UL)]
    [TestCase(1u, 11UL)]
    [TestCase(2u, 1UL)]
    public void Snapshot_0_numbers_its_origins_otherwise(uint whence, ulong expected)
    {
        Guest guest = new();
        int fd = Seeker(guest);
        Assert.That(OpenFiles.FdSeekUnstable(guest.Thread, guest.Memory, fd, 1, (UnstableWhence)whence, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.First), Is.EqualTo(expected));
    }

    [TestCase(3u)]
    [TestCase(4u)]
    [TestCase(5u)]
    [TestCase(0x100u)]
    [TestCase(0xFFFFFFFEu)]
    [TestCase(uint.MaxValue)]
    public void Snapshot_0_has_no_fourth_origin(uint whence)
    {
        Guest guest = new();
        int fd = Seeker(guest);
        Assert.That(OpenFiles.FdSeekUnstable(guest.Thread, guest.Memory, fd, 0, (UnstableWhence)whence, new(Guest.First)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void FD_TELL_is_enough_to_ask_and_not_to_move()
    {
        Guest guest = new();
        int fd = guest.Open(FakeFile.With("abc"u8), rights: Rights.FdTell);
        Assert.That(OpenFiles.FdTell(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(OpenFiles.FdSeek(guest.Thread, guest.Memory, fd, 0, WasiWhence.Cur, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(OpenFiles.FdSeek(guest.Thread, guest.Memory, fd, 1, WasiWhence.Cur, new(Guest.First)), Is.EqualTo(Errno.NotCapable));
        Assert.That(OpenFiles.FdSeek(guest.Thread, guest.Memory, fd, 0, WasiWhence.Set, new(Guest.First)), Is.EqualTo(Errno.NotCapable));
        int seeker = guest.Open(FakeFile.With("abc"u8), rights: Rights.FdSeek);
        Assert.That(OpenFiles.FdTell(guest.Thread, guest.Memory, seeker, new(Guest.First)), Is.EqualTo(Errno.Success), "FD_SEEK implies FD_TELL.");
    }

    [Test]
    public void Filestat_has_every_field_in_its_place()
    {
        Guest guest = new();
        int fd = guest.Open(FakeFile.With("abcde"u8));
        guest.Bytes.Slice((int)Guest.First, 65).Fill(0xEE);
        Assert.That(OpenFiles.FdFilestatGet(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.Success));
        ulong[] words = [.. Enumerable.Range(0, 8).Select(i => guest.Read<ulong>(Guest.First + (uint)(8 * i)))];
        Assert.That(words, Is.EqualTo(new ulong[]
        {
            0x1111111111111111, 0x2222222222222222, 4, 0x33333333, 5, 0x5555555555555555, 0x6666666666666666, 0x7777777777777777,
        }));
        Assert.That(guest.Bytes[(int)Guest.First + 64], Is.EqualTo(0xEE));
    }

    [Test]
    public void Snapshot_0_s_filestat_is_8_bytes_shorter()
    {
        Guest guest = new();
        int fd = guest.Open(FakeFile.With("abcde"u8));
        guest.Bytes.Slice((int)Guest.First, 65).Fill(0xEE);
        Assert.That(OpenFiles.FdFilestatGetUnstable(guest.Thread, guest.Memory, fd, new(Guest.First)), Is.EqualTo(Errno.Success));
        ulong[] words = [.. Enumerable.Range(0, 7).Select(i => guest.Read<ulong>(Guest.First + (uint)(8 * i)))];
        Assert.That(words, Is.EqualTo(new ulong[]
        {
            0x1111111111111111, 0x2222222222222222, 0x33333333_00000004, 5, 0x5555555555555555, 0x6666666666666666, 0x7777777777777777,
        }));
        Assert.That(guest.Bytes[(int)Guest.First + 56], Is.EqualTo(0xEE));
    }

    [Test]
    public void Times_before_1970_are_0()
    {
        FileStat early = new() { AccessTime = -1, ModifyTime = long.MinValue, ChangeTime = -1_000_000_000 };
        WasiFileStat stat = new(early);
        Assert.That((stat.AccessTime, stat.ModifyTime, stat.ChangeTime), Is.EqualTo((0UL, 0UL, 0UL)));
        UnstableFileStat unstable = new(early);
        Assert.That((unstable.AccessTime, unstable.ModifyTime, unstable.ChangeTime), Is.EqualTo((0UL, 0UL, 0UL)));
    }

    [Test]
    public void A_length_is_set()
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abcde"u8);
        int fd = guest.Open(file);
        Assert.That(OpenFiles.FdFilestatSetSize(guest.Thread, fd, 2), Is.EqualTo(Errno.Success));
        Assert.That(file.Length, Is.EqualTo(2));
        Assert.That(OpenFiles.FdFilestatSetSize(guest.Thread, fd, 1UL << 63), Is.EqualTo(Errno.Inval));
        Assert.That(OpenFiles.FdFilestatSetSize(guest.Thread, fd, ulong.MaxValue), Is.EqualTo(Errno.Inval));
        Assert.That(file.Length, Is.EqualTo(2));
    }

    /// <summary>ftruncate alone says EINVAL, where all else says EBADF.</summary>
    [Test]
    public void A_file_that_is_only_read_keeps_its_length([Values] bool allRights)
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        int fd = guest.Open(file, AccessModes.Read, allRights ? Rights.All : WasiRights.Possible(new OpenFile(file, AccessModes.Read)));
        Assert.That(OpenFiles.FdFilestatSetSize(guest.Thread, fd, 0), Is.EqualTo(Errno.Inval));
        Assert.That(OpenFiles.FdAllocate(guest.Thread, fd, 0, 9), Is.EqualTo(Errno.BadF));
        Assert.That((file.Length, file.Allocation), Is.EqualTo((3, ((long, long)?)null)));
    }

    [TestCase(0u, TimeUpdate.Omit, TimeUpdate.Omit)]
    [TestCase(1u, 11L, TimeUpdate.Omit)]
    [TestCase(2u, TimeUpdate.Now, TimeUpdate.Omit)]
    [TestCase(4u, TimeUpdate.Omit, 22L)]
    [TestCase(8u, TimeUpdate.Omit, TimeUpdate.Now)]
    [TestCase(5u, 11L, 22L)]
    [TestCase(6u, TimeUpdate.Now, 22L)]
    [TestCase(9u, 11L, TimeUpdate.Now)]
    [TestCase(10u, TimeUpdate.Now, TimeUpdate.Now)]
    public void Flags_say_which_times_are_set(uint flags, long access, long modify)
    {
        Guest guest = new();
        FakeFile file = new();
        int fd = guest.Open(file);
        Assert.That(OpenFiles.FdFilestatSetTimes(guest.Thread, fd, 11, 22, (FstFlags)flags), Is.EqualTo(Errno.Success));
        Assert.That(file.Times, Is.EqualTo(new TimeUpdate(access, modify)));
    }

    [TestCase(3u, 1UL, 1UL)]
    [TestCase(12u, 1UL, 1UL)]
    [TestCase(7u, 1UL, 1UL)]
    [TestCase(13u, 1UL, 1UL)]
    [TestCase(15u, 1UL, 1UL)]
    [TestCase(16u, 1UL, 1UL)]
    [TestCase(0x10001u, 1UL, 1UL)]
    [TestCase(1u, 1UL << 63, 1UL)]
    [TestCase(4u, 1UL, ulong.MaxValue)]
    [TestCase(5u, 1UL, (1UL << 63) + 1)]
    public void Contradictions_and_times_beyond_2262_are_EINVAL(uint flags, ulong atim, ulong mtim)
    {
        Guest guest = new();
        FakeFile file = new();
        int fd = guest.Open(file);
        Assert.That(OpenFiles.FdFilestatSetTimes(guest.Thread, fd, atim, mtim, (FstFlags)flags), Is.EqualTo(Errno.Inval));
        Assert.That(file.Times, Is.Null);
        Assert.That(
            Paths.PathFilestatSetTimes(guest.Thread, guest.Memory, guest.Open(new FakeDirectory()), 0, guest.Text("a"), atim, mtim, (FstFlags)flags),
            Is.EqualTo(Errno.Inval));
        Assert.That(guest.Files.Calls, Is.Empty);
    }

    [Test]
    public void A_time_that_is_not_set_may_be_anything()
    {
        Guest guest = new();
        FakeFile file = new();
        Assert.That(OpenFiles.FdFilestatSetTimes(guest.Thread, guest.Open(file), ulong.MaxValue, ulong.MaxValue, FstFlags.AtimNow), Is.EqualTo(Errno.Success));
        Assert.That(file.Times, Is.EqualTo(new TimeUpdate(TimeUpdate.Now, TimeUpdate.Omit)));
    }

    [TestCase(0UL, 0UL, 0u, Errno.Success)]
    [TestCase(10UL, 50UL, 5u, Errno.Success)]
    [TestCase(0x7FFFFFFFFFFFFFFFUL, 0x7FFFFFFFFFFFFFFFUL, 3u, Errno.Success)]
    [TestCase(0UL, 0UL, 6u, Errno.Inval)]
    [TestCase(0UL, 0UL, 0x100u, Errno.Inval)]
    [TestCase(1UL << 63, 0UL, 0u, Errno.Inval)]
    [TestCase(0UL, ulong.MaxValue, 0u, Errno.Inval)]
    public void Advice_changes_nothing(ulong offset, ulong length, uint advice, Errno expected)
    {
        Guest guest = new();
        FakeFile file = FakeFile.With("abc"u8);
        Assert.That(OpenFiles.FdAdvise(guest.Thread, guest.Open(file), offset, length, (Advice)advice), Is.EqualTo(expected));
        Assert.That((file.Length, file.Calls), Is.EqualTo((3, 0)));
    }

    [TestCase(0UL, 100UL, Errno.Success)]
    [TestCase(90UL, 20UL, Errno.Success)]
    [TestCase(0UL, 0UL, Errno.Inval)]
    [TestCase(1UL << 63, 1UL, Errno.Inval)]
    [TestCase(0UL, 1UL << 63, Errno.Inval)]
    [TestCase(0x7FFFFFFFFFFFFFFFUL, 1UL, Errno.FBig)]
    [TestCase(ulong.MaxValue, ulong.MaxValue, Errno.Inval)]
    public void Room_is_made_where_it_can_be(ulong offset, ulong length, Errno expected)
    {
        Guest guest = new();
        FakeFile file = new();
        Assert.That(OpenFiles.FdAllocate(guest.Thread, guest.Open(file), offset, length), Is.EqualTo(expected));
        Assert.That(file.Allocation, Is.EqualTo(expected == Errno.Success ? ((long)offset, (long)length) : ((long, long)?)null));
    }

    [Test]
    public void Syncing_says_whether_metadata_may_wait()
    {
        Guest guest = new();
        FakeFile file = new();
        int fd = guest.Open(file);
        Assert.That(OpenFiles.FdDatasync(guest.Thread, fd), Is.EqualTo(Errno.Success));
        Assert.That(OpenFiles.FdSync(guest.Thread, fd), Is.EqualTo(Errno.Success));
        Assert.That(file.Syncs, Is.EqualTo(new[] { true, false }));
        int syncer = guest.Open(file, rights: Rights.FdSync);
        Assert.That(OpenFiles.FdDatasync(guest.Thread, syncer), Is.EqualTo(Errno.Success), "FD_SYNC is the more.");
        int dataSyncer = guest.Open(file, rights: Rights.FdDataSync);
        Assert.That(OpenFiles.FdSync(guest.Thread, dataSyncer), Is.EqualTo(Errno.NotCapable));
    }

    private static int Seeker(Guest guest)
    {
        int fd = guest.Open(FakeFile.With("0123456789"u8));
        Assert.That(guest.File(fd).Seek(4, Whence.Start, out _), Is.EqualTo(Errno.Success));
        return fd;
    }
}
