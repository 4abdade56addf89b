namespace Marcotte.Core;

/// <summary>A signal, by Linux's numbers, which WASIX uses as well.</summary>
public enum Signal : byte
{
    /// <summary>None: sending it only asks whether the receiver is there.</summary>
    None = 0,

    /// <summary>SIGHUP: the terminal is gone.</summary>
    HangUp = 1,

    /// <summary>SIGINT: Ctrl-C.</summary>
    Interrupt = 2,

    /// <summary>SIGQUIT: Ctrl-\.</summary>
    Quit = 3,

    /// <summary>SIGILL: an illegal instruction.</summary>
    Illegal = 4,

    /// <summary>SIGTRAP: a breakpoint.</summary>
    Trap = 5,

    /// <summary>SIGABRT: abort.</summary>
    Abort = 6,

    /// <summary>SIGBUS: an access that is not aligned.</summary>
    Bus = 7,

    /// <summary>SIGFPE: an arithmetic error.</summary>
    FloatingPoint = 8,

    /// <summary>SIGKILL: ends the process, whatever it wants.</summary>
    Kill = 9,

    /// <summary>SIGUSR1.</summary>
    User1 = 10,

    /// <summary>SIGSEGV: an access beyond memory.</summary>
    Segment = 11,

    /// <summary>SIGUSR2.</summary>
    User2 = 12,

    /// <summary>SIGPIPE: nobody reads any more.</summary>
    Pipe = 13,

    /// <summary>SIGALRM: the real-time timer.</summary>
    Alarm = 14,

    /// <summary>SIGTERM: asks the process to end.</summary>
    Terminate = 15,

    /// <summary>SIGSTKFLT: unused.</summary>
    StackFault = 16,

    /// <summary>SIGCHLD: a child ended, stopped or went on.</summary>
    Child = 17,

    /// <summary>SIGCONT: go on.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: stops the process, whatever it wants.</summary>
    Stop = 19,

    /// <summary>SIGTSTP: Ctrl-Z.</summary>
    TerminalStop = 20,

    /// <summary>SIGTTIN: a background process reads from its terminal.</summary>
    TerminalInput = 21,

    /// <summary>SIGTTOU: a background process writes to its terminal.</summary>
    TerminalOutput = 22,

    /// <summary>SIGURG: urgent data.</summary>
    Urgent = 23,

    /// <summary>SIGXCPU: too much CPU time.</summary>
    CpuLimit = 24,

    /// <summary>SIGXFSZ: a file too large.</summary>
    FileSizeLimit = 25,

    /// <summary>SIGVTALRM: the timer of CPU time.</summary>
    VirtualAlarm = 26,

    /// <summary>SIGPROF: the profiling timer.</summary>
    Profile = 27,

    /// <summary>SIGWINCH: the terminal's window has another size.</summary>
    Window = 28,

    /// <summary>SIGIO: a file is ready.</summary>
    Poll = 29,

    /// <summary>SIGPWR: power fails.</summary>
    Power = 30,

    /// <summary>SIGSYS: a system call that is not allowed.</summary>
    BadCall = 31,

    /// <summary>The last one; those above 31 are POSIX's realtime signals, which queue.</summary>
    Last = 64,
}
