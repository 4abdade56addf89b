namespace Marcotte.Core;

/// <summary>What an open file may be used for; fixed when it is opened.</summary>
[Flags]
public enum AccessModes : byte
{
    /// <summary>Neither: the file is only named (O_PATH).</summary>
    None = 0,

    /// <summary>Reading.</summary>
    Read = 1,

    /// <summary>Writing.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}

/// <summary>Status flags of an open file, shared by all descriptors of it (F_SETFL).</summary>
[Flags]
public enum StatusFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Every write goes to the end.</summary>
    Append = 1,

    /// <summary>What cannot complete answers <see cref="Errno.Again"/> instead of waiting.</summary>
    NonBlocking = 2,

    /// <summary>Writes complete when the data is on the medium.</summary>
    DataSync = 4,

    /// <summary>Writes complete when data and metadata are on the medium.</summary>
    Sync = 8,
}

/// <summary>How a path is opened or created (O_CREAT and its like).</summary>
[Flags]
public enum OpenFlags : byte
{
    /// <summary>An existing file, as it is.</summary>
    None = 0,

    /// <summary>Make the file when there is none.</summary>
    Create = 1,

    /// <summary>With <see cref="Create"/>: there must be none.</summary>
    Exclusive = 2,

    /// <summary>Cut to no length.</summary>
    Truncate = 4,

    /// <summary>It must be a directory.</summary>
    Directory = 8,

    /// <summary>It is to be run: a regular file that the process may execute, on a mount that lets it.</summary>
    Execute = 16,
}

/// <summary>Where an offset counts from.</summary>
public enum Whence : byte
{
    /// <summary>The start.</summary>
    Start,

    /// <summary>The present offset.</summary>
    Current,

    /// <summary>The end.</summary>
    End,

    /// <summary>The next byte that is data, at or after the offset.</summary>
    Data,

    /// <summary>The next hole, at or after the offset; the end counts as one.</summary>
    Hole,
}

/// <summary>What an open file is ready for (POSIX poll).</summary>
[Flags]
public enum Readiness : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A read would not wait.</summary>
    In = 1,

    /// <summary>A write would not wait.</summary>
    Out = 2,

    /// <summary>An error is pending.</summary>
    Error = 4,

    /// <summary>The other end is gone.</summary>
    HangUp = 8,
}
