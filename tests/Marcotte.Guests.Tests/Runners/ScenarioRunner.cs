namespace Marcotte.Guests.Tests;

/// <summary>Runs the steps of a scenario, each in a box of its own, in one tree that goes from step to step.</summary>
internal static class ScenarioRunner
{
    /// <summary>CPython and esbuild are compiled in the first run, which takes most of this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    internal static string ProgramPath(string name) => Path.Combine(Repository.Artifacts, "programs", name + ".wasm");

    internal static async Task RunFolderAsync(string folder)
    {
        SortedDictionary<string, TreeEntry> tree = new(StringComparer.Ordinal);
        GuestRoot.Add(tree, "data", TreeEntry.Directory);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            GuestRoot.Add(tree, "scenario/" + path, TreeEntry.File(() => File.ReadAllBytes(file)));
        }

        await RunAsync(HeaderParser.Scenario(folder, ProgramPath), tree).ConfigureAwait(false);
    }

    internal static async Task RunAsync(IReadOnlyList<GuestCase> steps, SortedDictionary<string, TreeEntry> tree)
    {
        foreach ((int index, GuestCase step) in steps.Index())
        {
            using MemoryRoot root = new(step, tree);
            GuestEnding ending = await BoxRunner.RunAsync(step, root, Patience).ConfigureAwait(false);
            Verdict.Check(step, ending, root, $"Step {index + 1} ({step.Name} {string.Join(' ', step.Arguments)})");
            tree = root.Left();
        }
    }
}
