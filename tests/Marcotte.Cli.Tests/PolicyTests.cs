using System.Text.Json;

namespace Marcotte.Cli.Tests;

/// <summary>What the command line forbids, and what it has written down.</summary>
internal sealed class PolicyTests : ToolTests
{
    private const int WasiPerm = 63;
    private const int WasiNoSys = 52;

    [Test]
    public void ADeniedCallAnswersEpermOrTheErrorNamed()
    {
        ToolResult denied = Tool.RunGuest(Guests.Hello, "--deny", "fd_write");
        Assert.That((denied.ExitCode, denied.Output), Is.EqualTo((WasiPerm, "")));
        Assert.That(Tool.RunGuest(Guests.Hello, "--deny", "fd_w*=ENOSYS").ExitCode, Is.EqualTo(WasiNoSys));
        Assert.That(Tool.RunGuest(Guests.Hello, "--deny", "sock_*").Output, Is.EqualTo("hello\n"));
    }

    [Test]
    public void ACallThatAnswersNoErrorEndsTheProgramWhenItIsDenied()
    {
        ToolResult result = Tool.RunGuest(Guests.Hello, "--deny", "fd_write", "--deny", "proc_*");
        Assert.That((result.ExitCode, result.ErrorLines.Single()), Is.EqualTo((159, "marcotte: the program was ended: its policy denies proc_exit, which answers no error")));
    }

    [Test]
    public void AnAuditIsLinesOfJson()
    {
        Tool.RunGuest(Guests.Hello, "--observe", "fd_write", "--audit", "log");
        Tool.RunGuest(Guests.Hello, "--deny", "fd_write", "--audit", "log");

        JsonElement[] lines = [.. File.ReadLines(Path.Combine(Tool.Directory, "log")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(lines.Select(line => line.GetProperty("event").GetString()), Is.EqualTo(new[] { "SyscallObserved", "SyscallDenied" }));
        Assert.That(lines.Select(line => line.GetProperty("errno").GetString()), Is.EqualTo(new[] { "0", "EPERM" }));
        Assert.That(lines[1].GetProperty("call").GetString(), Is.EqualTo("fd_write"));
        Assert.That(lines[1].GetProperty("rule").GetString(), Is.EqualTo("deny fd_write"));
        Assert.That(lines[1].GetProperty("denied").GetBoolean(), Is.True);
    }
}
