namespace Marcotte.Clock;

/// <summary>A timer of a <see cref="SteppedTimeProvider"/>, which guards its fields.</summary>
internal sealed class SteppedTimer(SteppedTimeProvider provider, TimerCallback callback, object? state) : ITimer
{
    private volatile bool _disposed;

    /// <summary>By due time, then by when it was set.</summary>
    internal static IComparer<SteppedTimer> InOrder { get; } = Comparer<SteppedTimer>.Create(
        static (x, y) => x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Sequence.CompareTo(y.Sequence));

    /// <summary>When it goes off, in ticks of the time of day.</summary>
    internal long Due { get; set; }

    /// <summary>When it was set, among all.</summary>
    internal long Sequence { get; set; } = -1;

    /// <summary>Ticks between going off; 0 for once.</summary>
    internal long Period { get; set; }

    internal bool IsDisposed => _disposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        TimerSpans.Check(dueTime, period);
        if (_disposed)
        {
            return false;
        }

        provider.Set(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        provider.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Ring()
    {
        if (!_disposed)
        {
            callback(state);
        }
    }
}
