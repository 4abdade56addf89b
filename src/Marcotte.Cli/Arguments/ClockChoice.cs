using System.Globalization;

namespace Marcotte.Cli;

/// <summary>Which clock the box gets: the host's, a time that stands still, or one that passes by what the program does.</summary>
/// <param name="Start">The time; null for the host's.</param>
/// <param name="IsVirtual">Whether it passes.</param>
internal readonly record struct ClockChoice(DateTimeOffset? Start, bool IsVirtual)
{
    private const string Fixed = "fixed:";
    private const string Virtual = "virtual:";

    internal static ClockChoice Parse(string text)
    {
        if (text == "system")
        {
            return default;
        }

        string kind = text.StartsWith(Virtual, StringComparison.Ordinal) ? Virtual : Fixed;
        if (text.StartsWith(kind, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text.AsSpan(kind.Length), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start))
        {
            return new ClockChoice(start, kind == Virtual);
        }

        throw new HostMistakeException($"--clock '{text}' is no clock; give system, or fixed: or virtual: and a time such as fixed:2024-02-29T12:00:00Z");
    }
}
