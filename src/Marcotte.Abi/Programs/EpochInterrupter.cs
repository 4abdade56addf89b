using Wasmtime;

namespace Marcotte.Abi;

/// <summary>Makes all guests of an engine look whether they are to end, by its epoch. Costs nothing while nobody asks.</summary>
/// <remarks>
/// A guest that looks at the very moment the epoch advances takes the new epoch as its start and so misses it; the
/// epoch is therefore advanced a few more times after each request.
/// </remarks>
public sealed class EpochInterrupter : IDisposable
{
    private const int Repetitions = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly Engine _engine;
    private readonly Timer _timer;
    private int _remaining;
    private bool _disposed;

    /// <summary>Serves an engine.</summary>
    /// <param name="engine">Configured with epoch interruption.</param>
    public EpochInterrupter(Engine engine)
    {
        _engine = engine;
        AtomicWaiters = new AtomicWaiters(engine);
        _timer = new Timer(static state => ((EpochInterrupter)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes guests that no epoch reaches.</summary>
    internal AtomicWaiters AtomicWaiters { get; }

    /// <summary>Makes all guests look.</summary>
    public void Interrupt()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _remaining = Repetitions;
            _engine.IncrementEpoch();
            _timer.Change(Interval, Interval);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _engine.IncrementEpoch();
            if (--_remaining == 0)
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
