using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Overlay;

/// <summary>What is kept when a file is copied to the upper layer.</summary>
[TestFixture(LowerKind.Memory)]
[TestFixture(LowerKind.Host)]
internal sealed class CopyUpTests(LowerKind kind)
{
    private static readonly TimeUpdate Old = new(1_000_000_000_000, 2_000_000_000_000);

    [Test]
    public void WritingKeepsTheRestAndTheIdentity()
    {
        using OverlayBox overlay = Deep();
        FileStat before = overlay.Box.Stat("/a/b/file");
        OpenFile file = overlay.Box.Open("/a/b/file", OpenFlags.None, AccessModes.Write);
        Assert.That(file.WriteAt("X"u8, 1, out _), Is.EqualTo(Errno.Success));
        file.Release();
        Assert.That(overlay.Box.Read("/a/b/file"), Is.EqualTo("cXntent"));
        FileStat after = overlay.Box.Stat("/a/b/file");
        Assert.That((after.Device, after.Inode, after.Mode, after.Links), Is.EqualTo((before.Device, before.Inode, before.Mode, before.Links)));
        Assert.That(overlay.UpperBox.Read("/a/b/file"), Is.EqualTo("cXntent"));
    }

    [Test]
    public void TimesOfTheFileAndOfWhatIsAboveStay()
    {
        using OverlayBox overlay = Deep();
        FileStat before = overlay.Box.Stat("/a/b/file");
        Assert.That(overlay.Find("/a/b/file").SetMode(0x180), Is.EqualTo(Errno.Success));
        FileStat stat = overlay.Box.Stat("/a/b/file");
        Assert.That((stat.AccessTime, stat.ModifyTime, stat.Mode), Is.EqualTo((before.AccessTime, Old.Modify, (ushort)0x180)));
        Assert.That(overlay.Box.Stat("/a/b").ModifyTime, Is.EqualTo(Old.Modify));
        Assert.That(overlay.Box.Stat("/a").ModifyTime, Is.EqualTo(Old.Modify));
        Assert.That(overlay.Box.Stat("/a/b").Mode, Is.EqualTo(0x1C0));
        Assert.That(overlay.UpperBox.Stat("/a/b").ModifyTime, Is.EqualTo(Old.Modify));
    }

