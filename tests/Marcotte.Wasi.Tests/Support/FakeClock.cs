using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>
/// Clocks on which waiting takes no time: when a timer is set they jump to where it goes off, unless they are held.
/// </summary>
internal sealed class FakeClock : BoxClock
{
    private readonly JumpingTime _time;

    internal FakeClock() => _time = new JumpingTime(this);

    public override TimeProvider TimeProvider => _time;

    public override bool RunsOnHostTime => false;

    internal long RealtimeNow { get; set; } = 1_700_000_000_000_000_000;

    internal long MonotonicNow { get; set; } = 5_000_000_000;

    internal long ProcessCpuNow { get; set; } = 300;

    internal long ThreadCpuNow { get; set; } = 200;

    internal long Step { get; set; } = 1;

    internal Errno Failure { get; set; }

    /// <summary>Whether timers are set without time passing.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>Nanoseconds that were waited in all.</summary>
    internal long Waited { get; private set; }

    public override long Realtime() => RealtimeNow;

    public override long Monotonic() => MonotonicNow;

    public override Errno Now(ClockId clock, GuestThread thread, out long nanoseconds)
    {
        nanoseconds = clock switch
        {
            ClockId.Realtime => RealtimeNow,
            ClockId.Monotonic => MonotonicNow,
            ClockId.ProcessCpu => ProcessCpuNow,
            _ => ThreadCpuNow,
        };
        return Failure;
    }

    public override Errno Resolution(ClockId clock, out long nanoseconds)
    {
        nanoseconds = Step * ((long)clock + 1);
        return Failure;
    }

    private void Jump(TimeSpan time)
    {
        long nanoseconds = time.Ticks * 100;
        (RealtimeNow, MonotonicNow, Waited) = (RealtimeNow + nanoseconds, MonotonicNow + nanoseconds, Waited + nanoseconds);
    }

    private sealed class JumpingTime(FakeClock clock) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new JumpingTimer(clock, callback, state);
    }

    private sealed class JumpingTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero && !clock.IsHeld)
            {
                clock.Jump(dueTime);
                callback(state);
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
