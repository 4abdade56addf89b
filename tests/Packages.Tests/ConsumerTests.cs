using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>A fresh project that has the packages from the feed and nothing else.</summary>
internal sealed partial class ConsumerTests
{
    private const string Greeting = "Hello from a file of the box, world!\nIt ended with code 0.\n";

    /// <summary>The quick start and the code of every package's README are one program, so that each is compiled.</summary>
    [Test]
    public void The_quick_start_runs_and_the_code_of_each_README_compiles()
    {
        Consumer consumer = new Consumer("Consumer", ("Marcotte", Workspace.Version())).WithQuickStart();
        int snippets = 0;
        foreach (string package in ContentTests.Libraries())
        {
            string readme = File.ReadAllText(Path.Combine(Workspace.Repository, "src", package, "README.md"));
            foreach (Match match in Code().Matches(readme))
            {
                consumer.Write($"Snippet{snippets}.cs", AsFile(match.Groups[1].Value, $"Readme_{package.Replace('.', '_')}_{snippets}"));
                snippets++;
            }
        }

        Assert.That(snippets, Is.GreaterThanOrEqualTo(ContentTests.Libraries().Count()), "Each README shows code.");
        consumer.Build();
        CommandResult run = consumer.Run();
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, Greeting)));
    }

    [Test]
    public void The_tool_installs_and_runs_a_module()
    {
        string directory = Workspace.NewDirectory("tool");
        Dotnet.Run(directory, "tool", "install", "Marcotte.Cli", "--tool-path", "bin", "--version", Workspace.Version());
        Directory.CreateDirectory(Path.Combine(directory, "data"));
        File.WriteAllText(Path.Combine(directory, "data", "greeting.txt"), "Hello from the host's file, ");
        string module = Path.Combine(Workspace.Repository, "samples", "QuickStart", "greet.wasm");

        string output = Dotnet.Execute(directory, Path.Combine(directory, "bin", "marcotte"), "run", "--mount", "./data:/data:ro", module, "world");
        Assert.That(output, Is.EqualTo("Hello from the host's file, world!"));
    }

    /// <summary>Statements become a method; a snippet that declares types is a file as it is.</summary>
    private static string AsFile(string code, string name)
    {
        if (Declaration().IsMatch(code))
        {
            return code;
        }

        string[] lines = code.Split('\n');
        IEnumerable<string> usings = lines.Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('='));
        return $$"""
            {{string.Join('\n', usings)}}
            internal static class {{name}}
            {
                internal static void Snippet()
                {
                    {{string.Join('\n', lines.Except(usings))}}
                }
            }
            """;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\bclass \w+")]
    private static partial Regex Declaration();
}
