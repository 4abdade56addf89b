using System.Diagnostics;
using Marcotte.Clock;

namespace Marcotte.Guests.Tests;

/// <summary>
/// With a clock of the box's own, seeded entropy and a prepared tree, two runs are equal to the byte: what they write, their trees, their
/// calls, their memory. Whatever the host does meanwhile.
/// </summary>
internal sealed class RepetitionTests
{
    private const string ToolTime = "virtual:2024-02-29T12:00:00Z";

    private static RepeatedProgram Program(string name) => name == "python" ? RepeatedProgram.Python : RepeatedProgram.Sqlite;

    [TestCase("python")]
    [TestCase("sqlite3")]
    public async Task Runs_are_equal(string name)
    {
        RunRecord first = await Program(name).RunAsync();
        Assert.That(first.Ending, Is.EqualTo("exited 0"), first.Error);
        Assert.That(first.Trace.Split('\n'), Has.Length.GreaterThan(400));

        // Other addresses, other threads, other boxes beside it.
        List<byte[]> junk = [.. Enumerable.Range(0, 2000).Select(size => new byte[size * 16])];
        GC.Collect();
        RunRecord[] more = await Task.WhenAll(Program(name).RunAsync(), Task.Run(() => Program(name).RunAsync()));
        GC.KeepAlive(junk);
        Assert.That(more, Has.Length.EqualTo(2));
        Array.ForEach(more, run => run.MustBe(first));
    }

    [TestCase("python")]
    [TestCase("sqlite3")]
    public async Task Another_seed_or_another_time_shows(string name)
    {
        RunRecord first = await Program(name).RunAsync();
        RunRecord seeded = await Program(name).RunAsync(seed: 8);
        RunRecord later = await Program(name).RunAsync(clock => clock.Virtual(RepeatedProgram.Start.AddDays(1)));
        Assert.That(new[] { first.Output, seeded.Output, later.Output }, Is.Unique);
        Assert.That(new[] { first.Tree, seeded.Tree, later.Tree }, Is.Unique);
    }

    [Test]
    public async Task A_clock_that_the_host_steps_repeats_too()
    {
        RunRecord first = await RepeatedProgram.Sqlite.RunAsync(clock => clock.Stepped(new SteppedTimeProvider(RepeatedProgram.Start)));
        RunRecord second = await RepeatedProgram.Sqlite.RunAsync(clock => clock.Stepped(new SteppedTimeProvider(RepeatedProgram.Start)));
        Assert.That(first.Ending, Is.EqualTo("exited 0"));
        second.MustBe(first);
    }

    [TestCase("python")]
    [TestCase("sqlite3")]
    public void Runs_in_processes_of_their_own_are_equal(string name)
    {
        string directory = Directory.CreateTempSubdirectory("marcotte-repeat-").FullName;
        try
        {
            foreach (int file in Enumerable.Range(0, 30))
            {
                File.WriteAllText(Path.Combine(directory, $"seed-{file}"), new string('x', file));
            }

            File.Copy(Path.Combine(RepeatedProgram.Folder, "repeat.py"), Path.Combine(directory, "repeat.py"));
            System.Formats.Tar.TarFile.CreateFromDirectory(directory, directory + ".tar", includeBaseDirectory: false);
            (string Output, string Trace, string Tree) first = RunTool(Program(name), directory);
            Assert.That(first.Output, Is.Not.Empty);
            Assert.That(first.Trace.Split('\n'), Has.Length.GreaterThan(400));
            Assert.That(RunTool(Program(name), directory), Is.EqualTo(first));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
            File.Delete(directory + ".tar");
        }
    }

    private static (string Output, string Trace, string Tree) RunTool(RepeatedProgram program, string directory)
    {
        string[] words =
        [
            Path.Combine(TestContext.CurrentContext.TestDirectory, "Marcotte.Cli.dll"), "run", "--mount", directory + ".tar:/data:overlay", "--env", "SQLITE_TMPDIR=/data",
            "--seed", "7", "--clock", ToolTime, "--trace", "--no-durations", "--export", $"/data={Path.Combine(directory, "after.tar")}", program.Module, .. program.Arguments,
        ];
        ProcessStartInfo start = new("dotnet", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Repository.Artifacts, "compiled");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(program.Input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        byte[] tree = File.ReadAllBytes(Path.Combine(directory, "after.tar"));
        return (output.Result, error.Result, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(tree)));
    }
}
