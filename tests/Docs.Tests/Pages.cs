using System.Reflection;

namespace Docs.Tests;

/// <summary>The README and the pages of docs/.</summary>
internal static class Pages
{
    public static string Root { get; } = typeof(Pages).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!;

    public static string Docs { get; } = Path.Combine(Root, "docs");

    /// <summary>Whether what the tests expect is written rather than compared.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("MARCOTTE_UPDATE_DOCS") == "1";

    public static IEnumerable<string> All =>
        [Path.Combine(Root, "README.md"), .. Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories).Where(page => !page.Contains("/api/", StringComparison.Ordinal)).Order()];

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    /// <summary>Holds what lies between two marks against what should, or puts it there.</summary>
    public static void AssertBetween(string page, int from, string end, string expected)
    {
        string text = File.ReadAllText(page);
        int start = text.IndexOf('\n', from) + 1;
        int stop = text.IndexOf(end, start, StringComparison.Ordinal);
        Assert.That(stop, Is.GreaterThanOrEqualTo(start), $"{Relative(page)}: a section has no end.");
        if (Updates)
        {
            File.WriteAllText(page, text[..start] + expected + text[stop..]);
            return;
        }

        Assert.That(text[start..stop], Is.EqualTo(expected), $"{Relative(page)}: run these tests with MARCOTTE_UPDATE_DOCS=1 to bring it up to date.");
    }
}
