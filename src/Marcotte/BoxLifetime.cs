namespace Marcotte;

/// <summary>Whether a box is idle, running or gone, so that nothing is freed beneath a running guest.</summary>
internal sealed class BoxLifetime
{
    private readonly object _gate = new();
    private bool _running;
    private bool _disposed;

    internal bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    internal bool IsDisposed
    {
        get
        {
            lock (_gate)
            {
                return _disposed;
            }
        }
    }

    /// <summary>The guest is about to run.</summary>
    internal void Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Box));
            if (_running)
            {
                throw new InvalidOperationException("The box is running already; one call at a time.");
            }

            _running = true;
        }
    }

    /// <summary>The guest has ended.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _running = false;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the guest if it runs, and waits for it.</summary>
    /// <returns>True for the one caller that is to free everything.</returns>
    internal bool BeginDispose(Action kill)
    {
        lock (_gate)
        {
            bool first = !_disposed;
            _disposed = true;
            if (_running)
            {
                kill();
            }

            while (_running)
            {
                Monitor.Wait(_gate);
            }

            return first;
        }
    }
}
