namespace Marcotte.Core;

/// <summary>The bytes that a record lock covers.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them; <see cref="long.MaxValue"/> for all that the file may ever have.</param>
public readonly record struct ByteRange(long First, long Last)
{
    /// <summary>Reads a range as POSIX's struct flock gives it.</summary>
    /// <param name="start">l_start, counted from the start of the file.</param>
    /// <param name="length">l_len: 0 reaches to the end however far that moves, a negative one lies before the start.</param>
    /// <param name="range">The range.</param>
    /// <returns><see cref="Errno.Inval"/> when it begins before the file, <see cref="Errno.Overflow"/> when it ends beyond all files.</returns>
    public static Errno Of(long start, long length, out ByteRange range)
    {
        range = default;
        if (start < 0 || (length < 0 && start + length < 0))
        {
            return Errno.Inval;
        }

        if (length > 0 && start > long.MaxValue - (length - 1))
        {
            return Errno.Overflow;
        }

        range = length switch
        {
            0 => new ByteRange(start, long.MaxValue),
            > 0 => new ByteRange(start, start + length - 1),
            _ => new ByteRange(start + length, start - 1),
        };
        return Errno.Success;
    }

    /// <summary>Whether two ranges have a byte in common.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True when they do.</returns>
    public bool Overlaps(ByteRange other) => First <= other.Last && other.First <= Last;

    /// <summary>Whether two ranges overlap or follow one another, so that together they are one.</summary>
    internal bool Touches(ByteRange other) =>
        Overlaps(other) || (Last != long.MaxValue && Last + 1 == other.First) || (other.Last != long.MaxValue && other.Last + 1 == First);

    internal ByteRange With(ByteRange other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last));
}

/// <summary>A record lock that is held, as F_GETLK tells of one that stands in the way.</summary>
/// <param name="Range">What it covers.</param>
/// <param name="Kind">What it keeps others from.</param>
/// <param name="Owner">The <see cref="Process"/> or the <see cref="OpenFile"/> that holds it.</param>
public sealed record RecordLock(ByteRange Range, LockKind Kind, object Owner)
{
    /// <summary>The process that holds it; -1 when an open file does (l_pid).</summary>
    public int ProcessId => (Owner as Process)?.Id ?? -1;

    internal bool Conflicts(ByteRange range, LockKind kind, object owner) =>
        !ReferenceEquals(owner, Owner) && (kind == LockKind.Exclusive || Kind == LockKind.Exclusive) && Range.Overlaps(range);
}
