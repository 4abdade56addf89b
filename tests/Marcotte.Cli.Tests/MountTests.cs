using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;

namespace Marcotte.Cli.Tests;

/// <summary>Mounts that are no plain directories, what is kept of them, and whom the program acts as.</summary>
internal sealed class MountTests : ToolTests
{
    private const int WasiAccess = 2;
    private const int WasiReadOnly = 69;

    private string Host => Path.Combine(Tool.Directory, "host");

    [SetUp]
    public void FillHost()
    {
        Tool.AddDirectory("host");
        File.WriteAllText(Path.Combine(Host, "in"), "packed");
    }

    [TestCase("a.tar")]
    [TestCase("a.tar.gz")]
    [TestCase("a.zip")]
    public void AnArchiveIsMountedToBeRead(string name)
    {
        Pack(name);
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", name + ":/data").Output, Is.EqualTo("packed"));
        Assert.That(Tool.RunGuest(Guests.WriteFile, "--mount", name + ":/data:ro").ExitCode, Is.EqualTo(WasiReadOnly));
    }

    [TestCase("host")]
    [TestCase("a.zip")]
    public void WhatIsWrittenToAnOverlayStaysInMemory(string name)
    {
        Pack("a.zip");
        byte[] before = File.ReadAllBytes(Path.Combine(Tool.Directory, "a.zip"));
        Assert.That(Tool.RunGuest(Guests.WriteFile, "--mount", name + ":/data:overlay").Output, Is.EqualTo("made"));
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", name + ":/data:overlay,noexec").Output, Is.EqualTo("packed"));
        Assert.That(Directory.GetFiles(Host).Select(Path.GetFileName), Is.EqualTo(new[] { "in" }));
        Assert.That(File.ReadAllBytes(Path.Combine(Tool.Directory, "a.zip")), Is.EqualTo(before));
    }

    [Test]
    public void OverlaysAtOnePathLieOnTopOfEachOther()
    {
        Pack("a.tar");
        File.WriteAllText(Path.Combine(Host, "in"), "above");
        string[] options = ["--mount", "a.tar:/data:overlay", "--mount", "host:/data:overlay"];
        Assert.That(Tool.RunGuest(Guests.ReadFile, options).Output, Is.EqualTo("above"));
        Assert.That(Tool.RunGuest(Guests.ReadFile, [.. options[2..], .. options[..2]]).Output, Is.EqualTo("packed"));
        Assert.That(Tool.RunGuest(Guests.Preopens, options).Output, Is.EqualTo("/data\n"));
    }

    [TestCase("out.tar")]
    [TestCase("out.tar.gz")]
    public void ADirectoryIsExportedAsTheProgramLeftIt(string name)
    {
        ToolResult result = Tool.RunGuest(Guests.WriteFile, "--mount", "host:/data:overlay", "--export", "/data=" + name);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
        using FileStream file = File.OpenRead(Path.Combine(Tool.Directory, name));
        using TarReader reader = new(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        List<(string, long)> entries = [];
        while (reader.GetNextEntry() is { } entry)
        {
            entries.Add((entry.Name, entry.Length));
        }

        Assert.That(entries, Is.EqualTo(new[] { ("./", 0L), ("in", 6L), ("out", 4L) }));
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", name + ":/data").Output, Is.EqualTo("packed"), "what was exported can be mounted");
    }

    [Test]
    public void AnExportComesAfterAnEndOfAnyKind()
    {
        ToolResult trapped = Tool.RunGuest(Guests.Trap, "--tmpfs", "/data", "--export", "/data=trapped.tar");
        ToolResult late = Tool.RunGuest(Guests.Spin, "--tmpfs", "/data", "--timeout", "200ms", "--export", "/data=late.tar");
        Assert.That((trapped.ExitCode, late.ExitCode), Is.EqualTo((134, 124)));
        Assert.That(Path.Combine(Tool.Directory, "trapped.tar"), Does.Exist);
        Assert.That(Path.Combine(Tool.Directory, "late.tar"), Does.Exist);
    }

    [Test]
    public void AnExportOfWhatIsNoDirectoryIsToldAfterTheRun()
    {
        ToolResult result = Tool.RunGuest(Guests.Hello, "--tmpfs", "/data", "--export", "/data/none=out.tar");
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((125, "hello\n")));
        Assert.That(result.ErrorLines.Single(), Does.StartWith("marcotte: --export /data/none is no directory").And.Contains("'out.tar'"));
        Assert.That(Path.Combine(Tool.Directory, "out.tar"), Does.Not.Exist);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Modes are Unix's.")]
    public void APlainUserMayNotWhatUserZeroMay()
    {
        File.SetUnixFileMode(Path.Combine(Host, "in"), UnixFileMode.UserRead);
        File.SetUnixFileMode(Host, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", "host:/data:overlay").Output, Is.EqualTo("packed"));
        Assert.That(Tool.RunGuest(Guests.ReadFile, "--mount", "host:/data:overlay", "--user", "1000").ExitCode, Is.EqualTo(WasiAccess));
        Assert.That(Tool.RunGuest(Guests.WriteFile, "--mount", "host:/data:overlay", "--user", "1000:100").ExitCode, Is.EqualTo(WasiAccess));
    }

    [Test]
    public void AVirtualClockPassesBySleepingAndARunRepeats()
    {
        ToolResult first = Tool.RunGuest(Guests.Sleep, "--clock", "virtual:2024-02-29", "--trace", "--no-durations");
        Assert.That((first.ExitCode, first.Output), Is.EqualTo((0, "ready\n")));
        Assert.That(first.ErrorLines[^1], Does.StartWith("poll_oneoff(").And.EndWith(" = 1"));
        Assert.That(Tool.RunGuest(Guests.Sleep, "--clock", "virtual:2024-02-29", "--trace", "--no-durations").Error, Is.EqualTo(first.Error));
        DateTimeOffset told = DateTimeOffset.UnixEpoch.AddTicks(BitConverter.ToInt64(Tool.RunGuest(Guests.Clock, "--clock", "virtual:2024-02-29").Bytes) / 100);
        Assert.That(told, Is.InRange(new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 2, 29, 0, 0, 1, TimeSpan.Zero)));
    }

    [Test]
    public void InputIsReadInFullPiecesOnAVirtualClock()
    {
        Tool.Add(Guests.Cat);
        byte[] input = new byte[100_000];
        new Random(1).NextBytes(input);
        ToolResult result = Tool.Run(["run", "--clock", "virtual:2024-02-29", "--trace", "--no-durations", "guest.wat"], input);
        Assert.That(result.Bytes, Is.EqualTo(input));
        Assert.That(result.ErrorLines.Where(line => line.StartsWith("fd_read", StringComparison.Ordinal)).SkipLast(2), Has.All.EndWith(" = 4096"));
    }

    private void Pack(string name)
    {
        string path = Path.Combine(Tool.Directory, name);
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            ZipFile.CreateFromDirectory(Host, path);
            return;
        }

        using FileStream file = File.Create(path);
        using Stream packed = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        TarFile.CreateFromDirectory(Host, packed, includeBaseDirectory: false);
    }
}
