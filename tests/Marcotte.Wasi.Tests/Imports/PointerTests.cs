using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Every pointer of every function, put where no memory is: EFAULT, and nothing has happened.</summary>
[TestFixture]
public sealed class PointerTests
{
    private const int Regular = 3;
    private const int Folder = 4;
    private const int Stream = 5;

    private static readonly GuestSpan<Iovec> One = new(Guest.Rows, 1);

    /// <summary>A call, the bytes that a pointer of it points to, and the pointer.</summary>
    private static readonly (string Name, int Size, Func<Guest, uint, Errno> Call)[] Fixed =
    [
        ("args_sizes_get argc", 4, (g, p) => Arguments.ArgsSizesGet(g.Thread, g.Memory, new(p), new(Guest.First))),
        ("args_sizes_get size", 4, (g, p) => Arguments.ArgsSizesGet(g.Thread, g.Memory, new(Guest.First), new(p))),
        ("args_get argv", 8, (g, p) => Arguments.ArgsGet(g.Thread, g.Memory, new(p), new(Guest.First))),
        ("args_get argv_buf", 10, (g, p) => Arguments.ArgsGet(g.Thread, g.Memory, new(Guest.First), new(p))),
        ("environ_sizes_get count", 4, (g, p) => Arguments.EnvironSizesGet(g.Thread, g.Memory, new(p), new(Guest.First))),
        ("environ_sizes_get size", 4, (g, p) => Arguments.EnvironSizesGet(g.Thread, g.Memory, new(Guest.First), new(p))),
        ("environ_get environ", 4, (g, p) => Arguments.EnvironGet(g.Thread, g.Memory, new(p), new(Guest.First))),
        ("environ_get environ_buf", 4, (g, p) => Arguments.EnvironGet(g.Thread, g.Memory, new(Guest.First), new(p))),
        ("clock_res_get", 8, (g, p) => Clocks.ClockResGet(g.Thread, g.Memory, 0, new(p))),
        ("clock_time_get", 8, (g, p) => Clocks.ClockTimeGet(g.Thread, g.Memory, 0, 0, new(p))),
        ("fd_fdstat_get", 24, (g, p) => Descriptors.FdFdstatGet(g.Thread, g.Memory, Regular, new(p))),
        ("fd_filestat_get", 64, (g, p) => OpenFiles.FdFilestatGet(g.Thread, g.Memory, Regular, new(p))),
        ("fd_filestat_get 0", 56, (g, p) => OpenFiles.FdFilestatGetUnstable(g.Thread, g.Memory, Regular, new(p))),
        ("fd_seek", 8, (g, p) => OpenFiles.FdSeek(g.Thread, g.Memory, Regular, 1, WasiWhence.Set, new(p))),
        ("fd_tell", 8, (g, p) => OpenFiles.FdTell(g.Thread, g.Memory, Regular, new(p))),
        ("fd_read iovs", 8, (g, p) => ReadWrite.FdRead(g.Thread, g.Memory, Regular, new(p, 1), new(Guest.First))),
        ("fd_read nread", 4, (g, p) => ReadWrite.FdRead(g.Thread, g.Memory, Regular, One, new(p))),
        ("fd_read of a stream, nread", 4, (g, p) => ReadWrite.FdRead(g.Thread, g.Memory, Stream, One, new(p))),
        ("fd_write iovs", 8, (g, p) => ReadWrite.FdWrite(g.Thread, g.Memory, Regular, new(p, 1), new(Guest.First))),
        ("fd_write nwritten", 4, (g, p) => ReadWrite.FdWrite(g.Thread, g.Memory, Regular, One, new(p))),
        ("fd_pread iovs", 8, (g, p) => ReadWrite.FdPread(g.Thread, g.Memory, Regular, new(p, 1), 0, new(Guest.First))),
        ("fd_pread nread", 4, (g, p) => ReadWrite.FdPread(g.Thread, g.Memory, Regular, One, 0, new(p))),
        ("fd_pwrite iovs", 8, (g, p) => ReadWrite.FdPwrite(g.Thread, g.Memory, Regular, new(p, 1), 0, new(Guest.First))),
        ("fd_pwrite nwritten", 4, (g, p) => ReadWrite.FdPwrite(g.Thread, g.Memory, Regular, One, 0, new(p))),
        ("fd_readdir bufused", 4, (g, p) => Directories.FdReaddir(g.Thread, g.Memory, Folder, new(Guest.Buffer, 99), 0, new(p))),
        ("fd_prestat_get", 8, (g, p) => Preopens.FdPrestatGet(g.Thread, g.Memory, Folder, new(p))),
        ("path_filestat_get stat", 64, (g, p) => Paths.PathFilestatGet(g.Thread, g.Memory, Folder, 0, g.Text("a"), new(p))),
        ("path_filestat_get 0 stat", 56, (g, p) => Paths.PathFilestatGetUnstable(g.Thread, g.Memory, Folder, 0, g.Text("a"), new(p))),
        ("path_readlink bufused", 4, (g, p) => Paths.PathReadlink(g.Thread, g.Memory, Folder, g.Text("a"), new(Guest.Buffer, 9), new(p))),
        ("path_open opened_fd", 4, (g, p) => PathOpening.PathOpen(g.Thread, g.Memory, Folder, 0, g.Text("a"), OFlags.Creat, 0, 0, 0, new(p))),
        ("poll_oneoff in", 48, (g, p) => Poll.PollOneoff(g.Thread, g.Memory, new(p), new(Guest.Buffer), 1, new(Guest.First))),
        ("poll_oneoff out", 32, (g, p) => Poll.PollOneoff(g.Thread, g.Memory, new(Guest.Texts), new(p), 1, new(Guest.First))),
        ("poll_oneoff nevents", 4, (g, p) => Poll.PollOneoff(g.Thread, g.Memory, new(Guest.Texts), new(Guest.Buffer), 1, new(p))),
        ("poll_oneoff 0 in", 56, (g, p) => Poll.PollOneoffUnstable(g.Thread, g.Memory, new(p), new(Guest.Buffer), 1, new(Guest.First))),
        ("poll_oneoff 0 out", 32, (g, p) => Poll.PollOneoffUnstable(g.Thread, g.Memory, new(Guest.Texts), new(p), 1, new(Guest.First))),
        ("poll_oneoff 0 nevents", 4, (g, p) => Poll.PollOneoffUnstable(g.Thread, g.Memory, new(Guest.Texts), new(Guest.Buffer), 1, new(p))),
    ];

