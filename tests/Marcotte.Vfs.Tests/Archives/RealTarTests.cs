using System.Diagnostics;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Archives go from and to the programs that everyone has.</summary>
[Platform("Linux")]
internal sealed class RealTarTests
{
    private string _directory = null!;

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("marcotte-tar-tests-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [TestCase("--format=v7")]
    [TestCase("--format=ustar")]
    [TestCase("--format=oldgnu")]
    [TestCase("--format=gnu")]
    [TestCase("--format=posix")]
    [TestCase("--format=posix -z")]
    [TestCase("--format=gnu -z")]
    public void WhatTarWritesIsRead(string options)
    {
        string tree = _directory + "/tree";
        Directory.CreateDirectory(tree + "/d/e");
        File.WriteAllText(tree + "/d/f", "content");
        File.WriteAllBytes(tree + "/large", ArchiveBox.Pattern(300_000));
        Run("chmod", $"0750 {tree}/d/f");
        File.CreateSymbolicLink(tree + "/s", "d/f");
        Run("ln", $"{tree}/d/f {tree}/h");
        string[] fifo = options.Contains("v7") ? [] : ["p"];
        Array.ForEach(fifo, name => Run("mkfifo", $"{tree}/{name}"));
        Run("touch", $"-d @1234567890.123456789 {tree}/d/f");
        Run("tar", $"{options} -cf {_directory}/a.tar -C {tree} .");

        using TestBox box = new(files => files.MountArchive("/a", _directory + "/a.tar"));
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", "..", "d", "h", "large", .. fifo, "s"]));
        Assert.That((box.Read("/a/s"), box.Read("/a/h")), Is.EqualTo(("content", "content")));
        FileStat stat = box.Stat("/a/h");
        Assert.That((stat.Mode, stat.Links), Is.EqualTo(((ushort)0x1E8, 2u)));
        Assert.That(stat.ModifyTime, Is.EqualTo(options.Contains("posix") ? 1234567890123456789 : 1234567890000000000));
        Assert.That(box.Stat("/a/large").Size, Is.EqualTo(300_000));
        OpenFile file = box.Open("/a/large");
        byte[] buffer = new byte[300_001];
        file.Read(buffer, out int count);
        Assert.That(buffer.AsSpan(0, count).SequenceEqual(ArchiveBox.Pattern(300_000)), Is.True);
        file.Release();
    }

    [Test]
    public void SparseArchivesAreRefusedByName()
    {
        string path = _directory + "/sparse";
        using (FileStream file = File.Create(path))
        {
            file.SetLength(1_000_000);
            file.Position = 500_000;
            file.WriteByte(1);
        }

        foreach (string format in (string[])["gnu", "posix"])
        {
            Run("tar", $"--format={format} -S -cf {_directory}/a.tar -C {_directory} sparse");
            Assert.That(ArchiveBox.Refusal(File.ReadAllBytes(_directory + "/a.tar")), Does.Contain("sparse"));
        }
    }

    [Test]
    public async Task WhatIsExportedTarLists()
    {
        using TestBox box = new();
        box.MakeDirectory("/d", 0x1C0);
        box.Write("/d/f", "content");
        box.Link("/d/f", "/d/h");
        box.SymbolicLink("f", "/d/s");
        box.Write("/d/" + new string('n', 150), "far");
        box.Files.SetTimes(box.Path("/d/f"), new TimeUpdate(0, 1_600_000_000_123_456_789));
        await using (FileStream stream = File.Create(_directory + "/a.tar"))
        {
            await TreeArchive.ExportAsync(box.Files.Mounts.Root.Root, stream);
        }

        string listed = Run("tar", $"--numeric-owner --full-time --utc -tvf {_directory}/a.tar");
        Assert.That(listed, Does.Contain("drwx------ 0/0").And.Contain("7 2020-09-13 12:26:40.123456789 d/f").And.Contain("d/h link to d/f").And.Contain("d/s -> f"));
        Directory.CreateDirectory(_directory + "/out");
        Run("tar", $"-xf {_directory}/a.tar -C {_directory}/out");
        Assert.That(File.ReadAllText(_directory + "/out/d/s"), Is.EqualTo("content"));
        Assert.That(File.ReadAllText(_directory + "/out/d/" + new string('n', 150)), Is.EqualTo("far"));
    }

    [Test]
    public void FileThatIsCutShortIsAnErrorOfTheRead()
    {
        string path = _directory + "/a.tar";
        File.WriteAllBytes(path, TarBlocks.Of(static tar => tar.Entry('0', "f", content: new byte[200_000])));
        using TestBox box = new(files => files.MountArchive("/a", path));
        Run("truncate", $"-s 1000 {path}");
        OpenFile open = box.Open("/a/f");
        Assert.That(open.ReadAt(new byte[100], 150_000, out _), Is.EqualTo(Errno.IO));
        open.Release();
    }

    [Test]
    public void FileThatIsNotThere()
    {
        Assert.That(() => new TestBox(files => files.MountArchive("/a", _directory + "/no.tar")), Throws.InstanceOf<FileNotFoundException>().With.Message.Contains("no.tar"));
        Assert.That(() => new TestBox(files => files.MountArchive("/a", _directory)), Throws.InstanceOf<FileNotFoundException>());
    }

    private static string Run(string program, string arguments)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors);
        return output;
    }
}
