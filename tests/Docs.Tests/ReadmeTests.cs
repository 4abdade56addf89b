using System.Globalization;
using System.Reflection;
using System.Text;
using Marcotte;
using Marcotte.Abi;
using Marcotte.Core;

namespace Docs.Tests;

/// <summary>
/// What the README says twice is true twice: its code is the sample's, its table of calls is the metadata's. With
/// <c>MARCOTTE_UPDATE_DOCS=1</c> the tests write it instead.
/// </summary>
internal sealed class ReadmeTests
{
    private static string Root => typeof(ReadmeTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!;

    private static string Readme => Path.Combine(Root, "README.md");

    [Test]
    public void The_quick_start_is_the_sample()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, "samples/QuickStart/Program.cs"));
        IEnumerable<string> region = lines
            .SkipWhile(line => !line.StartsWith("#region", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("#endregion", StringComparison.Ordinal));

        AssertSection("quick-start", $"```csharp\nusing Marcotte;\n\n{string.Join('\n', region)}\n```\n");
    }

    [Test]
    public void The_table_of_calls_is_the_metadata()
    {
        using HostSurface surface = new BoxBuilder().UseWasi().BuildSurface();
        StringBuilder table = new("| call | support | needs | note |\n|---|---|---|---|\n");
        foreach (IGrouping<string, HostImport> call in surface.Imports.GroupBy(import => import.Syscall.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Syscall syscall = call.First().Syscall;
            string needs = syscall.Needs?.GetCustomAttribute<LayerContractAttribute>()?.Noun ?? string.Empty;
            table.Append(CultureInfo.InvariantCulture, $"| `{call.Key}` | {syscall.Support.ToString().ToLowerInvariant()} | {needs} | {syscall.Note} |\n");
        }

        AssertSection("syscalls", table.ToString());
    }

    private static void AssertSection(string name, string expected)
    {
        string readme = File.ReadAllText(Readme);
        int begin = readme.IndexOf($"<!-- begin {name}", StringComparison.Ordinal);
        int start = readme.IndexOf('\n', begin) + 1;
        int end = readme.IndexOf($"<!-- end {name}", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("MARCOTTE_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Readme, readme[..start] + expected + readme[end..]);
            return;
        }

        Assert.That(readme[start..end], Is.EqualTo(expected), "Run these tests with MARCOTTE_UPDATE_DOCS=1 to bring the README up to date.");
    }
}
