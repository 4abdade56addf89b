using System.Diagnostics;

namespace Marcotte.Core.Tests;

/// <summary>The offset's latch, by way of open files that many threads share.</summary>
[TestFixture]
public sealed class ParkingLatchTests
{
    private const int Threads = 8;
    private const int Rounds = 20_000;

    [Test]
    public void Threads_that_write_through_one_open_file_each_get_a_place_of_their_own()
    {
        Counter counter = new();
        OpenFile file = new(counter, AccessModes.Write);
        Crowd(_ =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                file.Write("x"u8, out int _);
            }
        });

        Assert.That(counter.Next, Is.EqualTo(Threads * Rounds), "no write began where another did");
        Assert.That(counter.Strays, Is.Zero);
        file.Seek(0, Whence.Current, out long position);
        Assert.That(position, Is.EqualTo(Threads * Rounds));
    }

    /// <summary>A guest's thread may be held up within a call for as long as the host's disk takes.</summary>
    [Test]
    public void Whoever_waits_for_a_slow_call_takes_no_processor_and_goes_on_after_it()
    {
        using Gate gate = new();
        OpenFile file = new(gate, AccessModes.Write);
        Thread slow = Start(() => file.Write("slow"u8, out _));
        Assert.That(gate.Entered.Wait(TimeSpan.FromSeconds(30)), Is.True);
        long position = 0;
        Thread[] waiting = [.. Enumerable.Range(0, 4).Select(_ => Start(() => file.Seek(0, Whence.Current, out position)))];
        Assert.That(SpinWait.SpinUntil(() => waiting.All(IsAsleep), TimeSpan.FromSeconds(30)), Is.True, "they sleep rather than spin");
        gate.Open.Set();
        Assert.That(waiting.Append(slow).All(thread => thread.Join(TimeSpan.FromSeconds(30))), Is.True);
        Assert.That(position, Is.EqualTo(4));
    }

    [Test]
    public void A_call_that_throws_leaves_the_file_usable()
    {
        OpenFile file = new(new Thrower(), AccessModes.Read);
        Assert.That(() => file.Read(new byte[1], out _), Throws.InvalidOperationException);
        Assert.That(file.Seek(3, Whence.Start, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(3));
    }

    [Test]
    public void Latches_that_share_a_place_to_sleep_at_do_not_lose_each_others_wakes()
    {
        // More than there are places, so that some sleep at the same one.
        Counter[] counters = [.. Enumerable.Range(0, 100).Select(_ => new Counter())];
        OpenFile[] files = [.. counters.Select(counter => new OpenFile(counter, AccessModes.Write))];
        Crowd(seed =>
        {
            Random random = new(seed);
            for (int i = 0; i < Rounds; i++)
            {
                files[random.Next(files.Length)].Write("x"u8, out int _);
            }
        });

        Assert.That(counters.Sum(counter => counter.Next), Is.EqualTo(Threads * Rounds));
        Assert.That(counters.Sum(counter => counter.Strays), Is.Zero);
    }

    private static bool IsAsleep(Thread thread) => (thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0;

    private static Thread Start(Action run)
    {
        Thread thread = new(() => run()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Crowd(Action<int> run)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(seed => Start(() => run(seed)))];
        Assert.That(threads.All(thread => thread.Join(TimeSpan.FromSeconds(60))), Is.True, $"hung after {watch.Elapsed}");
    }

    private abstract class Seekable : FileOperations
    {
        public override FileType Type => FileType.Regular;

        public override bool IsSeekable => true;
    }

    /// <summary>Takes writes at the place where the last one ended, and counts the others.</summary>
    private sealed class Counter : Seekable
    {
        public int Next { get; private set; }

        public int Strays { get; private set; }

        public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
        {
            Strays += offset == Next ? 0 : 1;
            Next++;
            count = buffer.Length;
            return Errno.Success;
        }
    }

    private sealed class Gate : Seekable, IDisposable
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Open { get; } = new();

        public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
        {
            Entered.Set();
            Open.Wait();
            count = buffer.Length;
            return Errno.Success;
        }

        public void Dispose()
        {
            Entered.Dispose();
            Open.Dispose();
        }
    }

    private sealed class Thrower : Seekable
    {
        public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count) => throw new InvalidOperationException();
    }
}
