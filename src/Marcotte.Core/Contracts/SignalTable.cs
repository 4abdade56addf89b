namespace Marcotte.Core;

/// <summary>What a process layer gives a box as well: signals, and the timers that raise them.</summary>
[LayerContract("signals", "UseProcesses", "Marcotte.Processes")]
public abstract class SignalTable
{
    /// <summary>What a box without a process layer has: no signal ever comes, and an interrupted wait is just that.</summary>
    public static SignalTable None { get; } = new NoSignals();

    /// <summary>Sends a signal to processes (kill, sigqueue).</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="id">A process; 0 for the caller's group, -1 for all but the first and the caller, below that the group -id.</param>
    /// <param name="signal">The signal; <see cref="Signal.None"/> only asks.</param>
    /// <param name="value">What is given along; null for kill.</param>
    /// <returns><see cref="Errno.Srch"/>, <see cref="Errno.Perm"/>, <see cref="Errno.Inval"/>; <see cref="Errno.Again"/> when too many queue.</returns>
    public virtual Errno Send(Process caller, int id, Signal signal, long? value = null) => Errno.NoSys;

    /// <summary>Sends a signal to processes (kill), and sees to what then has come for the calling thread itself.</summary>
    /// <param name="caller">The calling thread.</param>
    /// <param name="id">As for <see cref="Send(Process, int, Signal, long?)"/>.</param>
    /// <param name="signal">The signal; <see cref="Signal.None"/> only asks.</param>
    /// <returns>As <see cref="Send(Process, int, Signal, long?)"/>.</returns>
    public virtual Errno Send(GuestThread caller, int id, Signal signal) => Send(caller.Process, id, signal);

    /// <summary>Sends a signal with a value (sigqueue), and sees to what then has come for the calling thread itself.</summary>
    /// <param name="caller">The calling thread.</param>
    /// <param name="id">As for <see cref="Send(Process, int, Signal, long?)"/>.</param>
    /// <param name="signal">The signal; <see cref="Signal.None"/> only asks.</param>
    /// <param name="value">What is given along.</param>
    /// <returns>As <see cref="Send(Process, int, Signal, long?)"/>.</returns>
    public virtual Errno Queue(GuestThread caller, int id, Signal signal, long value) => Send(caller.Process, id, signal, value);

    /// <summary>Sends a signal to one thread of the caller's own process (tgkill, raise), and sees to it when that is the caller.</summary>
    /// <param name="caller">The calling thread.</param>
    /// <param name="id">The thread.</param>
    /// <param name="signal">The signal; <see cref="Signal.None"/> only asks.</param>
    /// <returns><see cref="Errno.Srch"/>, <see cref="Errno.Inval"/>.</returns>
    public virtual Errno SendToThread(GuestThread caller, int id, Signal signal) => SendToThread(caller.Process, id, signal);

    /// <summary>Sends a signal to one thread of the caller's own process (tgkill, pthread_kill).</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="id">The thread.</param>
    /// <param name="signal">The signal; <see cref="Signal.None"/> only asks.</param>
    /// <returns><see cref="Errno.Srch"/>, <see cref="Errno.Inval"/>.</returns>
    public virtual Errno SendToThread(Process caller, int id, Signal signal) => Errno.NoSys;

    /// <summary>Sends a signal for a reason of the kernel's own; permissions do not count.</summary>
    /// <param name="process">Whom to.</param>
    /// <param name="info">The signal, and why.</param>
    public virtual void Raise(Process process, in SignalInfo info)
    {
    }

    /// <summary>Sends a signal to every process of a group, for a reason of the kernel's own, as terminals do.</summary>
    /// <param name="group">The group.</param>
    /// <param name="info">The signal, and why.</param>
    public virtual void RaiseInGroup(int group, in SignalInfo info)
    {
    }

    /// <summary>What a process does about a signal.</summary>
    /// <param name="process">The process.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="action">What it does.</param>
    /// <returns><see cref="Errno.Inval"/> for no signal.</returns>
    public virtual Errno GetAction(Process process, Signal signal, out SignalAction action)
    {
        action = default;
        return Errno.NoSys;
    }

