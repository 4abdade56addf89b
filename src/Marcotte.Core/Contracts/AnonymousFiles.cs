namespace Marcotte.Core;

/// <summary>What a process layer gives a box as well: files that are in no tree, such as pipes.</summary>
/// <remarks>The caller owns the one reference of each open file that a method makes.</remarks>
[LayerContract("pipes and events", "UseProcesses", "Marcotte.Processes")]
public abstract class AnonymousFiles
{
    /// <summary>What a box without a process layer has: nothing.</summary>
    public static AnonymousFiles None { get; } = new NothingAnonymous();

    /// <summary>Makes a pipe (pipe2).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="status">Status flags of both ends.</param>
    /// <param name="reader">The end that is read from.</param>
    /// <param name="writer">The end that is written to.</param>
    /// <returns><see cref="Errno.NFile"/> beyond <see cref="Limits.Pipes"/>.</returns>
    public virtual Errno Pipe(Process process, StatusFlags status, out OpenFile? reader, out OpenFile? writer)
    {
        reader = writer = null;
        return Errno.NoSys;
    }

    /// <summary>Bytes that a pipe or FIFO holds at most (F_GETPIPE_SZ).</summary>
    /// <param name="file">Either end.</param>
    /// <param name="bytes">How many.</param>
    /// <returns><see cref="Errno.BadF"/> for another file.</returns>
    public virtual Errno GetPipeBytes(OpenFile file, out int bytes)
    {
        bytes = 0;
        return Errno.NoSys;
    }

    /// <summary>Has a pipe or FIFO hold more or fewer bytes (F_SETPIPE_SZ).</summary>
    /// <param name="file">Either end.</param>
    /// <param name="bytes">How many; rounded up to a power of two, at least 4096.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> for another file, <see cref="Errno.Busy"/> when it holds more already, <see cref="Errno.Perm"/> beyond
    /// <see cref="Limits.PipeBytes"/>, <see cref="Errno.Inval"/>.
    /// </returns>
    public virtual Errno SetPipeBytes(OpenFile file, int bytes) => Errno.NoSys;

    /// <summary>Moves bytes between two files of which one is a pipe, without the caller seeing them (splice). Does not wait.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="offset">Where in it; null for its own offset, and for a pipe.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="targetOffset">Where in it; null for its own offset, and for a pipe.</param>
    /// <param name="length">How many at most.</param>
    /// <param name="count">How many moved; 0 at the end. Nothing that was taken from a pipe is lost.</param>
    /// <returns>
    /// <see cref="Errno.Again"/> when a pipe is empty or full, <see cref="Errno.Inval"/> when neither is a pipe or the target appends,
    /// <see cref="Errno.SPipe"/> for an offset in a pipe, <see cref="Errno.BadF"/>, <see cref="Errno.Pipe"/>.
    /// </returns>
    public virtual Errno Splice(OpenFile source, long? offset, OpenFile target, long? targetOffset, long length, out long count)
    {
        count = 0;
        return Errno.NoSys;
    }

    /// <summary>Makes what a FIFO in a tree stands for; each opening of the FIFO asks it.</summary>
    /// <param name="kernel">The box.</param>
    /// <returns>A pipe without ends; null when the box has no pipes.</returns>
    public virtual SpecialFile? Fifo(Kernel kernel) => null;

    /// <summary>Makes a counter that wakes (eventfd).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="value">What it begins with.</param>
    /// <param name="semaphore">Whether a read takes one rather than all.</param>
    /// <param name="status">Status flags.</param>
    /// <param name="file">The open file.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Event(Process process, ulong value, bool semaphore, StatusFlags status, out OpenFile? file) => NoFile(out file);

    /// <summary>Makes a file from which signals are read (signalfd).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="set">Which signals.</param>
    /// <param name="status">Status flags.</param>
    /// <param name="file">The open file.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Signals(Process process, SignalSet set, StatusFlags status, out OpenFile? file) => NoFile(out file);

    /// <summary>Changes which signals are read from a file that <see cref="Signals"/> made.</summary>
    /// <param name="file">The file.</param>
    /// <param name="set">Which signals.</param>
    /// <returns><see cref="Errno.Inval"/> for another file.</returns>
    public virtual Errno SetSignals(OpenFile file, SignalSet set) => Errno.NoSys;

    /// <summary>Makes a file that tells how often a timer has ended (timerfd_create).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="clock">The timer's clock.</param>
    /// <param name="status">Status flags.</param>
    /// <param name="file">The open file.</param>
    /// <returns><see cref="Errno.Inval"/> for a clock that no timer goes by.</returns>
    public virtual Errno Timer(Process process, ClockId clock, StatusFlags status, out OpenFile? file) => NoFile(out file);

    /// <summary>Sets a timer (timerfd_settime).</summary>
    /// <param name="file">What <see cref="Timer"/> made.</param>
    /// <param name="setting">How it is to run.</param>
    /// <param name="absolute">Whether its value is a moment of its clock rather than a time from now.</param>
    /// <param name="previous">How it ran.</param>
    /// <returns><see cref="Errno.Inval"/> for another file or a time below zero.</returns>
    public virtual Errno SetTimer(OpenFile file, TimerSetting setting, bool absolute, out TimerSetting previous)
    {
        previous = default;
        return Errno.NoSys;
    }

