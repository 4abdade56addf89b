namespace Marcotte.Wasi;

/// <summary>How a socket is received from (witx <c>riflags</c>, u16 passed as i32).</summary>
[Flags]
internal enum RiFlags : uint
{
    None = 0,
    RecvPeek = 1,
    RecvWaitAll = 2,
}

/// <summary>How a socket is sent to (witx <c>siflags</c>, u16 passed as i32): nothing is defined.</summary>
internal enum SiFlags : uint
{
    None = 0,
}

/// <summary>Which half of a socket ends (witx <c>sdflags</c>, u8 passed as i32).</summary>
[Flags]
internal enum SdFlags : uint
{
    None = 0,
    Rd = 1,
    Wr = 2,
}
