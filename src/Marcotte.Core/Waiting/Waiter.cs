namespace Marcotte.Core.Waiting;

/// <summary>
/// The one component that waits. A guest thread has one; it sleeps until a queue wakes it, a deadline comes, the thread
/// is interrupted, or it is killed, whichever is first.
/// </summary>
public sealed class Waiter
{
    private readonly Sleeper _sleeper = new();
    private readonly GuestThread _thread;
    private SpinBudget _spins;

    /// <summary>Above zero while a handler of the guest's runs within a wait.</summary>
    private volatile int _attending;

    /// <summary>The queue that its last wait for one file ended at: it was woken there to take something.</summary>
    private WaitQueue? _taking;

    /// <summary>
    /// Nanoseconds waited by the time the last wait ended; during a wait the complement of the moment that one would have
    /// begun at, had all of them been one. A single word, so that other threads read it without a lock.
    /// </summary>
    private long _waited;

    private long _sleeps;

    internal Waiter(GuestThread thread) => _thread = thread;

    /// <summary>Nanoseconds of the monotonic clock spent waiting so far, a wait that still lasts included.</summary>
    public long WaitedNanoseconds => Volatile.Read(ref _waited) is >= 0 and var waited ? waited : WaitedAt(_thread.Kernel.Clock.Monotonic());

    /// <summary>How often it has slept: a wait for what is there already, or comes while it looks, is none.</summary>
    public long Sleeps => Volatile.Read(ref _sleeps);

    /// <summary>Whether the thread waits now.</summary>
    public bool IsWaiting => Volatile.Read(ref _waited) < 0;

    /// <summary>Makes the thread look again at what it waits for; remembered when it is just about to wait.</summary>
    public void Signal() => _sleeper.Tell();

    /// <summary>Whether a signal now has it look before long: it waits, and was not signalled already.</summary>
    internal bool Wakes => !_sleeper.IsTold && _attending == 0;

    /// <summary>The thread has ended: what it was woken to take somebody else is to look at.</summary>
    internal void PassOn() => Interlocked.Exchange(ref _taking, null)?.Wake();

    /// <summary>Waits until an open file is ready.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wanted">What for; an error or a hang-up counts always.</param>
    /// <param name="deadline">When to give up.</param>
    /// <returns>
    /// Success when it is ready, <see cref="Errno.Again"/> when the deadline came first, <see cref="Errno.Intr"/> when the
    /// thread was interrupted.
    /// </returns>
    /// <exception cref="GuestKilledException">The thread was killed.</exception>
    /// <remarks>Several that wait for the same file in this way are woken one by one: the caller tries at once what it waited for.</remarks>
    public Errno WaitFor(OpenFile file, Readiness wanted, Deadline deadline)
    {
        WaitItem item = new() { File = file, Wanted = wanted };
        return Wait(new Span<WaitItem>(ref item), deadline, takes: true);
    }

    /// <summary>Waits until at least one of several open files is ready; each item then tells for what.</summary>
    /// <param name="items">The files; with none it is a sleep.</param>
    /// <param name="deadline">When to give up.</param>
    /// <returns>
    /// Success when one is ready, <see cref="Errno.Again"/> when the deadline came first, <see cref="Errno.Intr"/> when the
    /// thread was interrupted.
    /// </returns>
    /// <exception cref="GuestKilledException">The thread was killed.</exception>
    public Errno WaitAny(Span<WaitItem> items, Deadline deadline) => Wait(items, deadline, takes: false);

    private Errno Wait(Span<WaitItem> items, Deadline deadline, bool takes)
    {
        _thread.ThrowIfKilled();
        if (Look(items))
        {
            return Errno.Success;
        }

        if (deadline.IsPast)
        {
            return Errno.Again;
        }

        return items.Length == 1 && deadline.IsNever && SpinsUntilReady(items) ? Errno.Success : WaitRegistered(items, deadline, takes);
    }

    /// <summary>Waits until a condition holds that the owner of a queue may change.</summary>
    /// <typeparam name="T">What the condition looks at.</typeparam>
    /// <param name="queue">Woken when the condition may have come to hold.</param>
    /// <param name="state">What the condition looks at.</param>
    /// <param name="condition">Whether to go on.</param>
    /// <param name="deadline">When to give up.</param>
    /// <returns>As <see cref="WaitAny"/>.</returns>
    /// <exception cref="GuestKilledException">The thread was killed.</exception>
    public Errno WaitUntil<T>(WaitQueue queue, T state, Func<T, bool> condition, Deadline deadline)
    {
        _thread.ThrowIfKilled();
        queue.Register(this);
        try
        {
            // A timer may let time pass, so none is set for what holds already.
            if (condition(state))
            {
                return Errno.Success;
            }

            using Alarm alarm = new(this, deadline);
            for (;;)
            {
                if (deadline.IsNever)
                {
                    SpinUntilTold();
                }

                Errno errno = Park(alarm);
                if (errno != Errno.Success)
                {
                    return condition(state) ? Errno.Success : errno;
                }

                if (condition(state))
                {
                    return Errno.Success;
                }
            }
        }
        finally
        {
            queue.Deregister(this);
        }
    }

