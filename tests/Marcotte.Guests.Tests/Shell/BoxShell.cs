using System.Text;
using Marcotte.Vfs.HostAccess;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests.Shell;

/// <summary>dash and busybox, compiled with the guest SDK, each script in a box of its own.</summary>
internal sealed class BoxShell : IDisposable
{
    private const UnixFileMode Executable = (UnixFileMode)0x1ED;
    private const string Tools = "/bin";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BoxTemplate _template;

    internal BoxShell(IEnumerable<string> tools) => _template = new BoxBuilder()
        .WithEngine(SharedEngine.Engine)
        .WithLimits(limits => limits with { WallClock = Patience })
        .UseVfs(files => files.MountSnapshot("/", Prepare(tools)).MountDevices())
        .UseClock()
        .UseEnv(environment => environment.ProgramName("dash"))
        .UseProcesses()
        .UseWasi()
        .UseWasix()
        .Build(GuestModule.FromFile(Repository.Built(ScenarioRunner.ProgramPath("dash"))));

    public void Dispose() => _template.Dispose();

    /// <summary>A dash that goes into a directory and becomes another dash, which runs the script.</summary>
    internal static string[] Arguments(string directory, string script) => ["-c", "cd \"$1\" && exec dash -c \"$2\"", "dash", directory, script];

    internal static Dictionary<string, string> Variables(string tools) => new()
    {
        ["PATH"] = tools,
        ["HOME"] = "/",
        ["LC_ALL"] = "C.UTF-8",
    };

    internal async Task<ShellResult> RunAsync(Snippet snippet)
    {
        BoxResult result = await _template.RunAsync(new BoxStart
        {
            Arguments = Arguments("/work", snippet.Script),
            Variables = Variables(Tools),
        });
        return new ShellResult(
            result.Outcome is Exited exited ? exited.Code & 0xFF : result.Outcome.ExitCode,
            Encoding.UTF8.GetString(result.Output!.ToArray()),
            Encoding.UTF8.GetString(result.Error!.ToArray()));
    }

    private static TreeSnapshot Prepare(IEnumerable<string> tools)
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: TimeProvider.System);
        TreeFileSystem files = TreeFileSystem.Over(tree);
        files.Directory.CreateDirectory(Tools);
        files.Directory.CreateDirectory("/work");
        files.Directory.CreateDirectory("/tmp");
        foreach (string program in new[] { "dash", "busybox" })
        {
            string path = $"{Tools}/{program}";
            files.File.WriteAllBytes(path, File.ReadAllBytes(Repository.Built(ScenarioRunner.ProgramPath(program))));
            files.File.SetUnixFileMode(path, Executable);
        }

        files.File.CreateSymbolicLink($"{Tools}/sh", "dash");
        foreach (string tool in tools)
        {
            files.File.CreateSymbolicLink($"{Tools}/{tool}", "busybox");
        }

        return tree.Snapshot();
    }
}
