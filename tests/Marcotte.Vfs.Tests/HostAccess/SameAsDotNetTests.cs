using System.IO.Abstractions;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>
/// Each operation on each kind of path does on a box's tree what it does on .NET's own: result, exception, message, number,
/// and what is left of the tree.
/// </summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.All)]
internal sealed class SameAsDotNetTests
{
    [OneTimeTearDown]
    public void TearDown() => ScenarioTree.Clear();

    [TestCaseSource(nameof(Cases))]
    public void OnEveryKindOfPath(string operation, Target target)
    {
        Func<IFileSystem, string?, object?> run = Operations.OnePath[operation];
        Comparison comparison = new(target, operation);
        foreach (string path in ScenarioTree.Paths)
        {
            comparison.Add(path, tree => tree.Outcome(files => run(files, tree.At(path))));
        }

        comparison.AssertSame();
    }

    [TestCaseSource(nameof(PairCases))]
    public void OnEveryPairOfPaths(string operation, string source, Target target)
    {
        Func<IFileSystem, string?, string?, object?> run = Operations.TwoPaths[operation];
        Comparison comparison = new(target, operation);
        foreach (string path in ScenarioTree.Paths)
        {
            comparison.Add($"{source} to {path}", tree => tree.Outcome(files => run(files, tree.At(source), tree.At(path))));
        }

        comparison.AssertSame();
    }

    private static IEnumerable<TestCaseData> Cases() =>
        from operation in Operations.OnePath.Keys
        from target in new[] { Target.Memory, Target.HostDirectory }
        select new TestCaseData(operation, target).SetArgDisplayNames(operation, target.ToString());

    private static IEnumerable<TestCaseData> PairCases() =>
        from operation in Operations.TwoPaths.Keys
        from target in new[] { Target.Memory, Target.HostDirectory }
        from source in target == Target.Memory ? ScenarioTree.Paths : ["f", "d", "lf", "ld/", "missing"]
        select new TestCaseData(operation, source, target).SetArgDisplayNames(operation, source.Replace("\0", "NUL", StringComparison.Ordinal), target.ToString());
}
