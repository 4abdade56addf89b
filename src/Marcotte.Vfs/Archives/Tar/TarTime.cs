namespace Marcotte.Vfs.Archives;

/// <summary>Times in tar archives, as nanoseconds since 1970; those beyond the years 1677 to 2262 become the ends of that range.</summary>
internal static class TarTime
{
    public const long Second = 1_000_000_000;

    public static long FromSeconds(long seconds) =>
        seconds > long.MaxValue / Second ? long.MaxValue : seconds < long.MinValue / Second ? long.MinValue + 2 : seconds * Second;

    /// <summary>Reads a decimal number of seconds, also negative, with any number of digits after the point.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        bool isNegative = text.StartsWith("-"u8);
        text = isNegative ? text[1..] : text;
        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> part = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || !AreDigits(whole) || !AreDigits(part))
        {
            return false;
        }

        Int128 value = 0;
        foreach (byte digit in whole)
        {
            value = Int128.Min((value * 10) + (digit - '0'), long.MaxValue);
        }

        long scale = Second / 10;
        value *= Second;
        foreach (byte digit in part)
        {
            value += (digit - '0') * scale;
            scale /= 10;
        }

        // The two lowest numbers mean other things where times are set.
        value = isNegative ? -value : value;
        nanoseconds = (long)Int128.Clamp(value, long.MinValue + 2, long.MaxValue);
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
