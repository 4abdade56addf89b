using System.Globalization;

namespace Marcotte.Cli;

/// <summary>A count of bytes as people write it: <c>65536</c>, <c>64k</c>, <c>64m</c>, <c>1g</c>, with or without <c>b</c> or <c>iB</c>.</summary>
internal static class ByteSize
{
    private const string Remedy = "give bytes above zero, such as 1048576, 512k, 64m or 1g";

    internal static long Parse(string option, string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimEnd("iIbB");
        int shift = digits.Length == 0 ? 0 : char.ToLowerInvariant(digits[^1]) switch
        {
            'k' => 10,
            'm' => 20,
            'g' => 30,
            't' => 40,
            _ => 0,
        };
        digits = shift == 0 ? digits : digits[..^1];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count == 0 || count > long.MaxValue >> shift)
        {
            throw new HostMistakeException($"{option} '{text}' is no size; {Remedy}");
        }

        return count << shift;
    }

    internal static string Format(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.#} GiB"),
    };
}
