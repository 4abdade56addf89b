namespace Marcotte.Clock;

/// <summary>
/// Time that passes only when the host steps it. Timers go off in the order in which they are due, those due at the same
/// moment in the order in which they were set, each at its own moment, before the step returns.
/// </summary>
/// <remarks>
/// A step wakes guests and does not wait for what they do: to have a guest go to sleep again before time goes on, step
/// to one timer after another (<see cref="AdvanceToNextTimer"/>). Callbacks run outside of any lock, never two at a time;
/// a step taken within a callback adds to the one that is being taken. What a callback throws ends the step where it is.
/// </remarks>
public sealed class SteppedTimeProvider : TimeProvider
{
    private readonly object _lock = new();
    private readonly SortedSet<SteppedTimer> _pending = new(SteppedTimer.InOrder);
    private readonly long _start;
    private long _now;
    private long _target;
    private long _sequence;
    private Thread? _stepper;

    /// <summary>Starts at midnight of 2000-01-01, UTC.</summary>
    public SteppedTimeProvider()
        : this(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Starts at a time of day.</summary>
    /// <param name="start">The time of day.</param>
    public SteppedTimeProvider(DateTimeOffset start) => _start = _now = _target = start.UtcTicks;

    /// <summary>
    /// Whether time steps by itself to the moment at which a timer is due, as soon as the timer is set: for a box of one thread
    /// that is whenever it waits, so that it sleeps its full time by its own clocks and not at all by the host's. A periodic timer goes off
    /// once by this, for its due time.
    /// </summary>
    /// <remarks>What a wait with a deadline waits for has to be there already: if not, the deadline comes first.</remarks>
    public bool AutoAdvance { get; init; }

    /// <summary>Ten million: timestamps are the 100 ns ticks since the start.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, whatever the host's is.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait for their time: a box's thread that waits with a deadline is one.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>How long until the first timer is due; null when none waits.</summary>
    public TimeSpan? NextTimer
    {
        get
        {
            lock (_lock)
            {
                return _pending.Min is { } first ? TimeSpan.FromTicks(Math.Max(0, first.Due - _now)) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now) - _start;

    /// <summary>Lets time pass.</summary>
    /// <param name="delta">How much, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or goes beyond the year 9999.</exception>
    public void Advance(TimeSpan delta)
    {
        if (delta < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Time does not go back; step forward, by zero or more.");
        }

        lock (_lock)
        {
            if (delta.Ticks > DateTimeOffset.MaxValue.UtcTicks - _target)
            {
                throw new ArgumentOutOfRangeException(nameof(delta), delta, "Time ends with the year 9999; take a smaller step.");
            }

            _target += delta.Ticks;
        }

        Step(wait: true);
    }

    /// <summary>Lets time pass until a moment.</summary>
    /// <param name="value">The moment, not before the present one.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has passed already.</exception>
    public void SetUtcNow(DateTimeOffset value)
    {
        lock (_lock)
        {
            if (value.UtcTicks < _target)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"Time does not go back; it is {new DateTimeOffset(_target, TimeSpan.Zero):O} already.");
            }

            _target = value.UtcTicks;
        }

        Step(wait: true);
    }

    /// <summary>Lets time pass until the first timer is due, and with it all that are due at that moment.</summary>
    /// <returns>False when no timer waits; no time passes then.</returns>
    public bool AdvanceToNextTimer()
    {
        lock (_lock)
        {
            if (_pending.Min is not { } first || first.Due > DateTimeOffset.MaxValue.UtcTicks)
            {
                return false;
            }

            _target = Math.Max(_target, first.Due);
        }

        Step(wait: true);
        return true;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        TimerSpans.Check(dueTime, period);
        SteppedTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets a timer, or stops it when a span is negative.</summary>
    internal void Set(SteppedTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _pending.Remove(timer);
            timer.Period = Math.Max(0, period.Ticks);
            if (dueTime < TimeSpan.Zero || timer.IsDisposed)
            {
                return;
            }

            PutLocked(timer, dueTime.Ticks);
            if (AutoAdvance && timer.Due <= DateTimeOffset.MaxValue.UtcTicks)
            {
                _target = Math.Max(_target, timer.Due);
            }
        }

        if (AutoAdvance || dueTime == TimeSpan.Zero)
        {
            // Due already. Whoever steps right now sees to it; a guest's thread must not wait for that.
            Step(wait: false);
        }
    }

    private void PutLocked(SteppedTimer timer, long span)
    {
        timer.Due = span > long.MaxValue - _now ? long.MaxValue : _now + span;
        timer.Sequence = _sequence++;
        _pending.Add(timer);
    }

    /// <summary>Goes on to the target, timer by timer; only one thread does so at a time.</summary>
    private void Step(bool wait)
    {
        Thread self = Thread.CurrentThread;
        lock (_lock)
        {
            while (_stepper is not null)
            {
                if (!wait || _stepper == self)
                {
                    return;
                }

                Monitor.Wait(_lock);
            }

            _stepper = self;
        }

        try
        {
            while (TakeDue() is { } timer)
            {
                timer.Ring();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The next timer that is due by the target; null, with the step ended, when there is none.</summary>
    private SteppedTimer? TakeDue()
    {
        lock (_lock)
        {
            if (_pending.Min is not { } timer || timer.Due > _target)
            {
                Volatile.Write(ref _now, _target);
                Leave();
                return null;
            }

            _pending.Remove(timer);
            Volatile.Write(ref _now, Math.Max(_now, timer.Due));
            if (timer.Period > 0)
            {
                PutLocked(timer, timer.Period);
            }

            return timer;
        }
    }

    /// <summary>Ends the step, in the same breath as nothing was found due: else a timer set just then would be missed.</summary>
    private void Leave()
    {
        lock (_lock)
        {
            if (_stepper == Thread.CurrentThread)
            {
                _stepper = null;
                _target = _now;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
