namespace Marcotte.Cli;

/// <summary>The tool's own exit codes; all others are the program's.</summary>
internal static class ExitCodes
{
    /// <summary><c>inspect</c>: an import is backed by nothing.</summary>
    internal const int Missing = 1;

    /// <summary>As timeout(1) has it.</summary>
    internal const int TimedOut = 124;

    /// <summary>The tool could not do what it was asked to; nothing has run. As env(1) and docker have it.</summary>
    internal const int HostMistake = 125;

    /// <summary>As a shell shows SIGKILL.</summary>
    internal const int Killed = 137;
}
