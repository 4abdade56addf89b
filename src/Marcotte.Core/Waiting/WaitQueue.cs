using System.Buffers;

namespace Marcotte.Core.Waiting;

/// <summary>Those who wait for something to change. Whoever changes it wakes them; each then looks for itself.</summary>
/// <remarks>
/// Its lock is a leaf, and nobody is told under it: a wake may be made under any lock of a layer, and takes none but those of listeners, which may
/// wake further queues.
/// </remarks>
public sealed class WaitQueue
{
    private readonly Lock _lock = new();
    private Place[] _places = [];
    private WaitListener[] _listeners = [];
    private int _waiting;

    /// <summary>Waiters and listeners together: what a wake has to look at before it knows that there is nothing to do.</summary>
    private volatile int _count;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _waiting);

    /// <summary>Wakes all who wait.</summary>
    public void Wake()
    {
        // The change must be visible before the count is read: whoever registers does the two the other way round.
        Interlocked.MemoryBarrier();
        if (_count != 0)
        {
            WakeSome(all: true);
        }
    }

    /// <summary>
    /// Wakes one of those who wait for this alone and will take what there is, and all others. For what only one can take: whoever
    /// takes it and leaves something wakes the next.
    /// </summary>
    public void WakeOne()
    {
        Interlocked.MemoryBarrier();
        if (_count != 0)
        {
            WakeSome(all: false);
        }
    }

    /// <summary>Tells a listener of each wake from now on.</summary>
    /// <param name="listener">The listener; once.</param>
    public void Listen(WaitListener listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners, listener];
            _count++;
        }

        Interlocked.MemoryBarrier();
    }

    /// <summary>Tells a listener no more, but for a wake that is being made just now.</summary>
    /// <param name="listener">The listener.</param>
    public void Ignore(WaitListener listener)
    {
        lock (_lock)
        {
            WaitListener[] rest = [.. _listeners.Where(other => !ReferenceEquals(other, listener))];
            _count -= _listeners.Length - rest.Length;
            _listeners = rest;
        }
    }

    internal void Register(Waiter waiter, bool takes = false)
    {
        lock (_lock)
        {
            if (_waiting == _places.Length)
            {
                Array.Resize(ref _places, Math.Max(4, _waiting * 2));
            }

            _places[_waiting++] = new Place(waiter, takes);
            _count++;
        }

        Interlocked.MemoryBarrier();
    }

    internal void Deregister(Waiter waiter)
    {
        lock (_lock)
        {
            for (int i = 0; i < _waiting; i++)
            {
                if (ReferenceEquals(_places[i].Waiter, waiter))
                {
                    // Those who have waited longest stay first: WakeOne is fair.
                    _waiting--;
                    _count--;
                    Array.Copy(_places, i + 1, _places, i, _waiting - i);
                    _places[_waiting] = default;
                    return;
                }
            }
        }
    }

    /// <summary>Nobody is told under the lock: who is told at once runs at once, and would find it taken.</summary>
    private void WakeSome(bool all)
    {
        Waiter? told = null;
        Waiter[]? rest = null;
        int more = 0;
        WaitListener[] listeners;
        lock (_lock)
        {
            bool one = all;
            listeners = _listeners;
            for (int i = 0; i < _waiting; i++)
            {
                Place place = _places[i];
                if (!all && place.Takes)
                {
                    if (one)
                    {
                        continue;
                    }

                    // One that was woken already, or runs a handler, may be long in coming: it is told, and the next one too.
                    one = place.Waiter.Wakes;
                }

                if (told is null)
                {
                    told = place.Waiter;
                }
                else
                {
                    rest ??= ArrayPool<Waiter>.Shared.Rent(_waiting);
                    rest[more++] = place.Waiter;
                }
            }
        }

        told?.Signal();
        if (rest is not null)
        {
            foreach (Waiter waiter in rest.AsSpan(0, more))
            {
                waiter.Signal();
            }

            ArrayPool<Waiter>.Shared.Return(rest, clearArray: true);
        }

        foreach (WaitListener listener in listeners)
        {
            listener.Woken();
        }
    }

    private readonly record struct Place(Waiter Waiter, bool Takes);
}
