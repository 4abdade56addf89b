using System.Formats.Tar;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;
using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Trees go into tars and come out of them again.</summary>
internal sealed class TreeArchiveTests
{
    private static Inode RootOf(TestBox box) => box.Files.Mounts.Root.Root;

    private static Inode Fresh(Limits? limits = null) => new MemoryFileSystem(new Kernel(limits ?? Limits.Default)).Root;

    private static Action<byte[]> Mode(string octal) => header => TarBlocks.Put(header, 100, octal);

    private static byte[] Export(Inode root)
    {
        using MemoryStream stream = new();
        Task task = TreeArchive.ExportAsync(root, stream);
        Assert.That(task.IsCompletedSuccessfully, Is.True, task.Exception?.ToString());
        return stream.ToArray();
    }

    private static async Task ImportAsync(Inode root, byte[] archive)
    {
        using MemoryStream stream = new(archive);
        await TreeArchive.ImportAsync(root, stream);
    }

    private static TestBox Filled()
    {
        TestBox box = new();
        box.MakeDirectory("/b", 0x1C0);
        box.Write("/b/file", "content");
        box.Write("/large", new string('x', 100_000));
        box.Write("/empty", "");
        box.Link("/b/file", "/a-link");
        box.SymbolicLink("b/file", "/s");
        box.SymbolicLink(new string('t', 3000), "/long");
        box.MakeDirectory("/" + new string('d', 200));
        box.Write("/" + new string('d', 200) + "/" + new string('n', 200), "far");
        box.Write("/ü", "umlaut");
        box.Files.SetTimes(box.Path("/b/file"), new TimeUpdate(1, -1_234_567_891));
        return box;
    }

    [Test]
    public async Task TreeComesOutAsItWentIn()
    {
        using TestBox box = Filled();
        byte[] tar = Export(RootOf(box));
        Inode copy = Fresh();
        await ImportAsync(copy, tar);
        Assert.That(Export(copy).AsSpan().SequenceEqual(tar), Is.True);

        using TestBox mounted = Of(tar);
        Assert.That(mounted.Read("/a/s"), Is.EqualTo("content"));
        FileStat stat = mounted.Stat("/a/a-link");
        Assert.That((stat.Links, stat.ModifyTime, stat.Mode), Is.EqualTo((2u, -1_234_567_891L, box.Stat("/b/file").Mode)));
        Assert.That(mounted.Stat("/a/b").Mode, Is.EqualTo(0x1C0));
        Assert.That(mounted.Stat("/a/b").ModifyTime, Is.EqualTo(box.Stat("/b").ModifyTime));
        Assert.That(Export(mounted.Files.Mounts.Root.Children[0].Root).AsSpan().SequenceEqual(tar), Is.True);
    }

    [Test]
    public void EqualTreesGiveEqualBytes()
    {
        using TestBox one = new();
        using TestBox other = new();
        string[] names = ["z", "a", "m"];
        Array.ForEach(names, name => one.Write("/" + name, name));
        Array.ForEach(names.Reverse().ToArray(), name => other.Write("/" + name, name));
        Assert.That(Export(RootOf(other)).AsSpan().SequenceEqual(Export(RootOf(one))), Is.True);
    }

    [Test]
    public void OtherReadersReadIt()
    {
        using TestBox box = Filled();
        using TarReader reader = new(new MemoryStream(Export(RootOf(box))));
        List<string> entries = [];
        while (reader.GetNextEntry() is { } entry)
        {
            entries.Add($"{entry.EntryType} {entry.Name[..Math.Min(entry.Name.Length, 8)]} {entry.Length} {entry.LinkName[..Math.Min(entry.LinkName.Length, 8)]}");
        }

        Assert.That(entries, Is.EqualTo((string[])
        [
            "Directory ./ 0 ", "RegularFile a-link 7 ", "Directory b/ 0 ", "HardLink b/file 0 a-link", "Directory dddddddd 0 ",
            "RegularFile dddddddd 3 ", "RegularFile empty 0 ", "RegularFile large 100000 ", "SymbolicLink long 0 tttttttt",
            "SymbolicLink s 0 b/file", "RegularFile ü 6 ",
        ]));
    }

