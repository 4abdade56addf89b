using System.Diagnostics;

namespace Samples.Tests;

/// <summary>Runs each sample as its reader would, and checks what it prints.</summary>
internal sealed class SampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Test]
    public void QuickStart() => Assert.That(Run("QuickStart"), Is.EqualTo(
        """
        Hello from a file of the box, world!
        It ended with code 0.

        """));

    [Test]
    public void OwnEngine() => Assert.That(Run("OwnEngine"), Is.EqualTo(
        """
        hey!!
        It ended with code 3.

        """));

    /// <summary>Here it runs as any program; Packages.Tests compiles it to native code.</summary>
    [Test]
    public void Aot() => Assert.That(Run("Aot"), Does.StartWith("Hello from native code, world!\nIt ended with code 0.\n"));

    [Test]
    public void Hosting() => Assert.That(Run("Hosting"), Is.EqualTo("0 3 5\n"));

    [Test]
    public void OwnLayer()
    {
        string[] lines = Run("OwnLayer").Split('\n');
        Assert.That(lines[0], Is.EqualTo("missing: dice.roll, dice.announce"));
        Assert.That(lines[1], Does.Match("^roll\\(6\\) = [1-6] <.*>$"));
        Assert.That(lines[3], Does.Match("^two dice: ([2-9]|1[0-2])$"));
        Assert.That(lines[4], Does.StartWith("announce(\"two dice\", ").And.Contains(" = 0 <"));
        Assert.That(lines[7], Is.EqualTo(lines[3]), "The seed makes both boxes roll the same.");
    }

    [Test]
    public void EachSampleHasATest()
    {
        string[] samples = [.. Directory.GetFiles(TestContext.CurrentContext.TestDirectory, "*.runtimeconfig.json")
            .Select(file => Path.GetFileName(file).Split('.')[0])
            .Where(name => name is not ("Samples" or "testhost"))];
        IEnumerable<string> tests = typeof(SampleTests).GetMethods().Where(method => method.IsDefined(typeof(TestAttribute), false)).Select(method => method.Name);
        Assert.That(samples, Is.Not.Empty.And.SubsetOf(tests));
    }

    private static string Run(string sample)
    {
        string program = Path.Combine(TestContext.CurrentContext.TestDirectory, sample + ".dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The sample does not end.");
        }

        Assert.That((process.ExitCode, error.GetAwaiter().GetResult()), Is.EqualTo((0, string.Empty)));
        return output.GetAwaiter().GetResult().ReplaceLineEndings("\n");
    }
}
