using Marcotte.Core;
using Marcotte.Processes.Table;

namespace Marcotte.Processes.Timers;

/// <summary>The timers of a process (setitimer, timer_create), and the watch over the CPU time it may use. Guarded by the tree's gate.</summary>
internal sealed class ProcessTimers : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly ProcessTimer[] _timers;
    private readonly ProcessTimer _limit;
    private readonly Member _member;
    private readonly BoxSignals _signals;
    private readonly ProcessTree _tree;
    private Dictionary<int, CreatedTimer>? _created;
    private int _nextId;

    internal ProcessTimers(ProcessTree tree, BoxSignals signals, Member member)
    {
        _member = member;
        _signals = signals;
        _tree = tree;
        _timers = [Make(IntervalTimer.Real), Make(IntervalTimer.Virtual), Make(IntervalTimer.Profile)];
        _limit = new ProcessTimer(tree, member, byCpu: true, () => Exceed(signals));
        ProcessTimer Make(IntervalTimer timer) => new(
            tree, member, timer != IntervalTimer.Real, () => signals.RaiseLocked(member, new SignalInfo(SignalOf(timer), SignalCause.Kernel)));
    }

    internal ProcessTimer this[IntervalTimer timer] => _timers[(int)timer];

    /// <summary>A signal was taken that one of them may have raised.</summary>
    /// <returns>The same, and how often its timer ended meanwhile.</returns>
    internal SignalInfo TakenLocked(SignalInfo info)
    {
        for (IntervalTimer timer = IntervalTimer.Real; timer <= IntervalTimer.Profile; timer++)
        {
            if (SignalOf(timer) == info.Signal)
            {
                this[timer].RestartLocked();
            }
        }

        foreach (CreatedTimer created in _created?.Values ?? Enumerable.Empty<CreatedTimer>())
        {
            if (created.Raised(info))
            {
                created.Timer.RestartLocked();
                info = info.Cause == SignalCause.Timer && info.ProcessId == created.Id ? info with { UserId = (uint)created.Timer.Overruns } : info;
            }
        }

        return info;
    }

    /// <summary>What the process does about a signal is new: what was dropped before may be heard now.</summary>
    internal void ActionChangedLocked(Signal signal)
    {
        if (!_member.Signals.Pending.Set.Contains(signal))
        {
            TakenLocked(new SignalInfo(signal, SignalCause.Kernel));
            foreach (CreatedTimer created in (_created?.Values ?? Enumerable.Empty<CreatedTimer>()).Where(created => created.Notice.Signal == signal))
            {
                created.Timer.RestartLocked();
            }
        }
    }

    internal CreatedTimer? FindLocked(int id) => _created?.GetValueOrDefault(id);

    /// <summary>Makes one, unless there are too many.</summary>
    internal bool TryCreateLocked(ClockId clock, TimerNotice notice, out int id)
    {
        _created ??= [];
        id = _nextId;
        if (_created.Count >= _tree.Kernel.Limits.PendingSignals)
        {
            return false;
        }

        // Numbers are given anew only when all have been given once.
        while (_created.ContainsKey(id))
        {
            id = (id + 1) & int.MaxValue;
        }

        _nextId = (id + 1) & int.MaxValue;
        int given = id;
        ProcessTimer? timer = null;
        timer = new ProcessTimer(_tree, _member, clock == ClockId.ProcessCpu, () =>
        {
            // Nobody takes what is not raised: the next interval counts at once.
            if (notice.Signal == Signal.None || _signals.RaiseLocked(_member, new SignalInfo(notice.Signal, SignalCause.Timer, given, 0, notice.Value)) != Errno.Success)
            {
                timer!.RestartLocked();
            }
        });
        _created[id] = new CreatedTimer(id, clock, notice, timer);
        return true;
    }

    internal bool TryDeleteLocked(int id)
    {
        if (_created?.Remove(id, out CreatedTimer? deleted) != true)
        {
            return false;
        }

        deleted!.Timer.Dispose();
        return true;
    }

    /// <summary>Another program has taken the place of the one that made them.</summary>
    internal void DeleteAllLocked()
    {
        foreach (CreatedTimer created in _created?.Values ?? Enumerable.Empty<CreatedTimer>())
        {
            created.Timer.Dispose();
        }

        _created = null;
    }

    /// <summary>The limit of CPU time is another one.</summary>
    internal void LimitLocked(ResourceLimit limit)
    {
        long used = _member.Process.CpuNanoseconds(_member.Process.Kernel.Clock.Monotonic());
        _limit.SetLocked(new TimerSetting(
            limit.Current > long.MaxValue / Second ? 0 : Math.Max(1, ((long)limit.Current * Second) - used), Second));
    }

    public void Dispose()
    {
        foreach (ProcessTimer timer in _timers)
        {
            timer.Dispose();
        }

        _limit.Dispose();
        DeleteAllLocked();
    }

    private static Signal SignalOf(IntervalTimer timer) => timer switch
    {
        IntervalTimer.Real => Signal.Alarm,
        IntervalTimer.Virtual => Signal.VirtualAlarm,
        _ => Signal.Profile,
    };

    /// <summary>SIGXCPU each second beyond what holds, and the end beyond what can (getrlimit(2)).</summary>
    private void Exceed(BoxSignals signals)
    {
        ulong seconds = (ulong)(_member.Process.CpuNanoseconds(_member.Process.Kernel.Clock.Monotonic()) / Second);
        if (_member.Bounds is { } bounds && seconds >= bounds[(int)Resource.Cpu].Maximum)
        {
            _member.Process.End(new SignaledEnd(Signal.Kill));
            return;
        }

        signals.RaiseLocked(_member, new SignalInfo(Signal.CpuLimit, SignalCause.Kernel));
        _limit.RestartLocked();
    }
}
