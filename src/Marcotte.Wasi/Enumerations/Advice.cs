namespace Marcotte.Wasi;

/// <summary>How a guest means to use a file (witx <c>advice</c>, u8 passed as i32).</summary>
internal enum Advice : uint
{
    Normal = 0,
    Sequential = 1,
    Random = 2,
    WillNeed = 3,
    DontNeed = 4,
    NoReuse = 5,
}
