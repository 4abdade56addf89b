using System.Buffers;
using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>The bytes between the ends of a pipe: a ring whose writer and reader do not hold each other up.</summary>
/// <remarks>
/// Lock order: writing, reading, a queue's. The writer moves the tail alone and the reader the head alone, each under its own lock; the buffer changes
/// under both. Positions only grow; what is between them can be read. Polling takes no lock.
/// </remarks>
internal sealed class Pipe
{
    /// <summary>What is written as one arrives as one (PIPE_BUF).</summary>
    internal const int AtomicBytes = 4096;

    /// <summary>Kept while the pipe is empty; what is larger is given back.</summary>
    private const int SmallBytes = 512;

    /// <summary>After so much the other side may go on while the rest is copied.</summary>
    private const int PieceBytes = 16 * 1024;

    private readonly Lock _writing = new();
    private readonly Lock _reading = new();
    private byte[] _buffer = [];
    private int _length;
    private volatile int _capacity;
    private long _head;
    private long _tail;

    /// <param name="capacity">Bytes that it holds, a power of two.</param>
    internal Pipe(int capacity)
    {
        _capacity = capacity;
        Ends = new PipeEnds(this);
    }

    /// <summary>Who has it open.</summary>
    internal PipeEnds Ends { get; }

    internal int Capacity => _capacity;