    [Test]
    public void RootChangedWhenAFileThatWasRemovedIsClosed()
    {
        using OverlayBox overlay = Deep();
        OpenFile file = overlay.Box.Open("/a/b/file", OpenFlags.None, AccessModes.ReadWrite);
        OpenFile reader = overlay.Box.Open("/a/b/file");
        Assert.That(overlay.Box.SetTimes("/", Old), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.Unlink("/a/b/file"), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.Stat("/").ModifyTime, Is.EqualTo(Old.Modify), "it lay elsewhere");
        reader.Release();
        file.Release();
        Assert.That(overlay.Box.Stat("/").ModifyTime, Is.EqualTo(Old.Modify));
        Assert.That(overlay.UpperBox.List("/"), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void OwnersAndTimesAreSetOnTheCopy()
    {
        using OverlayBox overlay = Deep();
        Assert.That(overlay.Find("/a/b/file").SetOwner(new OwnerUpdate(7, 8)), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Find("/a/b").SetOwner(new OwnerUpdate(9, OwnerUpdate.Keep)), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.SetTimes("/a/b/file", new TimeUpdate(5, 6)), Is.EqualTo(Errno.Success));
        FileStat stat = overlay.Box.Stat("/a/b/file");
        Assert.That((stat.UserId, stat.GroupId, stat.AccessTime, stat.ModifyTime), Is.EqualTo((7u, 8u, 5L, 6L)));
        Assert.That(overlay.Box.Read("/a/b/file"), Is.EqualTo("content"));
        Assert.That(overlay.Box.Stat("/a/b").UserId, Is.EqualTo(9));
    }

    [Test]
    public void LinkIsCopiedUpAsALink()
    {
        using OverlayBox overlay = Deep();
        Assert.That(overlay.Box.SetTimes("/a/link", new TimeUpdate(5, 6), follow: false), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.ReadLink("/a/link", out string target), Is.EqualTo(Errno.Success));
        Assert.That(target, Is.EqualTo("b/file"));
        Assert.That(overlay.Box.Stat("/a/link", follow: false).ModifyTime, Is.EqualTo(6));
        Assert.That(overlay.UpperBox.Stat("/a/link", follow: false).Type, Is.EqualTo(FileType.SymbolicLink));
    }

    /// <summary>What the link said was cut at 4096 bytes, whatever paths may be.</summary>
    [Test]
    public void ALongLinkIsCopiedUpWhole()
    {
        using MemoryFileSystem lower = MemoryFileSystem.Detached();
        string content = new('x', 4500);
        Assert.That(lower.Root.SymbolicLink("link"u8, Encoding.UTF8.GetBytes(content), new Creation(0x1FF, 0, 0)), Is.EqualTo(Errno.Success));
        TreeSnapshot snapshot = lower.Snapshot();
        using TestBox box = new(options => options.MountOverlay("/", overlay => overlay.LowerSnapshot(snapshot)), new Limits { PathBytes = 10_000 });
        box.Flags = PathFlags.None;
        Assert.That(box.Files.SetTimes(box.Path("/link"), new TimeUpdate(1, 2)), Is.EqualTo(Errno.Success));
        Assert.That(box.ReadLink("/link", out string copied), Is.EqualTo(Errno.Success));
        Assert.That(copied, Is.EqualTo(content));
    }

    [Test]
    public void HolesStayHoles()
    {
        const long Far = 2L * 1024 * 1024;
        using OverlayBox overlay = new(kind, Limits.Default with { FileBytes = 64 * 1024 }, null, static box =>
        {
            OpenFile file = box.Open("/sparse", OpenFlags.Create, AccessModes.ReadWrite);
            file.WriteAt("start"u8, 0, out _);
            file.WriteAt("end"u8, Far, out _);
            file.SetSize(Far + 10_000);
            file.Release();
        });
        OpenFile opened = overlay.Box.Open("/sparse", OpenFlags.None, AccessModes.ReadWrite);
        opened.WriteAt("S"u8, 0, out _);
        byte[] buffer = new byte[3];
        Assert.That(opened.ReadAt(buffer, Far, out int count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, count), Is.EqualTo("end"));
        Assert.That(overlay.Box.Stat("/sparse").Size, Is.EqualTo(Far + 10_000));
        Assert.That(opened.Seek(8192, Whence.Data, out long data), Is.EqualTo(Errno.Success));
        Assert.That(data, Is.EqualTo(Far));
        opened.Release();
    }

    [Test]
    public void CuttingCopiesNoContent()
    {
        using OverlayBox overlay = new(kind, Limits.Default with { FileBytes = 4096 }, null, static box => box.Write("/big", new string('x', 100_000)));
        Assert.That(overlay.Box.TryOpen("/big", OpenFlags.Truncate, AccessModes.Write), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.Stat("/big").Size, Is.Zero);
    }

    [Test]
    public void NoRoomLeavesAllAsItWas()
    {
        using OverlayBox overlay = new(kind, Limits.Default with { FileBytes = 64 * 1024 }, null, static box =>
        {
            box.MakeDirectory("/dir");
            box.Write("/dir/big", new string('x', 100_000));
        });
        FileStat before = overlay.Box.Stat("/dir/big");
        Assert.That(overlay.Box.TryOpen("/dir/big", OpenFlags.None, AccessModes.Write), Is.EqualTo(Errno.NoSpc));
        Assert.That(overlay.Find("/dir/big").SetMode(0), Is.EqualTo(Errno.NoSpc));
        Assert.That(overlay.Box.Rename("/dir/big", "/dir/other"), Is.EqualTo(Errno.NoSpc));
        Assert.That(overlay.Box.Link("/dir/big", "/dir/other"), Is.EqualTo(Errno.NoSpc));
        Assert.That(overlay.Box.Stat("/dir/big"), Is.EqualTo(before));
        Assert.That(overlay.Box.Read("/dir/big"), Has.Length.EqualTo(100_000));
        Assert.That(overlay.Box.List("/dir"), Is.EqualTo(new[] { "big" }));
        Assert.That(overlay.Box.Kernel.FileBytes.Used, Is.Zero);
        Assert.That(overlay.UpperBox.List("/dir"), Is.Empty);
    }

    [Test]
    public void NoRoomForAnInodeLeavesAllAsItWas()
    {
        using OverlayBox overlay = new(kind, Limits.Default with { Inodes = 3 }, null, static box =>
        {
            box.MakeDirectory("/dir");
            box.Write("/dir/a", "a");
            box.Write("/dir/b", "b");
            box.Write("/dir/c", "c");
        });

        // The directory, the copy, and the whiteout that the rename leaves: three. Then there is room for none.
        Assert.That(overlay.Box.Rename("/dir/a", "/dir/z"), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.Unlink("/dir/b"), Is.EqualTo(Errno.NoSpc));
        Assert.That(overlay.Box.Rename("/dir/b", "/dir/y"), Is.EqualTo(Errno.NoSpc));
        Assert.That(overlay.Box.MakeDirectory("/dir/x"), Is.EqualTo(Errno.NoSpc));
        Assert.That(overlay.Box.List("/dir"), Is.EqualTo(new[] { "b", "c", "z" }));
        Assert.That(overlay.Box.MakeDirectory("/dir/a"), Is.EqualTo(Errno.NoSpc), "the whiteout is put back");
        Assert.That(overlay.Box.Exists("/dir/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(overlay.Box.Rename("/dir/z", "/dir/a"), Is.EqualTo(Errno.Success), "over the whiteout, which frees one");
        Assert.That(overlay.Box.Unlink("/dir/b"), Is.EqualTo(Errno.Success));
        Assert.That(overlay.Box.List("/dir"), Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public void WhoReadsSeesWhatIsWrittenAfter()
    {
        using OverlayBox overlay = Deep();
        OpenFile reader = overlay.Box.Open("/a/b/file");
        byte[] buffer = new byte[16];
        reader.Read(buffer.AsSpan(0, 3), out _);
        overlay.Box.Write("/a/b/file", "rewritten");
        Assert.That(reader.Read(buffer, out int count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, count), Is.EqualTo("ritten"));
        Assert.That(reader.Operations.Stat(reader, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That((stat.Size, stat.Inode), Is.EqualTo((9L, overlay.Box.Stat("/a/b/file").Inode)));
        overlay.Box.Unlink("/a/b/file");
        Assert.That(MountedBox.ReadAll(reader), Is.EqualTo("rewritten"));
        reader.Release();
        Assert.That(overlay.Box.Kernel.FileBytes.Used, Is.Zero);
    }

    [Test]
    public void UnlinkedButOpenFileIsReadAndChanged()
    {
        using OverlayBox overlay = Deep();
        OpenFile reader = overlay.Box.Open("/a/b/file");
        OpenFile writer = overlay.Box.Open("/a/other", OpenFlags.None, AccessModes.ReadWrite);
        overlay.Box.Unlink("/a/b/file");
        overlay.Box.Unlink("/a/other");
        Assert.That(overlay.Box.Exists("/a/b/file"), Is.EqualTo(Errno.NoEnt));
        Assert.That(MountedBox.ReadAll(reader), Is.EqualTo("content"));
        writer.WriteAt("O"u8, 0, out _);
        Assert.That(MountedBox.ReadAll(writer), Is.EqualTo("Other"));
        Assert.That(writer.Operations.Stat(writer, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Links, Is.Zero);

        // Changing one that nobody can name any more copies it up to where nobody sees it.
        Assert.That(reader.Operations.SetMode(reader, 0x100), Is.EqualTo(Errno.Success));
        Assert.That(reader.Operations.Stat(reader, out stat), Is.EqualTo(Errno.Success));
        Assert.That((stat.Mode, stat.Links), Is.EqualTo(((ushort)0x100, 0u)));
        Assert.That(MountedBox.ReadAll(reader), Is.EqualTo("content"));
        Assert.That(overlay.Box.List("/"), Is.EqualTo(new[] { "a" }));
        reader.Release();
        writer.Release();
        Assert.That(overlay.Box.Kernel.FileBytes.Used, Is.Zero, "both are given back");
        Assert.That(overlay.UpperBox.List("/"), Is.EqualTo(new[] { "a" }));
    }

    private OverlayBox Deep() => new(kind, static box =>
    {
        box.MakeDirectory("/a");
        box.MakeDirectory("/a/b", 0x1C0);
        box.Write("/a/b/file", "content");
        box.Write("/a/other", "other");
        box.SymbolicLink("b/file", "/a/link");
        foreach (string path in new[] { "/a/b/file", "/a/b", "/a" })
        {
            box.SetTimes(path, Old);
        }
    });
}
