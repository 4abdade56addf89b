using System.Globalization;

namespace Marcotte.Cli;

/// <summary>Whole numbers.</summary>
internal static class Numbers
{
    internal static ulong Parse(string option, string text, ulong minimum) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number >= minimum
            ? number
            : throw new HostMistakeException($"{option} '{text}' is no whole number; give one from {minimum} to {ulong.MaxValue}");
}
