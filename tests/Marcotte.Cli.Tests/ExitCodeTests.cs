using System.Diagnostics;

namespace Marcotte.Cli.Tests;

/// <summary>How a program ended, as a shell is told.</summary>
internal sealed class ExitCodeTests : ToolTests
{
    [TestCase(0, ExpectedResult = 0)]
    [TestCase(1, ExpectedResult = 1)]
    [TestCase(125, ExpectedResult = 125)]
    [TestCase(255, ExpectedResult = 255)]
    [TestCase(256, ExpectedResult = 0)]
    [TestCase(-1, ExpectedResult = 255)]
    public int TheProgramsOwn(int code)
    {
        ToolResult result = Tool.RunGuest(Guests.Exit(code));
        Assert.That(result.Error, Is.Empty);
        return result.ExitCode;
    }

    [Test]
    public void ATrapIs134AndNamesTheFunctions()
    {
        ToolResult result = Tool.RunGuest(Guests.Trap);
        Assert.That(result.ExitCode, Is.EqualTo(134));
        Assert.That(result.ErrorLines[0], Does.StartWith("marcotte: ").And.Contains("unreachable"));
        Assert.That(result.ErrorLines[1], Does.Contain("inner"));
        Assert.That(result.ErrorLines[2], Does.Contain("outer"));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(4));
    }

    [Test]
    public void ATimeoutIs124([Values] bool spins)
    {
        ToolResult result = Tool.RunGuest(spins ? Guests.Spin : Guests.Sleep, "--timeout", "200ms");
        Assert.That(result.ExitCode, Is.EqualTo(124));
        Assert.That(result.Output, Is.EqualTo("ready\n"));
        Assert.That(result.ErrorLines, Is.EqualTo(new[] { "marcotte: the program was ended after its time of 200 ms" }));
    }

    [Test]
    public void ATimeoutEndsAProgramWhoseOutputNobodyReads()
    {
        using Process process = Tool.Start(["run", "--timeout", "200ms", Tool.Add(Guests.Yes)]);
        Tool.Wait(process);
        Assert.That(process.ExitCode, Is.EqualTo(124));
    }

    [Test]
    public void AProgramWithinItsTimeIsNotTouched() =>
        Assert.That(Tool.RunGuest(Guests.Hello, "--timeout", "1h"), Has.Property("ExitCode").Zero);

    [Test]
    public void OutOfMemoryIs137()
    {
        ToolResult result = Tool.RunGuest(Guests.Grow, "--memory", "2m");
        Assert.That(result.ExitCode, Is.EqualTo(137));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(result.Error, Does.Contain("out of memory").And.Contains("2 MiB").And.Contains("--memory"));
    }

    [Test]
    public void MoreMemoryThanAllowedFromTheStartIs137()
    {
        ToolResult result = Tool.RunGuest(Guests.Large, "--memory", "1m");
        Assert.That(result.ExitCode, Is.EqualTo(137));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(Tool.RunGuest(Guests.Large, "--memory", "64m").ExitCode, Is.Zero);
    }

    [Test]
    public void OutOfFuelIs137()
    {
        ToolResult result = Tool.RunGuest(Guests.Spin, "--fuel", "100000");
        Assert.That(result.ExitCode, Is.EqualTo(137));
        Assert.That(result.ErrorLines, Is.EqualTo(new[] { "marcotte: the program's fuel of 100000 ran out; give it more with --fuel" }));
    }

    [TestCase("INT", Guests.Spin)]
    [TestCase("INT", Guests.Sleep)]
    [TestCase("TERM", Guests.Sleep)]
    [Platform(Exclude = "Win")]
    public void ASignalEndsTheProgram(string signal, string guest)
    {
        using Process process = Tool.Start(["run", Tool.Add(guest)]);
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
        Signal(process, signal);
        Tool.Wait(process);
        Assert.That(process.ExitCode, Is.EqualTo(137));
        Assert.That(process.StandardError.ReadToEnd(), Is.EqualTo("marcotte: the program was ended, as a signal asked for\n"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void ASignalEndsAProgramWhoseOutputNobodyReads()
    {
        using Process process = Tool.Start(["run", Tool.Add(Guests.Yes)]);
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("y"));
        Signal(process, "INT");
        Tool.Wait(process);
        Assert.That(process.ExitCode, Is.EqualTo(137));
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