    /// <summary>Bytes that can be read.</summary>
    internal int Count => (int)Math.Max(0, Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    /// <summary>Whether a write of <see cref="AtomicBytes"/> fits.</summary>
    internal bool HasRoom => _capacity - Count >= AtomicBytes;

    /// <summary>Bytes of host memory that it holds.</summary>
    internal int HeldBytes => Volatile.Read(ref _length);

    /// <summary>Writes all that fits; a write of up to <see cref="AtomicBytes"/> fits whole or not at all.</summary>
    internal Errno Write(ReadOnlySpan<byte> source, bool waits, out int count)
    {
        count = 0;
        lock (_writing)
        {
            if (Ends.Readers == 0)
            {
                return Errno.Pipe;
            }

            int free = _capacity - Count;

            // A long write that may wait does so for room that is worth while; one that may not takes what there is.
            int least = source.Length <= AtomicBytes || waits ? Math.Min(source.Length, AtomicBytes) : 1;
            if (free < least)
            {
                return Errno.Again;
            }

            do
            {
                int piece = Math.Min(Math.Min(free, PieceBytes), source.Length - count);
                PutLocked(source.Slice(count, piece));
                count += piece;
                if (count < source.Length)
                {
                    Ends.WakeReaders();
                }

                free = _capacity - Count;
            }
            while (count < source.Length && free >= Math.Min(AtomicBytes, source.Length - count));
        }

        Ends.WakeReaders();
        if (HasRoom)
        {
            Ends.WakeWriters();
        }

        return Errno.Success;
    }

    /// <summary>Reads what there is.</summary>
    internal Errno Read(Span<byte> target, out int count)
    {
        count = 0;
        lock (_reading)
        {
            // Asked before looking: what the last writer wrote before it went is there then.
            bool over = Ends.Writers == 0;
            int available = Count;
            if (available == 0)
            {
                GiveBackLocked();
                return over ? Errno.Success : Errno.Again;
            }

            do
            {
                int piece = Math.Min(Math.Min(available, PieceBytes), target.Length - count);
                CopyLocked(target.Slice(count, piece));
                count += piece;
                Volatile.Write(ref _head, _head + piece);
                available = Count;
                if (available > 0 && count < target.Length)
                {
                    OfferRoom();
                }
            }
            while (available > 0 && count < target.Length);
        }

        OfferRoom();
        if (Count > 0)
        {
            Ends.WakeReaders();
        }

        return Errno.Success;
    }

    /// <summary>Hands what there is to somebody, and takes away what of it was taken.</summary>
    internal Errno ReadInto(PipeTaker taker, long length, out long count)
    {
        count = 0;
        Errno outcome = Errno.Success;
        lock (_reading)
        {
            bool over = Ends.Writers == 0;
            int available = (int)Math.Min(Count, length);
            if (available == 0)
            {
                return over ? Errno.Success : Errno.Again;
            }

            while (count < available)
            {
                int at = (int)(_head & (_length - 1));
                int piece = (int)Math.Min(available - count, _length - at);
                Errno errno = taker(_buffer.AsSpan(at, piece), count, out int taken);
                Volatile.Write(ref _head, _head + taken);
                count += taken;
                if (errno != Errno.Success || taken < piece)
                {
                    outcome = count > 0 ? Errno.Success : errno;
                    break;
                }
            }
        }

        OfferRoom();
        if (Count > 0)
        {
            Ends.WakeReaders();
        }

        return outcome;
    }

    /// <summary>Changes how much it holds (F_SETPIPE_SZ).</summary>
    internal Errno Resize(int bytes)
    {
        lock (_writing)
        {
            lock (_reading)
            {
                if (Count > bytes)
                {
                    return Errno.Busy;
                }

                if (_length > bytes)
                {
                    ReplaceLocked(bytes);
                }

                _capacity = bytes;
            }
        }

        Ends.WakeWriters();
        return Errno.Success;
    }

    /// <summary>Throws all away that it holds: nobody has it open.</summary>
    internal void Clear()
    {
        lock (_writing)
        {
            lock (_reading)
            {
                Volatile.Write(ref _head, _tail);
                ReplaceLocked(0);
            }
        }
    }

    private void PutLocked(ReadOnlySpan<byte> piece)
    {
        int needed = Count + piece.Length;
        if (needed > _length)
        {
            lock (_reading)
            {
                ReplaceLocked(needed <= SmallBytes ? SmallBytes : needed <= AtomicBytes ? AtomicBytes : _capacity);
            }
        }

        int at = (int)(_tail & (_length - 1));
        int first = Math.Min(piece.Length, _length - at);
        piece[..first].CopyTo(_buffer.AsSpan(at));
        piece[first..].CopyTo(_buffer);
        Volatile.Write(ref _tail, _tail + piece.Length);
    }

    private void CopyLocked(Span<byte> target)
    {
        int at = (int)(_head & (_length - 1));
        int first = Math.Min(target.Length, _length - at);
        _buffer.AsSpan(at, first).CopyTo(target);
        _buffer.AsSpan(0, target.Length - first).CopyTo(target[first..]);
    }

    private void OfferRoom()
    {
        // Whoever waits for room registered before it saw the old head, or sees the new one.
        Interlocked.MemoryBarrier();
        if (HasRoom)
        {
            Ends.WakeWriters();
        }
    }

    /// <summary>It is empty. A writer that is at work keeps the buffer.</summary>
    private void GiveBackLocked()
    {
        if (_length > SmallBytes && _writing.TryEnter())
        {
            try
            {
                if (Count == 0)
                {
                    ReplaceLocked(0);
                }
            }
            finally
            {
                _writing.Exit();
            }
        }
    }

    private void ReplaceLocked(int length)
    {
        byte[] old = _buffer;
        byte[] next = length == 0 ? [] : ArrayPool<byte>.Shared.Rent(length);
        for (long position = _head; position < _tail;)
        {
            int from = (int)(position & (_length - 1));
            int to = (int)(position & (length - 1));
            int piece = (int)Math.Min(_tail - position, Math.Min(_length - from, length - to));
            old.AsSpan(from, piece).CopyTo(next.AsSpan(to));
            position += piece;
        }

        _buffer = next;
        Volatile.Write(ref _length, length);
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}

/// <summary>Takes bytes out of a pipe.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="position">How many were taken before by the same call.</param>
/// <param name="taken">How many were taken.</param>
/// <returns>The outcome.</returns>
internal delegate Errno PipeTaker(ReadOnlySpan<byte> bytes, long position, out int taken);
