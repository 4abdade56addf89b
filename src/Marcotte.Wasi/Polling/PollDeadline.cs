using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasi;

/// <summary>When a clock subscription comes.</summary>
internal static class PollDeadline
{
    // Late, but not never: on a clock whose sleeps return at once this one does too.
    private const long Last = long.MaxValue - 1;

    /// <summary>Works out the moment. Nothing overflows: what lies beyond the year 2262 comes then.</summary>
    /// <param name="thread">Who waits.</param>
    /// <param name="id">The clock.</param>
    /// <param name="timeout">Nanoseconds: a while from now, or a moment on the clock.</param>
    /// <param name="flags">Which of the two.</param>
    /// <param name="deadline">The moment.</param>
    /// <returns>The outcome; <see cref="Errno.NoSys"/> when the box has no clock.</returns>
    /// <remarks>
    /// A while is measured on the monotonic clock, so that setting the time of day does not change it (POSIX nanosleep).
    /// What remains on a CPU clock is so too, as that clock stands still while its thread waits.
    /// </remarks>
    internal static Errno Of(GuestThread thread, ClockId id, ulong timeout, SubClockFlags flags, out Deadline deadline)
    {
        deadline = Deadline.Never;
        BoxClock clock = thread.Kernel.Clock;
        Errno errno = clock.Now(id, thread, out long now);
        if (errno != Errno.Success)
        {
            return errno;
        }

        long time = (long)Math.Min(timeout, Last);
        bool absolute = (flags & SubClockFlags.AbsTime) != 0;
        if (absolute && id is ClockId.Realtime or ClockId.Monotonic)
        {
            deadline = new Deadline(id, time);
            return Errno.Success;
        }

        long remaining = absolute ? Math.Max(0, time - Math.Max(0, now)) : time;
        if (id != ClockId.Monotonic)
        {
            errno = clock.Now(ClockId.Monotonic, thread, out now);
        }

        deadline = new Deadline(ClockId.Monotonic, now > Last - remaining ? Last : now + remaining);
        return errno;
    }
}