    private static bool Look(Span<WaitItem> items)
    {
        bool any = false;
        foreach (ref WaitItem item in items)
        {
            item.Ready = item.File.Poll() & (item.Wanted | Readiness.Error | Readiness.HangUp);
            any |= item.Ready != Readiness.None;
        }

        return any;
    }

    private Errno WaitRegistered(Span<WaitItem> items, Deadline deadline, bool takes)
    {
        foreach (ref WaitItem item in items)
        {
            item.Queue = item.File.Queue;
            item.Queue?.Register(this, takes);
        }

        bool ready = false;
        try
        {
            using Alarm alarm = new(this, deadline);
            for (;;)
            {
                if (Look(items))
                {
                    ready = true;
                    return Errno.Success;
                }

                Errno errno = Park(alarm);
                if (errno != Errno.Success)
                {
                    ready = Look(items);
                    return ready ? Errno.Success : errno;
                }
            }
        }
        finally
        {
            foreach (ref WaitItem item in items)
            {
                item.Queue?.Deregister(this);
                if (takes)
                {
                    // Woken alone and yet leaving with nothing: it is for another to look.
                    _taking = item.Queue;
                    if (!ready)
                    {
                        PassOn();
                    }
                }

                item.Queue = null;
            }
        }
    }

    /// <summary>
    /// Looks for a little while before it registers anywhere: where the other side is running on another core, it is quicker than a
    /// sleep and costs the other side no wake.
    /// </summary>
    private bool SpinsUntilReady(Span<WaitItem> items)
    {
        if (!_spins.TryBegin())
        {
            return false;
        }

        bool begins = BeginWait();
        bool ready = false;
        while (!ready && !_sleeper.IsTold && _spins.Turn())
        {
            ready = Look(items);
        }

        _spins.End(ready);
        if (begins)
        {
            EndWait();
        }

        return ready;
    }

    /// <summary>Stays awake for a little while, where that has proved quicker than a sleep.</summary>
    private void SpinUntilTold()
    {
        if (!_spins.TryBegin())
        {
            return;
        }

        bool begins = BeginWait();
        while (!_sleeper.IsTold && _spins.Turn())
        {
        }

        _spins.End(_sleeper.IsTold);
        if (begins)
        {
            EndWait();
        }
    }

    /// <summary>Nanoseconds spent waiting by a moment of the monotonic clock, which is not in the past.</summary>
    internal long WaitedAt(long now)
    {
        long waited = Volatile.Read(ref _waited);
        return waited >= 0 ? waited : Math.Max(0, now - ~waited);
    }

    /// <summary>Sleeps until signalled. Success means: look again.</summary>
    private Errno Park(in Alarm alarm)
    {
        bool begins = BeginWait();
        try
        {
            for (;;)
            {
                // What interrupts after this look tells the sleeper, which then does not sleep.
                if (_thread.TakeInterrupt())
                {
                    // A handler may have waited itself and taken note of what was meant for this wait: look again in any case.
                    return Attend();
                }

                _thread.ThrowIfKilled();
                if (_sleeper.TakeNote())
                {
                    if (_thread.IsInterrupted)
                    {
                        continue;
                    }

                    _thread.ThrowIfKilled();
                    return Errno.Success;
                }

                long remaining = alarm.Remaining();
                if (remaining <= 0)
                {
                    return Errno.Again;
                }

                Volatile.Write(ref _sleeps, _sleeps + 1);
                _sleeper.Sleep(remaining);
            }
        }
        finally
        {
            if (begins)
            {
                EndWait();
            }
        }
    }

    private Errno Attend()
    {
        _attending++;
        try
        {
            return _thread.Kernel.Signals.Attend(_thread);
        }
        finally
        {
            _attending--;
        }
    }

    /// <summary>What the thread does until the answer is disposed is its host's work, such as compiling, and none of its own: the time counts as waited.</summary>
    /// <returns>To be disposed on the same thread.</returns>
    public HostWork BeginHostWork() => new(BeginWait() ? this : null);

