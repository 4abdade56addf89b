using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Marcotte.Core;

/// <summary>
/// A process's descriptors: small integers to open files. Looking up takes no lock; changes take one. The lowest free
/// number is always the next, as POSIX demands.
/// </summary>
/// <remarks>The table's lock is a leaf: files are released after it is left.</remarks>
public sealed class DescriptorTable
{
    private readonly Lock _lock = new();
    private int _limit;
    private Descriptor?[] _entries;
    private ulong[] _used;
    private bool _closed;

    /// <summary>Makes an empty table.</summary>
    /// <param name="limit">Numbers go from 0 to one below this (EMFILE).</param>
    public DescriptorTable(int limit)
    {
        _limit = limit;
        _entries = new Descriptor?[Math.Min(limit, 16)];
        _used = new ulong[1];
    }

    /// <summary>Whose it is; null when it is nobody's.</summary>
    internal Process? Owner { get; set; }

    /// <summary>Numbers that are given out go from 0 to one below this; those above that are open already stay so (RLIMIT_NOFILE).</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Volatile.Write(ref _limit, Math.Max(0, value));
    }

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                int count = 0;
                foreach (ulong word in _used)
                {
                    count += BitOperations.PopCount(word);
                }

                return count;
            }
        }
    }

    /// <summary>Looks a descriptor up.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="descriptor">The descriptor.</param>
    /// <returns>False when it is not open.</returns>
    public bool TryGet(int number, [NotNullWhen(true)] out Descriptor? descriptor)
    {
        Descriptor?[] entries = Volatile.Read(ref _entries);
        descriptor = (uint)number < (uint)entries.Length ? Volatile.Read(ref entries[number]) : null;
        return descriptor is not null;
    }

    /// <summary>Whether a number is free; asked before a file is made that a descriptor shall then name.</summary>
    /// <param name="lowest">Numbers below this are not considered.</param>
    /// <returns>False when <see cref="Add"/> would answer <see cref="Errno.MFile"/> now.</returns>
    public bool HasRoom(int lowest = 0)
    {
        lock (_lock)
        {
            return !_closed && LowestFreeLocked(lowest) < _limit;
        }
    }

    /// <summary>Gives a descriptor the lowest free number.</summary>
    /// <param name="descriptor">The descriptor; on success the table owns its reference.</param>
    /// <param name="number">The number.</param>
    /// <param name="lowest">Numbers below this are not considered (F_DUPFD).</param>
    /// <returns><see cref="Errno.MFile"/> when all are taken; the caller then still owns the reference.</returns>
    public Errno Add(Descriptor descriptor, out int number, int lowest = 0)
    {
        number = -1;
        if (lowest < 0 || lowest >= _limit)
        {
            return Errno.Inval;
        }

        lock (_lock)
        {
            int free = LowestFreeLocked(lowest);
            if (free >= _limit || _closed)
            {
                return Errno.MFile;
            }

            PutLocked(free, descriptor);
            number = free;
            return Errno.Success;
        }
    }

    /// <summary>Gives a descriptor a certain number; what was there is closed (dup2).</summary>
    /// <param name="descriptor">The descriptor; on success the table owns its reference.</param>
    /// <param name="number">The number.</param>
    /// <returns><see cref="Errno.BadF"/> when the number is out of range; the caller then still owns the reference.</returns>
    public Errno Set(Descriptor descriptor, int number)
    {
        Descriptor? previous;
        lock (_lock)
        {
            if ((uint)number >= (uint)_limit || _closed)
            {
                return Errno.BadF;
            }

            previous = EntryLocked(number);
            PutLocked(number, descriptor);
        }

        Drop(previous);
        return Errno.Success;
    }

    /// <summary>Changes what a descriptor may do, or whether exec closes it; its open file stays.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="expected">The descriptor as it was looked up.</param>
    /// <param name="changed">The same open file with other attributes.</param>
    /// <returns><see cref="Errno.BadF"/> when the number means another descriptor by now.</returns>
    public Errno Replace(int number, Descriptor expected, Descriptor changed)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(EntryLocked(number), expected) || !ReferenceEquals(expected.File, changed.File))
            {
                return Errno.BadF;
            }

            PutLocked(number, changed);
            return Errno.Success;
        }
    }

    /// <summary>Closes a descriptor.</summary>
    /// <param name="number">Its number.</param>
    /// <returns><see cref="Errno.BadF"/> when it is not open.</returns>
    public Errno Close(int number)
    {
        Descriptor? closed;
        lock (_lock)
        {
            closed = EntryLocked(number);
            if (closed is null)
            {
                return Errno.BadF;
            }

            ClearLocked(number);
        }

        Drop(closed);
        return Errno.Success;
    }

    /// <summary>
    /// Moves a descriptor onto another number that is open as well (WASI's fd_renumber); what was there is closed.
    /// </summary>
    /// <param name="from">The descriptor; its number is free afterwards.</param>
    /// <param name="to">Its new number.</param>
    /// <returns><see cref="Errno.BadF"/> when either is not open. Onto itself nothing changes.</returns>
    public Errno Renumber(int from, int to)
    {
        Descriptor replaced;
        lock (_lock)
        {
            if (EntryLocked(from) is not { } moved || EntryLocked(to) is not { } target)
            {
                return Errno.BadF;
            }

            if (from == to)
            {
                return Errno.Success;
            }

            replaced = target;
            PutLocked(to, moved);
            ClearLocked(from);
        }

        Drop(replaced);
        return Errno.Success;
    }

    /// <summary>A table with the same descriptors of the same open files, for a child process.</summary>
    /// <param name="exec">Whether those that exec closes are left out.</param>
    /// <returns>The copy, holding references of its own.</returns>
    public DescriptorTable Fork(bool exec = false)
    {
        DescriptorTable child = new(_limit);
        lock (_lock)
        {
            for (int number = 0; number < _entries.Length; number++)
            {
                if (_entries[number] is { } descriptor && !(exec && descriptor.CloseOnExec))
                {
                    descriptor.File.Acquire();
                    child.PutLocked(number, descriptor);
                }
            }
        }

        return child;
    }

    /// <summary>Closes those that exec closes.</summary>
    public void CloseForExec() => CloseWhere(static descriptor => descriptor.CloseOnExec);

    /// <summary>Closes all; nothing can be opened afterwards.</summary>
    public void CloseAll()
    {
        lock (_lock)
        {
            _closed = true;
        }

        CloseWhere(static _ => true);
    }

    private void CloseWhere(Func<Descriptor, bool> condition)
    {
        for (int number = 0; number < Volatile.Read(ref _entries).Length; number++)
        {
            Descriptor? closed = null;
            lock (_lock)
            {
                if (EntryLocked(number) is { } descriptor && condition(descriptor))
                {
                    closed = descriptor;
                    ClearLocked(number);
                }
            }

            Drop(closed);
        }
    }

    private void Drop(Descriptor? closed)
    {
        if (closed is not null)
        {
            Owner?.Kernel.Locks.Closed(Owner, closed.File);
            closed.File.Release();
        }
    }

    private Descriptor? EntryLocked(int number) => (uint)number < (uint)_entries.Length ? _entries[number] : null;

    private int LowestFreeLocked(int lowest)
    {
        for (int word = lowest >> 6; word < _used.Length; word++)
        {
            ulong free = ~_used[word];
            if (word == lowest >> 6)
            {
                free &= ulong.MaxValue << (lowest & 63);
            }

            if (free != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(free);
            }
        }

        return Math.Max(lowest, _used.Length << 6);
    }

    private void PutLocked(int number, Descriptor descriptor)
    {
        if (number >= _entries.Length)
        {
            Descriptor?[] grown = new Descriptor?[Math.Max(number + 1, (int)Math.Min(_limit, BitOperations.RoundUpToPowerOf2((uint)number + 1)))];
            _entries.CopyTo(grown, 0);
            grown[number] = descriptor;
            Volatile.Write(ref _entries, grown);
        }

        if (number >> 6 >= _used.Length)
        {
            Array.Resize(ref _used, Math.Max((number >> 6) + 1, _used.Length * 2));
        }

        _used[number >> 6] |= 1UL << (number & 63);
        Volatile.Write(ref _entries[number], descriptor);
    }

    private void ClearLocked(int number)
    {
        _used[number >> 6] &= ~(1UL << (number & 63));
        Volatile.Write(ref _entries[number], null);
    }
}
