using System.Buffers;
using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>Moves bytes between a pipe and another file (splice).</summary>
internal static class Splicing
{
    private const int MostBytes = 64 * 1024;

    /// <summary>A move between pipes holds a lock of each: two that go opposite ways would wait for each other.</summary>
    private static readonly Lock BetweenPipes = new();

    internal static Errno Move(OpenFile source, long? offset, OpenFile target, long? targetOffset, long length, out long count)
    {
        count = 0;
        PipeFile? from = source.Operations as PipeFile;
        PipeFile? to = target.Operations as PipeFile;
        if ((from is not null && offset is not null) || (to is not null && targetOffset is not null))
        {
            return Errno.SPipe;
        }

        if ((source.Access & AccessModes.Read) == 0 || (target.Access & AccessModes.Write) == 0)
        {
            return Errno.BadF;
        }

        if ((from is null && to is null) || ReferenceEquals(from?.Pipe, to?.Pipe) || length < 0 || (target.Status & StatusFlags.Append) != 0)
        {
            return Errno.Inval;
        }

        if (length == 0)
        {
            return Errno.Success;
        }

        return to is null ? FromPipe(from!.Pipe, target, targetOffset, length, out count) : IntoPipe(source, offset, to.Pipe, target, length, out count);
    }

    /// <summary>The file takes the bytes out of the ring: what it does not take stays there.</summary>
    private static Errno FromPipe(Pipe pipe, OpenFile target, long? offset, long length, out long count)
    {
        Errno Take(ReadOnlySpan<byte> bytes, long position, out int taken) =>
            offset is null ? target.Write(bytes, out taken) : target.WriteAt(bytes, offset.Value + position, out taken);

        return offset > long.MaxValue - length ? Fail(Errno.FBig, out count) : pipe.ReadInto(Take, length, out count);
    }

    /// <summary>No more is taken from the source than there was room for; what another writer then took is left for the next call.</summary>
    private static Errno IntoPipe(OpenFile source, long? offset, Pipe pipe, OpenFile target, long length, out long count)
    {
        if (source.Operations is PipeFile from)
        {
            Errno Take(ReadOnlySpan<byte> bytes, long position, out int taken) => pipe.Write(bytes, waits: false, out taken);
            lock (BetweenPipes)
            {
                return from.Pipe.ReadInto(Take, Math.Min(length, Math.Max(1, pipe.Capacity - pipe.Count)), out count);
            }
        }

        if (pipe.Ends.Readers == 0)
        {
            return Fail(Errno.Pipe, out count);
        }

        int room = (int)Math.Min(Math.Min(length, MostBytes), pipe.Capacity - pipe.Count);
        if (room == 0)
        {
            return Fail(Errno.Again, out count);
        }

        count = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            Span<byte> bytes = buffer.AsSpan(0, room);
            bool seeks = source.Operations.IsSeekable;
            long start = 0;
            Errno errno = offset is null && seeks ? source.Seek(0, Whence.Current, out start) : Errno.Success;
            int read = 0;
            errno = errno != Errno.Success ? errno
                : seeks ? source.ReadAt(bytes, offset ?? start, out read)
                : Errno.Inval;
            if (errno != Errno.Success || read == 0)
            {
                return errno;
            }

            errno = pipe.Write(bytes[..read], waits: false, out int written);
            count = written;
            if (offset is null && written > 0)
            {
                source.Seek(start + written, Whence.Start, out _);
            }

            return errno;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Errno Fail(Errno errno, out long count)
    {
        count = 0;
        return errno;
    }
}
