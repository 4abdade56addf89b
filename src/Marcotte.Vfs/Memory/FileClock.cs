using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// The time that files are stamped with. On host time it is that of the host's last tick (a few milliseconds at most), as
/// Linux stamps files too: a write would cost twice as much otherwise. On any other clock it is exact.
/// </summary>
internal sealed class FileClock(Kernel kernel)
{
    private BoxClock? _clock;
    private long _tick = -1;
    private long _time;

    public long Now()
    {
        BoxClock clock = kernel.Clock;
        if (!clock.RunsOnHostTime)
        {
            return clock.Realtime();
        }

        long tick = Environment.TickCount64;
        return tick == Volatile.Read(ref _tick) && ReferenceEquals(clock, _clock) ? _time : Refresh(clock, tick);
    }

    private long Refresh(BoxClock clock, long tick)
    {
        long time = clock.Realtime();
        _clock = clock;
        _time = time;
        Volatile.Write(ref _tick, tick);
        return time;
    }
}
