using Marcotte.Core;

namespace Marcotte.Processes;

/// <content>Job control: whose terminal it is (POSIX 11.1).</content>
internal sealed partial class Tty
{
    private int _session;
    private int _foreground;

    public override int Session => Volatile.Read(ref _session);

    public override int ForegroundGroup => Volatile.Read(ref _foreground);

    public override Errno Control(Process process)
    {
        ProcessTable processes = _kernel.Processes;
        if (processes.Session(process.Id, out int session) != Errno.Success || session != process.Id || processes.Group(process.Id, out int group) != Errno.Success)
        {
            return Errno.Perm;
        }

        lock (_lock)
        {
            if (_session == session)
            {
                return Errno.Success;
            }

            if (_session != 0 || _hungUp || _files.FindTerminal(session) is not null)
            {
                return Errno.Perm;
            }

            (_session, _foreground) = (session, group);
            return Errno.Success;
        }
    }

    /// <remarks>A terminal belongs to a session as a whole, so a process that is not its leader gives up nothing that others would notice.</remarks>
    public override Errno GiveUp(Process process)
    {
        int foreground;
        lock (_lock)
        {
            if (!IsMineLocked(process))
            {
                return Errno.NoTty;
            }

            if (process.Id != _session)
            {
                return Errno.Success;
            }

            foreground = _foreground;
            (_session, _foreground) = (0, 0);
        }

        RaiseInGroup(foreground, Signal.HangUp);
        RaiseInGroup(foreground, Signal.Continue);
        return Errno.Success;
    }

    public override Errno SetForegroundGroup(Process process, int group)
    {
        if (group <= 0)
        {
            return Errno.Inval;
        }

        lock (_lock)
        {
            if (!IsMineLocked(process))
            {
                return Errno.NoTty;
            }

            foreach (ProcessStat stat in _kernel.Processes.List())
            {
                if (stat.Group == group && stat.Session == _session)
                {
                    _foreground = group;
                    return Errno.Success;
                }
            }

            return Errno.Perm;
        }
    }

    public override Errno Attend(GuestThread thread, bool reads) =>
        !reads && (Settings.Local & LocalBits.StopOutput) == 0 ? Errno.Success : Attend(thread, reads ? Signal.TerminalInput : Signal.TerminalOutput);

    public override Errno AttendChange(GuestThread thread) => Attend(thread, Signal.TerminalOutput);

    private Errno Attend(GuestThread thread, Signal signal)
    {
        Process process = thread.Process;
        while (IsInBackground(process, out int group))
        {
            thread.ThrowIfKilled();
            bool goesUnheard = _kernel.Signals.Mask(thread).Contains(signal)
                || (_kernel.Signals.GetAction(process, signal, out SignalAction action) == Errno.Success && action.Disposition == Disposition.Ignore);
            if (goesUnheard)
            {
                return signal == Signal.TerminalInput ? Errno.IO : Errno.Success;
            }

            if (IsOrphaned(group))
            {
                return Errno.IO;
            }

            RaiseInGroup(group, signal);
            thread.TakeInterrupt();
            Errno errno = _kernel.Signals.Attend(thread);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }

        return Errno.Success;
    }

    private bool IsInBackground(Process process, out int group)
    {
        lock (_lock)
        {
            group = 0;
            return IsMineLocked(process)
                && _foreground != 0
                && _kernel.Processes.Group(process.Id, out group) == Errno.Success
                && group != _foreground;
        }
    }

    /// <summary>Whether nobody is left who could bring a group to the foreground: a parent in its session and another group.</summary>
    private bool IsOrphaned(int group)
    {
        IReadOnlyList<ProcessStat> all = _kernel.Processes.List();
        foreach (ProcessStat member in all)
        {
            if (member.Group != group)
            {
                continue;
            }

            foreach (ProcessStat parent in all)
            {
                if (parent.Id == member.Parent && parent.Session == member.Session && parent.Group != group)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The process table's own lock is a leaf under this one; it never asks a terminal while it holds it.</summary>
    private bool IsMineLocked(Process process) =>
        _session != 0 && _kernel.Processes.Session(process.Id, out int session) == Errno.Success && session == _session;

    private void RaiseHangUp(int session, int group)
    {
        if (session == 0)
        {
            return;
        }

        if (_kernel.Processes.Find(session) is { } leader && !(_kernel.Processes.Group(session, out int its) == Errno.Success && its == group))
        {
            _kernel.Signals.Raise(leader, new SignalInfo(Signal.HangUp, SignalCause.Kernel));
            _kernel.Signals.Raise(leader, new SignalInfo(Signal.Continue, SignalCause.Kernel));
        }

        RaiseInGroup(group, Signal.HangUp);
        RaiseInGroup(group, Signal.Continue);
    }

    private void RaiseInGroup(int group, Signal signal)
    {
        if (group != 0)
        {
            _kernel.Signals.RaiseInGroup(group, new SignalInfo(signal, SignalCause.Kernel));
        }
    }
}
