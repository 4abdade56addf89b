using System.Globalization;
using Marcotte.Core;

namespace Marcotte;

/// <summary>Signals as POSIX calls them.</summary>
internal static class SignalNames
{
    private static readonly string[] Names =
    [
        "0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM",
        "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
        .. Enumerable.Range(0, 33).Select(number => string.Create(CultureInfo.InvariantCulture, $"SIGRTMIN+{number}")),
    ];

    /// <summary>The name of one from 1 to 64.</summary>
    internal static string Of(Signal signal) => Names[(int)signal];
}
