using System.Text;
using Marcotte.Core;

namespace Marcotte;

/// <summary>The processes of a box, as its host sees them. Any thread may use it.</summary>
public sealed class BoxProcesses
{
    private readonly Kernel _kernel;

    internal BoxProcesses(Kernel kernel, string program)
    {
        if (kernel.Processes == ProcessTable.None)
        {
            throw new InvalidOperationException("The box has no processes but its first one; add a process layer to its builder with UseProcesses(), of Marcotte.Processes.");
        }

        _kernel = kernel;
        kernel.ProcessObserver = ProcessObserver.Combine(kernel.ProcessObserver, new Teller(this, program));
    }

    /// <summary>
    /// A process is about to run. Raised on the thread that made it, which waits for the handler: be quick, and throw nothing. The first process is not told of.
    /// </summary>
    public event EventHandler<ProcessStartedEventArgs>? Started;

    /// <summary>
    /// A process has ended, the first one included. Raised on its thread, before its parent is told: be quick, and throw nothing.
    /// </summary>
    public event EventHandler<ProcessExitedEventArgs>? Exited;

    /// <summary>All processes there are now, by number, those included that have ended and that nobody has waited for.</summary>
    /// <returns>A list of its own.</returns>
    public IReadOnlyList<ProcessStat> List() => _kernel.Processes.List();

    /// <summary>Sends a signal to a process. What the process does about it is for the process to say, but for SIGKILL and SIGSTOP.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>False when there is no such process, or when it has ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal.</exception>
    public bool Signal(int id, Signal signal)
    {
        SignalInfo info = Info(signal);
        if (_kernel.Processes.Find(id) is not { } process)
        {
            return false;
        }

        _kernel.Signals.Raise(process, info);
        return true;
    }

    /// <summary>Sends a signal to all processes of a group, such as a shell's job.</summary>
    /// <param name="group">The group's number.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>False when there is no such group.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal.</exception>
    public bool SignalGroup(int group, Signal signal)
    {
        SignalInfo info = Info(signal);
        if (!List().Any(process => process.Group == group))
        {
            return false;
        }

        _kernel.Signals.RaiseInGroup(group, info);
        return true;
    }

    /// <summary>As Linux tells of a sender that a process cannot see.</summary>
    private static SignalInfo Info(Signal signal) => signal is > Core.Signal.None and <= Core.Signal.Last
        ? new SignalInfo(signal, SignalCause.User)
        : throw new ArgumentOutOfRangeException(nameof(signal), signal, "There is no such signal; take one from 1 to 64.");

    private sealed class Teller(BoxProcesses processes, string program) : ProcessObserver
    {
        public override void Started(Process process, int parent) =>
            processes.Started?.Invoke(processes, new ProcessStartedEventArgs(process.Id, parent, NameOf(process)));

        public override void Ended(Process process, int parent, ProcessEnd end, in ResourceUsage usage) =>
            processes.Exited?.Invoke(processes, new ProcessExitedEventArgs(process.Id, parent, NameOf(process), end, usage));

        /// <summary>What has come from no file is the box's own program, or a fork of it.</summary>
        private string NameOf(Process process) =>
            process.ProgramPath.IsEmpty ? program : Encoding.UTF8.GetString(process.ProgramPath.Span);
    }
}

/// <summary>A process of a box is about to run.</summary>
/// <param name="id">Its number.</param>
/// <param name="parent">Its parent's.</param>
/// <param name="program">What it runs.</param>
public sealed class ProcessStartedEventArgs(int id, int parent, string program) : EventArgs
{
    /// <summary>Its number (pid), which another may get once it was waited for.</summary>
    public int Id => id;

    /// <summary>Its parent's number.</summary>
    public int Parent => parent;

    /// <summary>The path of what it runs, its parent's when it was forked; the template's name for the box's own program.</summary>
    public string Program => program;
}

/// <summary>A process of a box has ended.</summary>
/// <param name="id">Its number.</param>
/// <param name="parent">Its parent's.</param>
/// <param name="program">What it ran last.</param>
/// <param name="end">How it ended.</param>
/// <param name="usage">What it used.</param>
public sealed class ProcessExitedEventArgs(int id, int parent, string program, ProcessEnd end, ResourceUsage usage) : EventArgs
{
    /// <summary>Its number (pid), which another may get once it was waited for.</summary>
    public int Id => id;

    /// <summary>Its parent's number; 0 for the first process, and for those it left behind.</summary>
    public int Parent => parent;

    /// <summary>The path of what it ran last; the template's name for the box's own program.</summary>
    public string Program => program;

    /// <summary>How it ended.</summary>
    public ProcessEnd End => end;

    /// <summary>What it used itself, without its children: processor time in nanoseconds, bytes, calls.</summary>
    public ResourceUsage Usage => usage;
}
