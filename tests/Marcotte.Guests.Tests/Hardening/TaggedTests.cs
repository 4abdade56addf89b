using System.Text.RegularExpressions;

namespace Marcotte.Guests.Tests;

/// <summary>Finds tests by their categories, in the sources of all test projects.</summary>
internal static partial class TaggedTests
{
    private static readonly Lazy<ILookup<string, string>> Tests = new(() => Read().ToLookup(static tag => tag.Category, static tag => tag.File));

    /// <summary>All categories that begin so, without that beginning.</summary>
    internal static IEnumerable<string> Named(string prefix) =>
        Tests.Value.Select(static tag => tag.Key).Where(tag => tag.StartsWith(prefix, StringComparison.Ordinal)).Select(tag => tag[prefix.Length..]);

    /// <summary>The files that have a test or a fixture of this category.</summary>
    internal static IEnumerable<string> Of(string category) => Tests.Value[category];

    private static IEnumerable<(string Category, string File)> Read() =>
        from file in Directory.EnumerateFiles(Path.GetDirectoryName(Repository.Sources)!, "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from match in Category().Matches(File.ReadAllText(file))
        select (match.Groups["name"].Value, Path.GetFileName(file));

    [GeneratedRegex("""^ *\[Category\("(?<name>[^"]+)"\)\]\r?$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Category();
}
