using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Calls that change no file system structure allocate nothing.</summary>
[TestFixture]
public sealed class AllocationTests
{
    private static readonly GuestOut<uint> Moved = new(Guest.First);

    private static readonly (string Name, Func<Guest, Errno> Call)[] Calls =
    [
        ("sched_yield", g => Processes.SchedYield(g.Thread)),
        ("clock_time_get", g => Clocks.ClockTimeGet(g.Thread, g.Memory, WasiClockId.Monotonic, 0, new(Guest.First))),
        ("fd_write", g => ReadWrite.FdWrite(g.Thread, g.Memory, 4, new(Guest.Rows, 1), Moved)),
        ("fd_read", g => ReadWrite.FdRead(g.Thread, g.Memory, 3, new(Guest.Rows, 1), Moved)),
        ("fd_pread", g => ReadWrite.FdPread(g.Thread, g.Memory, 3, new(Guest.Rows, 1), 0, Moved)),
        ("fd_pwrite", g => ReadWrite.FdPwrite(g.Thread, g.Memory, 3, new(Guest.Rows, 1), 0, Moved)),
        ("fd_write of two", g => ReadWrite.FdWrite(g.Thread, g.Memory, 4, new(Guest.Rows, 2), Moved)),
        ("fd_write of two large", g => ReadWrite.FdWrite(g.Thread, g.Memory, 4, new(Guest.Rows + 8, 2), Moved)),
        ("fd_pread of two", g => ReadWrite.FdPread(g.Thread, g.Memory, 3, new(Guest.Rows, 2), 0, Moved)),
        ("fd_seek", g => OpenFiles.FdSeek(g.Thread, g.Memory, 3, 0, WasiWhence.Set, new(Guest.First))),
        ("fd_fdstat_get", g => Descriptors.FdFdstatGet(g.Thread, g.Memory, 3, new(Guest.First))),
        ("fd_filestat_get", g => OpenFiles.FdFilestatGet(g.Thread, g.Memory, 3, new(Guest.First))),
        ("path_filestat_get", g => Paths.PathFilestatGet(g.Thread, g.Memory, 5, 0, new(Guest.Texts, 1), new(Guest.First))),
        ("fd_readdir", g => Directories.FdReaddir(g.Thread, g.Memory, 5, new(Guest.Buffer, 500), 0, Moved)),
        ("fd_prestat_get", g => Preopens.FdPrestatGet(g.Thread, g.Memory, 5, new(Guest.First))),
        ("poll_oneoff", g => Poll.PollOneoff(g.Thread, g.Memory, new(Guest.MoreTexts), new(Guest.Buffer), 2, Moved)),
        ("poll_oneoff of many", g => Poll.PollOneoff(g.Thread, g.Memory, new(Guest.MoreTexts), new(Guest.Buffer), 20, Moved)),
        ("args_get", g => Arguments.ArgsGet(g.Thread, g.Memory, new(Guest.First), new(Guest.Second))),
    ];

    private static IEnumerable<string> Names => Calls.Select(call => call.Name);

    [TestCaseSource(nameof(Names))]
    public void It_allocates_nothing(string name)
    {
        Func<Guest, Errno> call = Calls.Single(call => call.Name == name).Call;
        Guest guest = new();
        guest.Files.IsNoting = false;
        guest.Process.Arguments = new ByteStrings(["a", "b"]);
        guest.Open(FakeFile.With(new byte[500]));
        guest.Open(new Sink());
        guest.Open(new FakeDirectory(".", "..", "more"));
        guest.Process.Slots.Set(PreopenNames.Slot, new PreopenNames([(guest.File(5), "/"u8.ToArray())]));
        guest.Vectors((Guest.Buffer, 64), (Guest.Buffer, 1000), (Guest.Buffer, 1000));
        guest.Text("a");
        for (uint i = 0; i < 20; i++)
        {
            guest.Write(Guest.MoreTexts + (48 * i), i % 2 == 0 ? Subscriptions.Read(3) : Subscriptions.After(1, 0));
        }

        Errno errno = Errno.Success;
        long allocated = Guest.Allocated(() => errno |= call(guest));
        Assert.That(errno, Is.EqualTo(Errno.Success));
        Assert.That(allocated, Is.Zero);
    }

    /// <summary>A stream that takes everything.</summary>
    private sealed class Sink : FileOperations
    {
        public override FileType Type => FileType.Fifo;

        public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
        {
            count = buffer.Length;
            return Errno.Success;
        }
    }
}
