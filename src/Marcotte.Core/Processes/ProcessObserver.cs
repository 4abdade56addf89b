namespace Marcotte.Core;

/// <summary>Told of a box's processes as they start and end, on the threads that do so: it must be quick, and must not throw.</summary>
public abstract class ProcessObserver
{
    /// <summary>A process was made and is about to run. The first one of a box is not told of.</summary>
    /// <param name="process">The process.</param>
    /// <param name="parent">Its parent.</param>
    public virtual void Started(Process process, int parent)
    {
    }

    /// <summary>A process has ended. Its parent is told after this, so whoever has waited for a process knows that this was called.</summary>
    /// <param name="process">The process.</param>
    /// <param name="parent">Its parent; 0 for the first one, and for those it left behind.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="usage">What it used itself.</param>
    public virtual void Ended(Process process, int parent, ProcessEnd end, in ResourceUsage usage)
    {
    }
}
