namespace Marcotte.Core;

/// <summary>What becomes of a process that a signal reaches.</summary>
public enum Disposition : byte
{
    /// <summary>What POSIX says: most signals end the process, some stop it or let it go on, some do nothing (SIG_DFL).</summary>
    Default,

    /// <summary>Nothing (SIG_IGN).</summary>
    Ignore,

    /// <summary>The program's handler runs.</summary>
    Handle,
}

/// <summary>How a handler runs, by Linux's bits of sa_flags.</summary>
[Flags]
public enum SignalFlags : uint
{
    /// <summary>As it is without any.</summary>
    None = 0,

    /// <summary>SA_NOCLDSTOP: children that stop raise no SIGCHLD.</summary>
    NoChildStop = 1,

    /// <summary>SA_NOCLDWAIT: children leave nothing to wait for.</summary>
    NoChildWait = 2,

    /// <summary>SA_SIGINFO: the handler takes a description.</summary>
    Info = 4,

    /// <summary>SA_RESTART: calls that the handler interrupts go on waiting.</summary>
    Restart = 0x1000_0000,

    /// <summary>SA_NODEFER: the signal is not blocked while its handler runs.</summary>
    NoDefer = 0x4000_0000,

    /// <summary>SA_RESETHAND: the handler runs once.</summary>
    ResetHandler = 0x8000_0000,
}

/// <summary>What a process does about a signal (struct sigaction); which function a handler is the guest knows alone.</summary>
/// <param name="Disposition">What becomes of it.</param>
/// <param name="Flags">How the handler runs.</param>
/// <param name="Mask">What is blocked meanwhile, beside the signal itself.</param>
public readonly record struct SignalAction(Disposition Disposition, SignalFlags Flags = SignalFlags.None, SignalSet Mask = default);

/// <summary>How a mask changes (sigprocmask).</summary>
public enum MaskChange : byte
{
    /// <summary>Blocks further ones (SIG_BLOCK).</summary>
    Block,

    /// <summary>Blocks some no longer (SIG_UNBLOCK).</summary>
    Unblock,

    /// <summary>Replaces the mask (SIG_SETMASK).</summary>
    Set,
}

/// <summary>Why a signal was sent, by Linux's numbers of si_code.</summary>
public enum SignalCause
{
    /// <summary>By kill (SI_USER).</summary>
    User = 0,

    /// <summary>By the kernel, for no reason of its own list (SI_KERNEL).</summary>
    Kernel = 0x80,

    /// <summary>By sigqueue (SI_QUEUE).</summary>
    Queue = -1,

    /// <summary>By a timer (SI_TIMER).</summary>
    Timer = -2,

    /// <summary>To one thread (SI_TKILL).</summary>
    Thread = -6,

    /// <summary>SIGCHLD: it exited (CLD_EXITED).</summary>
    ChildExited = 1,

    /// <summary>SIGCHLD: a signal ended it (CLD_KILLED).</summary>
    ChildKilled = 2,

    /// <summary>SIGCHLD: it stopped (CLD_STOPPED).</summary>
    ChildStopped = 5,

    /// <summary>SIGCHLD: it goes on (CLD_CONTINUED).</summary>
    ChildContinued = 6,
}

/// <summary>What is told of a signal (siginfo_t).</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Cause">Why it was sent.</param>
/// <param name="ProcessId">Who sent it, or which child; 0 for the kernel. Of a timer its number, as Linux lays out the union.</param>
/// <param name="UserId">That process's real user. Of a timer how often it ended meanwhile.</param>
/// <param name="Value">What sigqueue or a timer gave along, or a child's exit code or signal.</param>
public readonly record struct SignalInfo(Signal Signal, SignalCause Cause, int ProcessId = 0, uint UserId = 0, long Value = 0);
