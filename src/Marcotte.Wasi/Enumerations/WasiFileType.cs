using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>What kind of thing a file is (witx <c>filetype</c>).</summary>
internal enum WasiFileType : byte
{
    Unknown = 0,
    BlockDevice = 1,
    CharacterDevice = 2,
    Directory = 3,
    RegularFile = 4,
    SocketDgram = 5,
    SocketStream = 6,
    SymbolicLink = 7,
}

/// <summary>Between Core's file types and preview 1's.</summary>
internal static class WasiFileTypeMapping
{
    private static ReadOnlySpan<byte> Numbers => [0, 0, 2, 3, 1, 4, 7, 6, 5];

    /// <summary>Preview 1's type; it has none for a FIFO, which is UNKNOWN.</summary>
    /// <param name="type">Core's type.</param>
    /// <returns>The same to a guest.</returns>
    internal static WasiFileType ToWasi(this FileType type)
    {
        ReadOnlySpan<byte> numbers = Numbers;
        return (uint)type < (uint)numbers.Length ? (WasiFileType)numbers[(int)type] : WasiFileType.Unknown;
    }
}