    [Test]
    public void OwnersAndDevicesAreKept()
    {
        byte[] tar = TarBlocks.Of(static tar => tar
            .Directory("./").Entry('3', "c", change: static header => { TarBlocks.Put(header, 329, "0000001"); TarBlocks.Put(header, 337, "0000003"); })
            .Pax(("gid", "4294967295"), ("uid", "2097152")).File("f").Entry('6', "p"));
        using TestBox box = Of(tar);
        using TestBox again = Of(Export(box.Files.Mounts.Root.Children[0].Root));
        Assert.That((again.Stat("/a/f").UserId, again.Stat("/a/f").GroupId), Is.EqualTo((2097152u, uint.MaxValue)));
        Assert.That((again.Stat("/a/c").Represents, again.Stat("/a/p").Type), Is.EqualTo((0x103ul, FileType.Fifo)));
    }

    [Test]
    public void WhiteoutsAreThoseOfALayer()
    {
        ArchiveOptions layer = new() { Whiteouts = true };
        byte[] tar = TarBlocks.Of(static tar => tar.File("d/.wh..wh..opq").File("d/.wh.gone").File("d/f"));
        using TestBox box = Of(tar, layer);
        byte[] exported = Export(box.Files.Mounts.Root.Children[0].Root);
        using TestBox plain = Of(exported);
        Assert.That(plain.List("/a/d"), Is.EqualTo((string[])[".", "..", ".wh..wh..opq", ".wh.gone", "f"]));
        using TestBox again = Of(exported, layer);
        Assert.That(again.Stat("/a/d/gone").Type, Is.EqualTo(FileType.CharacterDevice));
    }

    [Test]
    public async Task ImportReplacesFilesAndEntersDirectories()
    {
        using TestBox box = new();
        box.MakeDirectory("/d");
        box.Write("/d/kept", "kept");
        box.Write("/d/f", "old");
        box.SymbolicLink("d/kept", "/s");
        await ImportAsync(RootOf(box), TarBlocks.Of(static tar => tar.File("d/f", "new").File("s", "no link")));
        Assert.That((box.Read("/d/kept"), box.Read("/d/f"), box.Read("/s")), Is.EqualTo(("kept", "new", "no link")));
        Assert.That(box.LinkStat("/s").Type, Is.EqualTo(FileType.Regular));
    }

    [Test]
    public async Task DirectoriesThatAreThereBecomeTheArchives()
    {
        using TestBox box = new();
        box.MakeDirectory("/d");
        box.MakeDirectory("/d/implied", 0x1C0);
        await ImportAsync(RootOf(box), TarBlocks.Of(static tar => tar
            .Pax(("mtime", "7"), ("uid", "3")).Entry('5', "./", change: Mode("0000700"))
            .Pax(("mtime", "5"), ("uid", "1"), ("gid", "2")).Entry('5', "d/", change: Mode("0002500")).File("d/implied/f")));
        FileStat top = box.Stat("/");
        Assert.That((top.Mode, top.UserId, top.GroupId, top.ModifyTime), Is.EqualTo(((ushort)0x1C0, 3u, 100u, 7_000_000_000L)));
        FileStat entered = box.Stat("/d");
        Assert.That((entered.Mode, entered.UserId, entered.GroupId, entered.ModifyTime), Is.EqualTo(((ushort)0x540, 1u, 2u, 5_000_000_000L)));
        Assert.That((box.Stat("/d/implied").Mode, box.Stat("/d/implied").UserId), Is.EqualTo(((ushort)0x1C0, 0u)));
    }

