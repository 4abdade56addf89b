using Marcotte.Core.Waiting;

namespace Marcotte.Core;

/// <summary>The advisory locks on one file. The table's lock guards all of it.</summary>
internal sealed class FileLocks
{
    private readonly List<(OpenFile Owner, LockKind Kind)> _whole = [];
    private readonly List<RecordLock> _records = [];

    /// <summary>Woken when a lock goes or becomes less.</summary>
    public WaitQueue Released { get; } = new();

    /// <summary>Those who wait for a lock here, so that it is kept although none is held.</summary>
    public int Waiting { get; set; }

    public bool IsIdle => _whole.Count == 0 && _records.Count == 0 && Waiting == 0;

    public int RecordCount => _records.Count;

    /// <summary>Locks the whole file (flock); what the opening held before is given up first, also when this fails, as on Linux.</summary>
    public bool TryLockWhole(OpenFile owner, LockKind kind)
    {
        if (_whole.Contains((owner, kind)))
        {
            return true;
        }

        UnlockWhole(owner);
        foreach ((_, LockKind held) in _whole)
        {
            if (kind == LockKind.Exclusive || held == LockKind.Exclusive)
            {
                return false;
            }
        }

        _whole.Add((owner, kind));
        return true;
    }

    public void UnlockWhole(OpenFile owner)
    {
        if (_whole.RemoveAll(held => ReferenceEquals(held.Owner, owner)) > 0)
        {
            Released.Wake();
        }
    }

    /// <summary>The first record lock that stands in the way.</summary>
    public RecordLock? FindConflict(ByteRange range, LockKind kind, object owner) =>
        _records.Find(record => record.Conflicts(range, kind, owner));

    /// <summary>All that stand in the way.</summary>
    public IEnumerable<RecordLock> FindConflicts(ByteRange range, LockKind kind, object owner) =>
        _records.Where(record => record.Conflicts(range, kind, owner));

    /// <summary>Makes a range the owner's, or nobody's; parts of its locks that lie outside stay, and neighbours of a kind become one.</summary>
    public void SetRecord(ByteRange range, LockKind? kind, object owner)
    {
        bool released = false;
        for (int i = _records.Count - 1; i >= 0; i--)
        {
            RecordLock held = _records[i];
            if (!ReferenceEquals(held.Owner, owner))
            {
                continue;
            }

            if (held.Kind == kind && held.Range.Touches(range))
            {
                range = range.With(held.Range);
                _records.RemoveAt(i);
            }
            else if (held.Range.Overlaps(range))
            {
                released = true;
                _records.RemoveAt(i);
                KeepOutside(held, range);
            }
        }

        if (kind is { } taken)
        {
            int at = _records.FindIndex(held => held.Range.First > range.First);
            _records.Insert(at < 0 ? _records.Count : at, new RecordLock(range, taken, owner));
        }

        if (released)
        {
            Released.Wake();
        }
    }

    public void RemoveRecords(object owner)
    {
        if (_records.RemoveAll(held => ReferenceEquals(held.Owner, owner)) > 0)
        {
            Released.Wake();
        }
    }

    private void KeepOutside(RecordLock held, ByteRange range)
    {
        if (held.Range.First < range.First)
        {
            _records.Add(held with { Range = held.Range with { Last = range.First - 1 } });
        }

        if (held.Range.Last > range.Last)
        {
            _records.Add(held with { Range = held.Range with { First = range.Last + 1 } });
        }

        _records.Sort(static (one, other) => one.Range.First.CompareTo(other.Range.First));
    }
}
