using Marcotte.Core;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Marcotte.Guests.Tests;

/// <summary>Processes are killed at each of their system calls, and boxes at any moment: all that was theirs goes with them.</summary>
[NonParallelizable]
internal sealed class RandomKillerTests
{
    private const string Script = """
        seq 200 | sort -r | head -n 5 > /tmp/a &
        for i in 1 2 3; do echo "$i" | cat | tr 1-3 a-c; done
        x=$(seq 50 | grep 7 | wc -l)
        ( trap 'echo ended' EXIT; sleep 0.001; echo "$x" )
        wait
        cat /tmp/a | wc -c
        """;

    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(5);

    private BoxEngine _engine = null!;
    private ProcessGuest _shell = null!;
    private HostFootprint _before = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _engine = ProcessGuest.NewEngine();
        _shell = new ProcessGuest(_engine, "dash");
        using Box box = _shell.Create("-c", Script);
        Assert.That(box.Run(), Is.TypeOf<Exited>());
        _before = OperatingSystem.IsLinux() ? HostFootprint.Take() : _before;
    }

    [OneTimeTearDown]
    public void Close()
    {
        Assert.That(_engine.ActiveBoxes, Is.Zero);
        if (OperatingSystem.IsLinux())
        {
            Assert.That(() => ProcessHardeningTests.GuestThreads(), Is.Zero.After(20_000, 100), "threads that run guests");
            HostFootprint after = HostFootprint.Take();
            TestContext.Out.WriteLine($"{_before}\n{after}");
            Assert.That(after.Files, Is.LessThanOrEqualTo(_before.Files + 8));
            Assert.That(after.Managed, Is.LessThanOrEqualTo(_before.Managed + (4 << 20)));
            Assert.That(after.Mappings, Is.LessThanOrEqualTo(_before.Mappings + 400), "memories of the pool, and no more");
        }

        _shell.Dispose();
        _engine.Dispose();
    }

    /// <summary>Calls are counted over all processes of the box; the last round is the one that has no call of that number any more.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_kill_at_any_call_leaves_nothing_behind(bool wholeBox)
    {
        Random random = new(wholeBox ? 1 : 2);
        long began = Stopwatch.GetTimestamp();
        int rounds = 0;
        int killed = 0;
        for (int at = 1; Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(6); at += 1 + random.Next(8), rounds++)
        {
            using Box box = _shell.Create("-c", Script);
            Killer killer = new(box.Process, at, wholeBox);
            box.Process.Kernel.Observer = SyscallObserver.Combine(killer, box.Process.Kernel.Observer);
            Task<Outcome> run = box.RunAsync();
            Assert.That(await Task.WhenAny(run, Task.Delay(Promptly)), Is.SameAs(run), $"killed at call {at} of all, it does not end:\n{Tree(box)}");
            Outcome outcome = await run;
            Assert.That(outcome, wholeBox && killer.Fired ? Is.TypeOf<Killed>() : Is.TypeOf<Exited>().Or.TypeOf<Signaled>(), $"call {at}");
            Assert.That(box.Process.Kernel.Processes.List().Where(other => other.Process is not null), Is.Empty, $"call {at}");
            at = killer.Fired ? at : 0;
            killed += killer.Fired ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{rounds} rounds, {killed} with a kill");
        Assert.That(killed, Is.GreaterThan(20));
    }

    [Test]
    public async Task A_box_killed_at_any_moment_leaves_nothing_behind()
    {
        Random random = new(3);
        long began = Stopwatch.GetTimestamp();
        int rounds = 0;
        for (; Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(6); rounds++)
        {
            using Box box = _shell.Create("-c", Script);
            Task<Outcome> run = box.RunAsync();
            long wait = random.NextInt64(Stopwatch.Frequency / 20);
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetTimestamp() - start < wait;)
            {
                Thread.Yield();
            }

            box.Kill();
            Assert.That(await Task.WhenAny(run, Task.Delay(Promptly)), Is.SameAs(run), $"it does not end:\n{Tree(box)}");
            Assert.That(await run, Is.TypeOf<Killed>().Or.TypeOf<Exited>());
            Assert.That(box.Process.Kernel.Processes.List().Where(other => other.Process is not null), Is.Empty);
        }

        TestContext.Out.WriteLine($"{rounds} rounds");
    }

    private static string Tree(Box box) => string.Join('\n', box.Process.Kernel.Processes.List());

    /// <summary>Kills who makes the call of a number, counted over all of a box's, or the box.</summary>
    private sealed class Killer(Process first, int at, bool wholeBox) : SyscallObserver
    {
        private int _count;

        internal bool Fired => Volatile.Read(ref _count) >= at;

        public override SyscallDecision Entering(in SyscallEntry call)
        {
            if (Interlocked.Increment(ref _count) == at)
            {
                if (wholeBox)
                {
                    first.Kill(KillReason.Killed);
                }
                else
                {
                    call.Thread.Process.End(new SignaledEnd(Signal.Kill));
                }
            }

            return SyscallDecision.Measure;
        }

        public override void Completed(in SyscallEvent call)
        {
        }
    }
}
