namespace Marcotte.Core.Waiting;

/// <summary>One open file among those that a thread waits for.</summary>
public struct WaitItem
{
    /// <summary>The file.</summary>
    public OpenFile File { get; set; }

    /// <summary>What is waited for.</summary>
    public Readiness Wanted { get; set; }

    /// <summary>What it was found ready for.</summary>
    public Readiness Ready { get; set; }

    internal WaitQueue? Queue { get; set; }
}
