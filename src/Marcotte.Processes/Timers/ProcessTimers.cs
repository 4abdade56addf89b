using Marcotte.Core;
using Marcotte.Processes.Table;

namespace Marcotte.Processes.Timers;

/// <summary>The timers of a process (setitimer), and the watch over the CPU time it may use. Guarded by the tree's gate.</summary>
internal sealed class ProcessTimers : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly ProcessTimer[] _timers;
    private readonly ProcessTimer _limit;
    private readonly Member _member;

    internal ProcessTimers(ProcessTree tree, BoxSignals signals, Member member)
    {
        _member = member;
        _timers = [Make(IntervalTimer.Real), Make(IntervalTimer.Virtual), Make(IntervalTimer.Profile)];
        _limit = new ProcessTimer(tree, member, byCpu: true, () => Exceed(signals));
        ProcessTimer Make(IntervalTimer timer) => new(
            tree, member, timer != IntervalTimer.Real, () => signals.RaiseLocked(member, new SignalInfo(SignalOf(timer), SignalCause.Kernel)));
    }

    internal ProcessTimer this[IntervalTimer timer] => _timers[(int)timer];

    /// <summary>A signal was taken that one of them raises.</summary>
    internal void TakenLocked(Signal signal)
    {
        for (IntervalTimer timer = IntervalTimer.Real; timer <= IntervalTimer.Profile; timer++)
        {
            if (SignalOf(timer) == signal)
            {
                this[timer].RestartLocked();
            }
        }
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