    /// <summary>Has a process do something else about a signal (sigaction).</summary>
    /// <param name="process">The process.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="action">What it is to do.</param>
    /// <returns><see cref="Errno.Inval"/> for no signal, and for SIGKILL and SIGSTOP.</returns>
    public virtual Errno SetAction(Process process, Signal signal, in SignalAction action) => Errno.NoSys;

    /// <summary>What a thread blocks.</summary>
    /// <param name="thread">The thread.</param>
    /// <returns>Its mask.</returns>
    public virtual SignalSet Mask(GuestThread thread) => SignalSet.Empty;

    /// <summary>Changes what a thread blocks (sigprocmask), and sees to what is not blocked any more.</summary>
    /// <param name="thread">The calling thread.</param>
    /// <param name="change">How.</param>
    /// <param name="set">Which signals.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno ChangeMask(GuestThread thread, MaskChange change, SignalSet set) => Errno.NoSys;

    /// <summary>Signals that were sent and are blocked (sigpending).</summary>
    /// <param name="thread">The thread.</param>
    /// <returns>Its own and its process's.</returns>
    public virtual SignalSet Pending(GuestThread thread) => SignalSet.Empty;

    /// <summary>Signals that were sent to a process and not to one thread of several, whether blocked or not; for signalfd.</summary>
    /// <param name="process">The process.</param>
    /// <returns>Those that wait for it.</returns>
    public virtual SignalSet Pending(Process process) => SignalSet.Empty;

    /// <summary>Takes a signal that was sent to a process, or to the one thread that it has, without waiting; for signalfd.</summary>
    /// <param name="process">The process.</param>
    /// <param name="set">Which signals.</param>
    /// <param name="info">The signal.</param>
    /// <returns><see cref="Errno.Again"/> when there is none.</returns>
    public virtual Errno TakePending(Process process, SignalSet set, out SignalInfo info)
    {
        info = default;
        return Errno.Again;
    }

    /// <summary>Woken when <see cref="Pending(Process)"/> may have changed.</summary>
    /// <param name="process">The process.</param>
    /// <returns>The queue; null when no signal ever comes.</returns>
    public virtual Waiting.WaitQueue? Arrivals(Process process) => null;

    /// <summary>
    /// Blocks other signals for as long as one call waits (ppoll, pselect, epoll_pwait); such a call is never restarted. Dispose what it
    /// answers when the call is over.
    /// </summary>
    /// <param name="thread">The calling thread.</param>
    /// <param name="mask">What is blocked meanwhile; null to leave the mask alone.</param>
    /// <returns>What puts the mask back.</returns>
    public TemporaryMask WithMask(GuestThread thread, SignalSet? mask) => new(this, thread, mask);

    /// <summary>Replaces a thread's mask and sees to nothing yet: what is no longer blocked interrupts its next wait.</summary>
    /// <param name="thread">The calling thread.</param>
    /// <param name="mask">The mask to be.</param>
    /// <returns>The mask that was.</returns>
    public virtual SignalSet ExchangeMask(GuestThread thread, SignalSet mask) => SignalSet.Empty;

    /// <summary>Waits with another mask until a handler has run (sigsuspend, pause).</summary>
    /// <param name="thread">The calling thread.</param>
    /// <param name="mask">What is blocked meanwhile.</param>
    /// <returns>Always <see cref="Errno.Intr"/>.</returns>
    public virtual Errno Suspend(GuestThread thread, SignalSet mask) => Errno.NoSys;

    /// <summary>Takes a signal instead of having it handled (sigtimedwait).</summary>
    /// <param name="thread">The calling thread.</param>
    /// <param name="set">Which signals.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="info">The signal.</param>
    /// <returns><see cref="Errno.Again"/> when the deadline came first, <see cref="Errno.Intr"/> when another signal did.</returns>
    public virtual Errno Take(GuestThread thread, SignalSet set, Waiting.Deadline deadline, out SignalInfo info)
    {
        info = default;
        return Errno.NoSys;
    }

    /// <summary>The signal whose handler runs now, the innermost one.</summary>
    /// <param name="thread">The calling thread.</param>
    /// <returns>The signal; nothing when no handler runs.</returns>
    public virtual SignalInfo Current(GuestThread thread) => default;

