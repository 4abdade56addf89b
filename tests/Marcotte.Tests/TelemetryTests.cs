using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Marcotte.Tests;

/// <summary>What OpenTelemetry's own SDK makes of our instruments and activities.</summary>
internal sealed class TelemetryTests
{
    // Writes three bytes, reads two of the four that there are, fails to close, fails to open.
    private const string Program =
        """
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\20\00\00\00\03\00\00\00")
        (data (i32.const 8) "\20\00\00\00\02\00\00\00")
        (func $main (export "run")
          (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
          (drop (call $read (i32.const 0) (i32.const 8) (i32.const 1) (i32.const 16)))
          (drop (call $close (i32.const 77))))
        """;

    private static readonly GuestModule Reactor = Wat.Module(Program);
    private static readonly GuestModule Command = Wat.Module(Program.Replace("\"run\"", "\"_start\"", StringComparison.Ordinal));

    private readonly List<Metric> _metrics = [];
    private readonly List<Activity> _activities = [];
    private ServiceProvider _services = null!;
    private MeterProvider? _meters;
    private TracerProvider? _tracers;

    [SetUp]
    public void Open()
    {
        ServiceCollection services = new();
        services.AddMetrics();
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public void Close()
    {
        _meters?.Dispose();
        _tracers?.Dispose();
        _meters = null;
        _tracers = null;
        _services.Dispose();
        _metrics.Clear();
        _activities.Clear();
    }

    [Test]
    public void Boxes_starts_outcomes_durations_and_memory_are_measured()
    {
        Listen();
        using BoxTemplate template = Builder("counted").Build(Wat.Empty);
        using BoxTemplate wrong = Builder("wrong").Build(Wat.Program("unreachable"));

        template.Run();
        template.Run();
        wrong.Run();
        using Box idle = template.Create();

        Assert.That(Sum("marcotte.box.active", "counted"), Is.EqualTo(1));
        Assert.That(Sum("marcotte.box.active", "wrong"), Is.Zero);
        Assert.That(Sum("marcotte.box.starts", "counted"), Is.EqualTo(2));
        Assert.That(Sum("marcotte.box.outcomes", "counted", "exited"), Is.EqualTo(2));
        Assert.That(Sum("marcotte.box.outcomes", "wrong", "trapped"), Is.EqualTo(1));
        MetricPoint duration = Points("marcotte.box.run.duration").Single(point => IsOf(point, "counted", "exited"));
        Assert.That(duration.GetHistogramCount(), Is.EqualTo(2));
        Assert.That(duration.GetHistogramSum(), Is.InRange(1e-7, 60));
        Assert.That(Points("marcotte.box.memory").Single(point => IsOf(point, "wrong", "trapped")).GetHistogramSum(), Is.EqualTo(65_536));
        Assert.That(Points("marcotte.template.build.duration").Where(point => IsOf(point, "counted")), Has.Exactly(1).Items);
    }

    [Test]
    public void Calls_errors_and_bytes_are_measured_by_name()
    {
        Listen();
        using BoxTemplate template = Builder("calls").UseWasi().WithInput(StandardInput.From("abcd")).Build(Command);

        template.Run();
        template.Run();

        Assert.That(Calls("fd_write"), Is.EqualTo(2));
        Assert.That(Calls("fd_close"), Is.EqualTo(2));
        MetricPoint error = Points("marcotte.syscall.errors").Single();
        Assert.That((error.GetSumLong(), Tag(error, "marcotte.syscall"), Tag(error, "error.type"), Tag(error, "marcotte.abi")), Is.EqualTo((2, "fd_close", "EBADF", "wasi_snapshot_preview1")));
        Assert.That(Points("marcotte.io").ToDictionary(point => Tag(point, "marcotte.io.direction")!, point => point.GetSumLong()), Is.EqualTo(new Dictionary<string, long> { ["read"] = 4, ["write"] = 6 }));
    }

    [Test]
    public void Calls_of_a_reactor_count_once_each_however_often_it_is_entered()
    {
        Listen();
        using BoxTemplate template = Builder("reactor").UseWasi().Build(Reactor);
        using Box box = template.Create();

        for (int i = 0; i < 3; i++)
        {
            box.Call("run");
        }

        Assert.That(Calls("fd_close"), Is.EqualTo(3));
        Assert.That(Calls("fd_close"), Is.EqualTo(3), "Collecting changes nothing.");
    }

    [Test]
    public void Calls_of_a_box_that_still_runs_are_seen()
    {
        Listen();
        long seen = 0;
        using BoxTemplate template = Builder("running").UseWasi().WithOutput(StandardOutput.To(_ => seen = Calls("fd_close"))).Build(Wat.Module(
            Program.Replace("\"run\"", "\"_start\"", StringComparison.Ordinal).Replace("(drop (call $write", "(drop (call $close (i32.const 77))) (drop (call $write", StringComparison.Ordinal)));

        template.Run();

        Assert.That(seen, Is.EqualTo(1));
    }

    [Test]
    public void A_host_s_own_observer_sees_calls_that_are_counted()
    {
        Listen();
        List<TracedCall> calls = [];
        using BoxTemplate template = Builder("observed").UseWasi().WithObserver(new EventTrace(calls.Add)).Build(Command);

        template.Run();

        Assert.That(calls.Select(call => call.Syscall.Name), Is.EqualTo(new[] { "fd_write", "fd_read", "fd_close" }));
        Assert.That(Calls("fd_close"), Is.EqualTo(1));
    }

    [Test]
    public void Nobody_looks_at_calls_while_nobody_measures()
    {
        using BoxTemplate template = Builder("quiet").UseWasi().Build(Command);
        using Box box = template.Create();

        Assert.That(box.Process.Kernel.Observer, Is.Null);
    }

    [Test]
    public void A_box_that_was_made_before_anybody_listened_is_not_counted_off()
    {
        using BoxTemplate template = Builder("early").Build(Wat.Empty);
        Box box = template.Create();
        Listen();

        box.Dispose();

        Assert.That(Points("marcotte.box.active").Where(point => IsOf(point, "early")), Is.Empty);
    }

    [Test]
    public async Task A_run_is_an_activity_within_its_caller_s()
    {
        _tracers = Sdk.CreateTracerProviderBuilder().AddSource(MarcotteTelemetry.ActivitySourceName, "caller").AddInMemoryExporter(_activities).Build();
        using ActivitySource caller = new("caller");
        using BoxTemplate template = Builder("traced").UseWasi().Build(Command);
        using BoxTemplate wrong = Builder("wrong").Build(Wat.Program("unreachable"));
        using (Activity request = caller.StartActivity("request")!)
        {
            await template.RunAsync();
            wrong.Run();
            Assert.That(Activity.Current, Is.SameAs(request));
        }

        Activity run = _activities.Single(activity => activity.DisplayName == "run traced");
        Activity failed = _activities.Single(activity => activity.DisplayName == "run wrong");
        Activity parent = _activities.Single(activity => activity.DisplayName == "request");
        Assert.That((run.ParentSpanId, failed.ParentSpanId), Is.EqualTo((parent.SpanId, parent.SpanId)));
        Assert.That(run.GetTagItem("marcotte.outcome"), Is.EqualTo("exited"));
        Assert.That(run.GetTagItem("marcotte.template"), Is.EqualTo("traced"));
        Assert.That(run.GetTagItem("marcotte.box.syscalls"), Is.EqualTo(3));
        Assert.That(run.Status, Is.EqualTo(ActivityStatusCode.Unset));
        Assert.That((failed.Status, failed.GetTagItem("error.type"), failed.GetTagItem("process.exit.code")), Is.EqualTo((ActivityStatusCode.Error, "trapped", 134)));
    }

    [Test]
    public void Templates_of_a_service_collection_use_its_meters()
    {
        Listen();
        ServiceCollection services = new();
        services.AddMetrics();
        services.AddMarcotte().AddTemplate("served", Wat.Empty, _ => { });
        using ServiceProvider provider = services.BuildServiceProvider();
        using MetricCollectorOf starts = new(provider.GetRequiredService<IMeterFactory>(), "marcotte.box.starts");

        provider.GetRequiredService<IBoxFactory>().GetTemplate("served").Run();

        Assert.That(starts.Sum, Is.EqualTo(1));
    }

    private BoxBuilder Builder(string name) => SharedEngine.Builder().WithName(name).WithMeters(_services.GetRequiredService<IMeterFactory>());

    private void Listen() => _meters = Sdk.CreateMeterProviderBuilder().AddMeter(MarcotteTelemetry.MeterName).AddInMemoryExporter(_metrics).Build();

    private List<MetricPoint> Points(string instrument)
    {
        _metrics.Clear();
        _meters!.ForceFlush();
        List<MetricPoint> points = [];
        foreach (Metric metric in _metrics.Where(metric => metric.Name == instrument))
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                points.Add(point);
            }
        }

        return points;
    }

    private long Sum(string instrument, params string[] tags) => Points(instrument).Where(point => IsOf(point, tags)).Sum(point => point.GetSumLong());

    private long Calls(string name) => Points("marcotte.syscall.calls").Where(point => IsOf(point, name)).Sum(point => point.GetSumLong());

    private static bool IsOf(MetricPoint point, params string[] values)
    {
        List<object?> tags = [];
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            tags.Add(tag.Value);
        }

        return values.All(tags.Contains);
    }

    private static string? Tag(MetricPoint point, string key)
    {
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            if (tag.Key == key)
            {
                return (string?)tag.Value;
            }
        }

        return null;
    }

    /// <summary>Sums one counter of one factory's meter, and of no other.</summary>
    private sealed class MetricCollectorOf : IDisposable
    {
        private readonly MeterListener _listener = new();

        internal MetricCollectorOf(IMeterFactory factory, string instrument)
        {
            _listener.InstrumentPublished = (found, listener) =>
            {
                if (found.Name == instrument && ReferenceEquals(found.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(found);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Sum += value);
            _listener.Start();
        }

        internal long Sum { get; private set; }

        public void Dispose() => _listener.Dispose();
    }
}
