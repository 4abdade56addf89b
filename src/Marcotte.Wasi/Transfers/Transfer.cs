using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasi;

/// <summary>
/// Moves bytes between a file and the buffers that a guest names. One buffer goes straight through; several go one after
/// the other, or by way of a bounded buffer where they must go as one.
/// </summary>
/// <typeparam name="T">Which way.</typeparam>
internal static class Transfer<T>
    where T : struct, IDirection
{
    /// <summary>The most that is gathered into one step. Sixteen times what a pipe must take as one (PIPE_BUF).</summary>
    internal const int GatherLimit = 64 * 1024;

    /// <summary>After so many bytes it is looked whether the guest was killed: a few milliseconds.</summary>
    internal const int PieceLimit = 16 * 1024 * 1024;

    private const int StackLimit = 1024;

    /// <summary>Moves bytes, and waits for the file where it must.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="file">The open file.</param>
    /// <param name="vectors">The buffers.</param>
    /// <param name="offset">The position, for those that name one.</param>
    /// <param name="moved">Takes the number of bytes moved.</param>
    /// <returns>The outcome.</returns>
    internal static Errno Run(GuestThread thread, GuestMemory memory, OpenFile file, GuestSpan<Iovec> vectors, long offset, GuestOut<uint> moved)
    {
        if (!memory.CanWrite(moved))
        {
            return Errno.Fault;
        }

        uint done = 0;
        if (vectors.Count == 1
            && !file.IsTerminal
            && memory.TryRead(new GuestPtr<Iovec>(vectors.Address), out Iovec vector)
            && memory.TrySlice(vector.Address, vector.Length, out Span<byte> buffer)
            && (uint)(buffer.Length - 1) < PieceLimit)
        {
            Errno errno = T.Move(thread, file, buffer, offset, out int count);
            if (errno == Errno.Success)
            {
                if (count == buffer.Length || !T.GoesOn(file, count))
                {
                    memory.TryWrite(moved, (uint)count);
                    return errno;
                }

                done = (uint)count;
            }
            else if (errno == Errno.Pipe)
            {
                return WasiFiles.BrokenPipe(thread);
            }
            else if (errno != Errno.Again || file.IsNonBlocking)
            {
                return errno == Errno.FBig && T.FromGuest ? WasiFiles.TooLarge(thread) : errno;
            }
        }

        return RunSlowly(thread, memory, file, vectors, offset, done, moved);
    }

    /// <summary>Whatever is not one buffer that can be moved at once. Spans are taken anew after every wait.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Errno RunSlowly(
        GuestThread thread, GuestMemory memory, OpenFile file, GuestSpan<Iovec> vectors, long offset, uint done, GuestOut<uint> moved)
    {
        for (;;)
        {
            int count = 0;
            ulong total = 0;

            // Who is in the background of a terminal is asked anew after every wait, as it may have come there meanwhile.
            Errno errno = file.IsTerminal ? file.Operations.Terminal!.Attend(thread, reads: !T.FromGuest) : Errno.Success;
            if (errno == Errno.Success)
            {
                errno = Attempt(thread, memory, file, vectors, offset, done, out count, out total);
            }

            if (errno == Errno.Success)
            {
                done += (uint)count;
                if (done < Math.Min(total, GuestMemoryExtensions.MaxTransfer) && T.GoesOn(file, count))
                {
                    continue;
                }

                break;
            }

            if (errno == Errno.Again && !file.IsNonBlocking)
            {
                errno = thread.Waiter.WaitFor(file, T.Awaited, Deadline.Never);
                if (errno == Errno.Success)
                {
                    continue;
                }
            }

            // The signal comes even when a part was moved, as on Linux.
            if (errno == Errno.Pipe)
            {
                WasiFiles.BrokenPipe(thread);
            }

            // What was moved before the failure counts; the next call will meet it.
            if (done == 0)
            {
                return errno == Errno.FBig && T.FromGuest ? WasiFiles.TooLarge(thread) : errno;
            }

            break;
        }

        memory.TryWrite(moved, done);
        return Errno.Success;
    }

    private static Errno Attempt(
        GuestThread thread, GuestMemory memory, OpenFile file, GuestSpan<Iovec> vectors, long offset, uint done, out int count, out ulong total)
    {
        count = 0;
        total = 0;
        if (vectors.Count > (uint)thread.Kernel.Limits.Vectors)
        {
            return Errno.Inval;
        }

        if (!memory.TrySliceBytes(vectors, out Span<byte> bytes))
        {
            return Errno.Fault;
        }

        for (Span<byte> rest = bytes; !rest.IsEmpty; rest = rest[Unsafe.SizeOf<Iovec>()..])
        {
            Iovec vector = MemoryMarshal.Read<Iovec>(rest);
            if (!memory.Contains(vector.Address, vector.Length))
            {
                return Errno.Fault;
            }

            total += vector.Length;
        }

        if (total > uint.MaxValue)
        {
            return Errno.Inval;
        }

        if (total == 0)
        {
            return T.Move(thread, file, [], offset, out count);
        }

        VectorReader reader = new(bytes, done);
        return T.IsOneStep(file)
            ? MoveOnce(thread, memory, file, reader, total - done, out count)
            : MoveEach(thread, memory, file, reader, offset, out count);
    }

    /// <summary>One buffer after the other; a short transfer is the last.</summary>
    private static Errno MoveEach(GuestThread thread, GuestMemory memory, OpenFile file, VectorReader reader, long offset, out int count)
    {
        count = 0;
        while (count < GuestMemoryExtensions.MaxTransfer
            && reader.TryNext(Math.Min(PieceLimit, GuestMemoryExtensions.MaxTransfer - count), out Iovec piece))
        {
            thread.ThrowIfKilled();
            Errno errno = Errno.Fault;
            int moved = 0;
            if (memory.TrySlice(piece.Address, piece.Length, out Span<byte> buffer))
            {
                errno = T.Move(thread, file, buffer, offset + count, out moved);
            }

            if (errno != Errno.Success)
            {
                return count > 0 ? Errno.Success : errno;
            }

            count += moved;
            if (moved < buffer.Length)
            {
                break;
            }
        }

        return Errno.Success;
    }

    /// <summary>All buffers as one, or the beginning of them: a first one that is large by itself goes straight through.</summary>
    private static Errno MoveOnce(GuestThread thread, GuestMemory memory, OpenFile file, VectorReader reader, ulong length, out int count)
    {
        thread.ThrowIfKilled();
        VectorReader peek = reader;
        if (peek.TryNext(PieceLimit, out Iovec first) && (first.Length >= GatherLimit || first.Length == length))
        {
            count = 0;
            return memory.TrySlice(first.Address, first.Length, out Span<byte> buffer) ? T.Move(thread, file, buffer, 0, out count) : Errno.Fault;
        }

        return MoveGathered(thread, memory, file, reader, (int)Math.Min(length, GatherLimit), out count);
    }

    [SkipLocalsInit]
    private static Errno MoveGathered(GuestThread thread, GuestMemory memory, OpenFile file, VectorReader reader, int length, out int count)
    {
        byte[]? rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> buffer = rented is null ? stackalloc byte[StackLimit] : rented;
        buffer = buffer[..length];
        try
        {
            if (T.FromGuest)
            {
                // In shared memory a buffer may have changed since the lengths were summed up: only what was copied goes.
                buffer = buffer[..Copy(memory, reader, buffer, fromGuest: true)];
            }

            count = 0;
            Errno errno = buffer.IsEmpty ? Errno.Fault : T.Move(thread, file, buffer, 0, out count);
            if (!T.FromGuest && errno == Errno.Success)
            {
                Copy(memory, reader, buffer[..count], fromGuest: false);
            }

            return errno;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Copies between the guest's buffers and one of ours, until either ends.</summary>
    private static int Copy(GuestMemory memory, VectorReader reader, Span<byte> buffer, bool fromGuest)
    {
        int copied = 0;
        while (copied < buffer.Length
            && reader.TryNext(buffer.Length - copied, out Iovec piece)
            && memory.TrySlice(piece.Address, piece.Length, out Span<byte> theirs))
        {
            Span<byte> ours = buffer.Slice(copied, theirs.Length);
            if (fromGuest)
            {
                theirs.CopyTo(ours);
            }
            else
            {
                ours.CopyTo(theirs);
            }

            copied += theirs.Length;
        }

        return copied;
    }
}
