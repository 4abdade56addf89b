namespace Marcotte.Clock;

/// <summary>Conversions to nanoseconds: exact, rounded down, and clamped where they would overflow.</summary>
internal static class Nanoseconds
{
    internal const long PerSecond = 1_000_000_000;

    /// <summary>The last moment a clock shows: 2262-04-11. One less than what deadlines take for "never".</summary>
    internal const long Last = long.MaxValue - 1;

    private const long PerTick = 100;

    /// <summary>A time of day since 1970, which is also the first moment a clock shows, as for Linux's settimeofday.</summary>
    internal static long SinceEpoch(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return ticks <= 0 ? 0 : ticks > Last / PerTick ? Last : ticks * PerTick;
    }

    /// <summary>A number of a provider's timestamp ticks.</summary>
    internal static long OfTicks(ulong ticks, long frequency)
    {
        ulong perSecond = (ulong)frequency;
        (ulong seconds, ulong rest) = Math.DivRem(ticks, perSecond);
        if (seconds > Last / PerSecond)
        {
            return Last;
        }

        ulong fraction = perSecond <= ulong.MaxValue / PerSecond
            ? rest * PerSecond / perSecond
            : (ulong)((UInt128)rest * PerSecond / perSecond);
        return (long)Math.Min((seconds * PerSecond) + fraction, Last);
    }

    /// <summary>The ticks between two of a provider's timestamps; none when the later one is the smaller.</summary>
    internal static ulong Between(long from, long to) => to <= from ? 0 : (ulong)to - (ulong)from;
}
