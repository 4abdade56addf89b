namespace Docs.Tests;

/// <summary>
/// Every piece of C# on the pages is a region of a test or a sample: between <c>snippet: FILE#REGION</c> and <c>end snippet</c>. With
/// <c>MARCOTTE_UPDATE_DOCS=1</c> the tests write it instead.
/// </summary>
internal sealed class SnippetTests
{
    private const string Begin = "<!-- snippet: ";
    private const string End = "<!-- end snippet -->";

    private static IEnumerable<TestCaseData> Snippets() => Pages.All.SelectMany(page => File.ReadLines(page)
        .Where(line => line.StartsWith(Begin, StringComparison.Ordinal))
        .Select(line => new TestCaseData(page, line).SetArgDisplayNames(Pages.Relative(page), line[Begin.Length..^4])));

    [TestCaseSource(nameof(Snippets))]
    public void A_snippet_is_what_it_was_taken_from(string page, string mark)
    {
        string[] source = mark[Begin.Length..^" -->".Length].Split('#');
        string expected = $"```csharp\n{Region(Path.Combine(Pages.Root, source[0]), source[1])}\n```\n";
        Pages.AssertBetween(page, File.ReadAllText(page).IndexOf(mark, StringComparison.Ordinal), End, expected);
    }

    [Test]
    public void There_is_no_other_code()
    {
        Assert.Multiple(() =>
        {
            foreach (string page in Pages.All)
            {
                string[] lines = File.ReadAllLines(page);
                for (int i = 0; i < lines.Length; i++)
                {
                    bool isTaken = lines[i] != "```csharp" || (i > 0 && lines[i - 1].StartsWith(Begin, StringComparison.Ordinal));
                    Assert.That(isTaken, Is.True, $"{Pages.Relative(page)}, line {i + 1}: code that is not a region of a test or a sample");
                }
            }
        });
    }

    private static string Region(string path, string name)
    {
        string[] lines =
        [
            .. File.ReadLines(path)
                .SkipWhile(line => line.Trim() != $"#region {name}").Skip(1)
                .TakeWhile(line => !line.TrimStart().StartsWith("#endregion", StringComparison.Ordinal)),
        ];
        Assert.That(lines, Is.Not.Empty, $"{path} has no region {name}.");
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
    }
}