    /// <summary>A call and a stretch of bytes that it takes, or one of its buffers.</summary>
    private static readonly (string Name, Func<Guest, uint, uint, Errno> Call)[] Stretches =
    [
        ("random_get", (g, p, n) => Randomness.RandomGet(g.Thread, g.Memory, new(p, n))),
        ("fd_prestat_dir_name", (g, p, n) => Preopens.FdPrestatDirName(g.Thread, g.Memory, Folder, new(p, n))),
        ("fd_readdir buf", (g, p, n) => Directories.FdReaddir(g.Thread, g.Memory, Folder, new(p, n), 0, new(Guest.First))),
        ("path_readlink buf", (g, p, n) => Paths.PathReadlink(g.Thread, g.Memory, Folder, g.Text("a"), new(p, n), new(Guest.First))),
        ("path_create_directory", (g, p, n) => Paths.PathCreateDirectory(g.Thread, g.Memory, Folder, new(p, n))),
        ("path_filestat_get", (g, p, n) => Paths.PathFilestatGet(g.Thread, g.Memory, Folder, 0, new(p, n), new(Guest.First))),
        ("path_filestat_set_times", (g, p, n) => Paths.PathFilestatSetTimes(g.Thread, g.Memory, Folder, 0, new(p, n), 0, 0, 0)),
        ("path_link old", (g, p, n) => Paths.PathLink(g.Thread, g.Memory, Folder, 0, new(p, n), Folder, g.Text("b"))),
        ("path_link new", (g, p, n) => Paths.PathLink(g.Thread, g.Memory, Folder, 0, g.Text("a"), Folder, new(p, n))),
        ("path_open", (g, p, n) => PathOpening.PathOpen(g.Thread, g.Memory, Folder, 0, new(p, n), 0, 0, 0, 0, new(Guest.First))),
        ("path_readlink path", (g, p, n) => Paths.PathReadlink(g.Thread, g.Memory, Folder, new(p, n), new(Guest.Buffer, 9), new(Guest.First))),
        ("path_remove_directory", (g, p, n) => Paths.PathRemoveDirectory(g.Thread, g.Memory, Folder, new(p, n))),
        ("path_rename old", (g, p, n) => Paths.PathRename(g.Thread, g.Memory, Folder, new(p, n), Folder, g.Text("b"))),
        ("path_rename new", (g, p, n) => Paths.PathRename(g.Thread, g.Memory, Folder, g.Text("a"), Folder, new(p, n))),
        ("path_symlink old", (g, p, n) => Paths.PathSymlink(g.Thread, g.Memory, new(p, n), Folder, g.Text("b"))),
        ("path_symlink new", (g, p, n) => Paths.PathSymlink(g.Thread, g.Memory, g.Text("a"), Folder, new(p, n))),
        ("path_unlink_file", (g, p, n) => Paths.PathUnlinkFile(g.Thread, g.Memory, Folder, new(p, n))),
        ("fd_read alone", (g, p, n) => ReadWrite.FdRead(g.Thread, g.Memory, Regular, g.Vectors((p, n)), new(Guest.First))),
        ("fd_read last", (g, p, n) => ReadWrite.FdRead(g.Thread, g.Memory, Regular, g.Vectors((Guest.Buffer, 1), (p, n)), new(Guest.First))),
        ("fd_read of a stream, last", (g, p, n) => ReadWrite.FdRead(g.Thread, g.Memory, Stream, g.Vectors((Guest.Buffer, 1), (p, n)), new(Guest.First))),
        ("fd_write alone", (g, p, n) => ReadWrite.FdWrite(g.Thread, g.Memory, Regular, g.Vectors((p, n)), new(Guest.First))),
        ("fd_write last", (g, p, n) => ReadWrite.FdWrite(g.Thread, g.Memory, Regular, g.Vectors((Guest.Buffer, 1), (p, n)), new(Guest.First))),
        ("fd_write of a stream, last", (g, p, n) => ReadWrite.FdWrite(g.Thread, g.Memory, Stream, g.Vectors((Guest.Buffer, 1), (p, n)), new(Guest.First))),
        ("fd_pread last", (g, p, n) => ReadWrite.FdPread(g.Thread, g.Memory, Regular, g.Vectors((Guest.Buffer, 1), (p, n)), 0, new(Guest.First))),
        ("fd_pwrite last", (g, p, n) => ReadWrite.FdPwrite(g.Thread, g.Memory, Regular, g.Vectors((Guest.Buffer, 1), (p, n)), 0, new(Guest.First))),
    ];

