namespace Marcotte.Core.Waiting;

/// <summary>Work of the host's on a guest's thread, which does not count as the guest's CPU time.</summary>
public readonly ref struct HostWork
{
    private readonly Waiter? _waiter;

    internal HostWork(Waiter? waiter) => _waiter = waiter;

    /// <summary>The work is done.</summary>
    public void Dispose() => _waiter?.EndWait();
}
