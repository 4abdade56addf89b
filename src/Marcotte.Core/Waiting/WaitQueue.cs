namespace Marcotte.Core.Waiting;

/// <summary>Those who wait for something to change. Whoever changes it wakes them; each then looks for itself.</summary>
/// <remarks>Its lock is a leaf: it may be taken under any lock of a layer, and takes none but the waiter's own.</remarks>
public sealed class WaitQueue
{
    private readonly Lock _lock = new();
    private Waiter?[] _waiters = [];
    private volatile int _count;

    /// <summary>How many wait.</summary>
    public int Count => _count;

    /// <summary>Wakes all who wait.</summary>
    public void Wake()
    {
        // The change must be visible before the count is read: whoever registers does the two the other way round.
        Interlocked.MemoryBarrier();
        if (_count == 0)
        {
            return;
        }

        lock (_lock)
        {
            for (int i = 0; i < _count; i++)
            {
                _waiters[i]!.Signal();
            }
        }
    }

    internal void Register(Waiter waiter)
    {
        lock (_lock)
        {
            if (_count == _waiters.Length)
            {
                Array.Resize(ref _waiters, Math.Max(4, _count * 2));
            }

            _waiters[_count++] = waiter;
        }

        Interlocked.MemoryBarrier();
    }

    internal void Deregister(Waiter waiter)
    {
        lock (_lock)
        {
            int index = Array.IndexOf(_waiters, waiter, 0, _count);
            if (index >= 0)
            {
                _waiters[index] = _waiters[--_count];
                _waiters[_count] = null;
            }
        }
    }
}