    private static IEnumerable<string> FixedNames => Fixed.Select(one => one.Name);

    private static IEnumerable<string> StretchNames => Stretches.Select(one => one.Name);

    [TestCaseSource(nameof(FixedNames))]
    public void What_is_pointed_to_lies_in_memory_or_is_EFAULT(string name)
    {
        (_, int size, Func<Guest, uint, Errno> call) = Fixed.Single(one => one.Name == name);
        uint length = (uint)size;
        uint[] outside = [Guest.Size - length + 1, Guest.Size - 1, Guest.Size, 0x8000_0000, uint.MaxValue - length + 1, uint.MaxValue - length + 2, uint.MaxValue];
        foreach (uint address in outside)
        {
            Guest guest = Prepare();
            byte[] before = guest.Read(0, (int)Guest.Size);
            Assert.That(call(guest, address), Is.EqualTo(Errno.Fault), $"{address:x}");
            AssertUntouched(guest);
            Assert.That(Changed(guest, before), Is.False, $"{address:x}");
        }

        foreach (uint address in new[] { Guest.Size - length, Guest.Buffer + 1, Guest.Buffer + 3 })
        {
            // The last place there is, and misaligned ones. Rows and subscriptions of zeros are good ones.
            Assert.That(call(Prepare(), address), Is.EqualTo(Errno.Success), $"{address:x}");
        }
    }

