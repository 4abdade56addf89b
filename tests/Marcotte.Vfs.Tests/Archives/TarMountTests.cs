using System.Formats.Tar;
using Marcotte.Core;
using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>What a box sees of a tar.</summary>
internal sealed class TarMountTests
{
    private static readonly DateTimeOffset Time = new DateTimeOffset(2021, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1234567);

    /// <summary>A read-only mount's protection was put around each opening, though an archive needs none.</summary>
    [Test]
    public void OpeningsShareWhatTheFileCanDo()
    {
        using TestBox box = Of(Tar(TarEntryFormat.Pax, writer => Write(writer, TarEntryFormat.Pax, TarEntryType.RegularFile, "f", _ => { })));
        OpenFile first = box.Open("/a/f");
        OpenFile second = box.Open("/a/f");
        Assert.That(second.Operations, Is.SameAs(first.Operations));
        Errno[] refused =
        [
            box.Files.SetTimes(box.Process, first, new TimeUpdate(1, 1)),
            box.Files.SetMode(box.Process, first, 0),
            box.Files.SetOwner(box.Process, first, new OwnerUpdate(1, 1)),
            box.TryOpen("/a/f", access: AccessModes.Write),
            box.TryOpen("/a/f", OpenFlags.Truncate),
        ];
        Assert.That(refused, Has.All.EqualTo(Errno.RoFs));
        first.Release();
        second.Release();
    }

    [TestCase(TarEntryFormat.V7)]
    [TestCase(TarEntryFormat.Ustar)]
    [TestCase(TarEntryFormat.Pax)]
    [TestCase(TarEntryFormat.Gnu)]
    public void EveryFormatIsRead(TarEntryFormat format)
    {
        byte[] tar = Tar(format, writer =>
        {
            Write(writer, format, TarEntryType.Directory, "d/", entry => entry.Mode = (UnixFileMode)0x1C0);
            Write(writer, format, format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile, "d/f", entry =>
            {
                entry.DataStream = new MemoryStream(Bytes("content"));
                entry.Mode = (UnixFileMode)0x9E8;
            });
            Write(writer, format, TarEntryType.SymbolicLink, "d/s", entry => entry.LinkName = "f");
            Write(writer, format, TarEntryType.HardLink, "h", entry => entry.LinkName = "d/f");
        });

        using TestBox box = Of(tar);
        Assert.That(box.Read("/a/d/f"), Is.EqualTo("content"));
        Assert.That(box.Read("/a/d/s"), Is.EqualTo("content"));
        Assert.That(box.Read("/a/h"), Is.EqualTo("content"));
        FileStat stat = box.Stat("/a/d/f");
        Assert.That((stat.Type, stat.Mode, stat.UserId, stat.GroupId, stat.Links, stat.Size), Is.EqualTo((FileType.Regular, (ushort)0x9E8, 7u, 8u, 2u, 7L)));
        Assert.That(stat.ModifyTime / 1_000_000_000, Is.EqualTo(Time.ToUnixTimeSeconds()));
        Assert.That(box.Stat("/a/h").Inode, Is.EqualTo(stat.Inode));
        Assert.That(box.Stat("/a/d").Mode, Is.EqualTo(0x1C0));
        Assert.That(box.LinkStat("/a/d/s").Size, Is.EqualTo(1));
    }

    [Test]
    public void TimesAreToTheNanosecond()
    {
        using TestBox box = Of(TarBlocks.Of(tar => tar
            .Pax(("mtime", "12.123456789123"), ("atime", "-1.5"), ("ctime", "3"))
            .File("f")));
        FileStat stat = box.Stat("/a/f");
        Assert.That((stat.ModifyTime, stat.AccessTime, stat.ChangeTime), Is.EqualTo((12_123_456_789L, -1_500_000_000L, 3_000_000_000L)));
    }

    [TestCase("99999999999999999999999999999", long.MaxValue)]
    [TestCase("-99999999999999999999999999999.9", long.MinValue + 2)]
    public void ExtremeTimesAreClamped(string text, long nanoseconds)
    {
        using TestBox box = Of(TarBlocks.Of(tar => tar.Pax(("mtime", text)).File("f")));
        Assert.That(box.Stat("/a/f").ModifyTime, Is.EqualTo(nanoseconds));
    }

    [Test]
    public void NumbersBeyondOctalAreRead()
    {
        using TestBox box = Of(TarBlocks.Of(tar => tar.Entry('0', "f", change: static header =>
        {
            header.AsSpan(108, 8).Clear();
            (header[108], header[112]) = (0x80, 0xFE);
            header.AsSpan(136, 12).Fill(0xFF);
        })));
        FileStat stat = box.Stat("/a/f");
        Assert.That((stat.UserId, stat.ModifyTime), Is.EqualTo((0xFE000000u, -1_000_000_000L)));
    }

