using System.Diagnostics.Metrics;
using Marcotte.Core;

namespace Marcotte;

/// <summary>What is measured of the processes in boxes, of all templates of one meter.</summary>
internal sealed class ProcessInstruments
{
    private static readonly InstrumentAdvice<long> Calls = new()
    {
        HistogramBucketBoundaries = [10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000],
    };

    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _starts;
    private readonly Counter<long> _exits;
    private readonly Counter<long> _signals;
    private readonly Histogram<double> _spawn;
    private readonly Histogram<double> _cpu;
    private readonly Histogram<long> _calls;
    private readonly Histogram<long> _io;
    private readonly Histogram<long> _memory;
    private readonly Histogram<long> _waits;

    internal ProcessInstruments(Meter meter, InstrumentAdvice<double> seconds, InstrumentAdvice<long> bytes)
    {
        _active = meter.CreateUpDownCounter<long>("marcotte.process.active", "{process}", "Processes beside boxes' first ones that were started and have not ended.");
        _starts = meter.CreateCounter<long>("marcotte.process.starts", "{process}", "Processes that were started beside boxes' first ones.");
        _exits = meter.CreateCounter<long>("marcotte.process.exits", "{process}", "Processes that have ended, by how.");
        _signals = meter.CreateCounter<long>("marcotte.process.signals", "{signal}", "Signals that handlers of processes were called for.");
        _spawn = meter.CreateHistogram("marcotte.process.spawn.duration", "s", "Real time from a process's making until it is given a thread.", tags: null, seconds);
        _cpu = meter.CreateHistogram("marcotte.process.cpu.time", "s", "CPU time of a process that has ended, without its children's.", tags: null, seconds);
        _calls = meter.CreateHistogram("marcotte.process.syscalls", "{call}", "Host calls of a process that has ended.", tags: null, Calls);
        _io = meter.CreateHistogram("marcotte.process.io", "By", "Bytes that a process that has ended had read and written by host calls.", tags: null, bytes);
        _memory = meter.CreateHistogram("marcotte.process.memory", "By", "The most guest memory that a process that has ended had.", tags: null, bytes);
        _waits = meter.CreateHistogram("marcotte.process.context_switches", "{switch}", "How often a process that has ended had slept until something came.", tags: null, Calls);
    }

    /// <summary>Whether somebody listens.</summary>
    internal bool IsEnabled => _active.Enabled || _starts.Enabled || _exits.Enabled || _signals.Enabled || _spawn.Enabled || _cpu.Enabled || _calls.Enabled || IsIoEnabled || _memory.Enabled || _waits.Enabled;

    /// <summary>Whether somebody wants to know what processes read and write, for which their calls must be looked at.</summary>
    internal bool IsIoEnabled => _io.Enabled;

    internal void Started(KeyValuePair<string, object?> template, KeyValuePair<string, object?> program, TimeSpan latency)
    {
        _active.Add(1, template);
        _starts.Add(1, template, program);
        _spawn.Record(latency.TotalSeconds, template);
    }

    /// <summary>One that was told of when it was started is there no more.</summary>
    internal void Left(KeyValuePair<string, object?> template) => _active.Add(-1, template);

    internal void Ended(KeyValuePair<string, object?> template, KeyValuePair<string, object?> program, string kind, in ResourceUsage usage, ProcessBytes? bytes)
    {
        _exits.Add(1, template, program, new(MarcotteTelemetry.Outcome, kind));
        _cpu.Record(usage.CpuNanoseconds / 1e9, template, program);
        _calls.Record(usage.Calls, template, program);
        _memory.Record(usage.PeakBytes, template, program);
        _waits.Record(usage.Waits, template, program);
        if (_io.Enabled)
        {
            _io.Record(bytes?.Read ?? 0, template, program, new(MarcotteTelemetry.Direction, "read"));
            _io.Record(bytes?.Written ?? 0, template, program, new(MarcotteTelemetry.Direction, "write"));
        }
    }

    internal void Handling(KeyValuePair<string, object?> template, Signal signal) => _signals.Add(1, template, new(MarcotteTelemetry.Signal, SignalNames.Of(signal)));
}

/// <summary>What a process has read and written so far.</summary>
internal sealed class ProcessBytes
{
    private long _read;
    private long _written;

    internal long Read => Interlocked.Read(ref _read);

    internal long Written => Interlocked.Read(ref _written);

    internal void Add(bool reads, uint count) => Interlocked.Add(ref reads ? ref _read : ref _written, count);
}
