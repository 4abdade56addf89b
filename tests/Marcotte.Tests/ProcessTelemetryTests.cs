using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Marcotte.Core;
using Marcotte.Processes;

namespace Marcotte.Tests;

/// <summary>What is measured of a box's processes, and what its run's activity tells of them.</summary>
[NonParallelizable]
internal sealed class ProcessTelemetryTests
{
    private static readonly GuestModule Becomes = Wat.Module(
        """
        (import "wasix_32v1" "proc_exec" (func $exec (param i32 i32 i32 i32)))
        (memory (export "memory") 1)
        (data (i32.const 64) "/bin/main")
        (func (export "_start") (call $exec (i32.const 64) (i32.const 9) (i32.const 64) (i32.const 9)))
        """);

    private readonly ConcurrentQueue<Sample> _samples = new();
    private MeterListener _meters = null!;

    [SetUp]
    public void Listen()
    {
        _samples.Clear();
        _meters = new MeterListener
        {
            InstrumentPublished = static (found, listener) =>
            {
                if (found.Meter.Name == MarcotteTelemetry.MeterName && found.Name.StartsWith("marcotte.process.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(found);
                }
            },
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
    }

    [TearDown]
    public void Close() => _meters.Dispose();

    [Test]
    public void Starts_exits_and_what_each_process_used_are_measured_by_program()
    {
        RunWithChild("measured", context => Spawn(context, "/bin/child"), static _ => { });
        Assert.That(Of("marcotte.process.starts", "/bin/child").Single().Value, Is.EqualTo(1));
        Assert.That(Of("marcotte.process.exits", "/bin/child", "exited"), Has.Exactly(1).Items);
        Assert.That(Of("marcotte.process.exits", "/bin/main", "exited"), Has.Exactly(1).Items);
        Assert.That(Of("marcotte.process.active").Sum(sample => sample.Value), Is.Zero);
        Assert.That(Of("marcotte.process.spawn.duration").Single().Value, Is.InRange(1e-9, 20));
        Assert.That(Of("marcotte.process.cpu.time", "/bin/child").Single().Value, Is.InRange(0, 20));
        Assert.That(Of("marcotte.process.memory", "/bin/main").Single().Value, Is.EqualTo(65_536), "It was a module before.");
        Assert.That(Of("marcotte.process.syscalls", "/bin/main").Single().Value, Is.EqualTo(1));
    }

    [Test]
    public void What_a_process_reads_and_writes_is_its_own()
    {
        GuestModule writes = Wat.Module(
            """
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 0) "\20\00\00\00\03\00\00\00")
            (func (export "_start")
              (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
              (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16))))
            """);
        Run("moving", static context => Spawn(context, "/bin/writes"), options => options.Program("/bin/writes", writes));
        Assert.That(Of("marcotte.process.io", "/bin/writes", "write").Single().Value, Is.EqualTo(6));
        Assert.That(Of("marcotte.process.io", "/bin/writes", "read").Single().Value, Is.Zero);
        Assert.That(Of("marcotte.process.io", "/bin/main", "write").Single().Value, Is.Zero);
    }

    [Test]
    public void A_guest_has_no_say_in_the_series()
    {
        using BoxTemplate template = Template("series", static context => Spawn(context, "/tmp/made-up"), options => options.Program("/bin/child", static _ => 0));
        using Box box = template.Create();
        box.Files.Directory.CreateDirectory("/tmp");
        box.Files.File.CreateSymbolicLink("/tmp/made-up", "/bin/child");
        box.Run();
        Assert.That(Of("marcotte.process.exits").SelectMany(sample => sample.Tags).Where(tag => tag.Key == "process.executable.path").Select(tag => tag.Value), Is.EqualTo(new[] { "other", "/bin/main" }));
        Assert.That(_samples.SelectMany(sample => sample.Tags).Select(tag => tag.Key), Has.None.Contains("pid"));
    }

    [Test]
    public void Processes_that_a_signal_ends_are_measured()
    {
        RunWithChild("signals", static context =>
        {
            Assert.That(context.Spawn("/bin/child", [], out int id), Is.EqualTo(Errno.Success));
            context.Wait(id, out WaitStatus status);
            return (int)status.Signal;
        }, static context => context.Kernel.Signals.Raise(context.Process, new SignalInfo(Signal.Terminate, SignalCause.User)));
        Assert.That(Of("marcotte.process.exits", "/bin/child", "signaled"), Has.Exactly(1).Items);
    }

    [Test]
    public void A_run_s_activity_tells_of_its_processes_and_of_so_many_only()
    {
        Activity? run = null;
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == MarcotteTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped => run = stopped,
        };
        ActivitySource.AddActivityListener(listener);
        RunWithChild("traced", static context =>
        {
            for (int i = 0; i < 100; i++)
            {
                Spawn(context, "/bin/child");
            }

            return 0;
        }, static _ => { });
        Assert.That(run!.Events.Count(), Is.EqualTo(128));
        Assert.That(run.GetTagItem("marcotte.process.dropped_events"), Is.EqualTo(73), "200 of children, one of the first process.");
        Assert.That(run.Events.Take(2).Select(told => told.Name), Is.EqualTo(new[] { "process.start", "process.exit" }));
        Assert.That(run.Events.First().Tags.ToDictionary(tag => tag.Key, tag => tag.Value), Is.EqualTo(new Dictionary<string, object?>
        {
            ["process.pid"] = 2, ["process.parent_pid"] = 1, ["process.executable.path"] = "/bin/child",
        }));
    }

    private static int Spawn(HostContext context, string path)
    {
        Assert.That(context.Spawn(path, [], out int id), Is.EqualTo(Errno.Success));
        context.Wait(id, out _);
        return 0;
    }

    private static BoxTemplate Template(string name, Func<HostContext, int> main, Action<ProcessOptions> more) => SharedEngine.Builder()
        .WithName(name).UseVfs(files => files.MountMemory("/")).UseClock().UseEnv().UseWasi().UseWasix()
        .UseProcesses(options => more(options.Program("/bin/main", main))).Build(Becomes);

    private static void Run(string name, Func<HostContext, int> main, Action<ProcessOptions> more)
    {
        using BoxTemplate template = Template(name, main, more);
        template.Run();
    }

    private static void RunWithChild(string name, Func<HostContext, int> main, Action<HostContext> child) => Run(name, main, options => options.Program("/bin/child", context =>
    {
        child(context);
        return 0;
    }));

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _samples.Enqueue(new Sample(instrument.Name, value, tags.ToArray()));

    private Sample[] Of(string instrument, params string[] values) =>
        [.. _samples.Where(sample => sample.Name == instrument && values.All(value => sample.Tags.Any(tag => value.Equals(tag.Value))))];

    private sealed record Sample(string Name, double Value, KeyValuePair<string, object?>[] Tags);
}
