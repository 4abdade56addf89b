using Marcotte.Core;

namespace Marcotte.Guests.Tests;

/// <summary>Limits on processes and what goes with them: a guest goes up to each and beyond, hears its errno each time, gives something back and goes on.</summary>
[Category("security: limits")]
internal sealed class ProcessLimitTests
{
    private const string Names = "processes\nsignals\npipes\npipe-bytes\nprograms\n";

    private BoxEngine _engine = null!;

    [OneTimeSetUp]
    public void Open() => _engine = ProcessGuest.NewEngine();

    [OneTimeTearDown]
    public void Close()
    {
        Assert.That(_engine.ActiveBoxes, Is.Zero);
        _engine.Dispose();
    }

    [Test]
    [Category("limit: Processes")]
    public void Processes_beyond_the_limit_are_EAGAIN() => Assert.That(
        Reach("processes", limits => limits with { Processes = 12 }),
        Is.EqualTo("12, then EAGAIN\nwait(NULL) > 0 = 1\ntake_process(0) = 0\nsystem(\"exit 3\") >> 8 = 3\n"));

    /// <summary>A process has a thread, so those are bounds on each other.</summary>
    [Test]
    [Category("limit: Threads")]
    public void Processes_beyond_the_limit_of_threads_are_EAGAIN() => Assert.That(
        Reach("processes", limits => limits with { Threads = 12 }), Does.StartWith("12, then EAGAIN\n"));

    /// <summary>The guest's exit code is how many threads it had beside the first.</summary>
    [Test]
    [Category("limit: Threads")]
    public void Threads_beyond_the_limit_are_EAGAIN_and_one_that_ends_makes_room()
    {
        GuestModule module = GuestModule.FromText("threads", """
            (module
              (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (import "env" "memory" (memory 1 1 shared))
              (export "memory" (memory 0))
              (func (export "wasi_thread_start") (param i32 i32)
                (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
              (func (export "_start") (local $count i32) (local $answer i32)
                (block $full
                  (loop $more
                    (local.set $answer (call $spawn (i32.const 0)))
                    (br_if $full (i32.lt_s (local.get $answer) (i32.const 0)))
                    (local.set $count (i32.add (local.get $count) (i32.const 1)))
                    (br $more)))
                (if (i32.ne (local.get $answer) (i32.const -6)) (then (call $exit (i32.const 100))))
                (if (i32.ne (call $spawn (i32.const 0)) (i32.const -6)) (then (call $exit (i32.const 101))))
                (i32.atomic.store (i32.const 0) (i32.const 1))
                (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))
                (loop $again (br_if $again (i32.lt_s (call $spawn (i32.const 0)) (i32.const 0))))
                (call $exit (local.get $count))))
            """);
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(_engine)
            .WithLimits(limits => limits with { Threads = 8, WallClock = TimeSpan.FromSeconds(30) })
            .UseProcesses()
            .UseWasi(wasi => wasi.WithoutPreopens())
            .UseWasix()
            .Build(module);

        Assert.That(template.Run().Outcome, Is.TypeOf<Exited>().With.Property(nameof(Exited.Code)).EqualTo(7));
    }

    [Test]
    [Category("limit: PendingSignals")]
    public void Signals_that_queue_beyond_the_limit_are_EAGAIN_and_those_that_merge_are_not() => Assert.That(
        Reach("signals", limits => limits with { PendingSignals = 20 }),
        Is.EqualTo("20, then EAGAIN\nkill(getpid(), SIGUSR1) = 0\nsigwaitinfo(&set, &info) = 10\nsigwaitinfo(&set, &info) = 40\ninfo.si_value.sival_int = 0\ntake_signal(77) = 0\n"));

    [Test]
    [Category("limit: Pipes")]
    public void Pipes_beyond_the_limit_are_ENFILE_until_one_is_closed() => Assert.That(
        Reach("pipes", limits => limits with { Pipes = 10 }),
        Is.EqualTo("10, then ENFILE\ntake_pipe(1): ENFILE\ntake_pipe(0) = 0\nwrite(taken[0][1], \"ab\", 2) = 2\n"));

    [Test]
    [Category("limit: PipeBytes")]
    public void A_pipe_holds_no_more_than_its_limit() => Assert.That(
        Reach("pipe-bytes", limits => limits with { PipeBytes = 16384 }),
        Is.EqualTo("4, then EAGAIN\nfcntl(taken[0][1], F_GETPIPE_SZ) = 16384\nfcntl(taken[0][1], F_SETPIPE_SZ, 32768): EPERM\n"
            + "read(taken[0][0], page, sizeof page) = 4096\ntake_page(0) = 0\ntake_page(0): EAGAIN\n"));

    /// <summary>The contract is asked as an ABI would; a guest's way to it is a file of /dev.</summary>
    [Test]
    [Category("limit: Terminals")]
    public void Terminals_beyond_the_limit_are_ENOSPC_until_one_is_closed()
    {
        using ProcessGuest guest = new(_engine, "reach", limits => limits with { Terminals = 3 });
        using Box box = guest.Create();
        Kernel kernel = box.Process.Kernel;
        List<OpenFile> ends = [];
        Errno Take()
        {
            Errno errno = kernel.Anonymous.PseudoTerminal(kernel, new WindowSize(24, 80), out OpenFile? master, out OpenFile? terminal);
            ends.AddRange(errno == Errno.Success ? [master!, terminal!] : []);
            return errno;
        }

        Assert.That(Enumerable.Range(0, 3).Select(_ => Take()), Is.All.EqualTo(Errno.Success));
        Assert.That(Enumerable.Range(0, 100).Select(_ => Take()), Is.All.EqualTo(Errno.NoSpc));
        ends[2].Release();
        ends[3].Release();
        Assert.That(Take(), Is.EqualTo(Errno.Success));
        Assert.That(Take(), Is.EqualTo(Errno.NoSpc));
        Assert.That(box.Run(), Is.TypeOf<Exited>());
        ends.Where((_, index) => index is not (2 or 3)).ToList().ForEach(static end => end.Release());
    }

    /// <summary>The guest then becomes a program that is small enough: itself, which says what it is for.</summary>
    [Test]
    [Category("limit: ProgramBytes")]
    public void A_program_beyond_the_limit_is_ENOMEM_and_who_asked_goes_on() => Assert.That(
        Reach("programs", limits => limits with { ProgramBytes = 200_000 }),
        Is.EqualTo($"0, then ENOMEM\n(errno = posix_spawn(&pid, \"/bin/busybox\", NULL, NULL, arguments, environ)) == ENOMEM = 1\n{Names}"));

    /// <summary>The guest jumps to one place a thousand times, then keeps another one deeper in its stack; 48 is ENOMEM of WASI.</summary>
    [TestCase(1, "checkpoint: 48, not 0\n")]
    [TestCase(96, "1000 jumps\ncheckpoint: 48, not 0\n")]
    [Category("limit: CheckpointBytes")]
    public void A_place_to_go_back_to_beyond_the_limit_is_ENOMEM(int bytes, string output)
    {
        using ProcessGuest guest = new(_engine, "jump", limits => limits with { CheckpointBytes = bytes });
        using Box box = guest.Create("gone");

        Assert.That(box.Run(), Is.TypeOf<Exited>().With.Property(nameof(Exited.Code)).EqualTo(1));
        Assert.That(box.Output!.ToString(), Is.EqualTo(output));
    }

    private string Reach(string what, Func<Limits, Limits> limits)
    {
        using ProcessGuest guest = new(_engine, "reach", limits);
        return guest.Output(what);
    }
}
