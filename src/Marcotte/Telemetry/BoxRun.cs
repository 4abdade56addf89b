using System.Diagnostics;
using System.Text;

namespace Marcotte;

/// <summary>A run that is under way: its activity, and its calls being counted. Costs nothing while nobody listens.</summary>
internal readonly struct BoxRun : IDisposable
{
    private readonly BoxTelemetry _telemetry;
    private readonly Activity? _activity;
    private readonly SyscallCounter? _counter;
    private readonly ProcessTelemetry? _processes;

    internal BoxRun(BoxTelemetry telemetry, Activity? activity, SyscallCounter? counter, ProcessTelemetry? processes)
    {
        _telemetry = telemetry;
        _activity = activity;
        _counter = counter;
        _processes = processes;
        processes?.Attach(activity);
        if (counter is not null)
        {
            telemetry.Attach(counter);
        }
    }

    public void Dispose()
    {
        if (_counter is not null)
        {
            _telemetry.Detach(_counter);
        }

        _processes?.Detach();
        _activity?.Dispose();
    }

    internal static Activity? StartActivity(string template, ReadOnlySpan<byte> export)
    {
        if (!MarcotteTelemetry.Activities.HasListeners())
        {
            return null;
        }

        Activity? activity = MarcotteTelemetry.Activities.StartActivity($"run {template}");
        return activity?.SetTag(MarcotteTelemetry.Template, template).SetTag(MarcotteTelemetry.Export, Encoding.UTF8.GetString(export));
    }

    internal void End(Outcome outcome)
    {
        _telemetry.Ended(outcome);
        if (_activity is not { IsAllDataRequested: true })
        {
            return;
        }

        _activity
            .SetTag(MarcotteTelemetry.Outcome, outcome.Kind)
            .SetTag("process.exit.code", outcome.ExitCode)
            .SetTag("marcotte.box.syscalls", outcome.Usage.Syscalls)
            .SetTag("marcotte.box.memory", outcome.Usage.MemoryBytes);
        if (!outcome.IsSuccess)
        {
            _activity.SetTag(MarcotteTelemetry.ErrorType, outcome.Kind).SetStatus(ActivityStatusCode.Error);
        }

        if (outcome is Trapped { Cause: { } cause })
        {
            _activity.AddException(cause);
        }
    }

    internal void Fail(Exception exception)
    {
        _telemetry.NotStarted(exception);
        _activity?
            .SetTag(MarcotteTelemetry.Outcome, MarcotteTelemetry.NotStarted)
            .SetTag(MarcotteTelemetry.ErrorType, exception.GetType().FullName)
            .SetStatus(ActivityStatusCode.Error)
            .AddException(exception);
    }
}
