using System.Runtime.CompilerServices;

namespace Marcotte.Core.Waiting;

/// <summary>
/// A lock within an object that there are many of: four bytes rather than the forty of <see cref="Lock"/>. Who finds it held
/// spins for a moment and then sleeps, since its holder may have lost the processor or wait for a disk. It knows no owner: never entered
/// twice by one thread.
/// </summary>
/// <remarks>
/// Who sleeps does so at one of a few places that all latches share, found by the object the latch is in. Under the place's lock
/// a sleeper marks the latch as wanted, so whoever leaves it later finds the mark and wakes the place.
/// </remarks>
internal struct ParkingLatch
{
    private const int Free = 0;
    private const int Held = 1;
    private const int Wanted = 2;

    private static readonly object[] Places = [.. Enumerable.Range(0, 32).Select(_ => new object())];

    private int _state;

    /// <summary>Enters, as soon as nobody is in.</summary>
    /// <param name="owner">The object that the latch is a field of.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(object owner)
    {
        if (Interlocked.CompareExchange(ref _state, Held, Free) != Free)
        {
            EnterContended(owner);
        }
    }

    /// <summary>Leaves.</summary>
    /// <param name="owner">The object that the latch is a field of.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit(object owner)
    {
        if (Interlocked.Exchange(ref _state, Free) == Wanted)
        {
            Wake(owner);
        }
    }

    private static object PlaceOf(object owner) => Places[(uint)RuntimeHelpers.GetHashCode(owner) % (uint)Places.Length];

    private static void Wake(object owner)
    {
        object place = PlaceOf(owner);
        lock (place)
        {
            // All, since those of other latches may sleep here too; each looks for itself.
            Monitor.PulseAll(place);
        }
    }

    private void EnterContended(object owner)
    {
        SpinWait spin = default;
        while (!spin.NextSpinWillYield)
        {
            spin.SpinOnce();
            if (Volatile.Read(ref _state) == Free && Interlocked.CompareExchange(ref _state, Held, Free) == Free)
            {
                return;
            }
        }

        object place = PlaceOf(owner);
        lock (place)
        {
            // Entered with the mark left on it: others may sleep still, and one waking too many does no harm.
            while (Interlocked.Exchange(ref _state, Wanted) != Free)
            {
                Monitor.Wait(place);
            }
        }
    }
}
