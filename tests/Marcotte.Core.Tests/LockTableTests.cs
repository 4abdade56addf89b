namespace Marcotte.Core.Tests;

[TestFixture]
public sealed class LockTableTests
{
    private Kernel _kernel;
    private LockTable _locks;
    private GuestThread _one;
    private GuestThread _two;

    [SetUp]
    public void SetUp()
    {
        _kernel = new Kernel(Limits.Default with { RecordLocks = 8 }) { Clock = new HostClock() };
        _locks = _kernel.Locks;
        _one = Thread(1);
        _two = Thread(2);
    }

    [TearDown]
    public void TearDown() => _kernel.Dispose();

    [Test]
    public void Shared_locks_go_together_and_an_exclusive_one_with_none()
    {
        OpenFile a = Open(7);
        OpenFile b = Open(7);
        Assert.That(Lock(_one, a, LockKind.Shared), Is.EqualTo(Errno.Success));
        Assert.That(Lock(_two, b, LockKind.Shared), Is.EqualTo(Errno.Success));
        Assert.That(Lock(_two, b, LockKind.Exclusive), Is.EqualTo(Errno.Again));
        Assert.That(Lock(_one, a, LockKind.Exclusive), Is.EqualTo(Errno.Success), "the lock to be changed was given up, as on Linux");
        Assert.That(Lock(_two, b, LockKind.Shared), Is.EqualTo(Errno.Again));
        Assert.That(_locks.Unlock(a), Is.EqualTo(Errno.Success));
        Assert.That(Lock(_two, b, LockKind.Shared), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Files_are_told_apart_and_whole_locks_know_nothing_of_records()
    {
        OpenFile file = Open(7);
        Assert.That(Lock(_one, file, LockKind.Exclusive), Is.EqualTo(Errno.Success));
        Assert.That(Lock(_two, Open(8), LockKind.Exclusive), Is.EqualTo(Errno.Success));
        Assert.That(Record(_two, Open(7), 0, 0, LockKind.Exclusive), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void A_lock_lasts_as_long_as_the_open_file()
    {
        OpenFile file = Open(7);
        Assert.That(Lock(_one, file, LockKind.Exclusive), Is.EqualTo(Errno.Success));
        OpenFile duplicate = file.Acquire();
        file.Release();
        Assert.That(Lock(_two, Open(7), LockKind.Shared), Is.EqualTo(Errno.Again));
        duplicate.Release();
        Assert.That(Lock(_two, Open(7), LockKind.Shared), Is.EqualTo(Errno.Success));
        Assert.That(Lock(_two, file, LockKind.Shared), Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void Whoever_waits_gets_the_lock_when_it_is_given_up()
    {
        OpenFile file = Open(7);
        Lock(_one, file, LockKind.Exclusive);
        Task<Errno> waiting = Make.Run(() => _locks.Lock(_two, Open(7), LockKind.Exclusive, wait: true));
        Make.Until(() => _two.Waiter.WaitedNanoseconds > 0, "It did not wait.");
        Assert.That(waiting.IsCompleted, Is.False);
        file.Release();
        Assert.That(Make.Outcome(waiting), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Waiting_is_interrupted_and_ended_by_a_kill_and_leaves_nothing()
    {
        OpenFile file = Open(7);
        OpenFile other = Open(7);
        Lock(_one, file, LockKind.Exclusive);
        Task<Errno> waiting = Make.Run(() => _locks.Lock(_two, other, LockKind.Exclusive, wait: true));
        Make.Until(() => _two.Waiter.WaitedNanoseconds > 0, "It did not wait.");
        _two.Interrupt();
        Assert.That(Make.Outcome(waiting), Is.EqualTo(Errno.Intr));

        Task<Exception> killed = Make.Run(Exception () => Assert.Throws<GuestKilledException>(() => _locks.Lock(_two, other, LockKind.Exclusive, wait: true)));
        _two.Process.Kill(KillReason.Killed);
        Assert.That(Make.Outcome(killed), Is.Not.Null);
        file.Release();
        Assert.That(Lock(_one, Open(7), LockKind.Exclusive), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Records_conflict_where_they_overlap_between_processes_alone()
    {
        OpenFile a = Open(7);
        OpenFile b = Open(7);
        Assert.That(Record(_one, a, 10, 10, LockKind.Exclusive), Is.EqualTo(Errno.Success));
        Assert.That(Record(_two, b, 19, 1, LockKind.Shared), Is.EqualTo(Errno.Again));
        Assert.That(Record(_two, b, 0, 10, LockKind.Exclusive), Is.EqualTo(Errno.Success));
        Assert.That(Record(_two, b, 20, 0, LockKind.Exclusive), Is.EqualTo(Errno.Success));
        Assert.That(Record(_one, b, 10, 10, LockKind.Shared), Is.EqualTo(Errno.Success), "its own lock is never in its way");

        Assert.That(_locks.TestRecord(_two.Process, b, new ByteRange(0, 100), LockKind.Exclusive, RecordOwner.Process, out RecordLock? conflict), Is.EqualTo(Errno.Success));
        Assert.That(conflict, Is.EqualTo(new RecordLock(new ByteRange(10, 19), LockKind.Shared, _one.Process)));
        Assert.That(conflict!.ProcessId, Is.EqualTo(1));
    }

    [Test]
    public void Closing_any_descriptor_of_the_file_gives_the_processs_records_up()
    {
        OpenFile a = Open(7);
        _one.Process.Descriptors.Add(new Descriptor(a), out _);
        _one.Process.Descriptors.Add(new Descriptor(Open(7)), out int second);
        _one.Process.Descriptors.Add(new Descriptor(Open(8)), out int unrelated);
        Record(_one, a, 0, 0, LockKind.Exclusive);
        _one.Process.Descriptors.Close(unrelated);
        Assert.That(Record(_two, Open(7), 0, 0, LockKind.Shared), Is.EqualTo(Errno.Again));
        _one.Process.Descriptors.Close(second);
        Assert.That(Record(_two, Open(7), 0, 0, LockKind.Shared), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Records_of_an_open_file_are_shared_with_a_forked_child_and_those_of_a_process_are_not()
    {
        OpenFile file = Open(7);
        _one.Process.Descriptors.Add(new Descriptor(file), out _);
        Process child = _one.Process.Fork(3);
        GuestThread inChild = new(child, 1, new PinnedMemory(64));
        Assert.That(_locks.LockRecord(_one, file, new ByteRange(0, 9), LockKind.Exclusive, RecordOwner.OpenFile, wait: false), Is.EqualTo(Errno.Success));
        Assert.That(_locks.LockRecord(inChild, file, new ByteRange(0, 9), LockKind.Exclusive, RecordOwner.OpenFile, wait: false), Is.EqualTo(Errno.Success));
        Assert.That(Record(_one, file, 5, 1, LockKind.Shared), Is.EqualTo(Errno.Again), "the two kinds of owner stand in each other's way");
        Assert.That(Record(_one, file, 20, 1, LockKind.Exclusive), Is.EqualTo(Errno.Success));
        Assert.That(Record(inChild, file, 20, 1, LockKind.Exclusive), Is.EqualTo(Errno.Again));
        child.Close();
        _one.Process.Close();
        Assert.That(Record(_two, Open(7), 0, 0, LockKind.Exclusive), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void A_lock_needs_the_access_that_it_is_for()
    {
        Assert.That(Record(_one, Open(7, AccessModes.Read), 0, 1, LockKind.Exclusive), Is.EqualTo(Errno.BadF));
        Assert.That(Record(_one, Open(7, AccessModes.Write), 0, 1, LockKind.Shared), Is.EqualTo(Errno.BadF));
        Assert.That(Record(_one, Open(7, AccessModes.Read), 0, 1, LockKind.Shared), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Processes_that_would_wait_for_each_other_are_told()
    {
        OpenFile a = Open(7);
        OpenFile b = Open(8);
        Record(_one, a, 0, 1, LockKind.Exclusive);
        Record(_two, b, 0, 1, LockKind.Exclusive);
        Task<Errno> waiting = Make.Run(() => _locks.LockRecord(_two, a, new ByteRange(0, 0), LockKind.Exclusive, RecordOwner.Process, wait: true));
        Make.Until(() => _two.Waiter.WaitedNanoseconds > 0, "It did not wait.");
        Assert.That(_locks.LockRecord(_one, b, new ByteRange(0, 0), LockKind.Exclusive, RecordOwner.Process, wait: true), Is.EqualTo(Errno.DeadLk));
        _locks.UnlockRecord(_one.Process, a, new ByteRange(0, 0), RecordOwner.Process);
        Assert.That(Make.Outcome(waiting), Is.EqualTo(Errno.Success));
    }

    [Test]
    [Category("security: limits")]
    [Category("limit: RecordLocks")]
    public void Limits_records_beyond_the_limit_answer_ENOLCK_and_giving_up_all_always_works()
    {
        OpenFile file = Open(7);
        int taken = 0;
        while (Record(_one, file, taken * 4, 2, LockKind.Exclusive) == Errno.Success)
        {
            taken++;
        }

        Assert.That(taken, Is.EqualTo(7));
        Assert.That(Record(_one, file, 400, 2, LockKind.Exclusive), Is.EqualTo(Errno.NoLck));
        Assert.That(_locks.UnlockRecord(_one.Process, file, new ByteRange(0, long.MaxValue), RecordOwner.Process), Is.EqualTo(Errno.Success));
        Assert.That(Record(_two, Open(7), 0, 0, LockKind.Exclusive), Is.EqualTo(Errno.Success));
    }

    [TestCase(-1L, 1L, Errno.Inval)]
    [TestCase(5L, -6L, Errno.Inval)]
    [TestCase(2L, long.MaxValue, Errno.Overflow)]
    public void Ranges_outside_a_file_are_refused(long start, long length, Errno expected) =>
        Assert.That(ByteRange.Of(start, length, out _), Is.EqualTo(expected));

    [TestCase(5L, 0L, 5L, long.MaxValue)]
    [TestCase(5L, 3L, 5L, 7L)]
    [TestCase(5L, -3L, 2L, 4L)]
    [TestCase(1L, long.MaxValue, 1L, long.MaxValue)]
    public void Ranges_are_read_as_POSIX_says(long start, long length, long first, long last)
    {
        Assert.That(ByteRange.Of(start, length, out ByteRange range), Is.EqualTo(Errno.Success));
        Assert.That(range, Is.EqualTo(new ByteRange(first, last)));
    }

    private static OpenFile Open(ulong inode, AccessModes access = AccessModes.ReadWrite) => new(new Numbered(inode), access);

    private GuestThread Thread(int id) => new(new Process(_kernel, id), 1, new PinnedMemory(64));

    private Errno Lock(GuestThread thread, OpenFile file, LockKind kind) => _locks.Lock(thread, file, kind, wait: false);

    private Errno Record(GuestThread thread, OpenFile file, long start, long length, LockKind kind)
    {
        Assert.That(ByteRange.Of(start, length, out ByteRange range), Is.EqualTo(Errno.Success));
        return _locks.LockRecord(thread, file, range, kind, RecordOwner.Process, wait: false);
    }
}

/// <summary>A file that tells which inode it is.</summary>
internal sealed class Numbered(ulong inode) : FileOperations
{
    public override FileType Type => FileType.Regular;

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = new FileStat { Device = 1, Inode = inode, Type = FileType.Regular, Links = 1 };
        return Errno.Success;
    }
}
