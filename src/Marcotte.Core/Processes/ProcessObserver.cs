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

    /// <summary>A handler of a process is about to be called for a signal.</summary>
    /// <param name="process">The process.</param>
    /// <param name="signal">The signal.</param>
    public virtual void Handling(Process process, Signal signal)
    {
    }

    /// <summary>Makes one observer of two, which are told in order.</summary>
    /// <param name="first">The one; may be null.</param>
    /// <param name="second">The other; may be null.</param>
    /// <returns>The one; null when there is none.</returns>
    public static ProcessObserver? Combine(ProcessObserver? first, ProcessObserver? second) =>
        first is null ? second : second is null ? first : new Pair(first, second);

    private sealed class Pair(ProcessObserver first, ProcessObserver second) : ProcessObserver
    {
        public override void Started(Process process, int parent)
        {
            first.Started(process, parent);
            second.Started(process, parent);
        }

        public override void Ended(Process process, int parent, ProcessEnd end, in ResourceUsage usage)
        {
            first.Ended(process, parent, end, usage);
            second.Ended(process, parent, end, usage);
        }

        public override void Handling(Process process, Signal signal)
        {
            first.Handling(process, signal);
            second.Handling(process, signal);
        }
    }
}
