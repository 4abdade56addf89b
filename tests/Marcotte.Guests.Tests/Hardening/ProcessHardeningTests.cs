using Marcotte.Core;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Marcotte.Guests.Tests;

/// <summary>
/// Boxes of processes that do what nobody wants: each ends at once when its host says so, whatever it does, and leaves no process, no
/// thread, no file of the host behind. Alone, because those are counted.
/// </summary>
[NonParallelizable]
[Platform("Linux")]
internal sealed class ProcessHardeningTests
{
    /// <summary>How long the end of a box may take: far more than it does, for machines that are busy.</summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(5);

    /// <summary>Threads of the host that have nothing to do go after some seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private BoxEngine _engine = null!;
    private int _files;

    [OneTimeSetUp]
    public void Open()
    {
        _engine = ProcessGuest.NewEngine();
        using ProcessGuest reach = new(_engine, "reach");
        _ = reach.Output();
        _files = OpenFiles();
    }

    [OneTimeTearDown]
    public void Close()
    {
        Assert.That(() => GuestThreads(), Is.Zero.After((int)Patience.TotalMilliseconds, 100), "threads that run guests");
        Assert.That(OpenFiles(), Is.LessThanOrEqualTo(_files + 2), "files of the host");
        _engine.Dispose();
    }

    [TearDown]
    public void Nothing_is_left() => Assert.That(_engine.ActiveBoxes, Is.Zero);

    [TestCase("bomb")]
    [TestCase("zombies")]
    [TestCase("full-pipe")]
    [TestCase("handler")]
    [TestCase("nested")]
    [TestCase("endless")]
    [TestCase("spinners")]
    [TestCase("deaf")]
    [TestCase("at-exit")]
    [TestCase("readers")]
    public async Task A_box_ends_whatever_its_processes_do(string what)
    {
        using ProcessGuest guest = new(_engine, "unruly", limits => limits with { Processes = what == "readers" ? 512 : 64 });
        using Box box = guest.Create(what);
        Task<Outcome> run = box.RunAsync();
        ProcessGuest.Await(box, "ready\n", run);
        using (ProcessGuest other = new(_engine, "reach"))
        {
            Assert.That(other.Output("pipes"), Does.Contain(", then E"), "the box beside it runs");
        }

        long began = Stopwatch.GetTimestamp();
        box.Kill();
        Assert.That(await run, Is.TypeOf<Killed>());
        Kernel kernel = box.Process.Kernel;
        box.Dispose();
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        TestContext.Out.WriteLine($"ended after {took.TotalMilliseconds:F0} ms");
        Assert.That(took, Is.LessThan(Promptly));
        Assert.That(kernel.Processes.List().Where(process => process.Process is not null && process.Id != box.Process.Id), Is.Empty);
        Assert.That(PipesThatFit(box.Process), Is.EqualTo(kernel.Limits.Pipes), "pipes are gone, with what was in them");
    }

    [TestCase("bomb")]
    [TestCase("spinners")]
    [TestCase("full-pipe")]
    public async Task A_box_ends_when_its_time_is_over_whatever_its_processes_do(string what)
    {
        using ProcessGuest guest = new(_engine, "unruly", limits => limits with { Processes = 64, WallClock = TimeSpan.FromSeconds(1) });
        await using Box box = guest.Create(what);
        long began = Stopwatch.GetTimestamp();
        Assert.That(await box.RunAsync(), Is.TypeOf<TimedOut>());
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(1) + Promptly));
    }

    [Test]
    [Category("security: fork bombs")]
    public async Task A_fork_bomb_of_a_shell_stays_in_its_box()
    {
        using ProcessGuest guest = new(_engine, "dash", limits => limits with { Processes = 40, WallClock = TimeSpan.FromSeconds(2) });
        await using Box box = guest.Create("-c", "bomb() { bomb | bomb & }; bomb; while :; do wait; done");
        long began = Stopwatch.GetTimestamp();
        Assert.That(await box.RunAsync(), Is.TypeOf<TimedOut>());
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(2) + Promptly));
        Assert.That(box.Error!.ToString(), Does.Contain("Cannot fork"));
    }

    /// <summary>The first process has returned; the thread beside it looks at nothing but the epoch.</summary>
    [TestCase("(loop $again (br $again))")]
    [TestCase("(drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))")]
    public void A_thread_that_does_not_return_ends_with_its_process(string forever)
    {
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(_engine)
            .UseProcesses()
            .UseWasi(wasi => wasi.WithoutPreopens())
            .UseWasix()
            .Build(GuestModule.FromText("threads", $"""
                (module
                  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
                  (import "env" "memory" (memory 1 1 shared))
                  (export "memory" (memory 0))
                  (func (export "wasi_thread_start") (param i32 i32) {forever})
                  (func (export "_start") (drop (call $spawn (i32.const 0))) (drop (call $spawn (i32.const 0)))))
                """));
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < 20; i++)
        {
            Assert.That(template.Run().Outcome, Is.TypeOf<Exited>());
        }

        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(Promptly));
    }

    /// <summary>Signals to everybody reach everybody of the box, and nobody else.</summary>
    [Test]
    [Category("security: signals across boxes")]
    public async Task A_signal_to_all_processes_stays_in_its_box()
    {
        using ProcessGuest guest = new(_engine, "unruly");
        using Box box = guest.Create("deaf");
        Task<Outcome> run = box.RunAsync();
        ProcessGuest.Await(box, "ready\n", run);
        int[] before = [.. box.Process.Kernel.Processes.List().Select(static process => process.Id)];
        using ProcessGuest shell = new(_engine, "dash");
        using (Box other = shell.Create("-c", "sleep 100 & kill -9 -1; for pid in 1 2 3 4 5 6 7 8 9; do [ $pid = $$ ] || kill -9 $pid; done 2>/dev/null; wait; echo done"))
        {
            Assert.That(other.Run(), Is.TypeOf<Exited>());
            Assert.That(other.Output!.ToString(), Is.EqualTo("done\n"));
        }

        Assert.That(run.IsCompleted, Is.False);
        Assert.That(box.Process.Kernel.Processes.List().Where(static process => process.Process is not null).Select(static process => process.Id), Is.EqualTo(before));
        box.Kill();
        Assert.That(await run, Is.TypeOf<Killed>());
    }

    private static int PipesThatFit(Process process)
    {
        List<OpenFile> ends = [];
        while (ends.Count <= 2 * process.Kernel.Limits.Pipes && process.Kernel.Anonymous.Pipe(process, StatusFlags.None, out OpenFile? read, out OpenFile? write) == Errno.Success)
        {
            ends.AddRange([read!, write!]);
        }

        ends.ForEach(static end => end.Release());
        return ends.Count / 2;
    }

    internal static int GuestThreads()
    {
        int count = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                count += File.ReadAllText(task + "/comm").StartsWith("Marcotte guest", StringComparison.Ordinal) ? 1 : 0;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return count;
    }

    private static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
