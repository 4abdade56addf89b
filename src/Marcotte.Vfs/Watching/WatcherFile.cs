using System.Runtime.InteropServices;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Vfs.Watching;

/// <summary>A watcher that a guest reads (inotify): a queue of events as struct inotify_event.</summary>
internal sealed class WatcherFile(WatchTable table, Limits limits) : FileOperations
{
    private readonly EventQueue _events = new(limits.WatchEvents);

    public override FileType Type => FileType.Unknown;

    public Watcher Watcher => _events;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count) => _events.Take(buffer, out count);

    public override Readiness Poll(OpenFile file) => _events.IsEmpty ? Readiness.None : Readiness.In;

    public override WaitQueue? Queue(OpenFile file) => _events.Ready;

    public override void Release(OpenFile file) => table.RemoveFile(_events);

    /// <summary>The events that were not read yet; one that repeats the last is left out, as on Linux.</summary>
    private sealed class EventQueue(int limit) : Watcher
    {
        private const int HeaderBytes = 16;

        private readonly Lock _lock = new();
        private readonly Queue<Event> _queue = new();
        private Event? _last;

        public WaitQueue Ready { get; } = new();

        public bool IsEmpty
        {
            get
            {
                lock (_lock)
                {
                    return _queue.Count == 0;
                }
            }
        }

        public override void TellLocked(int watch, WatchEvents events, uint cookie, ReadOnlySpan<byte> name)
        {
            lock (_lock)
            {
                if (_queue.Count > 0 && _last!.Repeats(watch, events, cookie, name))
                {
                    return;
                }

                if (_queue.Count >= limit)
                {
                    if (_last!.Events == WatchEvents.Overflow)
                    {
                        return;
                    }

                    _last = new Event(-1, WatchEvents.Overflow, 0, []);
                }
                else
                {
                    _last = new Event(watch, events, cookie, name.ToArray());
                }

                _queue.Enqueue(_last);
            }

            Ready.Wake();
        }

        public Errno Take(Span<byte> buffer, out int count)
        {
            count = 0;
            lock (_lock)
            {
                if (_queue.Count == 0)
                {
                    return Errno.Again;
                }

                while (_queue.TryPeek(out Event? next) && next.Bytes <= buffer.Length - count)
                {
                    next.Write(buffer[count..]);
                    count += next.Bytes;
                    _queue.Dequeue();
                }

                return count > 0 ? Errno.Success : Errno.Inval;
            }
        }

        private sealed record Event(int Watch, WatchEvents Events, uint Cookie, byte[] Name)
        {
            /// <summary>The header, and the name with a NUL behind it, filled up so that the next one is aligned.</summary>
            public int Bytes => HeaderBytes + NameBytes;

            private int NameBytes => Name.Length == 0 ? 0 : (Name.Length + HeaderBytes) & -HeaderBytes;

            public bool Repeats(int watch, WatchEvents events, uint cookie, ReadOnlySpan<byte> name) =>
                Watch == watch && Events == events && Cookie == cookie && name.SequenceEqual(Name);

            public void Write(Span<byte> target)
            {
                int watch = Watch;
                MemoryMarshal.Write(target, in watch);
                uint events = (uint)Events;
                MemoryMarshal.Write(target[4..], in events);
                uint cookie = Cookie;
                MemoryMarshal.Write(target[8..], in cookie);
                int length = NameBytes;
                MemoryMarshal.Write(target[12..], in length);
                Name.CopyTo(target[HeaderBytes..]);
                target[(HeaderBytes + Name.Length)..Bytes].Clear();
            }
        }
    }
}
