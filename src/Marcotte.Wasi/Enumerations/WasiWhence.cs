namespace Marcotte.Wasi;

/// <summary>Where an offset counts from (witx <c>whence</c>, u8 passed as i32).</summary>
internal enum WasiWhence : uint
{
    Set = 0,
    Cur = 1,
    End = 2,
}

/// <summary>Where an offset counts from in snapshot 0, which has another order.</summary>
internal enum UnstableWhence : uint
{
    Cur = 0,
    End = 1,
    Set = 2,
}
