namespace Marcotte.Wasi;

/// <summary>How a path is looked up (witx <c>lookupflags</c>). All 32 bits are taken, so that stray ones are seen.</summary>
[Flags]
public enum LookupFlags : uint
{
    /// <summary>A link at the end is meant itself.</summary>
    None = 0,

    /// <summary>A link at the end is followed.</summary>
    SymlinkFollow = 1,
}
