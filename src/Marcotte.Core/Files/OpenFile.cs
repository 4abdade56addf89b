using Marcotte.Core.Waiting;

namespace Marcotte.Core;

/// <summary>
/// An open file description (POSIX 2.14): offset, status flags and access mode over a file's operations; shared by all
/// descriptors that dup or fork made of it.
/// </summary>
/// <remarks>
/// The offset is guarded by a lock of its own, taken before any lock of a file system and never while one is held.
/// Once released, operations complete as far as their implementation can, and touch no other file.
/// </remarks>
public sealed partial class OpenFile
{
    private readonly Lock _offsetLock = new();
    private int _references = 1;
    private long _offset;
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
    }

    /// <summary>What the file can do.</summary>
    public FileOperations Operations { get; }

    /// <summary>What this opening may do.</summary>
    public AccessModes Access { get; }

    /// <summary>State that <see cref="Operations"/> keeps for this opening alone.</summary>
    public object? State { get; set; }

    /// <summary>Told what happens through this opening; null when nobody watches.</summary>
    public FileEvents? Events { get; set; }

    /// <summary>The table that it took advisory locks from, which it gives back with its last descriptor; null while it took none.</summary>
    internal LockTable? Locks { get; set; }

    /// <summary>What the file namespace that opened it notes about where; null for what has no name. Disposed with the open file if it is disposable.</summary>
    public object? Origin { get; set; }

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
            Locks?.Released(this);
            Events?.Closed(this);
            Operations.Release(this);
            (Origin as IDisposable)?.Dispose();
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
        lock (_offsetLock)
        {
            errno = Operations.ReadAt(this, buffer, _offset, out count);
            _offset += count;
        }

        if (Events is not null && count > 0)
        {
            Events.Accessed(this);
        }

        return errno;
    }

    /// <summary>Writes at the offset, or at the end when appending, and moves the offset behind; to a stream, writes what comes next.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome; <see cref="Errno.BadF"/> when not open for writing.</returns>
    public Errno Write(ReadOnlySpan<byte> buffer, out int count)
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
        lock (_offsetLock)
        {
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

        Errno errno = Operations.ReadAt(this, buffer, offset, out count);
        if (Events is not null && count > 0)
        {
            Events.Accessed(this);
        }

        return errno;
    }

    /// <summary>Writes at a position and leaves the offset alone; goes there even when appending, as POSIX says of pwrite.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="offset">The position.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome.</returns>
    public Errno WriteAt(ReadOnlySpan<byte> buffer, long offset, out int count)
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

        lock (_offsetLock)
        {
            long target;
            if (whence is Whence.Start or Whence.Current)
            {
                long start = whence == Whence.Start ? 0 : _offset;
                if (offset > long.MaxValue - start)
                {
                    return Errno.Overflow;
                }

                target = start + offset;
            }
            else
            {
                Errno errno = Operations.Seek(this, offset, whence, out target);
                if (errno != Errno.Success)
                {
                    return errno;
                }
            }

            if (target < 0)
            {
                return Errno.Inval;
            }

            position = _offset = target;
            return Errno.Success;
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
    /// <returns>The outcome; <see cref="Errno.Inval"/> when not open for writing, as POSIX says of ftruncate.</returns>
    public Errno SetSize(long size) =>
        size < 0 || (Access & AccessModes.Write) == 0 ? Errno.Inval : Wrote(Operations.SetSize(this, size));

    /// <summary>Makes room, or takes it away (fallocate).</summary>
    /// <param name="offset">Where the range begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="mode">What becomes of the range.</param>
    /// <returns>The outcome.</returns>
    public Errno Allocate(long offset, long length, Allocation mode = Allocation.Extend)
    {
        if (offset < 0 || length <= 0)
        {
            return Errno.Inval;
        }

        if ((Access & AccessModes.Write) == 0)
        {
            return Errno.BadF;
        }

        return offset > long.MaxValue - length ? Errno.FBig : Wrote(Operations.Allocate(this, offset, length, mode));
    }

    /// <summary>What it is ready for now.</summary>
    /// <returns>Readiness.</returns>
    public Readiness Poll() => Operations.Poll(this);

    /// <summary>Wakes whoever waits for <see cref="Poll"/> to change.</summary>
    public WaitQueue? Queue => Operations.Queue(this);

    private Errno Wrote(Errno errno, bool changed = true)
    {
        if (Events is not null && changed && errno == Errno.Success)
        {
            Events.Modified(this);
        }

        return errno;
    }
}
