namespace Marcotte.Cli.Tests;

/// <summary>What a program gets: what the command line names, and nothing else.</summary>
internal sealed class GrantTests : ToolTests
{
    private const int WasiBadDescriptor = 8;
    private const int WasiReadOnly = 69;

    [Test]
    public void WithoutMountsThereIsNoDirectory()
    {
        Assert.That(Tool.RunGuest(Guests.ThirdDescriptor).ExitCode, Is.EqualTo(WasiBadDescriptor));
        Assert.That(Tool.RunGuest(Guests.ReadFile).ExitCode, Is.EqualTo(WasiBadDescriptor));
    }

    [Test]
    public void AMountIsPreopenedUnderItsPath()
    {
        string host = Tool.AddDirectory("host");
        ToolResult result = Tool.RunGuest(Guests.Preopens, "--mount", $"{host}:/data/", "--tmpfs", "/tmp", "--mount", "host:/other//./place");
        Assert.That(result.Output, Is.EqualTo("/data\n/other/place\n/tmp\n"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public void AMountCanBeReadAndWritten()
    {
        string host = Tool.AddDirectory("host");
        File.WriteAllText(Path.Combine(host, "in"), "from the host");
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", "host:/data").Output, Is.EqualTo("from the host"));
        Assert.That(Tool.RunGuest(Guests.WriteFile, "--mount", "host:/data:rw").ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(host, "out")), Is.EqualTo("made"));
    }

    [Test]
    public void AReadOnlyMountCanBeReadOnly()
    {
        string host = Tool.AddDirectory("host");
        File.WriteAllText(Path.Combine(host, "in"), "from the host");
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", "host:/data:ro").Output, Is.EqualTo("from the host"));
        Assert.That(Tool.RunGuest(Guests.WriteFile, "--mount", "host:/data:ro").ExitCode, Is.EqualTo(WasiReadOnly));
        Assert.That(Path.Combine(host, "out"), Does.Not.Exist);
    }

    [Test]
    public void AHostDirectoryMayHaveAColonInItsName()
    {
        string host = Tool.AddDirectory("a:b");
        File.WriteAllText(Path.Combine(host, "in"), "found");
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", "a:b:/data").Output, Is.EqualTo("found"));
    }

    [Test]
    public void ATemporaryDirectoryLivesAsLongAsTheRun()
    {
        Assert.That(Tool.RunGuest(Guests.WriteFile, "--tmpfs", "/tmp").Output, Is.EqualTo("made"));
        Assert.That(Tool.RunGuest(Guests.WriteFile, "--tmpfs", "/").Output, Is.EqualTo("made"));
        Assert.That(Directory.EnumerateFiles(Tool.Directory).Select(Path.GetFileName), Is.EqualTo(new[] { "guest.wat" }));
    }

    [Test]
    public void AWorkingDirectoryIsPreopenedAsDotAndToldInPwd()
    {
        Directory.CreateDirectory(Path.Combine(Tool.AddDirectory("host"), "sub"));
        string[] options = ["--mount", "host:/data", "--workdir", "/data/sub"];
        Assert.That(Tool.RunGuest(Guests.Preopens, options).Output, Is.EqualTo("/data\n.\n"));
        Assert.That(Tool.RunGuest(Guests.Variables, options).Output, Is.EqualTo("PWD=/data/sub\0"));
        Assert.That(Tool.RunGuest(Guests.Variables, [.. options, "--env", "PWD=/x"]).Output, Is.EqualTo("PWD=/x\0"));
    }

    [Test]
    public void OnlyVariablesThatAreNamedAreThere()
    {
        Assert.That(Tool.RunGuest(Guests.Variables).Output, Is.Empty);
        ToolResult result = Tool.RunGuest(Guests.Variables, "--env", "A=1", "--env", "B=x=y", "--env", "C=", "--env", "MARCOTTE_TEST_AMBIENT");
        Assert.That(result.Output, Is.EqualTo("A=1\0B=x=y\0C=\0MARCOTTE_TEST_AMBIENT=ambient\0"));
    }

    [Test]
    public void ASeedMakesRandomBytesRepeat()
    {
        byte[] seeded = Tool.RunGuest(Guests.Random, "--seed", "42").Bytes;
        Assert.That(seeded, Has.Length.EqualTo(8));
        Assert.That(Tool.RunGuest(Guests.Random, "--seed", "42").Bytes, Is.EqualTo(seeded));
        Assert.That(Tool.RunGuest(Guests.Random, "--seed", "43").Bytes, Is.Not.EqualTo(seeded));
        byte[] unseeded = Tool.RunGuest(Guests.Random).Bytes;
        Assert.That(Tool.RunGuest(Guests.Random).Bytes, Is.Not.EqualTo(unseeded));
    }

    [TestCase("fixed:2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z")]
    [TestCase("fixed:2024-02-29T12:00:00+02:00", "2024-02-29T10:00:00Z")]
    [TestCase("fixed:2024-02-29", "2024-02-29T00:00:00Z")]
    public void AFixedClockStandsStill(string clock, string time)
    {
        byte[] bytes = Tool.RunGuest(Guests.Clock, "--clock", clock).Bytes;
        DateTimeOffset expected = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(BitConverter.ToInt64(bytes), Is.EqualTo(expected.ToUnixTimeMilliseconds() * 1_000_000));
    }

    [Test]
    public void TheSystemClockIsTheHosts([Values] bool said)
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        byte[] bytes = said ? Tool.RunGuest(Guests.Clock, "--clock", "system").Bytes : Tool.RunGuest(Guests.Clock).Bytes;
        DateTimeOffset told = DateTimeOffset.UnixEpoch.AddTicks(BitConverter.ToInt64(bytes) / 100);
        Assert.That(told, Is.InRange(before, DateTimeOffset.UtcNow));
    }
}
