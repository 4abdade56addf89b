using System.Text.Json;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Docs.Tests;

/// <summary>The site holds together: every page is in a table of contents, and every link leads somewhere.</summary>
internal sealed class SiteTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    private static IEnumerable<string> PageNames => Pages.All.Select(Pages.Relative);

    [Test]
    public void Every_page_is_in_a_table_of_contents_and_nothing_else_is()
    {
        string[] listed = [.. Contents("toc.yml").Concat(Contents("guides/toc.yml")).Where(path => path.EndsWith(".md", StringComparison.Ordinal)).Order()];
        string[] there = [.. Pages.All.Where(page => page.StartsWith(Pages.Docs, StringComparison.Ordinal)).Select(page => Path.GetRelativePath(Pages.Docs, page)).Order()];
        Assert.That(listed, Is.EqualTo(there));
    }

    [TestCaseSource(nameof(PageNames))]
    public void Links_of_a_page_lead_somewhere(string name)
    {
        string page = Path.Combine(Pages.Root, name);
        MarkdownDocument document = Markdown.Parse(File.ReadAllText(page), Pipeline);
        Assert.Multiple(() =>
        {
            foreach (LinkInline link in document.Descendants<LinkInline>().Where(link => link.Url is not null && !link.Url.Contains("://", StringComparison.Ordinal)))
            {
                string[] parts = link.Url!.Split('#');
                string target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
                Assert.That(Path.Exists(target), Is.True, $"{name}: {link.Url} leads nowhere");
                if (parts.Length > 1 && File.Exists(target))
                {
                    Assert.That(Headings(target), Does.Contain(parts[1]), $"{name}: {link.Url} leads to no heading");
                }
            }
        });
    }

    [Test]
    public void The_site_documents_every_library()
    {
        using JsonDocument site = JsonDocument.Parse(File.ReadAllText(Path.Combine(Pages.Docs, "docfx.json")));
        string[] documented = [.. site.RootElement.GetProperty("metadata")[0].GetProperty("src")[0].GetProperty("files").EnumerateArray().Select(file => file.GetString()!.Split('/')[0]).Order(StringComparer.Ordinal)];
        string[] libraries =
        [
            .. Directory.EnumerateFiles(Path.Combine(Pages.Root, "src"), "*.csproj", SearchOption.AllDirectories)
                .Select(project => Path.GetFileNameWithoutExtension(project))
                .Where(project => File.Exists(Path.Combine(Pages.Root, "src", project, "PublicAPI.Shipped.txt")))
                .Order(StringComparer.Ordinal),
        ];
        Assert.That(documented, Is.EqualTo(libraries));
    }

    private static IEnumerable<string> Contents(string toc)
    {
        string path = Path.Combine(Pages.Docs, toc);
        return File.ReadLines(path)
            .Where(line => line.TrimStart().StartsWith("href: ", StringComparison.Ordinal))
            .Select(line => Path.GetRelativePath(Pages.Docs, Path.Combine(Path.GetDirectoryName(path)!, line.Trim()["href: ".Length..])));
    }

    private static string[] Headings(string page) =>
        [.. Markdown.Parse(File.ReadAllText(page), Pipeline).Descendants<HeadingBlock>().Select(heading => Markdig.Renderers.Html.HtmlAttributesExtensions.TryGetAttributes(heading)?.Id ?? string.Empty)];
}
