using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Marcotte;

/// <summary>The instruments of one meter.</summary>
internal sealed class BoxMetrics
{
    private static readonly ConditionalWeakTable<Meter, BoxMetrics> ByMeter = [];
    private static readonly Lazy<BoxMetrics> Shared = new(() => new BoxMetrics(new Meter(MarcotteTelemetry.MeterName, MarcotteTelemetry.Version)));

    // An empty program takes microseconds, and what runs for minutes is a case of its own.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private static readonly InstrumentAdvice<long> Bytes = new()
    {
        HistogramBucketBoundaries = [1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26, 1 << 28, 1 << 30, 1L << 32],
    };

    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _starts;
    private readonly Counter<long> _outcomes;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _memory;
    private readonly Histogram<double> _build;

    private BoxMetrics(Meter meter)
    {
        _active = meter.CreateUpDownCounter<long>("marcotte.box.active", "{box}", "Boxes that were made and not yet disposed.");
        _starts = meter.CreateCounter<long>("marcotte.box.starts", "{box}", "Boxes whose program was started.");
        _outcomes = meter.CreateCounter<long>("marcotte.box.outcomes", "{run}", "Runs that have ended, by how.");
        _duration = meter.CreateHistogram("marcotte.box.run.duration", "s", "Real time of a run.", tags: null, Seconds);
        _memory = meter.CreateHistogram("marcotte.box.memory", "By", "Guest memory at the end of a run.", tags: null, Bytes);
        _build = meter.CreateHistogram("marcotte.template.build.duration", "s", "Real time of compiling and linking a template.", tags: null, Seconds);
        Syscalls = new SyscallMeter(meter);
        Processes = new ProcessInstruments(meter, Seconds, Bytes);
    }

    internal SyscallMeter Syscalls { get; }

    internal ProcessInstruments Processes { get; }

    /// <summary>The instruments of a factory's meter; of one for the whole process when there is no factory.</summary>
    internal static BoxMetrics Of(IMeterFactory? factory) => factory is null
        ? Shared.Value
        : ByMeter.GetValue(
            factory.Create(new MeterOptions(MarcotteTelemetry.MeterName) { Version = MarcotteTelemetry.Version }),
            static meter => new BoxMetrics(meter));

    /// <summary>Counts a box, if somebody listens: who is not counted must not be counted off.</summary>
    internal bool Opened(KeyValuePair<string, object?> template)
    {
        if (!_active.Enabled)
        {
            return false;
        }

        _active.Add(1, template);
        return true;
    }

    internal void Closed(KeyValuePair<string, object?> template) => _active.Add(-1, template);

    internal void Started(KeyValuePair<string, object?> template) => _starts.Add(1, template);

    internal void Built(KeyValuePair<string, object?> template, TimeSpan elapsed) => _build.Record(elapsed.TotalSeconds, template);

    internal void Ended(KeyValuePair<string, object?> template, string kind, BoxUsage? usage)
    {
        KeyValuePair<string, object?> outcome = new(MarcotteTelemetry.Outcome, kind);
        _outcomes.Add(1, template, outcome);
        if (usage is not null)
        {
            _duration.Record(usage.Elapsed.TotalSeconds, template, outcome);
            _memory.Record(usage.MemoryBytes, template, outcome);
        }
    }
}
