namespace Marcotte.Wasi;

/// <summary>How a path is looked up (witx <c>lookupflags</c>). All 32 bits are taken, so that stray ones are seen.</summary>
[Flags]
internal enum LookupFlags : uint
{
    None = 0,
    SymlinkFollow = 1,
}