    /// <summary>
    /// Sees to what has come for the calling thread: stops, ends, runs handlers. Called in waits, after calls that may have sent
    /// something, and at looks at the epoch.
    /// </summary>
    /// <param name="thread">The calling thread; <see cref="GuestThread.TakeInterrupt"/> has been called.</param>
    /// <returns>Success when a wait may go on, <see cref="Errno.Intr"/> when it is to end.</returns>
    /// <exception cref="GuestKilledException">The process ends.</exception>
    public virtual Errno Attend(GuestThread thread) => Errno.Intr;

    /// <summary>Told that a process has a further thread, which does not run yet.</summary>
    /// <param name="thread">The thread.</param>
    public virtual void Joined(GuestThread thread)
    {
    }

    /// <summary>Told that a thread is none of its process's any more.</summary>
    /// <param name="thread">The thread.</param>
    public virtual void Left(GuestThread thread)
    {
    }

    /// <summary>How one of a process's timers runs (getitimer).</summary>
    /// <param name="process">The process.</param>
    /// <param name="timer">Which.</param>
    /// <param name="setting">What remains.</param>
    /// <returns><see cref="Errno.Inval"/> for no timer.</returns>
    public virtual Errno GetTimer(Process process, IntervalTimer timer, out TimerSetting setting)
    {
        setting = default;
        return Errno.NoSys;
    }

    /// <summary>Sets one of a process's timers (setitimer).</summary>
    /// <param name="process">The process.</param>
    /// <param name="timer">Which.</param>
    /// <param name="setting">How it is to run.</param>
    /// <returns><see cref="Errno.Inval"/> for no timer or a time below zero.</returns>
    public virtual Errno SetTimer(Process process, IntervalTimer timer, TimerSetting setting) => Errno.NoSys;

    /// <summary>Makes a further timer of a process (timer_create). It goes with the program, and no child has it.</summary>
    /// <param name="process">The process.</param>
    /// <param name="clock">What it goes by.</param>
    /// <param name="notice">Whom it tells.</param>
    /// <param name="timer">Its number, from 0.</param>
    /// <returns><see cref="Errno.Inval"/> for no signal, <see cref="Errno.NotSup"/> for a clock that no timer goes by, <see cref="Errno.Again"/> beyond <see cref="Limits.PendingSignals"/> of them.</returns>
    public virtual Errno CreateTimer(Process process, ClockId clock, TimerNotice notice, out int timer)
    {
        timer = 0;
        return Errno.NoSys;
    }

    /// <summary>Takes a timer away that <see cref="CreateTimer"/> made (timer_delete).</summary>
    /// <param name="process">The process.</param>
    /// <param name="timer">Its number.</param>
    /// <returns><see cref="Errno.Inval"/> for no timer.</returns>
    public virtual Errno DeleteTimer(Process process, int timer) => Errno.NoSys;

    /// <summary>Sets a timer that <see cref="CreateTimer"/> made (timer_settime).</summary>
    /// <param name="process">The process.</param>
    /// <param name="timer">Its number.</param>
    /// <param name="setting">How it is to run.</param>
    /// <param name="absolute">Whether its value is a moment of its clock rather than a time from now.</param>
    /// <param name="previous">How it ran.</param>
    /// <returns><see cref="Errno.Inval"/> for no timer or a time below zero.</returns>
    public virtual Errno RunTimer(Process process, int timer, TimerSetting setting, bool absolute, out TimerSetting previous)
    {
        previous = default;
        return Errno.NoSys;
    }

    /// <summary>How a timer runs that <see cref="CreateTimer"/> made (timer_gettime), and how often it ended unheard before its last signal was taken (timer_getoverrun).</summary>
    /// <param name="process">The process.</param>
    /// <param name="timer">Its number.</param>
    /// <param name="setting">What remains.</param>
    /// <param name="overruns">How often.</param>
    /// <returns><see cref="Errno.Inval"/> for no timer.</returns>
    public virtual Errno ReadTimer(Process process, int timer, out TimerSetting setting, out int overruns)
    {
        setting = default;
        overruns = 0;
        return Errno.NoSys;
    }

    private sealed class NoSignals : SignalTable;
}
