using System.Reflection;

namespace Marcotte.Benchmarks.Rows;

/// <summary>Puts guests together from the parts in <c>Guests/</c>.</summary>
internal static class GuestSource
{
    /// <summary>A row's guest.</summary>
    /// <param name="row">The row.</param>
    /// <returns>A module in the text format.</returns>
    public static string Of(Row row) => Module(row.StartsBoxes ? row.Guest : ["imports", .. row.Guest]);

    /// <summary>A module of some parts.</summary>
    /// <param name="parts">Their names; imports first, as the text format demands.</param>
    /// <returns>A module in the text format.</returns>
    public static string Module(params IEnumerable<string> parts) => $"(module\n{string.Concat(parts.Select(Read))})";

    private static string Read(string part)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{part}.wat")
            ?? throw new ArgumentException($"There is no guest part '{part}'; add Guests/{part}.wat.", nameof(part));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
