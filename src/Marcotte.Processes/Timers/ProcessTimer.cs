using Marcotte.Core;
using Marcotte.Processes.Table;

namespace Marcotte.Processes.Timers;

/// <summary>
/// One timer of a process, by real or by CPU time. It raises its signal and stays at that until the signal is taken, which is when the
/// next interval begins to count, as in Linux: a short interval costs no more than the process takes signals. Guarded by the tree's gate.
/// </summary>
internal sealed class ProcessTimer : IDisposable
{
    /// <summary>A host's timer takes less than 50 days; what is longer is waited for piece by piece.</summary>
    private const long LongestNanoseconds = 40L * 24 * 60 * 60 * 1_000_000_000;

    /// <summary>CPU time is looked at no more often than this.</summary>
    private const long ShortestLook = 1_000_000;

    private readonly Member _member;
    private readonly bool _byCpu;
    private readonly ProcessTree _tree;
    private readonly Action _raise;
    private ITimer? _timer;
    private long _due;
    private long _interval;
    private long _remaining;
    private bool _armed;
    private bool _disposed;

    internal ProcessTimer(ProcessTree tree, Member member, bool byCpu, Action raise)
    {
        _tree = tree;
        _member = member;
        _byCpu = byCpu;
        _raise = raise;
    }

    /// <summary>How often it ended while its last signal waited to be taken.</summary>
    internal int Overruns { get; private set; }

    /// <summary>What remains, and the interval.</summary>
    internal TimerSetting SettingLocked()
    {
        if (_due == 0)
        {
            return default;
        }

        long remaining = _due - Now();
        return new TimerSetting(remaining > 0 ? remaining : _interval > 0 ? _interval : 1, _interval);
    }

    internal void SetLocked(TimerSetting setting)
    {
        Overruns = 0;
        if (setting.Value == 0 || _disposed)
        {
            _due = _interval = 0;
            _armed = false;
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        long now = Now();
        _interval = setting.Interval;
        ArmLocked(setting.Value > long.MaxValue - now ? long.MaxValue : now + setting.Value, setting.Value);
    }

    /// <summary>Its signal was taken: the next interval counts.</summary>
    internal void RestartLocked()
    {
        if (_due == 0 || _armed || _disposed)
        {
            return;
        }

        if (_interval == 0)
        {
            _due = 0;
            return;
        }

        long now = Now();
        long passed = Math.Max(0, now - _due) / _interval;
        Overruns = (int)Math.Min(passed, int.MaxValue);
        long next = _due + ((passed + 1) * _interval);
        next = next <= now ? now + _interval : next;
        ArmLocked(next, next - now);
    }

    public void Dispose()
    {
        _disposed = true;
        _armed = false;
        _timer?.Dispose();
    }

    internal long Now()
    {
        long monotonic = _tree.Kernel.Clock.Monotonic();
        return _byCpu ? _member.Process.CpuNanoseconds(monotonic) : monotonic;
    }

    private void ArmLocked(long due, long remaining)
    {
        _due = Math.Max(1, due);
        _armed = true;
        _remaining = remaining;

        // Known before it is armed: a provider may call back before it returns.
        _timer ??= _tree.Kernel.Clock.TimeProvider.CreateTimer(static state => ((ProcessTimer)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ChangeLocked();
    }

    private void ChangeLocked()
    {
        long wait = _byCpu ? Math.Max(ShortestLook, _remaining / Math.Max(1, _member.Process.Threads.Length)) : _remaining;
        _timer!.Change(TimeSpan.FromTicks((Math.Min(wait, LongestNanoseconds) + 99) / 100), Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        lock (_tree.Gate)
        {
            if (!_armed)
            {
                return;
            }

            // As where waits end: early, or a piece of the way, or a clock on which time never passes. CPU time stands still as long
            // as the process waits, and is looked at again.
            long remaining = _due - Now();
            if (remaining > 0 && (_byCpu ? _tree.Kernel.Clock.RunsOnHostTime || remaining < _remaining : remaining < _remaining))
            {
                _remaining = remaining;
                ChangeLocked();
                return;
            }

            _armed = false;
            _raise();
        }
    }
}
