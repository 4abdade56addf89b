namespace Marcotte.Core;

/// <summary>Which timer of a process (setitimer), by Linux's numbers.</summary>
public enum IntervalTimer : byte
{
    /// <summary>Real time; raises SIGALRM.</summary>
    Real = 0,

    /// <summary>The process's CPU time; raises SIGVTALRM.</summary>
    Virtual = 1,

    /// <summary>The same; raises SIGPROF.</summary>
    Profile = 2,
}

/// <summary>Whom a timer tells that it has ended (struct sigevent).</summary>
/// <param name="Signal">What it raises in its process; <see cref="Signal.None"/> for nothing (SIGEV_NONE).</param>
/// <param name="Value">What the signal gives along.</param>
public readonly record struct TimerNotice(Signal Signal, long Value);

/// <summary>When a timer ends, and how often after that.</summary>
/// <param name="Value">Nanoseconds until it ends next; 0 when it does not run.</param>
/// <param name="Interval">Nanoseconds from each end to the next; 0 for once.</param>
public readonly record struct TimerSetting(long Value, long Interval);
