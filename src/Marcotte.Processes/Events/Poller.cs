using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>Watches files for readiness (epoll(7)). What wakes is noted, so that a wait looks at those alone.</summary>
/// <remarks>
/// Lock order: the set's, that of a poller that is watched, the list's. Files are looked at under the set's lock and never under the list's, which
/// wakes take; entries come and go under the set's.
/// </remarks>
internal sealed class Poller(int limit) : FileOperations
{
    /// <summary>How deep pollers may watch each other.</summary>
    private const int MostNested = 5;

    /// <summary>Changes that could close a circle are made one at a time.</summary>
    private static readonly Lock Nesting = new();

    private readonly Lock _set = new();
    private readonly Lock _list = new();
    private readonly Dictionary<(OpenFile File, int Descriptor), PollerEntry> _entries = [];
    private readonly LinkedList<PollerEntry> _ready = new();

    public override FileType Type => FileType.Unknown;

    internal WaitQueue Waiters { get; } = new();

    /// <summary>Whether an entry was woken that nobody has looked at since.</summary>
    internal bool HasReady
    {
        get
        {
            lock (_list)
            {
                return _ready.Count > 0;
            }
        }
    }

    public override WaitQueue? Queue(OpenFile file) => Waiters;

    public override Readiness Poll(OpenFile file)
    {
        lock (_set)
        {
            for (int rest = ReadyCount(); rest > 0 && Take() is { } entry; rest--)
            {
                if (Look(entry) != Readiness.None)
                {
                    Note(entry, first: true);
                    return Readiness.In;
                }
            }

            return Readiness.None;
        }
    }

    public override void Release(OpenFile file)
    {
        lock (_set)
        {
            foreach (PollerEntry entry in _entries.Values)
            {
                entry.Leave();
            }

            _entries.Clear();
            lock (_list)
            {
                _ready.Clear();
            }
        }
    }

    internal Errno Change(PollChange change, int descriptor, OpenFile file, in PollInterest interest)
    {
        if (ReferenceEquals(file.Operations, this))
        {
            return Errno.Inval;
        }

        if (change != PollChange.Add)
        {
            lock (_set)
            {
                return ChangeLocked(change, (file, descriptor), interest);
            }
        }

        if (file.Queue is not { } queue)
        {
            return Errno.Perm;
        }

        if (file.Operations is not Poller other)
        {
            lock (_set)
            {
                return AddLocked((file, descriptor), queue, interest);
            }
        }

        lock (Nesting)
        {
            if (other.Reaches(this) || other.Depth() + 1 + Above >= MostNested)
            {
                return Errno.Loop;
            }

            lock (_set)
            {
                Errno errno = AddLocked((file, descriptor), queue, interest);
                if (errno == Errno.Success)
                {
                    other.Above = Math.Max(other.Above, Above + 1);
                }

                return errno;
            }
        }
    }

    /// <summary>Tells of those that are ready, those first that have been so longest.</summary>
    internal int Collect(Span<PollInterest> events)
    {
        int count = 0;
        lock (_set)
        {
            // One round: those that stay ready go behind those that have not had their turn.
            for (int rest = ReadyCount(); rest > 0 && count < events.Length && Take() is { } entry; rest--)
            {
                Readiness ready = Look(entry);
                if (ready == Readiness.None)
                {
                    continue;
                }

                PollModes modes = entry.Interest.Modes;
                events[count++] = new PollInterest(ready, modes, entry.Interest.Data);
                if ((modes & PollModes.Once) != 0)
                {
                    entry.IsOff = true;
                }
                else if ((modes & PollModes.Edge) == 0)
                {
                    Note(entry, first: false);
                }
            }
        }

        return count;
    }

    /// <summary>An entry is to be looked at; called by wakes.</summary>
    internal void Note(PollerEntry entry, bool first)
    {
        lock (_list)
        {
            if (entry.Place.List is not null || entry.IsGone)
            {
                return;
            }

            if (first)
            {
                _ready.AddFirst(entry.Place);
            }
            else
            {
                _ready.AddLast(entry.Place);
            }
        }
    }

    private int Above { get; set; }

    private int ReadyCount()
    {
        lock (_list)
        {
            return _ready.Count;
        }
    }

