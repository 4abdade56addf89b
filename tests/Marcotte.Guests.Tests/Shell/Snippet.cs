using System.Text.RegularExpressions;

namespace Marcotte.Guests.Tests.Shell;

/// <summary>A script of a few lines for a shell.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Script">The script.</param>
internal sealed partial record Snippet(string Name, string Script)
{
    internal static IReadOnlyDictionary<string, Snippet> All { get; } =
        Read(File.ReadAllText(Path.Combine(Repository.Sources, "shell", "snippets.sh"))).ToDictionary(snippet => snippet.Name);

    private static IEnumerable<Snippet> Read(string text)
    {
        string[] parts = Heading().Split(text);
        for (int i = 1; i < parts.Length; i += 2)
        {
            yield return new Snippet(parts[i], parts[i + 1]);
        }
    }

    [GeneratedRegex(@"^### (\w+)\n", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
