using System.Runtime.InteropServices;

namespace Marcotte.Cli;

/// <summary>
/// Ends the program from outside: when the tool is told to end (Ctrl-C, SIGTERM, a terminal that is gone), and the whole
/// tool when the program does not notice that it was ended.
/// </summary>
/// <remarks>A program may sit in a write to a pipe that nobody reads, where only the end of the process gets it out.</remarks>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long a program that was ended may take to notice.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly RunRequest _request;
    private readonly PosixSignalRegistration[] _registrations;
    private Box? _box;
    private Action? _leaving;
    private Timer? _overdue;
    private bool _requested;

    internal Interruption(RunRequest request)
    {
        _request = request;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
        ];
    }

    /// <summary>Whether the tool was told to end.</summary>
    internal bool Requested
    {
        get
        {
            lock (_lock)
            {
                return _requested;
            }
        }
    }

    /// <summary>Names the box that is about to run, which a signal ends from now on; before, a signal ends the tool.</summary>
    /// <param name="box">The box.</param>
    /// <param name="leaving">Done before the tool says why it ends in spite of the box.</param>
    internal void Guard(Box box, Action? leaving)
    {
        lock (_lock)
        {
            _box = box;
            _leaving = leaving;
            if (_request.Timeout is { } timeout)
            {
                _overdue = new Timer(_ => Leave(), null, timeout + Grace, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The program has ended; from now on a signal ends the tool.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _box = null;
            _overdue?.Dispose();
        }

        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    // Nothing to end, or a second signal: the tool itself goes, whatever it is at.
    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (_box is null || _requested)
            {
                Environment.Exit(ExitCodes.Killed);
            }

            _requested = true;
            _box!.Kill();
            _overdue?.Dispose();
            _overdue = new Timer(_ => Leave(), null, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (_box is not null)
            {
                _leaving?.Invoke();
                Environment.Exit(Ending.ReportStuck(_requested, _request));
            }
        }
    }
}