    private PollerEntry? Take()
    {
        lock (_list)
        {
            if (_ready.First is not { } first)
            {
                return null;
            }

            _ready.Remove(first);
            return first.Value;
        }
    }

    private void Drop(PollerEntry entry)
    {
        entry.Leave();
        _entries.Remove(entry.Key);
        lock (_list)
        {
            entry.IsGone = true;
            if (entry.Place.List is not null)
            {
                _ready.Remove(entry.Place);
            }
        }
    }

    /// <summary>What an entry is ready for. One whose file is closed by now vanishes.</summary>
    private Readiness Look(PollerEntry entry)
    {
        if (entry.IsGone || entry.IsOff)
        {
            return Readiness.None;
        }

        if (!entry.Key.File.TryAcquire())
        {
            Drop(entry);
            return Readiness.None;
        }

        Readiness ready = entry.Key.File.Poll() & (entry.Interest.Readiness | Readiness.Error | Readiness.HangUp);
        entry.Key.File.Release();
        return ready;
    }

    private Errno ChangeLocked(PollChange change, (OpenFile File, int Descriptor) key, in PollInterest interest)
    {
        if (!_entries.TryGetValue(key, out PollerEntry? entry))
        {
            return Errno.NoEnt;
        }

        if (change == PollChange.Remove)
        {
            Drop(entry);
            return Errno.Success;
        }

        entry.Interest = interest;
        entry.IsOff = false;
        Begin(entry);
        return Errno.Success;
    }

    private Errno AddLocked((OpenFile File, int Descriptor) key, WaitQueue queue, in PollInterest interest)
    {
        if (_entries.ContainsKey(key))
        {
            return Errno.Exist;
        }

        if (_entries.Count >= limit)
        {
            foreach (PollerEntry closed in _entries.Values.Where(entry => entry.IsClosed).ToArray())
            {
                Drop(closed);
            }

            if (_entries.Count >= limit)
            {
                return Errno.NoSpc;
            }
        }

        PollerEntry added = new(this, key, queue) { Interest = interest };
        _entries.Add(key, added);
        queue.Listen(added);
        Begin(added);
        return Errno.Success;
    }

    /// <summary>What is ready already is told of, also at an edge.</summary>
    private void Begin(PollerEntry entry)
    {
        if (Look(entry) != Readiness.None)
        {
            Note(entry, first: false);
            Waiters.Wake();
        }
    }

    private Poller[] Nested()
    {
        lock (_set)
        {
            return [.. _entries.Values.Where(entry => !entry.IsClosed).Select(entry => entry.Key.File.Operations).OfType<Poller>()];
        }
    }

    private bool Reaches(Poller other) => Nested().Any(poller => ReferenceEquals(poller, other) || poller.Reaches(other));

    private int Depth() => Nested().Select(poller => poller.Depth() + 1).DefaultIfEmpty(0).Max();
}

/// <summary>One file that a poller watches, under one descriptor.</summary>
internal sealed class PollerEntry : WaitListener
{
    private readonly Poller _poller;
    private readonly WaitQueue _queue;

    internal PollerEntry(Poller poller, (OpenFile File, int Descriptor) key, WaitQueue queue)
    {
        _poller = poller;
        _queue = queue;
        Key = key;
        Place = new LinkedListNode<PollerEntry>(this);
    }

    internal (OpenFile File, int Descriptor) Key { get; }

    internal PollInterest Interest { get; set; }

    /// <summary>Told of once, and not changed since.</summary>
    internal bool IsOff { get; set; }

    /// <summary>Watched no longer; changes under the list's lock.</summary>
    internal bool IsGone { get; set; }

    /// <summary>Where it is among those to be looked at; changes under the list's lock.</summary>
    internal LinkedListNode<PollerEntry> Place { get; }

    /// <summary>Whether its file has been closed for good.</summary>
    internal bool IsClosed
    {
        get
        {
            if (!Key.File.TryAcquire())
            {
                return true;
            }

            Key.File.Release();
            return false;
        }
    }

    public override void Woken()
    {
        _poller.Note(this, first: false);
        _poller.Waiters.Wake();
    }

    internal void Leave() => _queue.Ignore(this);
}
