using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>The numbers that preview 1 gives to errors (witx <c>errno</c>): 77, in alphabetical order but for the last.</summary>
public static class WasiErrno
{
    /// <summary>EIO, for what has no number: no <see cref="Errno"/> of Core is without one.</summary>
    private const int Io = 29;

    /// <summary>Indexed by Core's number, ten a row; 29 fills the numbers that Linux or Core leaves out.</summary>
    private static ReadOnlySpan<byte> Numbers =>
    [
        0, 63, 44, 71, 27, 29, 60, 1, 45, 8,
        12, 6, 48, 2, 21, 29, 10, 20, 75, 43,
        54, 31, 28, 41, 33, 59, 74, 22, 51, 70,
        69, 34, 64, 18, 68, 16, 37, 46, 52, 55,
        32, 29, 49, 24, 29, 29, 29, 29, 29, 29,
        29, 29, 29, 29, 29, 29, 29, 29, 29, 29,
        29, 29, 29, 29, 29, 29, 29, 47, 29, 29,
        29, 65, 36, 29, 9, 61, 29, 29, 29, 29,
        29, 29, 29, 29, 25, 29, 29, 29, 57, 17,
        35, 67, 50, 66, 29, 58, 29, 5, 3, 4,
        38, 40, 39, 13, 15, 42, 30, 53, 29, 29,
        73, 14, 29, 23, 7, 26, 72, 29, 29, 29,
        29, 29, 19, 29, 29, 11, 29, 29, 29, 29,
        62, 56, 29, 29, 76,
    ];

    /// <summary>An error's number.</summary>
    /// <param name="errno">The error.</param>
    /// <returns>0 to 76.</returns>
    public static int Encode(Errno errno)
    {
        ReadOnlySpan<byte> numbers = Numbers;
        return (uint)errno < (uint)numbers.Length ? numbers[(int)errno] : Io;
    }
}
