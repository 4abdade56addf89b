using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Tars that lead other readers astray are refused at Build, and the message names the entry.</summary>
[Category("security: archives")]
internal sealed class MalformedTarTests
{
    private static readonly string[] Long = [new('n', 256), string.Concat(Enumerable.Repeat("dd/", 2000))];

    [Test]
    public void Archives_SymlinkThenWriteThroughIt() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.Link("s", "/etc").File("s/passwd", "x"))), Does.Contain("'s/passwd'").And.Contain("no directory"));

    [Test]
    public void Archives_SymlinkThenDirectoryThroughIt() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.Link("s", ".").Directory("s/d"))), Does.Contain("'s/d'"));

    [Test]
    public void Archives_DirectoryWithFilesBecomesSymlink() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("d/f").Link("d", "/etc").File("d/g"))), Does.Contain("'d'").And.Contain("not empty"));

    [Test]
    public void Archives_NameThroughAFile() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("f", "x").File("f/g"))), Does.Contain("'f/g'"));

    [TestCase('2')]
    [TestCase('0')]
    [TestCase('3')]
    public void Archives_LayerLinkNamedDot(char kind) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry(kind, ".", "/"))), Does.Contain("'.'").And.Contain("no directory"));

    [Test]
    public void Archives_HardLinkNamedDot() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("f").HardLink(".", "f"))), Does.Contain("'.'"));

    [TestCase("/etc/passwd")]
    [TestCase("../../etc/passwd")]
    [TestCase("s/passwd")]
    [TestCase("")]
    [TestCase("later")]
    public void Archives_HardLinkToAHostFile(string target) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Link("s", "/etc").HardLink("h", target).File("later"))), Does.Contain("'h'"));

    [Test]
    public void HardLinkToItself()
    {
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.HardLink("h", "h"))), Does.Contain("'h'"));
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("h").HardLink("h", "./h"))), Does.Contain("'h'").And.Contain("itself"));
    }

    [TestCase("d")]
    [TestCase(".")]
    public void HardLinkToADirectory(string target) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Directory("d").HardLink("h", target))), Does.Contain("'h'").And.Contain("directory"));

    /// <summary>A header that says 0 with an extended header that says more hid an archive within an archive (CVE-2025-62518).</summary>
    [TestCase("512")]
    [TestCase("0")]
    public void Archives_PaxSizeDesync(string size)
    {
        byte[] inner = new TarBlocks().File("hidden").WithoutEnd();
        byte[] tar = TarBlocks.Of(tar => tar
            .Pax(("size", size == "0" ? "0" : "512")).Entry('0', "f", content: inner, size: size == "0" ? null : "00000000000"));
        Assert.That(Refusal(tar), Does.Contain("'f'").And.Contain("extended header"));
    }

    [Test]
    public void PaxSizeBeyondTheArchive() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.Pax(("size", "9223372036854775807")).File("f"))), Does.Contain("'f'"));

    [TestCase("2")]
    [TestCase("5")]
    [TestCase("6")]
    [TestCase("3")]
    [TestCase("1")]
    public void DataOfWhatCannotHaveAny(string kind) =>
        Assert.That(
            Refusal(TarBlocks.Of(tar => tar.File("f").Entry(kind[0], "e", "f", content: new TarBlocks().File("hidden").WithoutEnd()))),
            Does.Contain("'e'").And.Contain("512"));

    [TestCase("path", "")]
    [TestCase("size", "x")]
    [TestCase("size", "-1")]
    [TestCase("size", "1 ")]
    [TestCase("uid", "4294967296")]
    [TestCase("mtime", "1e9")]
    [TestCase("mtime", ".5")]
    [TestCase("path", "a\0b")]
    [TestCase("linkpath", "a\0b")]
    [TestCase("GNU.sparse.major", "1")]
    public void ExtendedHeaderThatMakesNoSense(string key, string value)
    {
        // An empty path takes back one that was given; here the entry has none of its own.
        byte[] tar = TarBlocks.Of(tar => tar.Pax((key, value)).Entry('2', value.Length == 0 ? "" : "s", "target"));
        Assert.That(Refusal(tar), Does.Contain("entry '"));
    }

    [TestCase("5 a=b\n")]
    [TestCase("7 a=b\n")]
    [TestCase("6 a=b ")]
    [TestCase("a=b\n")]
    [TestCase("-6 a=b\n")]
    [TestCase("0 a=b\n")]
    [TestCase("999999999999999999 a=b\n")]
    [TestCase("6 =bc\n")]
    [TestCase("6 abc\n")]
    public void ExtendedHeaderWithABadRecord(string record) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry('x', "x", content: Bytes(record)).File("f"))), Does.Contain("extended header"));

    [TestCase('x')]
    [TestCase('L')]
    [TestCase('g')]
    public void HeaderBombs(char kind)
    {
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry(kind, "x", content: new byte[2 << 20]).File("f"))), Does.Contain("entry 'x'"));
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry(kind, "x", size: "77777777777").File("f"))), Does.Contain("entry 'x'"));
    }

    [Test]
    public void HeadersAboutTheNextEntryTwice()
    {
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.Pax(("uid", "1")).Pax(("uid", "2")).File("f"))), Does.Contain("second"));
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.Entry('L', "l", content: "a"u8.ToArray()).Entry('L', "l", content: "b"u8.ToArray()).File("f"))), Does.Contain("second"));
    }

    [Test]
    public void HeaderAboutAnEntryThatDoesNotCome() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("f").Pax(("uid", "1")))), Does.Contain("entry to follow"));

    [TestCase("path", "x")]
    [TestCase("size", "0")]
    [TestCase("linkpath", "x")]
    public void GlobalHeaderThatNamesEverything(string key, string value) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry('g', "g", content: TarBlocks.Record(key, value)).File("f"))), Does.Contain("'g'"));

    [TestCase("..")]
    [TestCase("../f")]
    [TestCase("/../f")]
    [TestCase("a/../../f")]
    public void NameThatClimbsOut(string name) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.File(name))), Does.Contain($"'{name}'").And.Contain("climbs"));

    [Test]
    public void NameOverTheLimit([ValueSource(nameof(Long))] string name)
    {
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Pax(("path", name)).File("f"))), Does.Contain("the most"));
    }

    [Test]
    public void DeepestPathIsNoTrouble()
    {
        string path = string.Concat(Enumerable.Repeat("d/", 2047)) + "f";
        using TestBox box = Of(TarBlocks.Of(tar => tar.Pax(("path", path)).File("f", "deep")));
        Assert.That(box.TryStat("/a/" + string.Concat(Enumerable.Repeat("d/", 2000))), Is.EqualTo(Core.Errno.Success));
    }

    [Test]
    public void NameThatIsNotUtf8() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.Entry('0', "f", change: static header => header[1] = 0xFF))), Does.Contain("UTF-8"));

    [Test]
    public void MessageShowsNoControls() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("f").File("f/\u001b[31mred"))), Has.None.Matches<char>(char.IsControl));

    [Test]
    public void LinkToNothing() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.Link("s", ""))), Does.Contain("'s'"));

    [Test]
    public void TruncatedData()
    {
        byte[] tar = new TarBlocks().File("f", new string('x', 1000)).WithoutEnd();
        Assert.That(Refusal(tar[..1000]), Does.Contain("'f'"));
        Assert.That(Refusal(tar[..^1]), Does.Contain("'f'"));
        Assert.That(Refusal([.. tar, .. new byte[100]]), Does.Contain("cut short"));
    }

    [Test]
    public void Checksum()
    {
        byte[] tar = TarBlocks.Of(static tar => tar.File("f").File("g"));
        tar[512]++;
        Assert.That(Refusal(tar), Does.Contain("byte 512").And.Contain("checksum"));
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("f").Entry('0', "g", sums: false))), Does.Contain("checksum"));
    }

    [Test]
    public void OneBlockOfZerosHidesTheRest() =>
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("f").Raw(new byte[512]).File("g"))), Does.Contain("zeros"));

    [TestCase(100, "x000644")]
    [TestCase(108, "-000001")]
    [TestCase(124, "00000000008")]
    [TestCase(136, "0000000000z")]
    public void NumberThatIsNone(int at, string text) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry('0', "f", change: header => TarBlocks.Put(header, at, text)))), Does.Contain("'f'"));

    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [TestCase(new byte[] { 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [TestCase(new byte[] { 0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [TestCase(new byte[] { 0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0 })]
    public void AbsurdSize(byte[] size) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry('0', "f", change: header => size.CopyTo(header, 124)))), Does.Contain("'f'"));

    [TestCase('S', "sparse")]
    [TestCase('M', "volume")]
    [TestCase('Z', "'Z'")]
    public void KindThatIsNotRead(char kind, string word) =>
        Assert.That(Refusal(TarBlocks.Of(tar => tar.Entry(kind, "f"))), Does.Contain("'f'").And.Contain(word));

    [Test]
    public void TooManyEntries()
    {
        ArchiveOptions options = new() { MaxEntries = 3 };
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("a").File("b").File("c").File("d")), options), Does.Contain("'d'").And.Contain("MaxEntries"));
        Assert.That(Refusal(TarBlocks.Of(static tar => tar.File("a/b/c/d")), options), Does.Contain("MaxEntries"));
    }

    [Test]
    public void ImpliedDirectoriesAreCounted()
    {
        byte[] tar = TarBlocks.Of(static tar =>
        {
            for (int i = 0; i < 100; i++)
            {
                tar.Pax(("path", $"{i}/" + string.Concat(Enumerable.Repeat("d/", 2000)) + "f")).File("f");
            }
        });
        Assert.That(Refusal(tar, new ArchiveOptions { MaxEntries = 100_000 }), Does.Contain("MaxEntries"));
    }

    [TestCase(new byte[0])]
    [TestCase(new byte[] { 1, 2, 3 })]
    public void NoArchive(byte[] bytes) => Assert.That(Refusal(bytes), Does.Contain("neither"));
}
