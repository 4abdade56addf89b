namespace Marcotte.Guests.Tests;

/// <summary>Real programs, unmodified, doing what people use them for.</summary>
internal sealed class ScenarioTests
{
    private const int RoundTripBytes = 64 * 1024 * 1024;

    public static IEnumerable<string> Folders() =>
        Directory.GetDirectories(Path.Combine(Repository.Sources, "scenarios")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Folders))]
    public Task Scenario(string name) => ScenarioRunner.RunFolderAsync(Path.Combine(Repository.Sources, "scenarios", name));

    [TestCase("bzip2", ".bz2", "-1")]
    [TestCase("minigzip", ".gz", "-6")]
    public Task Round_trip_of_64_MiB(string program, string suffix, string level)
    {
        byte[] content = Content();
        SortedDictionary<string, TreeEntry> tree = new(StringComparer.Ordinal);
        GuestRoot.Add(tree, "data/big", TreeEntry.File(content));
        GuestCase step = new(program, ScenarioRunner.ProgramPath(program))
        {
            TellsPreopens = false,
            Preopens = [new PreopenedDirectory("/data", false)],
            Expectations = [Expectation.Parse("exit=0")],
        };

        return ScenarioRunner.RunAsync(
            [
                step with { Arguments = [level, "/data/big"], After = [new AfterCheck.IsAbsent("data/big")] },
                step with { Arguments = ["-d", "/data/big" + suffix], After = [new AfterCheck.IsFile("data/big", content), new AfterCheck.IsAbsent("data/big" + suffix)] },
            ],
            tree);
    }

    /// <summary>Bytes that can be packed, but not to nothing: half of each line is random.</summary>
    private static byte[] Content()
    {
        byte[] content = new byte[RoundTripBytes];
        new Random(64).NextBytes(content);
        for (int line = 0; line < content.Length; line += 64)
        {
            "The other half of this line is: "u8.CopyTo(content.AsSpan(line));
        }

        return content;
    }
}
