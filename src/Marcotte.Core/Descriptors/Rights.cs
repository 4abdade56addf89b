namespace Marcotte.Core;

/// <summary>What a descriptor may be used for, as WASI preview 1 divides it; a right can be given up, never gained.</summary>
/// <remarks>The bits are those of the witx document, whose order every WASI ABI shares.</remarks>
[Flags]
public enum Rights : ulong
{
    /// <summary>None at all.</summary>
    None = 0,

    /// <summary>Allows fdatasync.</summary>
    FdDataSync = 1UL << 0,

    /// <summary>Allows reading.</summary>
    FdRead = 1UL << 1,

    /// <summary>Allows moving the offset.</summary>
    FdSeek = 1UL << 2,

    /// <summary>Allows changing status flags.</summary>
    FdFdStatSetFlags = 1UL << 3,

    /// <summary>Allows fsync.</summary>
    FdSync = 1UL << 4,

    /// <summary>Allows asking for the offset.</summary>
    FdTell = 1UL << 5,

    /// <summary>Allows writing.</summary>
    FdWrite = 1UL << 6,

    /// <summary>Allows giving advice.</summary>
    FdAdvise = 1UL << 7,

    /// <summary>Allows making room.</summary>
    FdAllocate = 1UL << 8,

    /// <summary>Allows making directories in it.</summary>
    PathCreateDirectory = 1UL << 9,

    /// <summary>Allows making files in it.</summary>
    PathCreateFile = 1UL << 10,

    /// <summary>Allows linking what is in it.</summary>
    PathLinkSource = 1UL << 11,

    /// <summary>Allows making links in it.</summary>
    PathLinkTarget = 1UL << 12,

    /// <summary>Allows opening what is in it.</summary>
    PathOpen = 1UL << 13,

    /// <summary>Allows listing it.</summary>
    FdReadDir = 1UL << 14,

    /// <summary>Allows reading links in it.</summary>
    PathReadLink = 1UL << 15,

    /// <summary>Allows renaming from it.</summary>
    PathRenameSource = 1UL << 16,

    /// <summary>Allows renaming into it.</summary>
    PathRenameTarget = 1UL << 17,

    /// <summary>Allows describing what is in it.</summary>
    PathFileStatGet = 1UL << 18,

    /// <summary>Allows truncating while opening in it.</summary>
    PathFileStatSetSize = 1UL << 19,

    /// <summary>Allows setting times of what is in it.</summary>
    PathFileStatSetTimes = 1UL << 20,

    /// <summary>Allows describing it.</summary>
    FdFileStatGet = 1UL << 21,

    /// <summary>Allows truncating it.</summary>
    FdFileStatSetSize = 1UL << 22,

    /// <summary>Allows setting its times.</summary>
    FdFileStatSetTimes = 1UL << 23,

    /// <summary>Allows making symbolic links in it.</summary>
    PathSymlink = 1UL << 24,

    /// <summary>Allows removing directories in it.</summary>
    PathRemoveDirectory = 1UL << 25,

    /// <summary>Allows removing files in it.</summary>
    PathUnlinkFile = 1UL << 26,

    /// <summary>Allows polling it.</summary>
    PollFdReadWrite = 1UL << 27,

    /// <summary>Allows shutting it down.</summary>
    SockShutdown = 1UL << 28,

    /// <summary>Allows accepting from it.</summary>
    SockAccept = 1UL << 29,

    /// <summary>Every right there is.</summary>
    All = (1UL << 30) - 1,
}
