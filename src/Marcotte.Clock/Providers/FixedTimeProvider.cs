namespace Marcotte.Clock;

/// <summary>
/// Time that never passes. Nobody could wait for anything on it, so a timer's due time counts as passed at once: its
/// callback runs before <see cref="CreateTimer"/> or <see cref="ITimer.Change"/> returns.
/// </summary>
/// <remarks>
/// A periodic timer goes off once, for its due time; its period does not pass. A timer that is set from within such a
/// callback goes off on the thread pool, so that one that sets itself again and again cannot exhaust the stack.
/// </remarks>
/// <param name="now">The time of day, for good.</param>
public sealed class FixedTimeProvider(DateTimeOffset now) : TimeProvider
{
    [ThreadStatic]
    private static bool _ringing;

    private readonly DateTimeOffset _now = now.ToUniversalTime();

    /// <summary>A billion: timestamps are nanoseconds.</summary>
    public override long TimestampFrequency => Nanoseconds.PerSecond;

    /// <summary>UTC, whatever the host's is.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Always the same.</summary>
    /// <returns>0.</returns>
    public override long GetTimestamp() => 0;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Timer timer = new(callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            TimerSpans.Check(dueTime, period);
            if (_disposed)
            {
                return false;
            }

            if (dueTime < TimeSpan.Zero)
            {
                return true;
            }

            if (_ringing)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Ring(), this, preferLocal: false);
                return true;
            }

            _ringing = true;
            try
            {
                Ring();
            }
            finally
            {
                _ringing = false;
            }

            return true;
        }

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            if (!_disposed)
            {
                callback(state);
            }
        }
    }
}
