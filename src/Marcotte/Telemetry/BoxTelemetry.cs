using System.Diagnostics.Metrics;
using Marcotte.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marcotte;

/// <summary>What is logged and measured of one template and its boxes.</summary>
internal sealed class BoxTelemetry
{
    private readonly ILogger _log;
    private readonly BoxMetrics _metrics;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly Lazy<SyscallTable> _calls;

    internal BoxTelemetry(string template, ILoggerFactory? loggers, IMeterFactory? meters, IEnumerable<Syscall> calls)
    {
        Template = template;
        _log = loggers?.CreateLogger("Marcotte.Box") ?? NullLogger.Instance;
        _metrics = BoxMetrics.Of(meters);
        _tag = new KeyValuePair<string, object?>(MarcotteTelemetry.Template, template);
        _calls = new Lazy<SyscallTable>(() => new SyscallTable(calls));
    }

    internal string Template { get; }

    internal void Built(TimeSpan elapsed)
    {
        _metrics.Built(_tag, elapsed);
        TelemetryLog.TemplateBuilt(_log, Template, elapsed.TotalMilliseconds);
    }

    internal void Refused(Exception exception)
    {
        switch (exception)
        {
            case SurfaceException:
                TelemetryLog.SurfaceRefused(_log, Template, new LogText(exception.Message));
                break;
            case InvalidModuleException:
                TelemetryLog.ModuleRefused(_log, Template, new LogText(exception.Message));
                break;
        }
    }

    /// <summary>A box was made.</summary>
    /// <returns>Whether it was counted, which <see cref="Closed"/> is to be told.</returns>
    internal bool Opened() => _metrics.Opened(_tag);

    /// <summary>A box was disposed.</summary>
    internal void Closed(bool counted)
    {
        if (counted)
        {
            _metrics.Closed(_tag);
        }
    }

    /// <summary>Counts a box's calls, if somebody measures them.</summary>
    /// <param name="processes">Whether the box has a process table, so that what each reads and writes is of interest.</param>
    internal SyscallCounter? Count(bool processes)
    {
        bool bytes = processes && _metrics.Processes.IsIoEnabled;
        return _metrics.Syscalls.IsEnabled || bytes ? new SyscallCounter(_calls.Value, bytes) : null;
    }

    /// <summary>Measures a box's processes, if somebody measures or traces.</summary>
    /// <param name="placed">Where the host has placed programs.</param>
    /// <param name="counter">What counts the box's calls.</param>
    internal ProcessTelemetry? Watch(IReadOnlySet<string> placed, SyscallCounter? counter) =>
        _metrics.Processes.IsEnabled || MarcotteTelemetry.Activities.HasListeners() ? new ProcessTelemetry(_metrics.Processes, _tag, placed, counter) : null;

    /// <summary>A box's program begins to run.</summary>
    /// <param name="export">The function that is called, in UTF-8.</param>
    /// <param name="first">Whether it is the box's first run.</param>
    /// <param name="counter">What counts the box's calls.</param>
    /// <param name="processes">What measures its processes.</param>
    internal BoxRun Begin(ReadOnlySpan<byte> export, bool first, SyscallCounter? counter, ProcessTelemetry? processes)
    {
        if (first)
        {
            _metrics.Started(_tag);
            TelemetryLog.BoxStarted(_log, Template);
        }

        return new BoxRun(this, BoxRun.StartActivity(Template, export), counter, processes);
    }

    internal void Attach(SyscallCounter counter) => _metrics.Syscalls.Add(counter);

    internal void Detach(SyscallCounter counter) => _metrics.Syscalls.Remove(counter);

    internal void Ended(Outcome outcome)
    {
        _metrics.Ended(_tag, outcome.Kind, outcome.Usage);
        double elapsed = outcome.Usage.Elapsed.TotalMilliseconds;
        switch (outcome)
        {
            case Exited exited:
                TelemetryLog.BoxExited(_log, Template, exited.Code, elapsed, exited.Usage.Syscalls);
                break;
            case Trapped { Cause: { } cause }:
                TelemetryLog.HostCallFailed(_log, cause, Template, elapsed);
                break;
            case Trapped { Trap: var trap }:
                TelemetryLog.BoxTrapped(_log, Template, elapsed, trap.Kind, new LogText(trap.Frames.Count > 0 ? trap.Frames[0] : null));
                break;
            case TimedOut:
                TelemetryLog.BoxTimedOut(_log, Template, elapsed);
                break;
            case OutOfFuel:
                TelemetryLog.BoxOutOfFuel(_log, Template, elapsed);
                break;
            case OutOfMemory:
                TelemetryLog.BoxOutOfMemory(_log, Template, elapsed, outcome.Usage.MemoryBytes);
                break;
            default:
                TelemetryLog.BoxKilled(_log, Template, elapsed);
                break;
        }
    }

    internal void NotStarted(Exception exception)
    {
        _metrics.Ended(_tag, MarcotteTelemetry.NotStarted, usage: null);
        TelemetryLog.BoxNotStarted(_log, exception, Template);
    }
}
