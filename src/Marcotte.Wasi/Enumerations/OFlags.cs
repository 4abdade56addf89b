namespace Marcotte.Wasi;

/// <summary>How a file is opened (witx <c>oflags</c>, u16 passed as i32).</summary>
[Flags]
internal enum OFlags : uint
{
    None = 0,
    Creat = 1,
    Directory = 2,
    Excl = 4,
    Trunc = 8,
}
