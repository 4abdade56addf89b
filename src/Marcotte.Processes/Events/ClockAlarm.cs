using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>Calls back when a moment has come on one of a box's clocks.</summary>
/// <param name="clock">The box's clocks.</param>
/// <param name="ring">Called at the moment, on any thread; may call back once more for a moment that was cancelled just then.</param>
internal sealed class ClockAlarm(BoxClock clock, Action ring)
{
    /// <summary>Timers take less than 50 days; what is longer is waited for piece by piece.</summary>
    private const long LongestNanoseconds = 40L * 24 * 60 * 60 * 1_000_000_000;

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private ClockId _id;
    private long _time;
    private long _remaining;
    private bool _isSet;

    /// <summary>Sets it, in place of what it was set to.</summary>
    /// <param name="time">The moment.</param>
    /// <param name="id">Of which clock: the time of day or the monotonic one.</param>
    internal void Set(long time, ClockId id)
    {
        ITimer timer;
        long remaining = Remaining(time, id);
        lock (_lock)
        {
            _remaining = remaining;
            (_time, _id, _isSet) = (time, id, true);
            timer = _timer ??= clock.TimeProvider.CreateTimer(
                static state => ((ClockAlarm)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // Outside of the lock: a provider may call back before it returns.
        Arm(timer, remaining);
    }

    internal void Cancel()
    {
        lock (_lock)
        {
            _isSet = false;
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>It is not needed any more.</summary>
    internal void End()
    {
        lock (_lock)
        {
            _isSet = false;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private static void Arm(ITimer timer, long remaining) =>
        timer.Change(TimeSpan.FromTicks((Math.Clamp(remaining, 0, LongestNanoseconds) + 99) / 100), Timeout.InfiniteTimeSpan);

    private long Remaining(long time, ClockId id)
    {
        long now = id == ClockId.Realtime ? clock.Realtime() : clock.Monotonic();
        return time <= now ? 0 : time - now;
    }

    private void Tick()
    {
        ITimer? timer;
        long remaining;
        lock (_lock)
        {
            if (!_isSet)
            {
                return;
            }

            // A clock that has not moved although its timer went off is one on which time never passes: the moment counts as come.
            remaining = Remaining(_time, _id);
            remaining = remaining < _remaining ? remaining : 0;
            _remaining = remaining;
            timer = _timer;
            _isSet = remaining > 0;
        }

        if (remaining > 0 && timer is not null)
        {
            Arm(timer, remaining);
            return;
        }

        ring();
    }
}
