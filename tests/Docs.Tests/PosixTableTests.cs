using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Docs.Tests;

/// <summary>The tables of POSIX functions are what the guest SDK's sources define and what its README says differs.</summary>
internal sealed partial class PosixTableTests
{
    private static readonly string Sdk = Path.Combine(Pages.Root, "src", "guest-sdk");
    private static readonly string[] Lines = [.. File.ReadAllLines(Path.Combine(Pages.Root, "tests", "Docs.Tests", "posix.txt")).Where(static line => !line.StartsWith('#'))];

    [Test]
    public void The_table_beside_upstream_s_is_the_library()
    {
        Dictionary<string, string> differences = Differences();
        HashSet<string> defined = [.. Library().SelectMany(static file => file.Functions), .. Listed("libc")];
        HashSet<string> network = Listed("network");
        StringBuilder table = new("| function | of | upstream | guest SDK | note |\n|---|---|---|---|---|\n");
        foreach (Match line in Lines.Select(static line => Upstream().Match(line)).Where(static line => line.Success))
        {
            foreach (string function in line.Groups["functions"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))
            {
                (string level, string note) = !defined.Contains(function) ? ("refused", network.Contains(function) ? "Comes with the network." : "Does not link.")
                    : differences.TryGetValue(function, out string? differs) ? ("differs", differs)
                    : ("full", string.Empty);
                table.Append(CultureInfo.InvariantCulture, $"| `{function}` | {line.Groups["area"].Value} | {line.Groups["level"].Value} | {level} | {note} |\n");
            }
        }

        Check("upstream", table.ToString());
    }

    [Test]
    public void The_table_of_the_sdk_is_the_library()
    {
        Dictionary<string, string> differences = Differences();
        StringBuilder table = new("| source | functions |\n|---|---|\n");
        foreach ((string name, IReadOnlyList<string> functions) in Library())
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {string.Join(", ", functions.Order(StringComparer.Ordinal).Select(function => differences.ContainsKey(function) ? $"*`{function}`*" : $"`{function}`"))} |\n");
        }

        Check("posix", table.ToString());
    }

    [Test]
    public void A_function_that_the_headers_declare_is_the_library_s_or_wasi_libc_s()
    {
        // What the network brings is declared so that programs compile.
        HashSet<string> network = Listed("network");
        Assert.That(network.Intersect(Library().SelectMany(static file => file.Functions)), Is.Empty, "posix.txt says that these come with the network, and the library has them.");
        Assert.That(Listed("libc").Intersect(Library().SelectMany(static file => file.Functions)), Is.Empty, "posix.txt says that these are wasi-libc's, and the library has them.");
    }

    private static HashSet<string> Listed(string kind) => [.. Lines.Single(line => line.StartsWith(kind + ": ", StringComparison.Ordinal))[(kind.Length + 2)..].Split(' ')];

    /// <summary>What each source defines for others, by the definitions at the start of its lines.</summary>
    private static IEnumerable<(string Name, IReadOnlyList<string> Functions)> Library()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Sdk, "lib"), "*.c").Order(StringComparer.Ordinal))
        {
            string source = Directive().Replace(Comment().Replace(File.ReadAllText(file), string.Empty), string.Empty);
            string[] functions = [.. Definition().Matches(source)
                .Where(static match => !match.Groups["type"].Value.Split(' ').Contains("static"))
                .Select(static match => match.Groups["name"].Value)
                .Where(static name => !name.StartsWith("marcotte", StringComparison.Ordinal) && name[0] != '_')
                .Distinct()];
            if (functions.Length > 0)
            {
                yield return (Path.GetFileName(file), functions);
            }
        }
    }

    /// <summary>The README's table of what differs, by each function that its first column names.</summary>
    private static Dictionary<string, string> Differences()
    {
        Dictionary<string, string> differences = [];
        string readme = File.ReadAllText(Path.Combine(Sdk, "README.md"));
        string table = readme[readme.IndexOf("| function | how it differs |", StringComparison.Ordinal)..];
        foreach (string line in table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Skip(2))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            foreach (Match name in Quoted().Matches(cells[1]))
            {
                string rest = Quoted().Replace(cells[1], string.Empty).Trim(' ', ',');
                differences[name.Groups["name"].Value] = rest.Length > 0 ? $"{rest}: {cells[2]}" : cells[2];
            }
        }

        return differences;
    }

    private static void Check(string name, string table)
    {
        string page = Path.Combine(Pages.Docs, "syscalls.md");
        Pages.AssertBetween(page, File.ReadAllText(page).IndexOf($"<!-- begin {name} ", StringComparison.Ordinal), $"<!-- end {name} ", table);
    }

    [GeneratedRegex(@"^upstream (?<area>\w+) (?<level>\w+): (?<functions>.*)$")]
    private static partial Regex Upstream();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*#.*(?:\\\n.*)*", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^(?<type>[A-Za-z_][\w\s\*]*?[\s\*])(?<name>\w+)\([^;{}]*?\)\s*\{", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"`(?<name>\w+)`")]
    private static partial Regex Quoted();
}
