namespace Marcotte.Core;

/// <summary>Why the host ended a process.</summary>
public enum KillReason
{
    /// <summary>It was asked to.</summary>
    Killed,

    /// <summary>The time it was given is over.</summary>
    TimedOut,
}
