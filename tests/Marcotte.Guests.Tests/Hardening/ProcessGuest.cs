using System.Diagnostics;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>Guests of the SDK that make processes, with a shell and its tools beside them; each run in a box of its own.</summary>
internal sealed class ProcessGuest : IDisposable
{
    private const UnixFileMode Executable = (UnixFileMode)0x1ED;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Tools = ["cat", "sort", "seq", "head", "wc", "grep", "sleep", "true", "tr"];
    private static readonly Lazy<TreeSnapshot> Tree = new(Prepare);

    private readonly BoxTemplate _template;

    internal ProcessGuest(BoxEngine engine, string name, Func<Limits, Limits>? limits = null) => _template = new BoxBuilder()
        .WithEngine(engine)
        .WithLimits(before => (limits ?? (static same => same))(before with { WallClock = Patience }))
        .UseVfs(static files => files.MountSnapshot("/", Tree.Value).MountDevices())
        .UseClock()
        .UseEnv(environment => environment.ProgramName(name))
        .UseProcesses()
        .UseWasi()
        .UseWasix()
        .Build(GuestModule.FromFile(Path(name)));

    /// <summary>An engine with room for many processes, whose boxes no other test counts.</summary>
    internal static BoxEngine NewEngine(int most = 700) => new(new BoxEngineOptions
    {
        MaxBoxes = most,
        CacheDirectory = System.IO.Path.Combine(Repository.Artifacts, "compiled"),
    });

    internal Box Create(params string[] arguments) => Create(StandardInput.Empty, arguments);

    internal Box Create(StandardInput input, params string[] arguments) => _template.Create(new BoxStart
    {
        Arguments = arguments,
        Variables = new Dictionary<string, string> { ["PATH"] = "/bin" },
        Input = input,
    });

    /// <summary>Runs it to its end, which must be a good one.</summary>
    /// <returns>What it wrote.</returns>
    internal string Output(params string[] arguments)
    {
        using Box box = Create(arguments);
        Outcome outcome = box.Run();
        Assert.That(outcome, Is.TypeOf<Exited>().With.Property(nameof(Exited.Code)).Zero, $"{box.Output}{box.Error}");
        return box.Output!.ToString();
    }

    /// <summary>Waits until a box's guests have written this, and no longer than it runs.</summary>
    internal static void Await(Box box, string text, Task run)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        long began = Stopwatch.GetTimestamp();
        while (box.Output!.ToArray().AsSpan().IndexOf(wanted) < 0)
        {
            Assert.That(!run.IsCompleted && Stopwatch.GetElapsedTime(began) < Patience, $"it never said {text}: {box.Output}{box.Error}");
            Thread.Yield();
        }
    }

    public void Dispose() => _template.Dispose();

    private static string Path(string name) => Repository.Built(name switch
    {
        "dash" or "busybox" => ScenarioRunner.ProgramPath(name),
        "jump" => System.IO.Path.Combine(Repository.Artifacts, "wasix", name + ".wasm"),
        _ => System.IO.Path.Combine(Repository.Artifacts, "sdk", name + ".wasm"),
    });

    private static TreeSnapshot Prepare()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: TimeProvider.System);
        TreeFileSystem files = TreeFileSystem.Over(tree);
        files.Directory.CreateDirectory("/bin");
        files.Directory.CreateDirectory("/tmp");
        foreach (string program in new[] { "dash", "busybox", "reach", "unruly", "exec_again" })
        {
            files.File.WriteAllBytes($"/bin/{program}", File.ReadAllBytes(Path(program)));
#pragma warning disable CA1416 // The tree is the box's, wherever the host runs
            files.File.SetUnixFileMode($"/bin/{program}", Executable);
#pragma warning restore CA1416
        }

        files.File.CreateSymbolicLink("/bin/sh", "dash");
        foreach (string tool in Tools)
        {
            files.File.CreateSymbolicLink($"/bin/{tool}", "busybox");
        }

        return tree.Snapshot();
    }
}
