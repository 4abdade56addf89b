using System.Globalization;
using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Every number of preview 1, against the document's tables (3.2 and 3.3).</summary>
[TestFixture]
public sealed class EnumerationTests
{
    private static readonly (Type Type, string Members)[] Enumerations =
    [
        (typeof(WasiFileType), "UNKNOWN=0 BLOCK_DEVICE=1 CHARACTER_DEVICE=2 DIRECTORY=3 REGULAR_FILE=4 SOCKET_DGRAM=5 SOCKET_STREAM=6 SYMBOLIC_LINK=7"),
        (typeof(FdFlags), "NONE=0 APPEND=1 DSYNC=2 NONBLOCK=4 RSYNC=8 SYNC=16"),
        (typeof(OFlags), "NONE=0 CREAT=1 DIRECTORY=2 EXCL=4 TRUNC=8"),
        (typeof(FstFlags), "NONE=0 ATIM=1 ATIM_NOW=2 MTIM=4 MTIM_NOW=8"),
        (typeof(LookupFlags), "NONE=0 SYMLINK_FOLLOW=1"),
        (typeof(WasiClockId), "REALTIME=0 MONOTONIC=1 PROCESS_CPUTIME=2 THREAD_CPUTIME=3"),
        (typeof(WasiWhence), "SET=0 CUR=1 END=2"),
        (typeof(UnstableWhence), "CUR=0 END=1 SET=2"),
        (typeof(Advice), "NORMAL=0 SEQUENTIAL=1 RANDOM=2 WILLNEED=3 DONTNEED=4 NOREUSE=5"),
        (typeof(SdFlags), "NONE=0 RD=1 WR=2"),
        (typeof(RiFlags), "NONE=0 RECV_PEEK=1 RECV_WAITALL=2"),
        (typeof(SiFlags), "NONE=0"),
        (typeof(EventType), "CLOCK=0 FD_READ=1 FD_WRITE=2"),
        (typeof(EventRwFlags), "NONE=0 HANGUP=1"),
        (typeof(SubClockFlags), "NONE=0 ABSTIME=1"),
        (typeof(Signal), "NONE=0 HUP=1 INT=2 QUIT=3 ILL=4 TRAP=5 ABRT=6 BUS=7 FPE=8 KILL=9 USR1=10 SEGV=11 USR2=12 PIPE=13 ALRM=14 TERM=15 CHLD=16 CONT=17 STOP=18 TSTP=19 TTIN=20 TTOU=21 URG=22 XCPU=23 XFSZ=24 VTALRM=25 PROF=26 WINCH=27 POLL=28 PWR=29 SYS=30"),
    ];

    /// <summary>In order of their bits.</summary>
    private static readonly string[] RightNames =
    [
        "FD_DATASYNC", "FD_READ", "FD_SEEK", "FD_FDSTAT_SET_FLAGS", "FD_SYNC", "FD_TELL", "FD_WRITE", "FD_ADVISE", "FD_ALLOCATE",
        "PATH_CREATE_DIRECTORY", "PATH_CREATE_FILE", "PATH_LINK_SOURCE", "PATH_LINK_TARGET", "PATH_OPEN", "FD_READDIR", "PATH_READLINK",
        "PATH_RENAME_SOURCE", "PATH_RENAME_TARGET", "PATH_FILESTAT_GET", "PATH_FILESTAT_SET_SIZE", "PATH_FILESTAT_SET_TIMES",
        "FD_FILESTAT_GET", "FD_FILESTAT_SET_SIZE", "FD_FILESTAT_SET_TIMES", "PATH_SYMLINK", "PATH_REMOVE_DIRECTORY", "PATH_UNLINK_FILE",
        "POLL_FD_READWRITE", "SOCK_SHUTDOWN", "SOCK_ACCEPT",
    ];

    [Test]
    public void Every_enumeration_has_the_document_s_numbers([Range(0, 15)] int which)
    {
        (Type type, string members) = Enumerations[which];
        IEnumerable<string> actual = Enum.GetNames(type)
            .Select(name => $"{name.ToUpperInvariant()}={Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        Assert.That(actual, Is.EquivalentTo(members.Replace("_", string.Empty, StringComparison.Ordinal).Split(' ')), type.Name);
    }

    [Test]
    public void All_of_them_are_looked_at() => Assert.That(Enumerations, Has.Length.EqualTo(16));

    [Test]
    public void Each_right_has_the_document_s_bit()
    {
        Assert.That(RightNames, Has.Length.EqualTo(30));
        for (int bit = 0; bit < RightNames.Length; bit++)
        {
            string name = ((Rights)(1UL << bit)).ToString();
            Assert.That(name.ToUpperInvariant(), Is.EqualTo(RightNames[bit].Replace("_", string.Empty, StringComparison.Ordinal)));
        }

        Assert.That((ulong)Rights.All, Is.EqualTo(0x3fffffff));
    }

    [TestCase(FileType.Unknown, 0)]
    [TestCase(FileType.Fifo, 0)]
    [TestCase(FileType.BlockDevice, 1)]
    [TestCase(FileType.CharacterDevice, 2)]
    [TestCase(FileType.Directory, 3)]
    [TestCase(FileType.Regular, 4)]
    [TestCase(FileType.DatagramSocket, 5)]
    [TestCase(FileType.StreamSocket, 6)]
    [TestCase(FileType.SymbolicLink, 7)]
    [TestCase((FileType)99, 0)]
    public void Each_kind_of_file_has_a_number(FileType type, int number) => Assert.That((int)type.ToWasi(), Is.EqualTo(number));

    [TestCase(StatusFlags.None, 0u)]
    [TestCase(StatusFlags.Append, 1u)]
    [TestCase(StatusFlags.DataSync, 2u)]
    [TestCase(StatusFlags.NonBlocking, 4u)]
    [TestCase(StatusFlags.Sync, 24u)]
    [TestCase(StatusFlags.Append | StatusFlags.NonBlocking | StatusFlags.DataSync | StatusFlags.Sync, 31u)]
    public void Status_flags_go_out_and_come_back(StatusFlags status, uint number)
    {
        Assert.That((uint)status.ToFdFlags(), Is.EqualTo(number));
        Assert.That(((FdFlags)number).ToStatus(), Is.EqualTo(status));
    }

    [Test]
    public void Clock_numbers_are_those_of_Core()
    {
        Assert.That((uint)WasiClockId.Realtime, Is.EqualTo((uint)ClockId.Realtime));
        Assert.That((uint)WasiClockId.Monotonic, Is.EqualTo((uint)ClockId.Monotonic));
        Assert.That((uint)WasiClockId.ProcessCpuTime, Is.EqualTo((uint)ClockId.ProcessCpu));
        Assert.That((uint)WasiClockId.ThreadCpuTime, Is.EqualTo((uint)ClockId.ThreadCpu));
    }
}
