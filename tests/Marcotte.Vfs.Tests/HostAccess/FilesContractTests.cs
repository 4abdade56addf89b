using System.IO.Abstractions;
using System.Text;

namespace Marcotte.Vfs.Tests.HostAccess;

internal sealed class FilesContractTests(Target target) : FileSystemContract(target)
{
    private static readonly string[] Lines = ["one", "two", string.Empty, "four"];

    [Test]
    public void TextComesBackInEveryEncoding()
    {
        const string Text = "Grüße, 世界 🌍\n";
        foreach (Encoding encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            File.WriteAllText(At("f"), Text, encoding);
            Assert.That(File.ReadAllText(At("f")), Is.EqualTo(Text), encoding.WebName);
            Assert.That(File.ReadAllBytes(At("f")), Is.EqualTo(encoding.GetPreamble().Concat(encoding.GetBytes(Text))), encoding.WebName);
        }
    }

    [Test]
    public void TextIsUtf8WithoutAMark()
    {
        File.WriteAllText(At("f"), "é");
        Assert.That(File.ReadAllBytes(At("f")), Is.EqualTo(new byte[] { 0xC3, 0xA9 }));
    }

    [Test]
    public void AppendingWritesTheMarkOnlyAtTheStart()
    {
        File.AppendAllText(At("f"), "a", Encoding.UTF8);
        File.AppendAllText(At("f"), "b", Encoding.UTF8);
        Assert.That(File.ReadAllBytes(At("f")), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', (byte)'b' }));
    }

    [Test]
    public void LinesEndAsOnUnix()
    {
        File.WriteAllLines(At("f"), Lines);
        Assert.That(File.ReadAllText(At("f")), Is.EqualTo("one\ntwo\n\nfour\n"));
        Assert.That(File.ReadAllLines(At("f")), Is.EqualTo(Lines));
        File.AppendAllLines(At("f"), ["five"]);
        Assert.That(File.ReadLines(At("f")).Last(), Is.EqualTo("five"));
        using StreamWriter writer = File.AppendText(At("f"));
        Assert.That(writer.NewLine, Is.EqualTo("\n"));
    }

    [Test]
    public async Task EverythingCanBeAwaited()
    {
        await File.WriteAllLinesAsync(At("f"), Lines);
        await File.AppendAllTextAsync(At("f"), "five\n");
        await File.AppendAllLinesAsync(At("f"), ["six"]);
        await File.AppendAllBytesAsync(At("f"), "seven"u8.ToArray());
        List<string> lines = [];
        await foreach (string line in File.ReadLinesAsync(At("f")))
        {
            lines.Add(line);
        }

        Assert.That(lines, Is.EqualTo(Lines.Concat(["five", "six", "seven"])));
        Assert.That(await File.ReadAllLinesAsync(At("f")), Is.EqualTo(lines));
        await File.WriteAllBytesAsync(At("f"), new byte[] { 1, 2 });
        Assert.That(await File.ReadAllBytesAsync(At("f")), Is.EqualTo(new byte[] { 1, 2 }));
        await File.WriteAllTextAsync(At("f"), "é", Encoding.Latin1);
        Assert.That(await File.ReadAllTextAsync(At("f"), Encoding.Latin1), Is.EqualTo("é"));
    }

    [Test]
    public void CancelledTasksDoNothing()
    {
        CancellationToken cancelled = new(true);
        Assert.That(async () => await File.WriteAllTextAsync(At("f"), "x", cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await File.ReadAllBytesAsync(At("f"), cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await File.AppendAllLinesAsync(At("f"), Lines, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(At("f")), Is.False);
    }

    [Test]
    public void LinesAreReadAsTheyAreAskedFor()
    {
        string path = Make("f", "one\ntwo\n");
        IEnumerable<string> lines = File.ReadLines(path);
        using IEnumerator<string> reading = lines.GetEnumerator();
        Assert.That(reading.MoveNext(), Is.True);
        Assert.That(reading.Current, Is.EqualTo("one"));
        reading.Dispose();
        Assert.That(lines, Is.EqualTo(new[] { "one", "two" }), "again");
    }

    [Test]
    public void CopyTakesBytesBitsAndTimes()
    {
        DateTime written = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        string path = Make("f");
        File.SetLastWriteTimeUtc(path, written);
        File.Copy(path, At("g"));
        Assert.That(File.GetLastWriteTimeUtc(At("g")), Is.EqualTo(written));
        Assert.That(File.GetUnixFileMode(At("g")), Is.EqualTo(File.GetUnixFileMode(path)));
        File.WriteAllText(path, "s");
        File.Copy(path, At("g"), overwrite: true);
        Assert.That(File.ReadAllText(At("g")), Is.EqualTo("s"));
    }

    [Test]
    public void CopyOfALinkIsACopyOfTheFile()
    {
        Make("f");
        File.CreateSymbolicLink(At("l"), "f");
        File.Copy(At("l"), At("g"));
        Assert.That(Files.FileInfo.New(At("g")).LinkTarget, Is.Null);
        Assert.That(File.ReadAllText(At("g")), Is.EqualTo("content"));
    }

    [Test]
    public void MoveOfALinkMovesTheLink()
    {
        Make("f");
        File.CreateSymbolicLink(At("l"), "f");
        File.Move(At("l"), At("m"));
        Assert.That(Files.FileInfo.New(At("m")).LinkTarget, Is.EqualTo("f"));
        Assert.That(File.Exists(At("f")), Is.True);
    }

    [Test]
    public void ReplaceKeepsWhatWasThereAsABackup()
    {
        Make("source", "new");
        Make("target", "old");
        Make("backup", "older");
        File.Replace(At("source"), At("target"), At("backup"));
        Assert.That(Relative(Directory.GetFiles(Root)), Is.EqualTo(new[] { "backup", "target" }));
        Assert.That((File.ReadAllText(At("target")), File.ReadAllText(At("backup"))), Is.EqualTo(("new", "old")));
    }

    [Test]
    public void DirectoriesAreMovedWithAllInThem()
    {
        Make("d/sub/f");
        Directory.Move(At("d"), At("e"));
        Assert.That(Relative(Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories)), Is.EqualTo(new[] { "e", "e/sub", "e/sub/f" }));
    }

    [Test]
    public void ADirectoryDoesNotGoIntoItself()
    {
        Directory.CreateDirectory(At("d"));
        Assert.That(() => Directory.Move(At("d"), At("d/e")), Throws.TypeOf<IOException>());
        Assert.That(Directory.Exists(At("d")), Is.True);
    }

    [Test]
    public void DeletingADirectoryFollowsNoLink()
    {
        Make("kept/f");
        Directory.CreateDirectory(At("d/sub"));
        Directory.CreateSymbolicLink(At("d/sub/link"), At("kept"));
        Directory.Delete(At("d"), recursive: true);
        Assert.That(Relative(Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories)), Is.EqualTo(new[] { "kept", "kept/f" }));
    }

    [Test]
    public void DeletingALinkToADirectoryLeavesTheDirectory()
    {
        Make("kept/f");
        Directory.CreateSymbolicLink(At("link"), "kept");
        Directory.Delete(At("link"), recursive: true);
        Assert.That(Relative(Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories)), Is.EqualTo(new[] { "kept", "kept/f" }));
    }

    [Test]
    public void ADeepTreeIsMadeAndDeleted()
    {
        string deep = string.Join('/', Enumerable.Repeat("d", 200));
        Directory.CreateDirectory(At(deep));
        Assert.That(Directory.Exists(At(deep)), Is.True);
        Directory.Delete(At("d"), recursive: true);
        Assert.That(Directory.GetFileSystemEntries(Root), Is.Empty);
    }

    [TestCase("missing/l")]
    [TestCase("missing/l/")]
    [TestCase("dangling/l")]
    [TestCase("f/l")]
    public void ALinkInADirectoryThatIsMissing(string path)
    {
        Make("f");
        File.CreateSymbolicLink(At("dangling"), "nowhere");
        string message = $"Could not find a part of the path '{At(path)}'.";
        Assert.That(() => File.CreateSymbolicLink(At(path), "f"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo(message));
        Assert.That(() => Directory.CreateSymbolicLink(At(path), "f"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo(message));
        Assert.That(() => Files.FileInfo.New(At(path)).CreateAsSymbolicLink("f"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo(message));
    }

    [TestCase("missing/")]
    [TestCase("dangling/l/")]
    public void ALinkOfANameWithASlash(string path) =>
        Assert.That(() => File.CreateSymbolicLink(At(path), "f"), path == "missing/" ? Throws.TypeOf<FileNotFoundException>() : Throws.TypeOf<DirectoryNotFoundException>());

    [Test]
    public void LinksAreResolved()
    {
        Make("d/f");
        File.CreateSymbolicLink(At("one"), "d/two");
        File.CreateSymbolicLink(At("d/two"), "f");
        Assert.That(File.ResolveLinkTarget(At("one"), returnFinalTarget: false)!.FullName, Is.EqualTo(At("d/two")));
        Assert.That(File.ResolveLinkTarget(At("one"), returnFinalTarget: true)!.FullName, Is.EqualTo(At("d/f")));
        Assert.That(File.ResolveLinkTarget(At("d/f"), returnFinalTarget: true), Is.Null);
        Assert.That(Files.FileInfo.New(At("one")).LinkTarget, Is.EqualTo("d/two"));
    }

    [Test]
    public void TimesAreKeptToTheTick()
    {
        DateTime time = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1_234_567);
        string path = Make("f");
        File.SetLastWriteTimeUtc(path, time);
        File.SetLastAccessTimeUtc(path, time.AddDays(1));
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(time));
        Assert.That(File.GetLastAccessTimeUtc(path), Is.EqualTo(time.AddDays(1)));
        Assert.That(File.GetLastWriteTime(path), Is.EqualTo(time.ToLocalTime()));
        Assert.That(Files.FileInfo.New(path).LastWriteTimeUtc.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [Test]
    public void TimesBefore1970AreTimesToo()
    {
        DateTime time = new DateTime(1969, 7, 20, 20, 17, 40, DateTimeKind.Utc).AddTicks(3);
        string path = Make("f");
        File.SetLastWriteTimeUtc(path, time);
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(time));
    }

    [Test]
    public void WhatSaysNothingOfItsZoneIsLocalOrUtcAsTheMethodSays()
    {
        DateTime time = new(2020, 1, 2, 3, 4, 5);
        string path = Make("f");
        File.SetLastWriteTimeUtc(path, time);
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(time));
        File.SetLastWriteTime(path, time);
        Assert.That(File.GetLastWriteTime(path), Is.EqualTo(time));
    }

    [Test]
    public void ANewFileHasTheTimeOfNow()
    {
        DateTime before = DateTime.UtcNow.AddSeconds(-2);
        string path = Make("f");
        Assert.That(File.GetLastWriteTimeUtc(path), Is.InRange(before, DateTime.UtcNow.AddSeconds(2)));
        Assert.That(File.GetCreationTimeUtc(path), Is.InRange(before, DateTime.UtcNow.AddSeconds(2)));
    }

    [Test]
    public void NamesMayBeAnyText()
    {
        foreach (string name in new[] { "späce name", "世界", "🌍", "a\\b", "a:b", "*?<>|\"", "trailing ", "trailing.", "NUL", "\u0001\n" })
        {
            File.WriteAllText(At(name), name);
            Assert.That(File.ReadAllText(At(name)), Is.EqualTo(name));
            Assert.That(Files.FileInfo.New(At(name)).Name, Is.EqualTo(name));
        }

        Assert.That(Directory.GetFiles(Root), Has.Length.EqualTo(10));
    }

    [Test]
    public void NamesHave255Bytes()
    {
        File.WriteAllText(At(new string('é', 127)), "x");
        Assert.That(() => File.WriteAllText(At(new string('é', 128)), "x"), Throws.TypeOf<PathTooLongException>());
    }

    [Test]
    public void BitsAreSetAndRead()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.GroupExecute | UnixFileMode.StickyBit;
        string path = Make("f");
        File.SetUnixFileMode(path, Mode);
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(Mode));
        Assert.That(File.GetAttributes(path), Is.EqualTo(FileAttributes.ReadOnly));
        File.SetAttributes(path, FileAttributes.Normal);
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(Mode | UnixFileMode.UserWrite));
    }

    [Test]
    public void TheTemporaryIsTemporary()
    {
        IDirectoryInfo directory = Directory.CreateTempSubdirectory("marcotte-test-");
        Assert.That(directory.Name, Does.StartWith("marcotte-test-"));
        Assert.That(directory.Parent!.FullName + "/", Is.EqualTo(Files.Path.GetTempPath()));
        Assert.That(File.GetUnixFileMode(directory.FullName), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        directory.Delete();
#pragma warning disable CS0618 // Obsolete, yet there.
        string path = Files.Path.GetTempFileName();
#pragma warning restore CS0618
        Assert.That(path, Does.EndWith(".tmp").And.StartWith(Files.Path.GetTempPath()));
        Assert.That(Files.FileInfo.New(path).Length, Is.Zero);
        File.Delete(path);
        Assert.That(() => Directory.CreateTempSubdirectory("a/b"), Throws.ArgumentException);
    }

    [Test]
    public void ManyThreadsWorkAtOnce()
    {
        Directory.CreateDirectory(At("shared"));
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 25; i++)
            {
                string path = At($"shared/{thread}-{i}");
                File.WriteAllText(path, path);
                Assert.That(File.ReadAllText(path), Is.EqualTo(path));
                File.Move(path, path + "-moved");
                _ = Directory.GetFiles(At("shared")).Length;
                File.Delete(path + "-moved");
            }
        });
        Assert.That(Directory.GetFiles(At("shared")), Is.Empty);
    }
}
