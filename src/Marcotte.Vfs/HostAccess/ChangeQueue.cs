using System.Diagnostics.CodeAnalysis;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Something that happened in a watched directory.</summary>
/// <param name="Watch">The directory's watch.</param>
/// <param name="Events">What happened.</param>
/// <param name="Cookie">What the two sides of a rename have in common.</param>
/// <param name="Name">The name in the directory.</param>
internal sealed record Change(int Watch, WatchEvents Events, uint Cookie, byte[] Name)
{
    private const int HeaderBytes = 16;

    /// <summary>What it takes of a buffer, as a struct inotify_event with its name.</summary>
    public int Bytes => HeaderBytes + Name.Length;

    public bool Repeats(int watch, WatchEvents events, uint cookie, ReadOnlySpan<byte> name) =>
        Watch == watch && Events == events && Cookie == cookie && name.SequenceEqual(Name);
}

/// <summary>Changes that no handler has been told of yet. One reader, which is asked for when there is something to read.</summary>
internal sealed class ChangeQueue(int maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<Change> _changes = new();
    private Change? _last;
    private int _bytes;
    private bool _hasReader = true;
    private bool _isClosed;

    /// <summary>Puts a change in, or that changes were lost.</summary>
    /// <returns>Whether there is no reader, so that the caller has to send one.</returns>
    public bool Put(int watch, WatchEvents events, uint cookie, ReadOnlySpan<byte> name)
    {
        lock (_lock)
        {
            // What repeats the last is left out, as inotify does, and so is all that follows a loss until somebody reads of it.
            if (_isClosed || (_changes.Count > 0 && (_last!.Events == WatchEvents.Overflow || _last.Repeats(watch, events, cookie, name))))
            {
                return false;
            }

            Change change = new(watch, events, cookie, name.ToArray());
            _last = change.Bytes > maxBytes - _bytes ? new Change(-1, WatchEvents.Overflow, 0, []) : change;
            _changes.Enqueue(_last);
            _bytes += _last.Bytes;
            bool hadReader = _hasReader;
            _hasReader = true;
            return !hadReader;
        }
    }

    /// <summary>Takes the next change out; when there is none the reader's turn is over.</summary>
    public bool TryTake([NotNullWhen(true)] out Change? change)
    {
        lock (_lock)
        {
            _hasReader = _changes.TryDequeue(out change);
            _bytes -= change?.Bytes ?? 0;
            return _hasReader;
        }
    }

    /// <summary>Takes the next change out if it is the other side of a rename.</summary>
    public bool TryTakeOtherSide(Change movedFrom, [NotNullWhen(true)] out Change? change)
    {
        lock (_lock)
        {
            bool isThere = _changes.TryPeek(out change) && change.Cookie == movedFrom.Cookie && (change.Events & WatchEvents.MovedTo) != 0;
            if (isThere)
            {
                _bytes -= _changes.Dequeue().Bytes;
            }

            return isThere;
        }
    }

    /// <summary>Forgets all, and takes no more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _changes.Clear();
            _bytes = 0;
        }
    }
}
