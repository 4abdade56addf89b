using System.Buffers;

namespace Marcotte.Core;

/// <content>Copying between files.</content>
public sealed partial class OpenFile
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Copied by one call at most when the bytes have to pass through the host, so that a kill is soon noticed.</summary>
    private const int MostCopiedBytes = 4 * 1024 * 1024;

    /// <summary>Copies a range to another file (copy_file_range), by sharing where the file system can.</summary>
    /// <param name="target">Where it goes: a regular file open for writing, not for appending.</param>
    /// <param name="offset">Where the range begins; null for the file's own offset, which moves on.</param>
    /// <param name="targetOffset">Where it goes there; null for the target's own offset, which moves on.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="count">Bytes copied: fewer than asked for at the end of the file, or because there were many.</param>
    /// <param name="limit">How long the target may become (<see cref="Process.FileSizeLimit"/>).</param>
    /// <returns>
    /// The outcome; <see cref="Errno.BadF"/> for the wrong access modes, <see cref="Errno.IsDir"/>, <see cref="Errno.Inval"/> for
    /// what is no regular file and for ranges of one file that overlap, <see cref="Errno.FBig"/> when it would begin at the limit or beyond.
    /// </returns>
    public Errno CopyTo(OpenFile target, long? offset, long? targetOffset, long length, out long count, long limit = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(target);
        count = 0;
        Errno errno = CheckCopy(target);
        if (errno != Errno.Success)
        {
            return errno;
        }

        long from = offset ?? Offset;
        long to = targetOffset ?? target.Offset;
        errno = CheckRanges(target, from, to, ref length);
        if (errno != Errno.Success || length == 0)
        {
            return errno;
        }

        if (to >= limit)
        {
            return Errno.FBig;
        }

        length = Math.Min(length, limit - to);

        errno = Operations.CopyRange(this, from, target, to, length, out count);
        if (errno == Errno.NotSup)
        {
            errno = CopyThrough(target, from, to, Math.Min(length, MostCopiedBytes), out count);
        }

        if (offset is null && count > 0)
        {
            Offset = from + count;
        }

        if (targetOffset is null && count > 0)
        {
            target.Offset = to + count;
        }

        if (count == 0)
        {
            return errno;
        }

        Accessed(Errno.Success, read: true);
        return target.Wrote(Errno.Success);
    }

    private long Offset
    {
        get
        {
            _offsetLatch.Enter(this);
            long offset = _offset;
            _offsetLatch.Exit(this);
            return offset;
        }

        set
        {
            _offsetLatch.Enter(this);
            _offset = value;
            _offsetLatch.Exit(this);
        }
    }

    private Errno CheckCopy(OpenFile target)
    {
        if (Operations.Type == FileType.Directory || target.Operations.Type == FileType.Directory)
        {
            return Errno.IsDir;
        }

        if (Operations.Type != FileType.Regular || target.Operations.Type != FileType.Regular)
        {
            return Errno.Inval;
        }

        bool opened = (Access & AccessModes.Read) != 0 && (target.Access & AccessModes.Write) != 0;
        return opened && (target._status & StatusFlags.Append) == 0 ? Errno.Success : Errno.BadF;
    }

    /// <summary>Cuts the length to what there is, so that a copy within one file knows whether it would meet itself.</summary>
    private Errno CheckRanges(OpenFile target, long from, long to, ref long length)
    {
        if (from < 0 || to < 0 || length < 0)
        {
            return Errno.Inval;
        }

        if (length > long.MaxValue - from || length > long.MaxValue - to)
        {
            return Errno.Overflow;
        }

        Errno errno = Operations.Stat(this, out FileStat source);
        FileStat other = default;
        errno = errno == Errno.Success ? target.Operations.Stat(target, out other) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        length = Math.Clamp(source.Size - from, 0, length);
        bool same = source.Device == other.Device && source.Inode == other.Inode;
        return same && from < to + length && to < from + length ? Errno.Inval : Errno.Success;
    }

    private Errno CopyThrough(OpenFile target, long from, long to, long length, out long count)
    {
        count = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(PieceBytes, length));
        try
        {
            while (count < length)
            {
                Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - count));
                Errno errno = Operations.ReadAt(this, piece, from + count, out int read);
                int written = 0;
                if (errno == Errno.Success && read > 0)
                {
                    errno = target.Operations.WriteAt(target, piece[..read], to + count, out written);
                }

                count += written;
                if (errno != Errno.Success || read == 0 || written < read)
                {
                    return errno;
                }
            }

            return Errno.Success;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
