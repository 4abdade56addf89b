using System.Diagnostics;
using System.Text;

namespace Marcotte.Cli.Tests;

/// <summary>What the tool passes through.</summary>
internal sealed class StandardStreamTests : ToolTests
{
    private const int WasiIOError = 29;

    [Test]
    public void OutputAndExitCode()
    {
        ToolResult result = Tool.RunGuest(Guests.Hello);
        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((0, "hello\n", string.Empty)));
    }

    [Test]
    public void InputIsPassedByteForByte()
    {
        byte[] input = new byte[300_000];
        new Random(1).NextBytes(input);
        ToolResult result = Tool.Run(["run", Tool.Add(Guests.Cat)], input);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Bytes, Is.EqualTo(input));
    }

    [Test]
    public void InputIsPassedAsItComes()
    {
        using Process process = Tool.Start(["run", Tool.Add(Guests.Cat)]);
        foreach (string line in new[] { "first", "second" })
        {
            process.StandardInput.WriteLine(line);
            process.StandardInput.Flush();
            Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo(line));
        }

        process.StandardInput.Close();
        Tool.Wait(process);
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void OutputAndErrorKeepTheirOrder()
    {
        string file = Path.Combine(Tool.Directory, "both");
        string tool = Path.Combine(TestContext.CurrentContext.TestDirectory, "Marcotte.Cli.dll");
        Tool.Add(Guests.InTurn);
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"echo before > '{file}'; dotnet '{tool}' run --no-cache guest.wat >> '{file}' 2>&1"]) { WorkingDirectory = Tool.Directory })!;
        Tool.Wait(shell);
        Assert.That(File.ReadAllText(file), Is.EqualTo("before\nabcd"));
    }

    [Test]
    public void AnOutputThatNobodyReadsAnyMoreIsAnErrorToTheProgram()
    {
        using Process process = Tool.Start(["run", Tool.Add(Guests.Yes)]);
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("y"));
        process.StandardOutput.Close();
        Tool.Wait(process);
        Assert.That(process.ExitCode, Is.EqualTo(WasiIOError));
        Assert.That(process.StandardError.ReadToEnd(), Is.Empty);
    }

    [Test]
    public void ATraceThatNobodyReadsDoesNotEndTheProgram()
    {
        using Process process = Tool.Start(["run", "--trace", Tool.Add(Guests.Cat)]);
        process.StandardError.Close();
        process.StandardInput.Write("x");
        process.StandardInput.Close();
        Assert.That(process.StandardOutput.ReadToEnd(), Is.EqualTo("x"));
        Tool.Wait(process);
        Assert.That(process.ExitCode, Is.Zero);
    }

    [TestCase("--help")]
    [TestCase("--", "-c", "--help", "--version", "--trace", "@file", "", "a b", "[diagram]", "ünï", "--mount", "x", "--")]
    [TestCase("-h")]
    [TestCase("run", "inspect")]
    [TestCase]
    public void ArgumentsArePassedVerbatim(params string[] arguments)
    {
        ToolResult result = Tool.Run(["run", "--env", "A=b", Tool.Add(Guests.Arguments), .. arguments]);
        Assert.That(result.ExitCode, Is.Zero);
        string[] expected = ["guest.wat", .. arguments];
        Assert.That(result.Output, Is.EqualTo(string.Concat(expected.Select(argument => argument + "\0"))));
    }

    [Test]
    public void AModuleMayStandBehindTwoDashes()
    {
        ToolResult result = Tool.Run("run", "--", Tool.Add(Guests.Arguments), "--", "x");
        Assert.That(result.Output, Is.EqualTo("guest.wat\0--\0x\0"));
    }

    [Test]
    public void ABinaryModuleRuns()
    {
        File.WriteAllBytes(Path.Combine(Tool.Directory, "guest.wasm"), Wasmtime.Module.ConvertText(Guests.Hello));
        Assert.That(Tool.Run("run", "guest.wasm").Output, Is.EqualTo("hello\n"));
    }

    [Test]
    public void HelpAndVersionGoToStandardOutput()
    {
        foreach (string[] arguments in new string[][] { ["--help"], ["run", "--help"], ["inspect", "-h"], ["--version"] })
        {
            ToolResult result = Tool.Run(arguments);
            Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)), string.Join(' ', arguments));
            Assert.That(result.Output, Is.Not.Empty);
        }

        string help = Tool.Run("run", "--help").Output;
        Assert.That(help, Does.Contain("marcotte run [options] <MODULE> [<ARGS>...]"));
        Assert.That(help, Does.Contain("HOST:GUEST[:HOW]"));
        Assert.That(Encoding.UTF8.GetByteCount(Tool.Run("--version").Output), Is.LessThan(100));
    }
}
