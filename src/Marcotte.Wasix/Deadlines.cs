using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasix;

/// <summary>When waits end.</summary>
internal static class Deadlines
{
    // Late, but not never: on a clock whose sleeps return at once this one does too.
    private const long Last = long.MaxValue - 1;

    /// <summary>A while from now, on the monotonic clock.</summary>
    /// <param name="thread">Who waits.</param>
    /// <param name="nanoseconds">How long; what lies beyond the year 2262 comes then.</param>
    /// <param name="deadline">The moment.</param>
    /// <returns>The outcome; <see cref="Errno.NoSys"/> when the box has no clock.</returns>
    internal static Errno After(GuestThread thread, ulong nanoseconds, out Deadline deadline)
    {
        deadline = Deadline.Past;
        if (nanoseconds == 0)
        {
            return Errno.Success;
        }

        Errno errno = thread.Kernel.Clock.Now(ClockId.Monotonic, thread, out long now);
        long time = (long)Math.Min(nanoseconds, Last);
        deadline = new Deadline(ClockId.Monotonic, now > Last - time ? Last : now + time);
        return errno;
    }

    /// <summary>A while from now, or never when it is below zero.</summary>
    internal static Errno AfterOrNever(GuestThread thread, long nanoseconds, out Deadline deadline)
    {
        deadline = Deadline.Never;
        return nanoseconds < 0 ? Errno.Success : After(thread, (ulong)nanoseconds, out deadline);
    }
}
