namespace Marcotte.Clock;

/// <summary>What timers are given: a time until they go off, and one between.</summary>
internal static class TimerSpans
{
    /// <summary>Throws on what <see cref="TimeProvider.CreateTimer"/> says is out of range.</summary>
    internal static void Check(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
    }

    /// <summary>The length of a span; what is infinite is negative, what is too long is as long as there is.</summary>
    internal static long ToNanoseconds(TimeSpan span) => span.Ticks > Nanoseconds.Last / 100 ? Nanoseconds.Last : span.Ticks * 100;

    /// <summary>A moment later than another, at most the last there is.</summary>
    internal static long After(long now, long span) => span > Nanoseconds.Last - now ? Nanoseconds.Last : now + span;

    private static void Check(TimeSpan span, string name)
    {
        if (span < TimeSpan.Zero && span != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, span, "A timer's span is not negative; Timeout.InfiniteTimeSpan stops it.");
        }
    }
}
