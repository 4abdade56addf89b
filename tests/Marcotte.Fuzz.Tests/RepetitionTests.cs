using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Marcotte.Clock;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Fuzz.Tests;

/// <summary>Random calls give the same in every run that begins alike: output and with it the guest's memory, calls, tree.</summary>
internal sealed class RepetitionTests
{
    private const int Calls = 3000;

    private static readonly DateTimeOffset Start = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly record struct RunRecord(string Ending, int Written, string Output, string Trace, string Tree);

    [Test]
    public async Task Runs_are_equal([Values(1, 2, 3, 4)] int seed)
    {
        using BoxTemplate template = Build(GuestModule.FromText("fuzzed", Program(seed)));
        RunRecord first = await RunAsync(template);
        Assert.That(first.Ending, Is.EqualTo("Exited 0"));
        Assert.That(first.Written, Is.GreaterThanOrEqualTo(FuzzedGuest.MemoryBytes), "its memory is not seen");
        Assert.That(first.Trace.Split('\n'), Has.Length.EqualTo(Calls + 2));
        Assert.That(first.Trace, Does.Contain("poll_oneoff").And.Contain("fd_readdir").And.Contain("path_filestat_get"));

        List<byte[]> junk = [.. Enumerable.Range(0, 2000).Select(size => new byte[size * 16])];
        GC.Collect();
        foreach (RunRecord again in await Task.WhenAll(Task.Run(() => RunAsync(template)), Task.Run(() => RunAsync(template))))
        {
            Assert.That(again.Trace.Split('\n'), Is.EqualTo(first.Trace.Split('\n')));
            Assert.That(again, Is.EqualTo(first));
        }

        GC.KeepAlive(junk);
    }

    [Test]
    public void Runs_in_processes_of_their_own_are_equal()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("marcotte-fuzz-repeat-");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "program.wat"), Program(seed: 1));
            RunRecord first = RunTool(directory.FullName);
            Assert.That(first.Trace.Split('\n'), Has.Length.GreaterThan(Calls));
            Assert.That(RunTool(directory.FullName), Is.EqualTo(first));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string Program(int seed)
    {
        using HostSurface surface = new BoxBuilder().UseWasi().UseClock().UseEnv().UseVfs().BuildSurface();
        return FuzzedProgram.Write(surface.Imports, seed, Calls);
    }

    private static TreeSnapshot Prepare()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: new SteppedTimeProvider(Start));
        TreeFileSystem files = TreeFileSystem.Over(tree);
        files.Directory.CreateDirectory("/a");
        files.Directory.CreateDirectory("/d/e");
        files.File.WriteAllText("/a/b", "content");
        files.File.CreateSymbolicLink("/link", "a/b");
        files.File.CreateSymbolicLink("/loop", "loop");
        return tree.Snapshot();
    }

    private static BoxTemplate Build(GuestModule module) => new BoxBuilder()
        .WithLimits(limits => limits with { FileBytes = 16 << 20, Inodes = 2000, Descriptors = 64 })
        .WithInput(StandardInput.From(new byte[10_000]))
        .WithOutput(StandardOutput.Capture(64 << 20))
        .UseWasi()
        .UseClock(clock => clock.Virtual(Start))
        .UseEnv(environment => environment.Arguments("one", "two").Variable("A", "B").SeededEntropy(1))
        .UseVfs(files => files.MountSnapshot("/", Prepare()).MountDevices())
        .Build(module);

    private static async Task<RunRecord> RunAsync(BoxTemplate template)
    {
        using StringWriter trace = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        await using Box box = template.Create(new BoxStart { Observer = new TextTrace(trace) { Durations = false } });
        Outcome outcome = await box.RunAsync().WaitAsync(TimeSpan.FromMinutes(1));
        using MemoryStream tar = new();
        await TreeArchive.ExportDirectoryAsync(box.Files, "/", tar);
        byte[] output = box.Output!.ToArray();
        return new RunRecord($"{outcome.GetType().Name} {outcome.ExitCode}", output.Length, Hash(output), trace.ToString(), Hash(tar.ToArray()));
    }

    private static RunRecord RunTool(string directory)
    {
        string[] words =
        [
            Path.Combine(TestContext.CurrentContext.TestDirectory, "Marcotte.Cli.dll"), "run", "--tmpfs", "/", "--seed", "1", "--clock", "virtual:2024-02-29T12:00:00Z",
            "--trace", "--no-durations", "--no-cache", "--memory", "64m", "--export", $"/={Path.Combine(directory, "after.tar")}", Path.Combine(directory, "program.wat"),
        ];
        ProcessStartInfo start = new("dotnet", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using MemoryStream output = new();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(new byte[10_000]);
        process.StandardInput.Close();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return new RunRecord($"exit {process.ExitCode}", (int)output.Length, Hash(output.ToArray()), error.Result, Hash(File.ReadAllBytes(Path.Combine(directory, "after.tar"))));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
