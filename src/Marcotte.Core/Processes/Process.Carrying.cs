namespace Marcotte.Core;

/// <content>How a process goes from thread to thread, from program to program, and to its end.</content>
public sealed partial class Process
{
    private bool _left;

    /// <summary>Whether it has ended: no thread of its is left, and its files are closed.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>
    /// Runs one of its threads on the calling thread, and when that is the last one to end, the program that takes the place of its
    /// own, if one does. Disposes each execution that has ended. With the last thread the process has ended: its files are closed,
    /// and <see cref="ProcessTable.Ended"/> is told.
    /// </summary>
    /// <param name="execution">The thread.</param>
    public void Carry(Execution execution)
    {
        for (Execution? next = execution; next is not null;)
        {
            next.Thread.Waiter.Begin();
            ProcessEnd? end = next.Run();
            if (end is not null)
            {
                End(end, next.Thread);
            }

            PeakBytes = Math.Max(PeakBytes, next.MemoryBytes);
            next.Dispose();
            next.Thread.End();
            next = Leave();
        }
    }

    /// <summary>Waits until it has ended. For the host, not for guests.</summary>
    public void Join()
    {
        lock (_endGate)
        {
            while (!HasEnded)
            {
                Monitor.Wait(_endGate);
            }
        }
    }

    /// <summary>A thread has left. The last one's host thread goes on with what comes after.</summary>
    private Execution? Leave()
    {
        ProcessEnd end;
        lock (_lock)
        {
            if (_crew.Threads.Length > 0 || _left)
            {
                return null;
            }

            end = _ending ?? new ExitedEnd(0);
            _left = end is not ReplacedEnd;
            _ending = _left ? end : null;
            _endingSource = _left ? _endingSource : null;
        }

        if (end is ReplacedEnd { Image: var image })
        {
            return Replace(image);
        }

        Finish(end);
        return null;
    }

    private Execution? Replace(ProgramImage image)
    {
        ProgramPath = image.Path;
        Name = image.Name;
        Arguments = image.Arguments;
        Variables = image.Variables;
        Slots.Replace();
        Descriptors.CloseForExec();
        Kernel.Processes.Replaced(this);
        if (image.Program.Prepare(this, out Execution? execution) == Errno.Success)
        {
            return execution;
        }

        // Its old program is gone already: Linux ends it in the same way.
        End(new SignaledEnd(Signal.Kill));
        return Leave();
    }

    private void Finish(ProcessEnd end)
    {
        Close();
        Kernel.Processes.Ended(this, end);
        lock (_endGate)
        {
            HasEnded = true;
            Monitor.PulseAll(_endGate);
        }
    }
}
