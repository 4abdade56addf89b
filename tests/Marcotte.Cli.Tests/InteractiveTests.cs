using System.Reflection;
using System.Runtime.Versioning;

#pragma warning disable CA1416 // tmux and the tests with it run on Unix alone.

namespace Marcotte.Cli.Tests;

/// <summary>A person at the prompt of a shell in a box, and what is told of its processes.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
internal sealed class InteractiveTests : ToolTests
{
    private const string Prompt = "\n#";

    /// <summary>Says what a terminal that is as it was does for those who type.</summary>
    private const string Modes = "stty -a | tr \" ;\" \"\\n\\n\" | grep -x -e icanon -e echo -e isig";

    private static readonly string Programs = Path.Combine(
        typeof(InteractiveTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!,
        "artifacts", "guests", "programs");

    [SetUp]
    public void AddShell()
    {
        string bin = Tool.AddDirectory("bin");
        foreach (string program in new[] { "dash", "busybox" })
        {
            string source = Path.Combine(Programs, program + ".wasm");
            Assert.That(source, Does.Exist, "Run tests/guests/build.sh first.");
            File.Copy(source, Path.Combine(bin, program));
            File.SetUnixFileMode(Path.Combine(bin, program), (UnixFileMode)0x1ED);
        }

        foreach (string tool in new[] { "sleep", "stty", "cat", "ls" })
        {
            File.CreateSymbolicLink(Path.Combine(bin, tool), "busybox");
        }
    }

    [Test]
    public void APersonHasAPromptWithEditingJobsAndAWindow()
    {
        using Person person = new(Tool.Directory, Tool.Line("run", "--interactive", "--mount", "bin:/bin:ro", "--tmpfs", "/tmp", "bin/dash") + $"; echo ended with $?; {Modes}; exec cat");
        person.SeesLast("#");

        person.Type("echo hellx", "BSpace", "o there", "Enter");
        person.SeesLast("# echo hello there\nhello there" + Prompt);

        person.Type("sleep 100", "Enter");
        person.SeesLast("# sleep 100");
        person.Type("C-c");
        person.SeesLast("^C" + Prompt);
        person.Type("echo ended by $?", "Enter");
        person.SeesLast("ended by 130" + Prompt);

        person.Type("cat", "Enter", "first", "Enter");
        person.SeesLast("first\nfirst");
        person.Type("C-z");
        person.SeesLast("Stopped                    cat" + Prompt);
        person.Type("echo meanwhile", "Enter");
        person.SeesLast("\nmeanwhile" + Prompt);
        person.Type("fg", "Enter");
        person.SeesLast("# fg\ncat");
        person.Type("second", "Enter");
        person.SeesLast("second\nsecond");
        person.Type("C-d");
        person.SeesLast("second\nsecond" + Prompt);

        person.Type("stty size", "Enter");
        person.SeesLast("\n24 80" + Prompt);
        person.Type("trap 'echo now $(stty size)' WINCH", "Enter");
        person.SeesLast("WINCH" + Prompt);
        person.Resize(100, 30);
        person.Type("", "Enter");
        person.Sees("new size", screen => screen.Contains("\nnow 30 100", StringComparison.Ordinal));

        person.Type("echo > /dev/null && exit 3", "Enter");
        person.SeesLast("ended with 3\nisig\nicanon\necho");
    }

    [Test]
    public void TheEndOfInputEndsTheShell()
    {
        using Person person = new(Tool.Directory, Tool.Line("run", "--interactive", "--mount", "bin:/bin:ro", "bin/dash") + "; echo ended with $?; exec cat");
        person.SeesLast("#");
        person.Type("C-d");
        person.SeesLast("ended with 0");
    }

    [Test]
    public void ASignalFromOutsideGivesTheTerminalBack()
    {
        // The shell there keeps off the signal, and the tool takes its place in the end.
        string run = Tool.Line("run", "--interactive", "--mount", "bin:/bin:ro", "bin/dash");
        using Person person = new(Tool.Directory, $"sh -c 'echo $$ > pid; exec {run}'; echo ended with $?; {Modes}; exec cat");
        person.SeesLast("#");
        System.Diagnostics.Process.Start("kill", ["-TERM", File.ReadAllText(Path.Combine(Tool.Directory, "pid")).Trim()]).WaitForExit();
        person.SeesLast("ended with 137\nisig\nicanon\necho");
    }

    [Test]
    public void InteractiveWithoutATerminalIsAMistake()
    {
        ToolResult result = Tool.RunGuest(Guests.Hello, "--interactive");
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((125, string.Empty)));
        Assert.That(result.Error, Does.Contain("--interactive is for a person at a terminal"));
    }

    [Test]
    public void TheTreeOfProcessesIsToldAtTheEnd()
    {
        ToolResult result = Tool.Run("run", "--ps", "--mount", "bin:/bin:ro", "bin/dash", "-c", "sleep 0; (sleep 0; exit 4); echo x | cat; ls nowhere 2>/dev/null; exit 5");
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((5, "x\n")));
        string[] lines = result.ErrorLines;
        Assert.That(lines[0], Does.Match("^pid +parent +ended +cpu +calls +program$"));
        Assert.That(lines[1], Does.Match("^ +1 +0 +code 5 +[0-9.]+ .?s +[0-9]+  dash$"));
        Assert.That(lines[2], Does.Match("^ +2 +1 +code 0 +[0-9.]+ .?s +[0-9]+    /bin/sleep$"));
        Assert.That(lines[3], Does.Match("^ +3 +1 +code 4 +[0-9.]+ .?s +[0-9]+    dash$"));
        Assert.That(lines[4], Does.Match("^ +4 +3 +code 0 +[0-9.]+ .?s +[0-9]+      /bin/sleep$"));
        Assert.That(lines[^1], Does.Match("^ +7 +1 +code 1 +[0-9.]+ .?s +[0-9]+    /bin/ls$"));
        Assert.That(lines, Has.Length.EqualTo(8));
    }

    [Test]
    public void ABoxHasDevicesAndProcessesOfItsOwnUnlessSomethingElseIsThere()
    {
        ToolResult own = Tool.Run("run", "--mount", "bin:/bin:ro", "bin/dash", "-c", "echo x > /dev/null && read -r line < /proc/1/comm && echo $line");
        Assert.That((own.ExitCode, own.Output, own.Error), Is.EqualTo((0, "dash\n", string.Empty)));
        ToolResult others = Tool.Run("run", "--mount", "bin:/dev:ro", "bin/dash", "-c", "echo /dev/*");
        Assert.That(others.Output, Is.EqualTo("/dev/busybox /dev/cat /dev/dash /dev/ls /dev/sleep /dev/stty\n"));
    }
}
