using System.IO.Pipelines;
using Marcotte.Core;
using Marcotte.Guests.Tests.Shell;

namespace Marcotte.Guests.Tests.Sdk;

/// <summary>A box for a guest of the SDK: a small Linux that has the guest itself among its programs.</summary>
internal static class SdkBox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task<ShellResult> RunAsync(GuestCase guest, Func<Limits, Limits>? change = null)
    {
        string path = $"/opt/{guest.Name}";
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithLimits(limits => (change ?? (static same => same))(limits with { WallClock = Patience }))
            .UseVfs(files => files
                .MountSnapshot("/", ShellTree.Prepare(new Dictionary<string, string> { [path] = guest.Module }))
                .MountDevices()
                .MountProc())
            .UseClock()
            .UseEnv(environment => environment.ProgramName(path))
            .UseProcesses()
            .UseWasi()
            .UseWasix()
            .Build(GuestModule.FromFile(Repository.Built(guest.Module)));
        return ShellResult.Of(await template.RunAsync(new BoxStart
        {
            Arguments = guest.Arguments,
            Variables = Variables(guest),
            Input = guest.Input.StaysOpen ? StandardInput.From(new Pipe().Reader) : StandardInput.From(guest.Input.Content),
        }));
    }

    /// <summary>What the header says, and a path, which the shell of a guest needs.</summary>
    internal static Dictionary<string, string> Variables(GuestCase guest) => new(guest.Variables) { ["PATH"] = "/bin:/usr/bin" };
}