    [TestCaseSource(nameof(StretchNames))]
    public void A_stretch_lies_in_memory_or_is_EFAULT(string name)
    {
        Func<Guest, uint, uint, Errno> call = Stretches.Single(one => one.Name == name).Call;
        (uint Address, uint Length)[] outside =
        [
            (Guest.Size - 1, 2), (Guest.Size, 1), (0, Guest.Size + 1), (uint.MaxValue, 1), (uint.MaxValue, 2), (0xFFFF_FFF0, 0x20),
            (1, uint.MaxValue), (0, uint.MaxValue), (0x8000_0000, 0x8000_0000), (Guest.Buffer, 0x8000_0000), (Guest.Buffer, uint.MaxValue - Guest.Buffer),
        ];
        foreach ((uint address, uint length) in outside)
        {
            Guest guest = Prepare();
            Assert.That(call(guest, address, length), Is.EqualTo(Errno.Fault), $"{address:x} {length:x}");
            AssertUntouched(guest);
        }

        Guest good = Prepare();
        good.Bytes[^6..].Fill((byte)'x');
        Assert.That(call(good, Guest.Size - 6, 6), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Counts_times_sizes_do_not_wrap([Values(0x2000_0000u, 0x2000_0001u, 0x1000_0000u, 0x8000_0000u, uint.MaxValue)] uint count)
    {
        Guest guest = Prepare(Limits.Default with { Vectors = int.MaxValue, Subscriptions = int.MaxValue });
        bool beyondLimit = count > int.MaxValue;
        Assert.That(
            ReadWrite.FdWrite(guest.Thread, guest.Memory, Regular, new(Guest.Rows, count), new(Guest.First)),
            Is.EqualTo(beyondLimit ? Errno.Inval : Errno.Fault));
        Assert.That(
            Poll.PollOneoff(guest.Thread, guest.Memory, new(Guest.Rows), new(Guest.Buffer), count, new(Guest.First)),
            Is.EqualTo(beyondLimit ? Errno.Inval : Errno.Fault));
        Assert.That(
            Poll.PollOneoffUnstable(guest.Thread, guest.Memory, new(Guest.Rows), new(Guest.Buffer), count, new(Guest.First)),
            Is.EqualTo(beyondLimit ? Errno.Inval : Errno.Fault));
        AssertUntouched(guest);
    }

    /// <summary>All calls would succeed: only the pointer is bad.</summary>
    private static Guest Prepare(Limits? limits = null)
    {
        Guest guest = new(limits);
        guest.Process.Arguments = new ByteStrings(["name", "more"]);
        guest.Process.Variables = new ByteStrings(["A=b"]);
        Assert.That(guest.Open(FakeFile.With("0123456789"u8)), Is.EqualTo(Regular));
        Assert.That(guest.Open(new FakeDirectory(".", "..")), Is.EqualTo(Folder));
        FakeStream stream = new();
        stream.Feed(1, 2, 3);
        Assert.That(guest.Open(stream), Is.EqualTo(Stream));
        guest.Process.Slots.Set(PreopenNames.Slot, new PreopenNames([(guest.File(Folder), "/tree"u8.ToArray())]));
        guest.Vectors((Guest.Buffer, 4));
        guest.Text("a");
        guest.Text("b", Guest.MoreTexts);
        guest.Bytes[(int)Guest.Texts..(int)(Guest.Texts + 56)].Clear();
        return guest;
    }

    private static void AssertUntouched(Guest guest)
    {
        Assert.That(guest.Offset(Regular), Is.Zero);
        Assert.That(((FakeFile)guest.File(Regular).Operations).Content.ToArray(), Is.EqualTo("0123456789"u8.ToArray()));
        Assert.That(((FakeStream)guest.File(Stream).Operations).Writes, Is.Empty);
        Assert.That(guest.File(Stream).Operations.Read(guest.File(Stream), new byte[9], out int left), Is.EqualTo(Errno.Success));
        Assert.That(left, Is.EqualTo(3));
        Assert.That(guest.Entropy.Lengths, Is.Empty);
        Assert.That(guest.Files.Calls, Has.All.StartsWith("Stat "));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(3));
        Assert.That(guest.Clock.Waited, Is.Zero);
    }

    /// <summary>Whether any byte changed, but for the strings that the call itself puts there.</summary>
    private static bool Changed(Guest guest, ReadOnlySpan<byte> before)
    {
        const int Start = (int)Guest.Texts;
        const int End = (int)Guest.Rows;
        return !guest.Bytes[..Start].SequenceEqual(before[..Start]) || !guest.Bytes[End..].SequenceEqual(before[End..]);
    }
}
