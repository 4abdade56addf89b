using Marcotte.Core.Waiting;

namespace Marcotte.Core;

/// <summary>
/// An open file description (POSIX 2.14): offset, status flags and access mode over a file's operations; shared by all
/// descriptors that dup or fork made of it.
/// </summary>
/// <remarks>
/// The offset is guarded by a latch of its own, taken before any lock of a file system and never while one is held.
/// Once released, operations complete as far as their implementation can, and touch no other file.
/// </remarks>
public sealed partial class OpenFile
{
    private Company? _company;
    private long _offset;
    private ParkingLatch _offsetLatch;
    private int _references = 1;
    private StatusFlags _status;

    /// <summary>Opens; the caller holds the first reference.</summary>
    /// <param name="operations">What the file can do.</param>
    /// <param name="access">What this opening may do.</param>
    /// <param name="status">Status flags.</param>
    public OpenFile(FileOperations operations, AccessModes access, StatusFlags status = StatusFlags.None)
    {
        Operations = operations;
        Access = access;
        _status = status;
        IsTerminal = operations.Terminal is not null;
    }

    /// <summary>What the file can do.</summary>
    public FileOperations Operations { get; }

    /// <summary>What this opening may do.</summary>
    public AccessModes Access { get; }

    /// <summary>Whether <see cref="FileOperations.Terminal"/> is there to be asked before reading and writing.</summary>
    public bool IsTerminal { get; }

    /// <summary>State that <see cref="Operations"/> keeps for this opening alone.</summary>
    public object? State { get; set; }

    /// <summary>What the file namespace that opened it notes about where; null for what has no name.</summary>
    public FileOrigin? Origin { get; set; }

    /// <summary>Told what happens through this opening; null when nobody watches.</summary>
    public FileEvents? Events
    {
        get => _company?.Events ?? (Origin is { IsWatched: true } origin ? EventsOf(origin) : null);
        set => Accompany().Events = value;
    }

    /// <summary>The table that it took advisory locks from, which it gives back with its last descriptor; null while it took none.</summary>
    internal LockTable? Locks
    {
        get => _company?.Locks;
        set => Accompany().Locks = value;
    }

    /// <summary>Status flags.</summary>
    public StatusFlags Status => _status;

    /// <summary>Whether what cannot complete answers <see cref="Errno.Again"/>.</summary>
    public bool IsNonBlocking => (_status & StatusFlags.NonBlocking) != 0;

    /// <summary>Takes one more reference, for a further descriptor; the caller already holds one.</summary>
    /// <returns>This open file.</returns>
    public OpenFile Acquire()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>Takes one more reference unless the last one is gone already: for a file that was only looked up.</summary>
    /// <returns>False when the file was released, as by a close in another thread; nothing is taken then.</returns>
    public bool TryAcquire()
    {
        int references = Volatile.Read(ref _references);
        while (references > 0)
        {
            int seen = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (seen == references)
            {
                return true;
            }

            references = seen;
        }

        return false;
    }

