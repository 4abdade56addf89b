namespace Marcotte.Core.Waiting;

/// <summary>A moment on one of the box's clocks.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Time">Nanoseconds on it.</param>
public readonly record struct Deadline(ClockId Clock, long Time)
{
    /// <summary>A moment that does not come.</summary>
    public static Deadline Never { get; } = new(ClockId.Monotonic, long.MaxValue);

    /// <summary>A moment that has come already: look, but do not wait.</summary>
    public static Deadline Past { get; } = new(ClockId.Monotonic, long.MinValue);

    /// <summary>Whether it does not come.</summary>
    public bool IsNever => Time == long.MaxValue;

    /// <summary>Whether it has come already on every clock.</summary>
    public bool IsPast => Time == long.MinValue;
}
