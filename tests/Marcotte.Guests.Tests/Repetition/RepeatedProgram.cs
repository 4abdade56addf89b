using System.Globalization;
using System.Security.Cryptography;
using Marcotte.Clock;
using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>A program that is run again and again, from the same beginning: time, random bytes, tree, input.</summary>
/// <param name="name">The program.</param>
/// <param name="files">What its tree has, beside files of this class's own.</param>
/// <param name="arguments">Its arguments; the tree is at <c>/data</c>.</param>
/// <param name="input">Its standard input.</param>
internal sealed class RepeatedProgram(string name, IReadOnlyDictionary<string, byte[]> files, string[] arguments, byte[] input)
{
    internal const ulong Seed = 7;

    internal static readonly DateTimeOffset Start = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

    internal static string Folder { get; } = Path.Combine(Repository.Sources, "repeat");

    internal static RepeatedProgram Python { get; } = new(
        "python",
        new Dictionary<string, byte[]> { ["repeat.py"] = File.ReadAllBytes(Path.Combine(Folder, "repeat.py")) },
        ["/data/repeat.py", "/data"],
        "some input"u8.ToArray());

    internal static RepeatedProgram Sqlite { get; } = new(
        "sqlite3", new Dictionary<string, byte[]>(), ["/data/test.db"], File.ReadAllBytes(Path.Combine(Folder, "repeat.sql")));

    internal string Module => Repository.Built(ScenarioRunner.ProgramPath(name));

    internal IReadOnlyList<string> Arguments => arguments;

    internal byte[] Input => input;

    /// <summary>The tree that it finds, made anew.</summary>
    internal TreeSnapshot Prepare()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: new SteppedTimeProvider(Start.AddDays(-1)));
        TreeFileSystem view = TreeFileSystem.Over(tree);
        foreach ((string file, byte[] content) in files)
        {
            view.File.WriteAllBytes("/" + file, content);
        }

        for (int seed = 0; seed < 100; seed++)
        {
            view.File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"/seed-{seed}"), new string('x', seed));
        }

        return tree.Snapshot();
    }

    /// <summary>Runs it, on a template of its own.</summary>
    /// <param name="configure">The clock; a virtual one when null.</param>
    /// <param name="seed">Where random bytes come from.</param>
    internal async Task<RunRecord> RunAsync(Action<ClockOptions>? configure = null, ulong seed = Seed)
    {
        using StringWriter trace = new(CultureInfo.InvariantCulture);
        MemoryTrail memory = new();
        OutputLog output = new(1 << 24);
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithInput(StandardInput.From(input))
            .WithOutput(StandardOutput.To(output.Add))
            .WithObserver(SyscallObserver.Combine(new TextTrace(trace) { Durations = false }, memory)!)
            .UseClock(configure ?? (clock => clock.Virtual(Start)))
            .UseEnv(environment => environment.ProgramName(name).Arguments(arguments).Variable("SQLITE_TMPDIR", "/data").SeededEntropy(seed))
            .UseWasi(wasi => wasi.Preopen("/data").Preopen("/dev"))
            .UseVfs(vfs => vfs.MountDevices().MountSnapshot("/data", Prepare()))
            .Build(GuestModule.FromFile(Module));
        Box box = template.Create();
        await using (box.ConfigureAwait(false))
        {
            Outcome outcome = await box.RunAsync().WaitAsync(TimeSpan.FromMinutes(4)).ConfigureAwait(false);
            return new RunRecord(
                outcome is Exited exited ? $"exited {exited.Code}" : outcome.GetType().Name,
                System.Text.Encoding.UTF8.GetString(output.ToArray()),
                box.Error!.ToString(),
                await HashAsync(box).ConfigureAwait(false),
                trace.ToString(),
                memory.Hashes);
        }
    }

    private static async Task<string> HashAsync(Box box)
    {
        using MemoryStream tar = new();
        await TreeArchive.ExportDirectoryAsync(box.Files, "/data", tar).ConfigureAwait(false);
        return Convert.ToHexString(SHA256.HashData(tar.ToArray()));
    }
}