    [TestCase(TarEntryFormat.Pax)]
    [TestCase(TarEntryFormat.Gnu)]
    public void LongNamesAndLinksAreRead(TarEntryFormat format)
    {
        string directory = string.Join('/', Enumerable.Repeat(new string('d', 200), 3));
        string name = directory + "/" + new string('ü', 127);
        byte[] tar = Tar(format, writer =>
        {
            Write(writer, format, TarEntryType.RegularFile, name, entry => entry.DataStream = new MemoryStream(Bytes("far")));
            Write(writer, format, TarEntryType.SymbolicLink, "s", entry => entry.LinkName = name);
            Write(writer, format, TarEntryType.HardLink, "h", entry => entry.LinkName = name);
        });

        using TestBox box = Of(tar);
        Assert.That(box.Read("/a/s"), Is.EqualTo("far"));
        Assert.That(box.Stat("/a/h").Links, Is.EqualTo(2));
    }

    /// <summary>The header's own name is cut to 100 bytes, where a slash made a directory of the file.</summary>
    [TestCase(TarEntryFormat.Pax)]
    [TestCase(TarEntryFormat.Gnu)]
    public void LongNameIsCutAtASlash(TarEntryFormat format)
    {
        string name = new string('d', 99) + "/file";
        using TestBox box = Of(Tar(format, writer => Write(
            writer, format, TarEntryType.RegularFile, name, static entry => entry.DataStream = new MemoryStream(Bytes("content")))));
        Assert.That(box.Read("/a/" + name), Is.EqualTo("content"));
    }

    [Test]
    public void PrefixOfUstarComesBeforeTheName()
    {
        using TestBox box = Of(TarBlocks.Of(tar => tar.Entry('0', "name", change: static header => TarBlocks.Put(header, 345, "some/where"))));
        Assert.That(box.TryStat("/a/some/where/name"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void GlobalHeaderCountsUntilAnEntrySaysOtherwise()
    {
        using TestBox box = Of(TarBlocks.Of(tar => tar
            .Entry('g', "g", content: [.. TarBlocks.Record("uid", "77"), .. TarBlocks.Record("comment", "hello")])
            .File("f")
            .Pax(("uid", "88"))
            .File("g")
            .Pax(("uid", ""))
            .File("h")));
        Assert.That((box.Stat("/a/f").UserId, box.Stat("/a/g").UserId, box.Stat("/a/h").UserId), Is.EqualTo((77u, 88u, 1000u)));
    }

    [Test]
    public void DirectoriesThatNoEntryMadeAreImplied()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("x/y/z")));
        Assert.That(box.List("/a/x"), Is.EqualTo((string[])[".", "..", "y"]));
        Assert.That((box.Stat("/a/x").Mode, box.Stat("/a/x").Links, box.Stat("/a").Links), Is.EqualTo(((ushort)0x1ED, 3u, 3u)));
    }