    /// <summary>Gives a reference back; the last one releases the file.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _company?.Locks?.Released(this);
            Events?.Closed(this);
            Operations.Release(this);
            Origin?.Closed();
        }
    }

    /// <summary>Reads at the offset and moves it on; from a stream, reads what comes next.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="count">Bytes read; 0 at the end.</param>
    /// <returns>The outcome; <see cref="Errno.BadF"/> when not open for reading.</returns>
    public Errno Read(Span<byte> buffer, out int count)
    {
        count = 0;
        if ((Access & AccessModes.Read) == 0)
        {
            return Errno.BadF;
        }

        if (buffer.IsEmpty && Operations.Type != FileType.Directory)
        {
            return Errno.Success;
        }

        if (!Operations.IsSeekable)
        {
            return Operations.Read(this, buffer, out count);
        }

        Errno errno;
        _offsetLatch.Enter(this);
        try
        {
            errno = Operations.ReadAt(this, buffer, _offset, out count);
            _offset += count;
        }
        finally
        {
            _offsetLatch.Exit(this);
        }

        return Accessed(errno, count > 0);
    }

    /// <summary>Writes at the offset, or at the end when appending, and moves the offset behind; to a stream, writes what comes next.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="count">Bytes written.</param>
    /// <param name="limit">How long the file may become (<see cref="Process.FileSizeLimit"/>).</param>
    /// <returns>The outcome; <see cref="Errno.BadF"/> when not open for writing, <see cref="Errno.FBig"/> when it would begin at the limit or beyond.</returns>
    public Errno Write(ReadOnlySpan<byte> buffer, out int count, long limit = long.MaxValue)
    {
        count = 0;
        if ((Access & AccessModes.Write) == 0)
        {
            return Errno.BadF;
        }

        if (buffer.IsEmpty)
        {
            return Errno.Success;
        }

        if (!Operations.IsSeekable)
        {
            return Operations.Write(this, buffer, out count);
        }

        Errno errno;
        _offsetLatch.Enter(this);
        try
        {
            errno = limit == long.MaxValue ? Errno.Success : CutAtLatched(limit, ref buffer);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if ((_status & StatusFlags.Append) != 0)
            {
                errno = Operations.Append(this, buffer, out long end, out count);
                _offset = errno == Errno.Success ? end : _offset;
            }
            else if (_offset > long.MaxValue - buffer.Length)
            {
                return Errno.FBig;
            }
            else
            {
                errno = Operations.WriteAt(this, buffer, _offset, out count);
                _offset += count;
            }
        }
        finally
        {
            _offsetLatch.Exit(this);
        }

        return Wrote(errno, count > 0);
    }

    /// <summary>Reads at a position and leaves the offset alone.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">The position.</param>
    /// <param name="count">Bytes read; 0 at or beyond the end.</param>
    /// <returns>The outcome.</returns>
    public Errno ReadAt(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (offset < 0)
        {
            return Errno.Inval;
        }

        if ((Access & AccessModes.Read) == 0)
        {
            return Errno.BadF;
        }

        if (buffer.IsEmpty && Operations.IsSeekable)
        {
            return Errno.Success;
        }

        return Accessed(Operations.ReadAt(this, buffer, offset, out count), count > 0);
    }

    /// <summary>Writes at a position and leaves the offset alone; goes there even when appending, as POSIX says of pwrite.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="offset">The position.</param>
    /// <param name="count">Bytes written.</param>
    /// <param name="limit">How long the file may become (<see cref="Process.FileSizeLimit"/>).</param>
    /// <returns>The outcome; <see cref="Errno.FBig"/> when it would begin at the limit or beyond.</returns>
    public Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count, long limit = long.MaxValue)
    {
        count = 0;
        if (offset < 0)
        {
            return Errno.Inval;
        }

        if ((Access & AccessModes.Write) == 0)
        {
            return Errno.BadF;
        }

        if (buffer.IsEmpty && Operations.IsSeekable)
        {
            return Errno.Success;
        }

        if (limit != long.MaxValue && CutAt(limit, offset, ref buffer) is var errno && errno != Errno.Success)
        {
            return errno;
        }

        return offset > long.MaxValue - buffer.Length
            ? Errno.FBig
            : Wrote(Operations.WriteAt(this, buffer, offset, out count), count > 0);
    }

    /// <summary>Moves the offset.</summary>
    /// <param name="offset">How far.</param>
    /// <param name="whence">From where.</param>
    /// <param name="position">The offset now, from the start.</param>
    /// <returns>The outcome; <see cref="Errno.SPipe"/> for streams, <see cref="Errno.Inval"/> for a negative position.</returns>
    public Errno Seek(long offset, Whence whence, out long position)
    {
        position = 0;
        if (!Operations.IsSeekable)
        {
            return Operations.Type == FileType.Directory ? Errno.IsDir : Errno.SPipe;
        }

        _offsetLatch.Enter(this);
        try
        {
            Errno errno = FindLatched(offset, whence, out long target);
            if (errno != Errno.Success || target < 0)
            {
                return errno != Errno.Success ? errno : Errno.Inval;
            }

            position = _offset = target;
            return Errno.Success;
        }
        finally
        {
            _offsetLatch.Exit(this);
        }
    }

    /// <summary>Changes the status flags.</summary>
    /// <param name="flags">All flags as they shall be.</param>
    /// <returns>The outcome.</returns>
    public Errno SetStatus(StatusFlags flags)
    {
        Errno errno = Operations.SetStatus(this, flags);
        if (errno == Errno.Success)
        {
            _status = flags;
        }

        return errno;
    }

    /// <summary>Cuts or extends to a length.</summary>
    /// <param name="size">The length in bytes.</param>
    /// <param name="limit">How long the file may become (<see cref="Process.FileSizeLimit"/>).</param>
    /// <returns>
    /// The outcome; <see cref="Errno.Inval"/> when not open for writing, as POSIX says of ftruncate, <see cref="Errno.FBig"/> when it
    /// would grow beyond the limit.
    /// </returns>
    public Errno SetSize(long size, long limit = long.MaxValue) =>
        size < 0 || (Access & AccessModes.Write) == 0 ? Errno.Inval
        : size > limit && Grows(size) ? Errno.FBig
        : Wrote(Operations.SetSize(this, size));

    /// <summary>Makes room, or takes it away (fallocate).</summary>
    /// <param name="offset">Where the range begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="mode">What becomes of the range.</param>
    /// <param name="limit">How long the file may become (<see cref="Process.FileSizeLimit"/>).</param>
    /// <returns>The outcome; <see cref="Errno.FBig"/> when it would grow beyond the limit.</returns>
    public Errno Allocate(long offset, long length, Allocation mode = Allocation.Extend, long limit = long.MaxValue)
    {
        if (offset < 0 || length <= 0)
        {
            return Errno.Inval;
        }

        if ((Access & AccessModes.Write) == 0)
        {
            return Errno.BadF;
        }

        if (offset > long.MaxValue - length)
        {
            return Errno.FBig;
        }

        bool extends = mode is Allocation.Extend or Allocation.ZeroRange;
        return extends && offset + length > limit && Grows(offset + length) ? Errno.FBig : Wrote(Operations.Allocate(this, offset, length, mode));
    }

    /// <summary>What it is ready for now.</summary>
    /// <returns>Readiness.</returns>
    public Readiness Poll() => Operations.Poll(this);

    /// <summary>Wakes whoever waits for <see cref="Poll"/> to change.</summary>
    public WaitQueue? Queue => Operations.Queue(this);

    private Errno FindLatched(long offset, Whence whence, out long target)
    {
        target = 0;
        if (whence is not (Whence.Start or Whence.Current))
        {
            return Operations.Seek(this, offset, whence, out target);
        }

        long start = whence == Whence.Start ? 0 : _offset;
        if (offset > long.MaxValue - start)
        {
            return Errno.Overflow;
        }

        target = start + offset;
        return Errno.Success;
    }

    private Errno Accessed(Errno errno, bool read)
    {
        if (read && Events is { } events)
        {
            events.Accessed(this);
        }

        return errno;
    }

    private Errno Wrote(Errno errno, bool changed = true)
    {
        if (changed && errno == Errno.Success && Events is { } events)
        {
            events.Modified(this);
        }

        return errno;
    }

    /// <summary>Watchers came after it was opened. Other threads may find out at the same time: there is one teller.</summary>
    private FileEvents? EventsOf(FileOrigin origin) =>
        origin.EventsOf(this) is { } events ? Interlocked.CompareExchange(ref Accompany().Events, events, null) ?? events : null;

    private Company Accompany() =>
        _company ?? Interlocked.CompareExchange(ref _company, new Company(), null) ?? _company;

    /// <summary>What few open files have: together, so that the many pay for one field.</summary>
    private sealed class Company
    {
        public FileEvents? Events;
        public LockTable? Locks;
    }
}
