namespace Marcotte.Guests.Tests.Shell;

/// <summary>dash and busybox, compiled with the guest SDK, each script in a box of its own.</summary>
internal sealed class BoxShell : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BoxTemplate _template = new BoxBuilder()
        .WithEngine(SharedEngine.Engine)
        .WithLimits(limits => limits with { WallClock = Patience })
        .UseVfs(files => files.MountSnapshot("/", ShellTree.Prepare()).MountDevices())
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

    internal async Task<ShellResult> RunAsync(Snippet snippet) => ShellResult.Of(await _template.RunAsync(new BoxStart
    {
        Arguments = Arguments("/work", snippet.Script),
        Variables = Variables(ShellTree.Tools),
    }));
}
