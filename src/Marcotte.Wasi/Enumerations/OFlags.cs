namespace Marcotte.Wasi;

/// <summary>How a file is opened (witx <c>oflags</c>, u16 passed as i32).</summary>
[Flags]
public enum OFlags : uint
{
    /// <summary>An existing file, as it is.</summary>
    None = 0,

    /// <summary>Make the file when there is none.</summary>
    Creat = 1,

    /// <summary>It must be a directory.</summary>
    Directory = 2,

    /// <summary>There must be none.</summary>
    Excl = 4,

    /// <summary>Cut to no length.</summary>
    Trunc = 8,
}
