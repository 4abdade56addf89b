using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// The time that files are stamped with. On host time it is that of the host's last tick (a few milliseconds at most), as
/// Linux stamps files too: a write would cost twice as much otherwise. On any other clock it is exact.
/// </summary>
internal sealed class FileClock(Kernel kernel)
{
    /// <summary>What a prepared tree's clock says for: the time at which a box's tree is made of it.</summary>
    public const long AsOldAsTree = long.MinValue;

    private Kernel? _kernel = kernel;
    private BoxClock? _clock;
    private long _tick = -1;
    private long _time;

    public long Now()
    {
        if (_kernel is not { } kernel)
        {
            return _time;
        }

        BoxClock clock = kernel.Clock;
        if (!clock.RunsOnHostTime)
        {
            return clock.Realtime();
        }

        long tick = Environment.TickCount64;
        return tick == Volatile.Read(ref _tick) && ReferenceEquals(clock, _clock) ? _time : Refresh(clock, tick);
    }

    /// <summary>Lets the box go, which a snapshot of its tree may outlive. The time stands still.</summary>
    public void Stop()
    {
        if (_kernel is not null)
        {
            _time = Now();
            _kernel = null;
            _clock = null;
        }
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
