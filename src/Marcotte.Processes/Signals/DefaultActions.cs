using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>What signals do to a process that says nothing of them (signal(7)).</summary>
internal static class DefaultActions
{
    /// <summary>Those that do nothing. SIGCONT lets a process go on when it is sent; after that it does nothing either.</summary>
    internal static readonly SignalSet Nothing =
        SignalSet.Of(Signal.Child) | SignalSet.Of(Signal.Continue) | SignalSet.Of(Signal.Urgent) | SignalSet.Of(Signal.Window);

    /// <summary>Those that stop it and that SIGCONT takes back.</summary>
    internal static readonly SignalSet Stops =
        SignalSet.Of(Signal.Stop) | SignalSet.Of(Signal.TerminalStop) | SignalSet.Of(Signal.TerminalInput) | SignalSet.Of(Signal.TerminalOutput);

    /// <summary>All others end it.</summary>
    internal static bool Ends(Signal signal) => !(Nothing | Stops).Contains(signal);
}
