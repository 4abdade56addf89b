namespace Marcotte.Processes;

/// <summary>Whether a process is stopped.</summary>
internal enum StopState : byte
{
    /// <summary>It is not.</summary>
    Running,

    /// <summary>It is to stop, and some thread of its has not come to it.</summary>
    Stopping,

    /// <summary>All its threads wait to go on.</summary>
    Stopped,
}
