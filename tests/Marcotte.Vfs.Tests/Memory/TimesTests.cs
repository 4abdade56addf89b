using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Times of access, modification and change, to the nanosecond of the box's clock.</summary>
internal sealed class TimesTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp() => _box = new TestBox();

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void CreationStampsAllAndTheDirectory()
    {
        At(50);
        _box.Create("/file").Release();
        Assert.That(Times("/file"), Is.EqualTo((50, 50, 50)));
        Assert.That(Times("/"), Is.EqualTo((1_000_000_007, 50, 50)));
    }

    [Test]
    public void WritingStampsModificationAndChange()
    {
        OpenFile file = _box.Create("/file");
        At(2_000_000_001);
        file.Write("x"u8, out _);
        Assert.That(Times("/file"), Is.EqualTo((1_000_000_007, 2_000_000_001, 2_000_000_001)));
        At(2_000_000_002);
        file.SetSize(10);
        Assert.That(_box.Stat("/file").ModifyTime, Is.EqualTo(2_000_000_002));
        At(2_000_000_003);
        _box.TryOpen("/file", OpenFlags.Truncate, AccessModes.None);
        Assert.That(_box.Stat("/file").ModifyTime, Is.EqualTo(2_000_000_003));
        At(2_000_000_004);
        file.Allocate(0, 5);
        Assert.That(_box.Stat("/file").ModifyTime, Is.EqualTo(2_000_000_004));
        Assert.That(_box.Stat("/").ModifyTime, Is.EqualTo(1_000_000_007));
    }

    [Test]
    public void ReadingStampsAccessOnceAfterEachChange()
    {
        _box.Write("/file", "x");
        At(2_000_000_000);
        _box.Read("/file");
        Assert.That(_box.Stat("/file").AccessTime, Is.EqualTo(2_000_000_000));
        At(3_000_000_000);
        _box.Read("/file");
        Assert.That(_box.Stat("/file").AccessTime, Is.EqualTo(2_000_000_000));
    }

    [Test]
    public void NamesStampTheInodesChangeAndTheDirectory()
    {
        _box.Write("/file", "x");
        _box.MakeDirectory("/dir");
        At(2_000_000_000);
        _box.Link("/file", "/dir/second");
        Assert.That(_box.Stat("/file").ChangeTime, Is.EqualTo(2_000_000_000));
        Assert.That(_box.Stat("/file").ModifyTime, Is.EqualTo(1_000_000_007));
        Assert.That(_box.Stat("/dir").ModifyTime, Is.EqualTo(2_000_000_000));
        At(3_000_000_000);
        _box.Rename("/dir/second", "/third");
        Assert.That(_box.Stat("/file").ChangeTime, Is.EqualTo(3_000_000_000));
        Assert.That(_box.Stat("/dir").ModifyTime, Is.EqualTo(3_000_000_000));
        Assert.That(_box.Stat("/").ModifyTime, Is.EqualTo(3_000_000_000));
        At(4_000_000_000);
        _box.Unlink("/third");
        Assert.That(_box.Stat("/file").ChangeTime, Is.EqualTo(4_000_000_000));
        Assert.That(_box.Stat("/").ModifyTime, Is.EqualTo(4_000_000_000));
    }

    [Test]
    public void TimesAreSetExactly()
    {
        _box.Write("/file", "x");
        At(5_000_000_000);
        Set("/file", new TimeUpdate(123_456_789, TimeUpdate.Omit));
        Assert.That(Times("/file"), Is.EqualTo((123_456_789, 1_000_000_007, 5_000_000_000)));
        Set("/file", new TimeUpdate(TimeUpdate.Omit, 1_000_000_007 - 100));
        Assert.That(Times("/file"), Is.EqualTo((123_456_789, 1_000_000_007 - 100, 5_000_000_000)));
        Set("/file", new TimeUpdate(TimeUpdate.Now, TimeUpdate.Now));
        Assert.That(Times("/file"), Is.EqualTo((5_000_000_000, 5_000_000_000, 5_000_000_000)));
        At(6_000_000_000);
        Set("/file", new TimeUpdate(TimeUpdate.Omit, TimeUpdate.Omit));
        Assert.That(Times("/file"), Is.EqualTo((5_000_000_000, 5_000_000_000, 5_000_000_000)));
    }

    [Test]
    public void ExtremeTimesAreKept()
    {
        _box.Write("/file", "x");
        Set("/file", new TimeUpdate(long.MaxValue, 0));
        Assert.That(Times("/file").Item1, Is.EqualTo(long.MaxValue));
        Assert.That(Times("/file").Item2, Is.Zero);
        Set("/file", new TimeUpdate(-1, -1_000_000_000));
        Assert.That(Times("/file").Item1, Is.EqualTo(-1));
    }

    [Test]
    public void LinkHasTimesOfItsOwn()
    {
        _box.Write("/file", "x");
        _box.SymbolicLink("file", "/link");
        _box.Flags = PathFlags.None;
        Set("/link", new TimeUpdate(1, 2));
        Assert.That(_box.LinkStat("/link").ModifyTime, Is.EqualTo(2));
        _box.Flags = PathFlags.Follow;
        Assert.That(_box.Stat("/file").ModifyTime, Is.EqualTo(1_000_000_007));
        Set("/link", new TimeUpdate(3, 4));
        Assert.That(_box.Stat("/file").ModifyTime, Is.EqualTo(4));
        Assert.That(_box.LinkStat("/link").ModifyTime, Is.EqualTo(2));
    }

    [Test]
    public void OpenFilesAndDirectoriesTakeTimesToo()
    {
        OpenFile file = _box.Create("/file");
        Assert.That(file.Operations.SetTimes(file, new TimeUpdate(7, 8)), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/file").ModifyTime, Is.EqualTo(8));
        OpenFile directory = _box.OpenDirectory("/");
        Assert.That(directory.Operations.SetTimes(directory, new TimeUpdate(9, 10)), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/").ModifyTime, Is.EqualTo(10));
    }

    [Test]
    public void OnHostTimeStampsAreOfTheLastTick()
    {
        using TestBox box = new();
        HostClock clock = new();
        box.Kernel.Clock = clock;
        long before = clock.Realtime();
        OpenFile file = box.Create("/file");
        for (int i = 0; i < 10_000; i++)
        {
            file.Write("x"u8, out _);
        }

        long after = clock.Realtime();
        Assert.That(box.Stat("/file").ModifyTime, Is.InRange(before - 100_000_000, after));
        Assert.That(clock.Reads, Is.LessThan(5_000), "not once for each write");
    }

    private void At(long time) => _box.Clock.Time = time;

    private void Set(string path, TimeUpdate times) => Assert.That(_box.Files.SetTimes(_box.Path(path), times), Is.EqualTo(Errno.Success));

    private (long Access, long Modify, long Change) Times(string path)
    {
        FileStat stat = _box.Stat(path);
        return (stat.AccessTime, stat.ModifyTime, stat.ChangeTime);
    }

    private sealed class HostClock : BoxClock
    {
        public int Reads { get; private set; }

        public override TimeProvider TimeProvider => TimeProvider.System;

        public override bool RunsOnHostTime => true;

        public override long Realtime()
        {
            Reads++;
            return (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        }
    }
}
