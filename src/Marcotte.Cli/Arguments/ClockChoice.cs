using System.Globalization;

namespace Marcotte.Cli;

/// <summary>Which clock the box gets: the host's, or a time that stands still.</summary>
/// <param name="Now">The time; null for the host's.</param>
internal readonly record struct ClockChoice(DateTimeOffset? Now)
{
    private const string Fixed = "fixed:";

    internal static ClockChoice Parse(string text)
    {
        if (text == "system")
        {
            return default;
        }

        if (text.StartsWith(Fixed, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text.AsSpan(Fixed.Length), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset now))
        {
            return new ClockChoice(now);
        }

        throw new HostMistakeException($"--clock '{text}' is no clock; give system, or fixed: and a time such as fixed:2024-02-29T12:00:00Z");
    }
}
