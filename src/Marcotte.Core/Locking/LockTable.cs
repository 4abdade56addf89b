using Marcotte.Core.Waiting;

namespace Marcotte.Core;

/// <summary>
/// The advisory locks of a box: flock's on whole files and POSIX's on records, which know nothing of each other. They hold
/// among the box's processes, on any file that tells device and inode; the host and other boxes do not see them.
/// </summary>
/// <remarks>
/// One lock guards the table: advisory locks are rare, and a box that never takes one pays two tests of a field. It is taken
/// with no lock of a layer held, and calls nothing of one.
/// </remarks>
public sealed class LockTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FileKey, FileLocks> _files = [];
    private readonly Dictionary<object, Wanted> _waiting = new(ReferenceEqualityComparer.Instance);
    private readonly int _limit;
    private volatile int _records;

    internal LockTable(Limits limits) => _limit = limits.RecordLocks;

    /// <summary>Locks a whole file for all descriptors of an open file (flock).</summary>
    /// <param name="thread">Who waits.</param>
    /// <param name="file">The open file. A lock it holds of the other kind is given up first, as on Linux.</param>
    /// <param name="kind">What the lock keeps others from.</param>
    /// <param name="wait">Whether to wait for others to give theirs up.</param>
    /// <returns>The outcome; <see cref="Errno.Again"/> without waiting, <see cref="Errno.Intr"/> when interrupted.</returns>
    /// <exception cref="GuestKilledException">The thread was killed.</exception>
    public Errno Lock(GuestThread thread, OpenFile file, LockKind kind, bool wait)
    {
        ArgumentNullException.ThrowIfNull(thread);
        Errno errno = Enter(file, out FileKey key);
        if (errno != Errno.Success)
        {
            return errno;
        }

        try
        {
            file.Locks = this;
            return Take(thread, new Wanted(key, file, null, kind), wait);
        }
        finally
        {
            file.Release();
        }
    }

    /// <summary>Gives a lock on a whole file up (LOCK_UN).</summary>
    /// <param name="file">The open file.</param>
    /// <returns>The outcome; success also when none was held.</returns>
    public Errno Unlock(OpenFile file)
    {
        Errno errno = Enter(file, out FileKey key);
        if (errno == Errno.Success)
        {
            lock (_gate)
            {
                FindLocked(key)?.UnlockWhole(file);
                TidyLocked(key);
            }

            file.Release();
        }

        return errno;
    }

    /// <summary>Locks a range of a file (F_SETLK, F_SETLKW and their OFD likes).</summary>
    /// <param name="thread">Who waits; its process owns the lock unless the open file does.</param>
    /// <param name="file">The open file; open for reading for a shared lock, for writing for an exclusive one.</param>
    /// <param name="range">The range.</param>
    /// <param name="kind">What the lock keeps others from.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="wait">Whether to wait for others to give theirs up.</param>
    /// <returns>
    /// The outcome; <see cref="Errno.BadF"/> for the wrong access mode, <see cref="Errno.Again"/> without waiting,
    /// <see cref="Errno.DeadLk"/> when processes would wait for each other, <see cref="Errno.NoLck"/> beyond
    /// <see cref="Limits.RecordLocks"/>.
    /// </returns>
    /// <exception cref="GuestKilledException">The thread was killed.</exception>
    public Errno LockRecord(GuestThread thread, OpenFile file, ByteRange range, LockKind kind, RecordOwner owner, bool wait)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(file);
        AccessModes needed = kind == LockKind.Shared ? AccessModes.Read : AccessModes.Write;
        FileKey key = default;
        Errno errno = (file.Access & needed) == 0 ? Errno.BadF : Enter(file, out key);
        if (errno != Errno.Success)
        {
            return errno;
        }

        try
        {
            file.Locks = this;
            return Take(thread, new Wanted(key, owner == RecordOwner.Process ? thread.Process : file, range, kind), wait);
        }
        finally
        {
            file.Release();
        }
    }

    /// <summary>Gives a range up (F_UNLCK).</summary>
    /// <param name="process">The process.</param>
    /// <param name="file">The open file.</param>
    /// <param name="range">The range.</param>
    /// <param name="owner">Whose locks are given up.</param>
    /// <returns>The outcome; success also when none was held, <see cref="Errno.NoLck"/> when a lock would fall in two beyond <see cref="Limits.RecordLocks"/>.</returns>
    public Errno UnlockRecord(Process process, OpenFile file, ByteRange range, RecordOwner owner)
    {
        Errno errno = Enter(file, out FileKey key);
        if (errno == Errno.Success)
        {
            lock (_gate)
            {
                errno = SetRecordLocked(key, range, null, owner == RecordOwner.Process ? process : file);
            }

            file.Release();
        }

        return errno;
    }

    /// <summary>Finds what would stand in the way of a record lock (F_GETLK).</summary>
    /// <param name="process">The process.</param>
    /// <param name="file">The open file.</param>
    /// <param name="range">The range.</param>
    /// <param name="kind">What the lock would keep others from.</param>
    /// <param name="owner">Whose it would be.</param>
    /// <param name="conflict">The lock in the way; null when there is none.</param>
    /// <returns>The outcome.</returns>
    public Errno TestRecord(Process process, OpenFile file, ByteRange range, LockKind kind, RecordOwner owner, out RecordLock? conflict)
    {
        conflict = null;
        Errno errno = Enter(file, out FileKey key);
        if (errno == Errno.Success)
        {
            lock (_gate)
            {
                conflict = FindLocked(key)?.FindConflict(range, kind, owner == RecordOwner.Process ? process : file);
            }

            file.Release();
        }

        return errno;
    }

    /// <summary>A process has closed a descriptor, and with it gives up its record locks on that file, as POSIX says.</summary>
    internal void Closed(Process process, OpenFile file)
    {
        if (_records != 0 && KeyOf(file, out FileKey key) == Errno.Success)
        {
            lock (_gate)
            {
                ForgetLocked(key, process, static (locks, process) => locks.RemoveRecords(process));
            }
        }
    }

    /// <summary>The last descriptor of an open file that took locks is gone.</summary>
    internal void Released(OpenFile file)
    {
        lock (_gate)
        {
            // Looked for everywhere: the file may not tell what it is any more.
            foreach (FileKey key in _files.Keys.ToArray())
            {
                ForgetLocked(key, file, static (locks, file) =>
                {
                    locks.UnlockWhole(file);
                    locks.RemoveRecords(file);
                });
            }
        }
    }

    private static Errno KeyOf(OpenFile file, out FileKey key)
    {
        Errno errno = file.Operations.Stat(file, out FileStat stat);

        // What has no number is a file of its own: a pipe, a stream of the host's.
        key = new FileKey(stat.Device, stat.Inode, stat.Inode == 0 ? file.Operations : null);
        return errno;
    }

    /// <summary>Keeps the open file from being released within the call, so that no lock is left behind by one that is gone.</summary>
    private static Errno Enter(OpenFile file, out FileKey key)
    {
        ArgumentNullException.ThrowIfNull(file);
        key = default;
        if (!file.TryAcquire())
        {
            return Errno.BadF;
        }

        Errno errno = KeyOf(file, out key);
        if (errno != Errno.Success)
        {
            file.Release();
        }

        return errno;
    }

    private Errno Take(GuestThread thread, Wanted wanted, bool wait)
    {
        FileLocks locks;
        lock (_gate)
        {
            Errno errno = TryTakeLocked(wanted);
            if (errno != Errno.Again || !wait)
            {
                TidyLocked(wanted.Key);
                return errno;
            }

            if (wanted.Range is not null && wanted.Owner is Process && IsDeadlockLocked(wanted))
            {
                return Errno.DeadLk;
            }

            locks = FindLocked(wanted.Key)!;
            locks.Waiting++;
            _waiting[thread] = wanted;
        }

        return Wait(thread, wanted, locks);
    }

    private Errno Wait(GuestThread thread, Wanted wanted, FileLocks locks)
    {
        Attempt attempt = new(this, wanted);
        try
        {
            Errno waited = thread.Waiter.WaitUntil(locks.Released, attempt, static attempt => attempt.IsOver(), Deadline.Never);
            return waited == Errno.Success ? attempt.Outcome : waited;
        }
        finally
        {
            lock (_gate)
            {
                locks.Waiting--;
                _waiting.Remove(thread);
                TidyLocked(wanted.Key);
            }
        }
    }

    private Errno TryTakeLocked(Wanted wanted)
    {
        if (!_files.TryGetValue(wanted.Key, out FileLocks? locks))
        {
            locks = new FileLocks();
            _files.Add(wanted.Key, locks);
        }

        if (wanted.Range is not { } range)
        {
            return locks.TryLockWhole((OpenFile)wanted.Owner, wanted.Kind) ? Errno.Success : Errno.Again;
        }

        return locks.FindConflict(range, wanted.Kind, wanted.Owner) is null
            ? SetRecordLocked(wanted.Key, range, wanted.Kind, wanted.Owner)
            : Errno.Again;
    }

    /// <summary>Sets a range. It may leave two more locks than there were, so room for these is asked for beforehand.</summary>
    private Errno SetRecordLocked(FileKey key, ByteRange range, LockKind? kind, object owner)
    {
        if (FindLocked(key) is not { } locks)
        {
            return Errno.Success;
        }

        int more = kind is null ? 1 : 2;
        if (_records > _limit - more && !(kind is null && range == new ByteRange(0, long.MaxValue)))
        {
            return Errno.NoLck;
        }

        int before = locks.RecordCount;
        locks.SetRecord(range, kind, owner);
        _records += locks.RecordCount - before;
        TidyLocked(key);
        return Errno.Success;
    }

    /// <summary>Forgets what an owner has. It is handed over rather than captured: a closure would be made by every close, locks or none.</summary>
    private void ForgetLocked<T>(FileKey key, T owner, Action<FileLocks, T> forget)
    {
        if (FindLocked(key) is { } locks)
        {
            int before = locks.RecordCount;
            forget(locks, owner);
            _records += locks.RecordCount - before;
            TidyLocked(key);
        }
    }

    /// <summary>Whether a process that would have to be waited for waits, over any number of others, for this one.</summary>
    private bool IsDeadlockLocked(Wanted wanted)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<Wanted> open = new([wanted]);
        while (open.TryPop(out Wanted? next))
        {
            foreach (RecordLock held in FindLocked(next.Key)?.FindConflicts(next.Range!.Value, next.Kind, next.Owner) ?? [])
            {
                if (ReferenceEquals(held.Owner, wanted.Owner))
                {
                    return true;
                }

                if (seen.Add(held.Owner))
                {
                    foreach (Wanted waiting in _waiting.Values.Where(waiting => waiting.Range is not null && ReferenceEquals(waiting.Owner, held.Owner)))
                    {
                        open.Push(waiting);
                    }
                }
            }
        }

        return false;
    }

    private FileLocks? FindLocked(FileKey key) => _files.GetValueOrDefault(key);

    private void TidyLocked(FileKey key)
    {
        if (FindLocked(key) is { IsIdle: true })
        {
            _files.Remove(key);
        }
    }

    private readonly record struct FileKey(ulong Device, ulong Inode, FileOperations? Operations);

    /// <summary>A lock that is asked for; without a range, one on the whole file.</summary>
    private sealed record Wanted(FileKey Key, object Owner, ByteRange? Range, LockKind Kind);

    /// <summary>Tries again each time that a lock was given up.</summary>
    private sealed class Attempt(LockTable table, Wanted wanted)
    {
        public Errno Outcome { get; private set; } = Errno.Again;

        public bool IsOver()
        {
            lock (table._gate)
            {
                Outcome = table.TryTakeLocked(wanted);
                return Outcome != Errno.Again;
            }
        }
    }
}
