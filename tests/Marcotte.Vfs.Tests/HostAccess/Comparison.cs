using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Compares what a tree does with what .NET does.</summary>
internal sealed class Comparison(Target target, string operation)
{
    /// <summary>What .NET does, found out once for all targets.</summary>
    private static readonly ConcurrentDictionary<(string Operation, string What), string> Expected = new();

    private readonly StringBuilder _differences = new();

    internal void Add(string what, Func<ScenarioTree, string> run)
    {
        string found;
        using (ScenarioTree tree = ScenarioTree.Take(target))
        {
            found = run(tree);
        }

        string expected = Expected.GetOrAdd((operation, what), static (_, run) => RunOnDotNet(run), run);
        if (expected != found)
        {
            _differences.Append(CultureInfo.InvariantCulture, $"\n--- {what}\n.NET: {FirstDifference(expected, found)}\nbox:  {FirstDifference(found, expected)}\n");
        }
    }

    internal void AssertSame() => Assert.That(_differences.ToString(), Is.Empty);

    private static string RunOnDotNet(Func<ScenarioTree, string> run)
    {
        using ScenarioTree tree = ScenarioTree.Take(Target.DotNet);
        return run(tree);
    }

    private static string FirstDifference(string text, string other)
    {
        string[] others = other.Split('\n');
        return text.Split('\n').Where((line, index) => index >= others.Length || others[index] != line).FirstOrDefault("(no more)");
    }
}
