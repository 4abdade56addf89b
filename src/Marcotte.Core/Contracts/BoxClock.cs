using Marcotte.Core.Waiting;

namespace Marcotte.Core;

/// <summary>What a clock layer gives a box: its clocks, and the time that waiting goes by.</summary>
[LayerContract("a clock", "UseClock", "Marcotte.Clock")]
public abstract class BoxClock
{
    /// <summary>What a box without a clock layer has: it tells no time, yet what has a deadline can end.</summary>
    public static BoxClock None { get; } = new NoClock();

    /// <summary>The source of time; its timers end waits.</summary>
    public abstract TimeProvider TimeProvider { get; }

    /// <summary>Whether the clock advances as the host's does, so that a sleep may be the host's sleep.</summary>
    public abstract bool RunsOnHostTime { get; }

    /// <summary>Nanoseconds since 1970; 0 when the box has no clock.</summary>
    /// <returns>The time of day, for file times and the like.</returns>
    public virtual long Realtime() => 0;

    /// <summary>Nanoseconds since some fixed moment.</summary>
    /// <returns>Time that never goes back.</returns>
    public virtual long Monotonic() => 0;

    /// <summary>Reads one of the clocks.</summary>
    /// <param name="clock">Which.</param>
    /// <param name="thread">Whose, for the CPU clocks.</param>
    /// <param name="nanoseconds">Its time.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Now(ClockId clock, GuestThread thread, out long nanoseconds)
    {
        nanoseconds = 0;
        return Errno.NoSys;
    }

    /// <summary>The step in which a clock advances.</summary>
    /// <param name="clock">Which.</param>
    /// <param name="nanoseconds">Its step, at least 1.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Resolution(ClockId clock, out long nanoseconds)
    {
        nanoseconds = 0;
        return Errno.NoSys;
    }

    /// <summary>How long until a moment, in nanoseconds; 0 or less once it has come. Never overflows.</summary>
    /// <param name="deadline">The moment.</param>
    /// <param name="thread">Whose, for the CPU clocks.</param>
    /// <returns>Nanoseconds of the deadline's clock.</returns>
    public long Remaining(Deadline deadline, GuestThread thread)
    {
        if (deadline.IsPast || Now(deadline.Clock, thread, out long now) != Errno.Success)
        {
            return 0;
        }

        return deadline.Time <= now ? 0 : now < 0 && deadline.Time > long.MaxValue + now ? long.MaxValue : deadline.Time - now;
    }

    private sealed class NoClock : BoxClock
    {
        public override TimeProvider TimeProvider => TimeProvider.System;

        public override bool RunsOnHostTime => true;
    }
}