    [Test]
    public void FurtherNamesOfAWhiteoutAreWhiteouts()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.Entry('3', "a").HardLink("b", "a")));
        using TestBox again = Of(Export(box.Files.Mounts.Root.Children[0].Root), new ArchiveOptions { Whiteouts = true });
        Assert.That(again.List("/a"), Is.EqualTo((string[])[".", "..", "a", "b"]));
    }

    [Test]
    public void Archives_ImportThroughALinkThatIsThere()
    {
        using TestBox box = new();
        box.MakeDirectory("/outside");
        box.MakeDirectory("/inside");
        box.SymbolicLink("/outside", "/inside/s");
        Assert.That(RootOf(box).Lookup("inside"u8, out Inode? inside), Is.EqualTo(Errno.Success));
        Assert.That(() => ImportAsync(inside!, TarBlocks.Of(static tar => tar.File("s/f"))), Throws.InstanceOf<IOException>().With.Message.Contains("'s'"));
        Assert.That(box.List("/outside"), Is.EqualTo((string[])[".", ".."]));
    }

    [Test]
    public void ImportOntoADirectoryThatIsThere()
    {
        using TestBox box = new();
        box.MakeDirectory("/d");
        Assert.That(() => ImportAsync(RootOf(box), TarBlocks.Of(static tar => tar.File("d"))), Throws.InstanceOf<IOException>().With.Message.Contains("'d'").And.Message.Contains("EISDIR"));
    }

    [Test]
    public void MalformedArchiveMakesNothing()
    {
        Inode root = Fresh();
        Assert.That(
            () => ImportAsync(root, TarBlocks.Of(static tar => tar.File("f").HardLink("h", "../../etc/passwd"))),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("'h'"));
        Assert.That(root.Lookup("f"u8, out _), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void FullTreeNamesTheEntry()
    {
        Inode root = Fresh(Limits.Default with { FileBytes = 10_000 });
        Assert.That(
            () => ImportAsync(root, TarBlocks.Of(static tar => tar.File("a", "x").Entry('0', "b", content: new byte[20_000]))),
            Throws.InstanceOf<IOException>().With.Message.Contains("'b'").And.Message.Contains("ENOSPC"));
    }

    [TestCase('3')]
    [TestCase('4')]
    public void DevicesCannotBeImported(char kind) => Assert.That(
        () => ImportAsync(Fresh(), TarBlocks.Of(tar => tar.Entry(kind, "d/p"))),
        Throws.InstanceOf<IOException>().With.Message.Contains("'d/p' is a device,"));

    [Test]
    public void ReadOnlyTreeCannotBeImportedInto()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("f")));
        Assert.That(
            () => ImportAsync(box.Files.Mounts.Root.Children[0].Root, TarBlocks.Of(static tar => tar.File("g"))),
            Throws.InstanceOf<IOException>().With.Message.Contains("'g'"));
    }

    [Test]
    public async Task CompressedAndZippedArchivesAreImported()
    {
        byte[] tar = TarBlocks.Of(static tar => tar.File("f", "content"));
        foreach (byte[] archive in (byte[][])[GZip(tar), Zstd(tar), Zip(static zip => zip.Add("f", Bytes("content")))])
        {
            using TestBox box = new();
            await ImportAsync(RootOf(box), archive);
            Assert.That(box.Read("/f"), Is.EqualTo("content"));
        }
    }

    /// <summary>A guest can nest directories as deeply as it likes; the host's stack does not.</summary>
    [Test]
    public void DirectoriesTooDeepAreNamed()
    {
        Inode root = Fresh();
        Inode directory = root;
        for (int i = 0; i < 5000; i++)
        {
            directory.MakeDirectory("d"u8, new Creation(0x1ED, 0, 0));
            directory.Lookup("d"u8, out Inode? next);
            directory = next!;
        }

        Assert.That(
            () => TreeArchive.ExportAsync(root, Stream.Null).GetAwaiter().GetResult(),
            Throws.InstanceOf<IOException>().With.Message.Contains("d/d/d").And.Message.Contains("further down"));
    }

    [Test]
    public void CancellationEndsIt()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        using TestBox box = Filled();
        Assert.That(() => TreeArchive.ExportAsync(RootOf(box), Stream.Null, source.Token), Throws.InstanceOf<OperationCanceledException>());
        using MemoryStream stream = new(TarBlocks.Of(static tar => tar.File("f")));
        Assert.That(() => TreeArchive.ImportAsync(Fresh(), stream, null, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void FileIsNoTree()
    {
        using TestBox box = Filled();
        Assert.That(RootOf(box).Lookup("large"u8, out Inode? file), Is.EqualTo(Errno.Success));
        Assert.That(() => TreeArchive.ExportAsync(file!, Stream.Null), Throws.ArgumentException);
        Assert.That(() => TreeArchive.ImportAsync(file!, Stream.Null), Throws.ArgumentException);
    }
}
