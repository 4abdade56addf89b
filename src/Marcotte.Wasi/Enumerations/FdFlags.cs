using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Status flags of an open file (witx <c>fdflags</c>, u16 passed as i32).</summary>
[Flags]
public enum FdFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Every write goes to the end.</summary>
    Append = 1,

    /// <summary>Writes complete when the data is on the medium.</summary>
    DSync = 2,

    /// <summary>What cannot complete answers EAGAIN.</summary>
    NonBlock = 4,

    /// <summary>Reads wait for what is written; as SYNC.</summary>
    RSync = 8,

    /// <summary>Writes complete when data and metadata are on the medium.</summary>
    Sync = 16,
}

/// <summary>Between preview 1's status flags and Core's.</summary>
internal static class FdFlagsMapping
{
    /// <summary>All flags that there are.</summary>
    internal const FdFlags All = FdFlags.Append | FdFlags.DSync | FdFlags.NonBlock | FdFlags.RSync | FdFlags.Sync;

    /// <summary>Core's flags. As on Linux, RSYNC is SYNC.</summary>
    /// <param name="flags">Checked flags.</param>
    /// <returns>The same to Core.</returns>
    internal static StatusFlags ToStatus(this FdFlags flags) =>
        ((flags & FdFlags.Append) != 0 ? StatusFlags.Append : StatusFlags.None)
        | ((flags & FdFlags.NonBlock) != 0 ? StatusFlags.NonBlocking : StatusFlags.None)
        | ((flags & FdFlags.DSync) != 0 ? StatusFlags.DataSync : StatusFlags.None)
        | ((flags & (FdFlags.Sync | FdFlags.RSync)) != 0 ? StatusFlags.Sync : StatusFlags.None);

    /// <summary>Preview 1's flags.</summary>
    /// <param name="status">Core's flags.</param>
    /// <returns>The same to a guest; SYNC brings RSYNC with it.</returns>
    internal static FdFlags ToFdFlags(this StatusFlags status) =>
        ((status & StatusFlags.Append) != 0 ? FdFlags.Append : FdFlags.None)
        | ((status & StatusFlags.NonBlocking) != 0 ? FdFlags.NonBlock : FdFlags.None)
        | ((status & StatusFlags.DataSync) != 0 ? FdFlags.DSync : FdFlags.None)
        | ((status & StatusFlags.Sync) != 0 ? FdFlags.Sync | FdFlags.RSync : FdFlags.None);
}