    [Test]
    public void EntryOfAnImpliedDirectorySaysWhatItIs()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("x/y").Directory("x/")));
        Assert.That(box.Stat("/a/x").Mode, Is.EqualTo(0x1A4));
        Assert.That(box.TryStat("/a/x/y"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void LaterEntryReplacesEarlierOne()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar
            .File("f", "old").HardLink("kept", "f").File("f", "new").Link("s", "nowhere").File("./s", "file").Directory("d").File("d", "was one")));
        Assert.That((box.Read("/a/f"), box.Read("/a/kept"), box.Read("/a/s"), box.Read("/a/d")), Is.EqualTo(("new", "old", "file", "was one")));
        Assert.That((box.Stat("/a/f").Links, box.Stat("/a/kept").Links), Is.EqualTo((1u, 1u)));
    }

    [TestCase("./")]
    [TestCase("/")]
    [TestCase(".")]
    [TestCase("x/..")]
    public void EntryOfTheTopSaysWhatItIs(string name)
    {
        using TestBox box = Of(TarBlocks.Of(tar => tar.Directory("./").Directory(name).File("f")));
        Assert.That(box.Stat("/a").Mode, Is.EqualTo(0x1A4));
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", "..", "f"]));
    }

    [TestCase("/f")]
    [TestCase("///f")]
    [TestCase("./x/../f")]
    [TestCase("f/")]
    public void NamesCountFromTheTop(string name)
    {
        using TestBox box = Of(TarBlocks.Of(tar => tar.File(name)));
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", "..", "f"]));
    }

    [Test]
    public void DevicesAndFifosAreWhatTheyAre()
    {
        byte[] tar = Tar(TarEntryFormat.Ustar, static writer =>
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.CharacterDevice, "c") { DeviceMajor = 1, DeviceMinor = 259 });
            writer.WriteEntry(new UstarTarEntry(TarEntryType.BlockDevice, "b") { DeviceMajor = 8, DeviceMinor = 1 });
            writer.WriteEntry(new UstarTarEntry(TarEntryType.Fifo, "p"));
        });
        using TestBox box = Of(tar);
        Assert.That((box.Stat("/a/c").Type, box.Stat("/a/c").Represents), Is.EqualTo((FileType.CharacterDevice, 0x100103ul)));
        Assert.That((box.Stat("/a/b").Type, box.Stat("/a/b").Represents), Is.EqualTo((FileType.BlockDevice, 0x801ul)));
        Assert.That(box.Stat("/a/p").Type, Is.EqualTo(FileType.Fifo));
        Assert.That((string[])["c", "b", "p"], Has.All.Matches<string>(name => box.TryOpen("/a/" + name) == Errno.NxIO));
    }

    [Test]
    public void NothingCanBeChanged()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("f", "content").Directory("d")));
        Assert.That(box.TryOpen("/a/f", access: AccessModes.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(box.TryOpen("/a/f", OpenFlags.Truncate), Is.EqualTo(Errno.RoFs));
        Assert.That(box.TryOpen("/a/n", OpenFlags.Create), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Unlink("/a/f"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.RemoveDirectory("/a/d"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.MakeDirectory("/a/n"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Rename("/a/f", "/a/n"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Link("/a/f", "/a/n"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.SymbolicLink("f", "/a/n"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Files.SetTimes(box.Path("/a/f"), new TimeUpdate(0, 0)), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Read("/a/f"), Is.EqualTo("content"));
    }

    [Test]
    public void PositionsAreThoseOfAFile()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("f", "0123456789").File("empty")));
        OpenFile file = box.Open("/a/f");
        byte[] buffer = new byte[4];
        Assert.That(file.Seek(-3, Whence.End, out long position), Is.EqualTo(Errno.Success));
        Assert.That((position, file.Read(buffer, out int count), count, buffer[0]), Is.EqualTo((7L, Errno.Success, 3, (byte)'7')));
        Assert.That((file.ReadAt(buffer, 10, out count), count), Is.EqualTo((Errno.Success, 0)));
        Assert.That(file.Seek(4, Whence.Hole, out position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(10));
        Assert.That(file.Seek(10, Whence.Data, out _), Is.EqualTo(Errno.NxIO));
        Assert.That(file.Seek(long.MaxValue, Whence.End, out _), Is.EqualTo(Errno.Overflow));
        Assert.That(box.Read("/a/empty"), Is.Empty);
        file.Release();
    }

    [Test]
    public void ListingIsSortedAndResumesAtEachCookie()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("c").File("b").Directory("a").File("Ä")));
        OpenFile directory = box.OpenDirectory("/a");
        List<DirectoryEntry> entries = TestBox.Entries(directory);
        Assert.That(entries.Select(TestBox.NameOf), Is.EqualTo((string[])[".", "..", "a", "b", "c", "Ä"]));
        Assert.That(TestBox.Entries(directory, entries[3].Next).Select(TestBox.NameOf), Is.EqualTo((string[])["c", "Ä"]));
        Assert.That(entries[3].Inode, Is.EqualTo(box.Stat("/a/b").Inode));
        directory.Release();
    }

    [Test]
    public void DotDotLeadsUpAndOut()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("x/y/f").Link("x/s", "../x/y/../y/f").Link("out", "../../..")));
        Assert.That(box.TryStat("/a/x/y/../../x/y/f"), Is.EqualTo(Errno.Success));
        Assert.That(box.TryStat("/a/x/s"), Is.EqualTo(Errno.Success));
        Assert.That(box.Stat("/a/out").Inode, Is.EqualTo(box.Stat("/").Inode));
    }

    [Test]
    public void LabelsOfVolumesAreNoFiles()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.Entry('V', "label").File("f")));
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", "..", "f"]));
    }

    [Test]
    public void EmptyArchiveIsAnEmptyDirectory()
    {
        using TestBox box = Of(new TarBlocks().End());
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", ".."]));
    }

    [Test]
    public void ArchiveMayEndWithoutItsEnd()
    {
        using TestBox box = Of(new TarBlocks().File("f", "content").WithoutEnd());
        Assert.That(box.Read("/a/f"), Is.EqualTo("content"));
    }

    private static void Write(TarWriter writer, TarEntryFormat format, TarEntryType type, string name, Action<TarEntry> fill)
    {
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type, name),
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Pax => new PaxTarEntry(type, name),
            _ => new GnuTarEntry(type, name),
        };
        (entry.Uid, entry.Gid, entry.ModificationTime) = (7, 8, Time);
        fill(entry);
        writer.WriteEntry(entry);
    }
}
