namespace Marcotte.Core;

/// <summary>What becomes of a range of a file (fallocate(2)).</summary>
public enum Allocation : byte
{
    /// <summary>There is room for all of it, and the file ends no earlier than it does.</summary>
    Extend,

    /// <summary>There is room for all of it; the file's length stays (FALLOC_FL_KEEP_SIZE).</summary>
    KeepSize,

    /// <summary>It reads as zero and takes up no room; the file's length stays (FALLOC_FL_PUNCH_HOLE).</summary>
    PunchHole,

    /// <summary>It reads as zero and has room, and the file ends no earlier than it does (FALLOC_FL_ZERO_RANGE).</summary>
    ZeroRange,
}
