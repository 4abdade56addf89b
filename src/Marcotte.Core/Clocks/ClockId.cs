namespace Marcotte.Core;

/// <summary>A box's clocks (POSIX clockid_t).</summary>
public enum ClockId : byte
{
    /// <summary>Time of day: nanoseconds since 1970-01-01T00:00:00Z.</summary>
    Realtime,

    /// <summary>Time since some fixed moment; never goes back.</summary>
    Monotonic,

    /// <summary>Time that the process has run.</summary>
    ProcessCpu,

    /// <summary>Time that the thread has run.</summary>
    ThreadCpu,
}