    /// <summary>How a timer runs (timerfd_gettime).</summary>
    /// <param name="file">What <see cref="Timer"/> made.</param>
    /// <param name="setting">What remains.</param>
    /// <returns><see cref="Errno.Inval"/> for another file.</returns>
    public virtual Errno GetTimer(OpenFile file, out TimerSetting setting)
    {
        setting = default;
        return Errno.NoSys;
    }

    /// <summary>Makes a set of files that are watched for readiness (epoll_create1).</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="file">The open file.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Poller(Process process, out OpenFile? file) => NoFile(out file);

    /// <summary>Changes what is watched (epoll_ctl).</summary>
    /// <param name="poller">What <see cref="Poller"/> made.</param>
    /// <param name="change">What is done.</param>
    /// <param name="descriptor">The number of the watched one, which tells it apart from others of the same open file.</param>
    /// <param name="file">The watched one.</param>
    /// <param name="interest">What it is watched for.</param>
    /// <returns>
    /// <see cref="Errno.Exist"/>, <see cref="Errno.NoEnt"/>, <see cref="Errno.Perm"/> for a file that is always ready, <see cref="Errno.Loop"/> for
    /// pollers that watch each other, <see cref="Errno.Inval"/>, <see cref="Errno.NoSpc"/> beyond <see cref="Limits.Subscriptions"/>.
    /// </returns>
    public virtual Errno Poll(OpenFile poller, PollChange change, int descriptor, OpenFile file, in PollInterest interest) => Errno.NoSys;

    /// <summary>Waits until a watched file is ready (epoll_wait).</summary>
    /// <param name="thread">The thread that waits.</param>
    /// <param name="poller">What <see cref="Poller"/> made.</param>
    /// <param name="events">Takes what is ready; not empty.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="count">How many are ready; 0 when the deadline came first.</param>
    /// <returns><see cref="Errno.Intr"/>, <see cref="Errno.Inval"/> for another file.</returns>
    public virtual Errno WaitPoller(GuestThread thread, OpenFile poller, Span<PollInterest> events, Waiting.Deadline deadline, out int count)
    {
        count = 0;
        return Errno.NoSys;
    }

    /// <summary>Makes a terminal: what a program sees as one, and the end where its person is (openpty).</summary>
    /// <param name="kernel">The box.</param>
    /// <param name="size">Its window.</param>
    /// <param name="master">The person's end.</param>
    /// <param name="terminal">The program's end.</param>
    /// <returns><see cref="Errno.NoSpc"/> beyond <see cref="Limits.Terminals"/>.</returns>
    public virtual Errno PseudoTerminal(Kernel kernel, WindowSize size, out OpenFile? master, out OpenFile? terminal)
    {
        master = terminal = null;
        return Errno.NoSys;
    }

    /// <summary>What /dev/ptmx stands for: each opening of it makes a terminal, and is the end where its person is (posix_openpt).</summary>
    /// <remarks>Null where there are no terminals. An opening fails with <see cref="Errno.NoSpc"/> beyond <see cref="Limits.Terminals"/>.</remarks>
    public virtual SpecialFile? TerminalMaker => null;

    /// <summary>What /dev/pts/N stands for: each opening of it is the program's end of that terminal.</summary>
    /// <param name="number">The terminal's number.</param>
    /// <returns>Null when there is none of that number, or its person has gone.</returns>
    public virtual SpecialFile? TerminalFile(int number) => null;

    /// <summary>What /dev/tty stands for to a process: the terminal that controls its session.</summary>
    /// <param name="process">The process.</param>
    /// <returns>Null when it has none (ENXIO).</returns>
    public virtual SpecialFile? ControllingTerminal(Process process) => null;

    private static Errno NoFile(out OpenFile? file)
    {
        file = null;
        return Errno.NoSys;
    }

    private sealed class NothingAnonymous : AnonymousFiles;
}

/// <summary>What is done to a poller's set (epoll_ctl).</summary>
public enum PollChange : byte
{
    /// <summary>A file is watched.</summary>
    Add,

    /// <summary>It is watched for something else.</summary>
    Modify,

    /// <summary>It is watched no longer.</summary>
    Remove,
}

/// <summary>How a watched file is told of.</summary>
[Flags]
public enum PollModes : byte
{
    /// <summary>As long as it is ready.</summary>
    None = 0,

    /// <summary>When it becomes ready (EPOLLET).</summary>
    Edge = 1,

    /// <summary>Once, until it is changed (EPOLLONESHOT).</summary>
    Once = 2,

    /// <summary>Also when the other end will write no more (EPOLLRDHUP).</summary>
    ReadHangUp = 4,
}

/// <summary>What a file is watched for, or found ready for.</summary>
/// <param name="Readiness">What for; an error or a hang-up counts always.</param>
/// <param name="Modes">How it is told.</param>
/// <param name="Data">What the watcher knows it by; told again with each event.</param>
public readonly record struct PollInterest(Readiness Readiness, PollModes Modes, PollData Data);

/// <summary>What a watcher knows a file by; nobody else reads it.</summary>
/// <param name="First">Eight bytes.</param>
/// <param name="Second">Eight bytes.</param>
/// <param name="Third">Eight bytes.</param>
public readonly record struct PollData(ulong First, ulong Second = 0, ulong Third = 0);
