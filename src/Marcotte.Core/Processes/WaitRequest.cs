namespace Marcotte.Core;

/// <summary>Whose children are waited for (waitid's idtype).</summary>
public enum WaitScope : byte
{
    /// <summary>Any child.</summary>
    All,

    /// <summary>The child of a number.</summary>
    Process,

    /// <summary>Any child in a process group.</summary>
    Group,
}

/// <summary>What is waited for.</summary>
[Flags]
public enum WaitOptions : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Children that ended (WEXITED).</summary>
    Ended = 1,

    /// <summary>Children that stopped (WSTOPPED, WUNTRACED).</summary>
    Stopped = 2,

    /// <summary>Children that go on (WCONTINUED).</summary>
    Continued = 4,

    /// <summary>Only looks (WNOHANG).</summary>
    NoWait = 8,

    /// <summary>Leaves what is found to be waited for again (WNOWAIT).</summary>
    Keep = 16,
}

/// <summary>What is waited for, and of whom.</summary>
/// <param name="Scope">Whose children.</param>
/// <param name="Id">The child's or the group's number.</param>
/// <param name="Options">What for.</param>
public readonly record struct WaitRequest(WaitScope Scope, int Id, WaitOptions Options);

/// <summary>What was waited for.</summary>
/// <param name="ProcessId">The child; 0 when there was none yet and nothing was waited for.</param>
/// <param name="Status">Its state.</param>
/// <param name="UserId">Its real user.</param>
/// <param name="Usage">What it and the children it had waited for used.</param>
public readonly record struct WaitReport(int ProcessId, WaitStatus Status, uint UserId, ResourceUsage Usage);

/// <summary>What processes used (struct rusage).</summary>
/// <param name="CpuNanoseconds">CPU time; a guest's is not divided into its own and the kernel's.</param>
/// <param name="PeakBytes">The most memory that one of them had.</param>
/// <param name="Calls">Host calls.</param>
/// <param name="Waits">How often they slept, until something came (voluntary context switches).</param>
public readonly record struct ResourceUsage(long CpuNanoseconds, long PeakBytes, long Calls, long Waits)
{
    /// <summary>Both together.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum; of memory, the larger.</returns>
    public static ResourceUsage operator +(ResourceUsage left, ResourceUsage right) => new(
        left.CpuNanoseconds + right.CpuNanoseconds, Math.Max(left.PeakBytes, right.PeakBytes), left.Calls + right.Calls, left.Waits + right.Waits);
}

/// <summary>Whose use is asked for (getrusage).</summary>
public enum UsageScope : byte
{
    /// <summary>The process's own.</summary>
    Self,

    /// <summary>That of the children it has waited for.</summary>
    Children,

    /// <summary>The calling thread's.</summary>
    Thread,
}

/// <summary>What a process can be limited in (getrlimit), by Linux's numbers.</summary>
public enum Resource : byte
{
    /// <summary>CPU time in seconds.</summary>
    Cpu = 0,

    /// <summary>Bytes of a file.</summary>
    FileSize = 1,

    /// <summary>Bytes of data.</summary>
    Data = 2,

    /// <summary>Bytes of stack.</summary>
    Stack = 3,

    /// <summary>Bytes of a core file.</summary>
    Core = 4,

    /// <summary>Bytes held in the host's memory.</summary>
    ResidentSet = 5,

    /// <summary>Processes of the user.</summary>
    Processes = 6,

    /// <summary>Open descriptors.</summary>
    Descriptors = 7,

    /// <summary>Bytes locked in memory.</summary>
    LockedMemory = 8,

    /// <summary>Bytes of memory.</summary>
    Memory = 9,

    /// <summary>Advisory locks.</summary>
    Locks = 10,

    /// <summary>Signals that queue.</summary>
    PendingSignals = 11,

    /// <summary>Bytes in message queues.</summary>
    MessageQueues = 12,

    /// <summary>How far nice can go down.</summary>
    Nice = 13,

    /// <summary>Realtime priority.</summary>
    RealtimePriority = 14,

    /// <summary>Realtime CPU time.</summary>
    RealtimeCpu = 15,
}

/// <summary>A limit of a process: what holds, and how far it can be raised.</summary>
/// <param name="Current">What holds; <see cref="ulong.MaxValue"/> for none.</param>
/// <param name="Maximum">How far anybody but user 0 can raise it.</param>
public readonly record struct ResourceLimit(ulong Current, ulong Maximum)
{
    /// <summary>No limit.</summary>
    public static ResourceLimit None { get; } = new(ulong.MaxValue, ulong.MaxValue);
}
