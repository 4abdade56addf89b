using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>What path_open is asked for, and what WASIX's form of it is asked for beyond that.</summary>
/// <param name="Lookup">Whether a link at the end is followed.</param>
/// <param name="Path">Where the path lies.</param>
/// <param name="Flags">Whether the file is made, cut, or must be a directory.</param>
/// <param name="Base">What the new descriptor shall be able to do.</param>
/// <param name="Inheriting">What descriptors opened through it shall be able to do at most.</param>
/// <param name="Status">Status flags.</param>
/// <param name="CloseOnExec">Whether exec closes the new descriptor.</param>
/// <param name="Lowest">The lowest number that it may get.</param>
public readonly record struct PathOpenRequest(
    LookupFlags Lookup,
    GuestText Path,
    OFlags Flags,
    Rights Base,
    Rights Inheriting,
    FdFlags Status,
    bool CloseOnExec,
    int Lowest);
