namespace Marcotte.Core;

/// <summary>Names a piece of state that a layer keeps for each process or each box; make one, and hold it in a static field.</summary>
/// <typeparam name="T">The state.</typeparam>
/// <param name="fork">Makes a child process's state of its parent's; without it a child starts with none.</param>
/// <param name="end">Gives up what the state holds when its process has ended.</param>
/// <param name="isOfProgram">Whether the state goes when the process runs another program; it stays otherwise.</param>
public sealed class Slot<T>(Func<T, T>? fork = null, Action<T>? end = null, bool isOfProgram = false) : Slot
    where T : class
{
    internal override bool IsOfProgram => isOfProgram;

    internal override object? Fork(object state) => fork?.Invoke((T)state);

    internal override void End(object state) => end?.Invoke((T)state);
}

/// <summary>A slot of any type; see <see cref="Slot{T}"/>.</summary>
public abstract class Slot
{
    private protected Slot()
    {
    }

    internal abstract bool IsOfProgram { get; }

    internal abstract object? Fork(object state);

    internal abstract void End(object state);
}

/// <summary>The state that layers keep for one process or box, each under a slot of its own.</summary>
/// <remarks>A box has a handful of layers, so a scan beats a hash. Reading takes no lock.</remarks>
public sealed class SlotTable
{
    private readonly Lock _lock = new();
    private (Slot Slot, object State)[] _entries = [];

    /// <summary>Looks state up.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="slot">Its slot.</param>
    /// <returns>The state, or null when there is none.</returns>
    public T? Get<T>(Slot<T> slot)
        where T : class
    {
        foreach ((Slot key, object state) in Volatile.Read(ref _entries))
        {
            if (ReferenceEquals(key, slot))
            {
                return System.Runtime.CompilerServices.Unsafe.As<T>(state);
            }
        }

        return null;
    }

    /// <summary>Puts state in, in place of what was there.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="slot">Its slot.</param>
    /// <param name="state">The state.</param>
    public void Set<T>(Slot<T> slot, T state)
        where T : class
    {
        lock (_lock)
        {
            (Slot, object)[] entries = [.. _entries.Where(entry => !ReferenceEquals(entry.Slot, slot)), (slot, state)];
            Volatile.Write(ref _entries, entries);
        }
    }

    /// <summary>The process runs another program.</summary>
    internal void Replace()
    {
        (Slot Slot, object State)[] gone;
        lock (_lock)
        {
            gone = [.. _entries.Where(entry => entry.Slot.IsOfProgram)];
            if (gone.Length > 0)
            {
                (Slot, object)[] rest = [.. _entries.Where(entry => !entry.Slot.IsOfProgram)];
                Volatile.Write(ref _entries, rest);
            }
        }

        foreach ((Slot slot, object state) in gone)
        {
            slot.End(state);
        }
    }

    internal void End()
    {
        (Slot, object)[] entries;
        lock (_lock)
        {
            entries = _entries;
            Volatile.Write(ref _entries, []);
        }

        foreach ((Slot slot, object state) in entries)
        {
            slot.End(state);
        }
    }

    internal SlotTable Fork()
    {
        SlotTable child = new();
        List<(Slot, object)> entries = [];
        foreach ((Slot slot, object state) in Volatile.Read(ref _entries))
        {
            if (slot.Fork(state) is { } forked)
            {
                entries.Add((slot, forked));
            }
        }

        child._entries = [.. entries];
        return child;
    }
}
