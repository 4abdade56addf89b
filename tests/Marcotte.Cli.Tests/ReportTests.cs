namespace Marcotte.Cli.Tests;

/// <summary>What the tool tells of a program: its calls, what it used, what it imports; and what it keeps.</summary>
internal sealed class ReportTests : ToolTests
{
    [Test]
    public void ATraceHasALineForEachCall()
    {
        ToolResult result = Tool.RunGuest(Guests.WriteFile, "--tmpfs", "/tmp", "--trace");
        Assert.That(result.Output, Is.EqualTo("made"));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(5));
        Assert.That(result.ErrorLines[0], Does.Match("^path_open\\(3, .*\"out\", .*\\) = 4 <.*>$"));
        Assert.That(result.ErrorLines[1], Does.Match("^fd_write\\(4, .*\\) = 4 <.*>$"));
        Assert.That(result.ErrorLines[4], Does.Match("^fd_write\\(1, .*\\) = 4 <.*>$"));
    }

    [Test]
    public void ATraceNamesErrors() =>
        Assert.That(Tool.RunGuest(Guests.ThirdDescriptor, "--trace").ErrorLines[0], Does.Match("^fd_prestat_get\\(3.*\\) = -1 EBADF <.*>$"));

    [Test]
    public void StatisticsCountCallsByName()
    {
        ToolResult result = Tool.RunGuest(Guests.WriteFile, "--tmpfs", "/tmp", "--stats", "--fuel", "1000000");
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.ErrorLines, Has.Some.Match("^outcome +exited with code 0$"));
        Assert.That(result.ErrorLines, Has.Some.Match("^elapsed +[0-9.]+ (µs|ms|s)$"));
        Assert.That(result.ErrorLines, Has.Some.Match("^memory +64 KiB$"));
        Assert.That(result.ErrorLines, Has.Some.Match("^fuel +[1-9][0-9]*$"));
        Assert.That(result.ErrorLines, Has.Some.Match("^syscalls +5$"));
        Assert.That(result.ErrorLines, Has.Some.Match("^ +path_open +2 +0 .*$"));
        Assert.That(result.ErrorLines, Has.Some.Match("^ +fd_write +2 +0 .*$"));
    }

    [Test]
    public void StatisticsCountErrorsAndGoWithATrace()
    {
        ToolResult result = Tool.RunGuest(Guests.ThirdDescriptor, "--stats", "--trace");
        Assert.That(result.ExitCode, Is.EqualTo(8));
        Assert.That(result.ErrorLines[0], Does.StartWith("fd_prestat_get("));
        Assert.That(result.ErrorLines, Has.Some.Match("^outcome +exited with code 8$"));
        Assert.That(result.ErrorLines, Has.Some.Match("^ +fd_prestat_get +1 +1 .*$"));
    }

    [Test]
    public void InspectionOfWhatIsBackedEndsWithZero()
    {
        ToolResult result = Tool.Run("inspect", Tool.Add(Guests.Hello));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
        string[] lines = result.Output.Split('\n');
        Assert.That(lines, Has.Some.Match("^ +wasi_snapshot_preview1 +fd_write +Marcotte.Wasi +full"));
        Assert.That(lines, Has.Some.Match("^ +wasi_snapshot_preview1 +path_open +Marcotte.Wasi, Marcotte.Vfs +full"));
        Assert.That(lines, Has.Some.Match("^ +wasi_snapshot_preview1 +clock_time_get +Marcotte.Wasi, Marcotte.Clock +full"));
        Assert.That(lines, Has.Some.Match("^ +wasi_snapshot_preview1 +random_get +Marcotte.Wasi, Marcotte.Env +full"));
        Assert.That(lines, Has.Some.Match("^ +memory +memory +64 KiB to its limit$"));
        Assert.That(lines, Has.Some.Match("^ +function +_start "));
    }

    [Test]
    public void InspectionOfWhatIsMissingEndsWithOneAndTheRemedy()
    {
        ToolResult result = Tool.Run("inspect", Tool.Add(Guests.Stranger));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, string.Empty)));
        string[] lines = result.Output.Split('\n');
        Assert.That(lines, Has.Some.Match("^ +env +launch +nothing +missing +.*layer.*$"));
        Assert.That(lines, Has.Some.Match("^ +wasi_snapshot_preview1 +sched_yield +Marcotte.Wasi +full"));
        Assert.That(lines, Has.Some.Match("^ +memory +memory +64 KiB to 256 KiB$"));
        Assert.That(lines, Has.Some.Match("^ +function +sum +\\(i32, i64\\) -> \\(f64\\)$"));
    }

    [Test]
    public void WhatIsCompiledIsKeptForTheUserAlone()
    {
        Assert.That(Tool.RunGuest(Guests.Hello).Output, Is.EqualTo("hello\n"));
        string directory = Path.Combine(Tool.Cache, "marcotte");
        string[] kept = Directory.GetFiles(directory);
        Assert.That(kept, Has.Length.EqualTo(1));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(directory), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }

        Assert.That(Tool.RunGuest(Guests.Hello).Output, Is.EqualTo("hello\n"));
        Assert.That(Directory.GetFiles(directory), Is.EqualTo(kept));
    }

    [Test]
    public void WithoutACacheNothingIsKept()
    {
        Assert.That(Tool.RunGuest(Guests.Hello, "--no-cache").Output, Is.EqualTo("hello\n"));
        Assert.That(Tool.Cache, Does.Not.Exist);
    }

    [Test]
    public void ACacheThatCannotBeUsedStopsNothing()
    {
        Tool.Add(Guests.Hello);
        ToolResult inAFile = Tool.Run(["run", "guest.wat"], input: null, cache: Path.Combine(Tool.Directory, "guest.wat"));
        Assert.That((inAFile.ExitCode, inAFile.Output, inAFile.Error), Is.EqualTo((0, "hello\n", string.Empty)));
        if (!OperatingSystem.IsWindows())
        {
            string open = Tool.AddDirectory("open/marcotte");
            File.SetUnixFileMode(open, (UnixFileMode)0x1FF);
            ToolResult others = Tool.Run(["run", "guest.wat"], input: null, cache: Path.Combine(Tool.Directory, "open"));
            Assert.That((others.ExitCode, others.Output, others.Error), Is.EqualTo((0, "hello\n", string.Empty)));
            Assert.That(Directory.GetFiles(open), Is.Empty);
        }
    }

    [Test]
    public void ADamagedCacheIsReplaced()
    {
        Tool.RunGuest(Guests.Hello);
        string kept = Directory.GetFiles(Path.Combine(Tool.Cache, "marcotte")).Single();
        File.WriteAllText(kept, "not what was compiled");
        ToolResult result = Tool.RunGuest(Guests.Hello);
        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((0, "hello\n", string.Empty)));
    }
}
