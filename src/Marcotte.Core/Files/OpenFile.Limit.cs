namespace Marcotte.Core;

/// <content>How long a process may make files (RLIMIT_FSIZE, setrlimit(2)): regular ones, and only by what it writes.</content>
public sealed partial class OpenFile
{
    /// <summary>Cuts a write at the offset, or at the end when appending. What others append meanwhile is not seen.</summary>
    private Errno CutAtLatched(long limit, ref ReadOnlySpan<byte> buffer)
    {
        long position = _offset;
        if ((_status & StatusFlags.Append) != 0)
        {
            Errno errno = Operations.Stat(this, out FileStat stat);
            if (errno != Errno.Success)
            {
                return errno;
            }

            position = stat.Size;
        }

        return CutAt(limit, position, ref buffer);
    }

    private Errno CutAt(long limit, long position, ref ReadOnlySpan<byte> buffer)
    {
        if (Operations.Type != FileType.Regular)
        {
            return Errno.Success;
        }

        if (position >= limit)
        {
            return Errno.FBig;
        }

        buffer = buffer[..(int)Math.Min(buffer.Length, limit - position)];
        return Errno.Success;
    }

    private bool Grows(long size) =>
        Operations.Type == FileType.Regular && Operations.Stat(this, out FileStat stat) == Errno.Success && stat.Size < size;
}
