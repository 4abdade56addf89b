using System.Diagnostics;
using System.Text;
using Marcotte.Core;
using Process = Marcotte.Core.Process;

namespace Marcotte;

/// <summary>Measures the processes of one box, and writes them to the activity of its run.</summary>
/// <remarks>Numbers of processes are in activities alone, and a guest has no say in what series there are: programs that the host has not placed are one.</remarks>
internal sealed class ProcessTelemetry(ProcessInstruments instruments, KeyValuePair<string, object?> template, IReadOnlySet<string> placed, SyscallCounter? counter) : ProcessObserver
{
    /// <summary>What OpenTelemetry keeps of one span's events by default.</summary>
    private const int MostEvents = 128;

    private const int First = 1;
    private const string OtherProgram = "other";

    private readonly Lock _lock = new();
    private Activity? _activity;
    private int _events;

    internal void Attach(Activity? activity)
    {
        lock (_lock)
        {
            _activity = activity is { IsAllDataRequested: true } ? activity : null;
            _events = 0;
        }
    }

    internal void Detach()
    {
        lock (_lock)
        {
            if (_events > MostEvents)
            {
                _activity?.SetTag("marcotte.process.dropped_events", _events - MostEvents);
            }

            _activity = null;
        }
    }

    public override void Started(Process process, int parent)
    {
        string name = NameOf(process);
        instruments.Started(template, TagOf(name), process.Age);
        Write("process.start", process, parent, name, null);
    }

    public override void Ended(Process process, int parent, ProcessEnd end, in ResourceUsage usage)
    {
        string name = NameOf(process);
        string kind = Outcome.Of(end, new BoxUsage(TimeSpan.Zero, usage.Calls, usage.PeakBytes, null), process.Kernel.Limits).Kind;
        if (process.Id != First)
        {
            instruments.Left(template);
        }

        instruments.Ended(template, TagOf(name), kind, usage, counter?.TakeBytes(process));
        Write("process.exit", process, parent, name, new ActivityTagsCollection
        {
            [MarcotteTelemetry.Outcome] = kind,
            ["process.exit.code"] = end.Status.Signal == Signal.None ? end.Status.Code : 128 + (int)end.Status.Signal,
            ["marcotte.process.cpu.time"] = usage.CpuNanoseconds / 1e9,
            ["marcotte.process.syscalls"] = usage.Calls,
        });
    }

    public override void Handling(Process process, Signal signal) => instruments.Handling(template, signal);

    /// <summary>What has come from no file is the box's own program, or a fork of it.</summary>
    private string NameOf(Process process) => process.ProgramPath.IsEmpty ? (string)template.Value! : new LogText(Encoding.UTF8.GetString(process.ProgramPath.Span)).ToString();

    private KeyValuePair<string, object?> TagOf(string name) =>
        new(MarcotteTelemetry.Executable, placed.Contains(name) || name == (string)template.Value! ? name : OtherProgram);

    private void Write(string what, Process process, int parent, string program, ActivityTagsCollection? more)
    {
        lock (_lock)
        {
            if (_activity is null || ++_events > MostEvents)
            {
                return;
            }

            ActivityTagsCollection tags = more ?? [];
            tags["process.pid"] = process.Id;
            tags["process.parent_pid"] = parent;
            tags[MarcotteTelemetry.Executable] = program;
            _activity.AddEvent(new ActivityEvent(what, tags: tags));
        }
    }
}