    /// <summary>The thread begins to run: the time since it was made counts as waited.</summary>
    internal void Begin()
    {
        if (_waited >= 0)
        {
            Volatile.Write(ref _waited, Math.Max(_waited, _thread.Kernel.Clock.Monotonic() - _thread.Started));
        }
    }

    internal void EndWait() => Volatile.Write(ref _waited, WaitedAt(_thread.Kernel.Clock.Monotonic()));

    /// <summary>From now on time counts as waited.</summary>
    /// <returns>Whether it did not before.</returns>
    private bool BeginWait()
    {
        if (_waited < 0)
        {
            return false;
        }

        Volatile.Write(ref _waited, ~Math.Max(0, _thread.Kernel.Clock.Monotonic() - _waited));
        return true;
    }

    /// <summary>A deadline being waited for: by the host's time when the box's clock runs with it, else by its timer.</summary>
    private readonly struct Alarm : IDisposable
    {
        private readonly Waiter _waiter;
        private readonly Deadline _deadline;
        private readonly Bell? _bell;
        private readonly bool _begins;

        internal Alarm(Waiter waiter, Deadline deadline)
        {
            BoxClock clock = waiter._thread.Kernel.Clock;
            _waiter = waiter;
            _deadline = deadline.IsNever ? deadline : Awake(clock, deadline, waiter._thread);

            // The time may step to the deadline as soon as a timer is set, and that is time waited.
            bool rings = !deadline.IsNever && !clock.RunsOnHostTime;
            _begins = rings && waiter.BeginWait();
            _bell = rings ? new Bell(waiter, _deadline) : null;
        }

        /// <summary>Nanoseconds of host time to sleep at most; 0 once the deadline has come.</summary>
        internal long Remaining()
        {
            if (_deadline.IsNever)
            {
                return long.MaxValue / 2;
            }

            if (_bell is null)
            {
                return Math.Min(_waiter._thread.Kernel.Clock.Remaining(_deadline, _waiter._thread), long.MaxValue / 2);
            }

            return _bell.HasRung ? 0 : long.MaxValue / 2;
        }

        public void Dispose()
        {
            _bell?.Dispose();
            if (_begins)
            {
                _waiter.EndWait();
            }
        }

        /// <summary>
        /// A CPU clock stands still while its thread sleeps, so that a deadline on it would never come: the wait lasts as
        /// long as it would take the thread to get there running.
        /// </summary>
        private static Deadline Awake(BoxClock clock, Deadline deadline, GuestThread thread)
        {
            if (deadline.IsPast || deadline.Clock is ClockId.Realtime or ClockId.Monotonic)
            {
                return deadline;
            }

            long now = clock.Monotonic();
            return new Deadline(ClockId.Monotonic, now + Math.Min(clock.Remaining(deadline, thread), long.MaxValue - 1 - now));
        }
    }

    /// <summary>The timer of one deadline on a clock that is not the host's.</summary>
    private sealed class Bell : IDisposable
    {
        /// <summary>Timers take less than 50 days; what is longer is waited for piece by piece.</summary>
        private const long LongestNanoseconds = 40L * 24 * 60 * 60 * 1_000_000_000;

        private readonly Waiter _waiter;
        private readonly Deadline _deadline;
        private readonly ITimer? _timer;
        private long _remaining;
        private volatile bool _rung;

        internal Bell(Waiter waiter, Deadline deadline)
        {
            _waiter = waiter;
            _deadline = deadline;
            _remaining = Remaining();
            _rung = _remaining <= 0;
            if (!_rung)
            {
                // Armed only once it is known here: a provider may call back before it returns.
                _timer = waiter._thread.Kernel.Clock.TimeProvider.CreateTimer(
                    static state => ((Bell)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                Arm();
            }
        }

        /// <summary>Whether the deadline has come.</summary>
        internal bool HasRung => _rung;

        public void Dispose() => _timer?.Dispose();

        private long Remaining() => _waiter._thread.Kernel.Clock.Remaining(_deadline, _waiter._thread);

        private void Arm() =>
            _timer!.Change(TimeSpan.FromTicks((Math.Min(_remaining, LongestNanoseconds) + 99) / 100), Timeout.InfiniteTimeSpan);

        private void Ring()
        {
            // Early, as host timers may be, or only a piece of the way: wait for the rest. When the clock has not moved at
            // all and yet its timer went off, it is one on which time never passes, and the deadline counts as come.
            long remaining = Remaining();
            if (remaining > 0 && remaining < _remaining)
            {
                _remaining = remaining;
                Arm();
                return;
            }

            _rung = true;
            _waiter.Signal();
        }
    }
}
