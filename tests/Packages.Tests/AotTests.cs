using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>The sample that is compiled to native code.</summary>
internal sealed partial class AotTests
{
    /// <summary>With the sample's own suppression undone, so that what it suppresses is seen.</summary>
    [Test]
    public void The_sample_is_published_and_only_Wasmtime_makes_warnings()
    {
        string output = Workspace.NewDirectory("aot");
        string published = Dotnet.Run(
            Packed.Tree.Root, "publish", "samples/Aot", "-c", "Release", "--nologo", "-v", "q", "-o", output, "-p:NoWarn=", "-p:TreatWarningsAsErrors=false",
            "-p:RunAnalyzers=false", "-p:ContinuousIntegrationBuild=true", $"-p:VersionSuffix={Workspace.Suffix}");

        string[] warnings = [.. Warning().Matches(published).Select(match => match.Value).Distinct()];
        Assert.That(warnings, Has.All.Matches("IL2104: Assembly 'Wasmtime.Dotnet'"), published);
        Assert.That(Directory.GetFiles(output, "*.dll"), Is.Empty, "All of it is native code.");
        Assert.That(Dotnet.Execute(output, Path.Combine(output, "Aot")), Does.StartWith(
            """
            Hello from native code, world!
            It ended with code 0.
            Without a layer it needs arguments and variables, call UseEnv() (package Marcotte.Env).
            Hello from native code, world!

            """));
    }

    [GeneratedRegex(@"warning (IL\d+: .*)")]
    private static partial Regex Warning();
}
