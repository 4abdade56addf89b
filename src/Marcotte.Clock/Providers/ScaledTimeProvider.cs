namespace Marcotte.Clock;

/// <summary>Another provider's time, faster or slower by a factor. Timers scale with it.</summary>
/// <remarks>
/// Its timestamps are nanoseconds since it was made. The time of day runs at the factor too; it ends at
/// <see cref="DateTimeOffset.MaxValue"/>.
/// </remarks>
public sealed class ScaledTimeProvider : TimeProvider
{
    private readonly TimeScale _scale;
    private readonly TimeProvider _source;
    private readonly DateTimeOffset _start;
    private readonly long _origin;
    private readonly long _frequency;

    /// <summary>Starts from now.</summary>
    /// <param name="factor">How many seconds pass for one of the source's; above 0.</param>
    /// <param name="start">The time of day now; the source's when null.</param>
    /// <param name="source">The time that is scaled; the system's when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 0, or not finite.</exception>
    public ScaledTimeProvider(double factor, DateTimeOffset? start = null, TimeProvider? source = null)
        : this(new TimeScale(factor), start, source ?? System)
    {
    }

    internal ScaledTimeProvider(TimeScale scale, DateTimeOffset? start, TimeProvider source)
    {
        _scale = scale;
        _source = source;
        _frequency = source.TimestampFrequency;
        _origin = source.GetTimestamp();
        _start = (start ?? source.GetUtcNow()).ToUniversalTime();
    }

    /// <summary>A billion: timestamps are nanoseconds.</summary>
    public override long TimestampFrequency => Nanoseconds.PerSecond;

    /// <summary>UTC, whatever the host's is.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() =>
        _scale.Apply(Nanoseconds.OfTicks(Nanoseconds.Between(_origin, _source.GetTimestamp()), _frequency));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        long ticks = GetTimestamp() / 100;
        return ticks > DateTimeOffset.MaxValue.UtcTicks - _start.Ticks ? DateTimeOffset.MaxValue : _start.AddTicks(ticks);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        TimerSpans.Check(dueTime, period);
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A timer on the source's: one that goes off early, or only part of the way, is set again for the rest.</summary>
    private sealed class Timer : ITimer
    {
        /// <summary>What every provider's timers can do.</summary>
        private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

        private readonly Lock _lock = new();
        private readonly ScaledTimeProvider _provider;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private long _due = -1;
        private long _period;

        internal Timer(ScaledTimeProvider provider, TimerCallback callback, object? state)
        {
            _provider = provider;
            _callback = callback;
            _state = state;
            _timer = provider._source.CreateTimer(
                static timer => ((Timer)timer!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            TimerSpans.Check(dueTime, period);
            TimeSpan span;
            lock (_lock)
            {
                long now = _provider.GetTimestamp();
                _due = dueTime < TimeSpan.Zero ? -1 : TimerSpans.After(now, TimerSpans.ToNanoseconds(dueTime));
                _period = TimerSpans.ToNanoseconds(period);
                span = dueTime == TimeSpan.Zero ? TimeSpan.Zero : SpanLocked(now);
            }

            return _timer.Change(span, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            StopLocked();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            StopLocked();
            return _timer.DisposeAsync();
        }

        private void StopLocked()
        {
            lock (_lock)
            {
                _due = -1;
            }
        }

        private TimeSpan SpanLocked(long now) =>
            _due < 0 ? Timeout.InfiniteTimeSpan : _provider._scale.HostSpan(Math.Max(0, _due - now), Longest);

        private void Ring()
        {
            bool rings;
            TimeSpan span;
            lock (_lock)
            {
                long now = _provider.GetTimestamp();
                rings = _due >= 0 && now >= _due;
                if (rings)
                {
                    _due = _period <= 0 ? -1 : TimerSpans.After(now, _period);
                }

                span = SpanLocked(now);
            }

            if (span >= TimeSpan.Zero)
            {
                _timer.Change(span, Timeout.InfiniteTimeSpan);
            }

            if (rings)
            {
                _callback(_state);
            }
        }
    }
}
