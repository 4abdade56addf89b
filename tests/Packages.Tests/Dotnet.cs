using System.Diagnostics;

namespace Packages.Tests;

/// <summary>How a command went.</summary>
internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>Runs commands as a user would, with nothing of the environment in which the tests themselves were started.</summary>
internal static class Dotnet
{
    private static readonly string[] Builds = ["build", "msbuild", "pack", "publish", "restore", "test"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs <c>dotnet</c>, which must succeed.</summary>
    /// <returns>What it printed.</returns>
    internal static string Run(string directory, params IEnumerable<string> arguments) => Expect(Try(directory, arguments), arguments);

    /// <summary>Runs <c>dotnet</c>, which may fail.</summary>
    internal static CommandResult Try(string directory, params IEnumerable<string> arguments) => Start(
        directory, "dotnet", Builds.Contains(arguments.First()) ? arguments.Append("-nodeReuse:false") : arguments);

    /// <summary>Runs any program, which must succeed.</summary>
    /// <returns>What it printed on standard output.</returns>
    internal static string Execute(string directory, string program, params IEnumerable<string> arguments) =>
        Expect(Start(directory, program, arguments), [program, .. arguments]);

    private static string Expect(CommandResult result, IEnumerable<string> arguments)
    {
        Assert.That(result.ExitCode, Is.Zero, $"{string.Join(' ', arguments)}\n{result.Output}");
        return result.Output;
    }

    private static CommandResult Start(string directory, string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        Clean(start.Environment);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} does not end.");
        }

        return new CommandResult(process.ExitCode, (output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult()).ReplaceLineEndings("\n"));
    }

    private static void Clean(IDictionary<string, string?> environment)
    {
        // The test host's MSBuild settings and the caller's CI flag would reach the builds that are tested.
        foreach (string name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).Append("CI").ToArray())
        {
            environment.Remove(name);
        }

        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
        environment["NUGET_PACKAGES"] = Workspace.PackageCache;
        environment["MSBUILDTERMINALLOGGER"] = "off";
        environment["GIT_AUTHOR_DATE"] = environment["GIT_COMMITTER_DATE"] = "2000-01-01T00:00:00Z";
    }
}
