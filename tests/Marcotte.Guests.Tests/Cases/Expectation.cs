using System.Globalization;

namespace Marcotte.Guests.Tests;

/// <summary>How a run ended.</summary>
internal enum EndingKind
{
    Exited,
    Trapped,

    /// <summary>The host ended it.</summary>
    Killed,

    /// <summary>It was refused before any of it ran.</summary>
    Rejected,
}

/// <summary>How a run ended, and what it wrote.</summary>
/// <param name="Kind">How.</param>
/// <param name="Detail">The exit status; the kind of trap, if that is known.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Words">What a person wants to read when it was not what was expected: standard error, the trap.</param>
internal sealed record GuestEnding(EndingKind Kind, string? Detail, byte[] Output, string Words)
{
    internal static string StatusOf(int code) => code.ToString(CultureInfo.InvariantCulture);

    public override string ToString() => $"{Kind} {Detail}\n{Words}";
}

/// <summary>One of the endings that a guest may have.</summary>
/// <param name="Kind">How.</param>
/// <param name="Detail">The exit status; the kind of trap, or null for any.</param>
internal sealed record Expectation(EndingKind Kind, string? Detail)
{
    internal static Expectation Parse(string word) => word.Split('=', 2) switch
    {
        ["exit", string status] => new Expectation(EndingKind.Exited, GuestEnding.StatusOf(int.Parse(status, CultureInfo.InvariantCulture))),
        ["trap"] => new Expectation(EndingKind.Trapped, null),
        ["trap", string kind] => new Expectation(EndingKind.Trapped, kind),
        ["endless"] => new Expectation(EndingKind.Killed, null),
        ["rejected"] => new Expectation(EndingKind.Rejected, null),
        _ => throw new FormatException($"No ending is called '{word}'."),
    };

    internal bool IsMetBy(GuestEnding ending) => ending.Kind == Kind && (Detail is null || ending.Detail == Detail);
}
