using System.Diagnostics;

namespace Marcotte.Core.Waiting;

/// <summary>
/// How long a thread looks again and again before it sleeps. It does so as long as that succeeds; after failures only once in a
/// while, to find out whether it would again. Never do so many at once that no core is left for those they wait for.
/// </summary>
internal struct SpinBudget
{
    /// <summary>What it takes a host to wake a thread that the awaited one may be waiting for itself, and a little more.</summary>
    private const long LongestNanoseconds = 40_000;

    /// <summary>Of so many waits one tries, when the last ones that tried have failed.</summary>
    private const int Seldom = 64;

    private const int MostCredit = 8;

    /// <summary>Longer than this between two looks at the clock, and the thread did not run: another one had its core.</summary>
    private const long GapNanoseconds = 4_000;

    private static readonly int MostSpinners = Math.Max(0, Environment.ProcessorCount - 1);
    private static readonly long LongestTicks = LongestNanoseconds * Stopwatch.Frequency / 1_000_000_000;
    private static readonly long GapTicks = GapNanoseconds * Stopwatch.Frequency / 1_000_000_000;

    private static int _spinners;

    private int _credit;
    private int _skipped;
    private int _turns;
    private long _began;
    private long _last;
    private bool _lostCore;

    /// <summary>Begins, where it seems worth while.</summary>
    /// <returns>Whether it does; then <see cref="End"/> follows.</returns>
    internal bool TryBegin()
    {
        if (_credit == 0 && ++_skipped < Seldom)
        {
            return false;
        }

        _skipped = 0;
        if (Interlocked.Increment(ref _spinners) > MostSpinners)
        {
            Interlocked.Decrement(ref _spinners);
            return false;
        }

        _turns = 0;
        _began = _last = Stopwatch.GetTimestamp();
        _lostCore = false;
        return true;
    }

    /// <summary>Lets a moment pass.</summary>
    /// <returns>False when it has lasted long enough.</returns>
    internal bool Turn()
    {
        if ((++_turns & 7) == 0 && (LookAtClock() >= LongestTicks || _lostCore))
        {
            return false;
        }

        Thread.SpinWait(2);
        return true;
    }

    /// <summary>Ends, and learns.</summary>
    /// <param name="succeeded">Whether it was worth while.</param>
    internal void End(bool succeeded)
    {
        Interlocked.Decrement(ref _spinners);

        // The one it waits for may have come to run only by taking its core away: then it stood in the way.
        LookAtClock();
        _credit = succeeded && !_lostCore ? Math.Min(_credit + 2, MostCredit) : _credit / 2;
    }

    private long LookAtClock()
    {
        long now = Stopwatch.GetTimestamp();
        _lostCore |= now - _last > GapTicks;
        _last = now;
        return now - _began;
    }
}
