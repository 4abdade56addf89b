using System.Globalization;

namespace Marcotte.Cli;

/// <summary>A span of time as timeout(1) takes it: <c>10</c> or <c>10s</c>, <c>500ms</c>, <c>1.5m</c>, <c>2h</c>.</summary>
internal static class Duration
{
    private const string Remedy = "give a time above zero and below 49 days, such as 500ms, 10s, 2m or 1h";

    /// <summary>The longest that a timer takes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    private static readonly (string Suffix, double Seconds)[] Units =
    [
        ("ms", 0.001),
        ("s", 1),
        ("m", 60),
        ("h", 3600),
    ];

    internal static TimeSpan Parse(string option, string text)
    {
        (string suffix, double unit) = Units.FirstOrDefault(known => text.EndsWith(known.Suffix, StringComparison.Ordinal), (string.Empty, 1));
        bool isNumber = double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
        double seconds = count * unit;
        if (!isNumber || !(seconds >= 0.001 && seconds <= Longest.TotalSeconds))
        {
            throw new HostMistakeException($"{option} '{text}' is no time; {Remedy}");
        }

        return TimeSpan.FromSeconds(seconds);
    }

    internal static string Format(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMicroseconds:0} µs"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.#} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s"),
    };
}
