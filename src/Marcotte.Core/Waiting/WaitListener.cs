namespace Marcotte.Core.Waiting;

/// <summary>Told by a queue's wakes without waiting at it, as a poller is of the files that it watches.</summary>
public abstract class WaitListener
{
    /// <summary>
    /// The queue wakes. Called under whatever lock the queue's owner holds: it notes what happened, may wake another queue, and looks at
    /// nothing.
    /// </summary>
    public abstract void Woken();
}
