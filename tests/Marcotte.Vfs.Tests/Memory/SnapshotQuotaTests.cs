using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Who is charged for what is shared.</summary>
internal sealed class SnapshotQuotaTests
{
    private const int Page = 4096;

    private TreeSnapshot _image = null!;

    [OneTimeSetUp]
    public void MakeImage()
    {
        using Tree tree = new();
        tree.Write("/large", new byte[40 * Page]);
        tree.Write("/small", "small");
        tree.SymbolicLink("target", "/link");
        _image = tree.Files.Snapshot();
    }

    [Test]
    public void BytesOfAnImageAreFreeUntilTheyAreCopied()
    {
        using Tree tree = new(_image);
        Assert.That(Used(tree), Is.EqualTo((3L, 0L)));
        OpenFile file = tree.Open("/large");
        file.WriteAt("x"u8, 5 * Page, out _);
        Assert.That(Used(tree), Is.EqualTo((3L, Page)));
        file.WriteAt("y"u8, (5 * Page) + 9, out _);
        Assert.That(Used(tree), Is.EqualTo((3L, Page)), "its own page by now");
        file.WriteAt("x"u8, 0, out _);
        Assert.That(Used(tree), Is.EqualTo((3L, 2 * Page)));
        file.SetSize(3 * Page);
        Assert.That(Used(tree), Is.EqualTo((3L, Page)), "one that was charged went, others cost nothing");
        file.Release();
        tree.Clear();
        Assert.That(Used(tree), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void RepeatedSnapshotsLeakNoCharge()
    {
        using Tree tree = new(_image);
        OpenFile file = tree.Open("/large");
        for (int i = 0; i < 200; i++)
        {
            file.WriteAt("x"u8, i % 7 * Page, out _);
            tree.Write("/own", "own");
            tree.Files.Snapshot();
        }

        Assert.That(Used(tree), Is.EqualTo((4L, (7L * Page) + 64)));
        file.Release();
        tree.Clear();
        Assert.That(Used(tree), Is.EqualTo((0L, 0L)), "also what its own snapshots have");
    }

    [Test]
    public void CopyThatDoesNotFitChangesNothing()
    {
        using Tree tree = new(_image, maxBytes: Page);
        OpenFile file = tree.Open("/large");
        Assert.That(file.WriteAt(new byte[2 * Page], Page, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(Page));
        Assert.That(file.WriteAt("x"u8, 9 * Page, out _), Is.EqualTo(Errno.NoSpc));
        Assert.That(tree.ReadBytes("/large"), Is.EqualTo(new byte[40 * Page]));
        file.Release();
    }

    [Test]
    public void RoomThatWasMadeIsThere()
    {
        using Tree tree = new(_image, maxBytes: 4 * Page);
        OpenFile file = tree.Open("/large");
        Assert.That(file.Allocate(2 * Page, 5 * Page), Is.EqualTo(Errno.NoSpc));
        Assert.That(Used(tree).Bytes, Is.Zero, "all or none");
        Assert.That(file.Allocate(2 * Page, 4 * Page), Is.EqualTo(Errno.Success));
        Assert.That(Used(tree).Bytes, Is.EqualTo(4 * Page));
        Assert.That(file.WriteAt(new byte[4 * Page], 2 * Page, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4 * Page));
        Assert.That(Used(tree).Bytes, Is.EqualTo(4 * Page));
        Assert.That(file.Allocate(0, 40 * Page, Allocation.PunchHole), Is.EqualTo(Errno.Success));
        Assert.That(Used(tree).Bytes, Is.Zero);
        file.Release();
    }

    [Test]
    public void InodesOfAnImageAreChargedAtOnce()
    {
        Assert.That(
            Assert.Throws<ArgumentException>(() => new Tree(_image, new Limits { Inodes = 2 }))!.Message, Does.Contain("Limits.Inodes"));
        VfsOptions options = new VfsOptions().MountSnapshot("/image", _image);
        Assert.That(
            Assert.Throws<ArgumentException>(() => options.Build(new Limits { Inodes = 3 }))!.Message, Does.Contain("Limits.Inodes"), "with the mount point");
        using Tree tree = new(_image, new Limits { Inodes = 3 });
        Assert.That(tree.MakeDirectory("/x"), Is.EqualTo(Errno.NoSpc));
        Assert.That(tree.Unlink("/link"), Is.EqualTo(Errno.Success));
        Assert.That(tree.MakeDirectory("/x"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void TemplateIsPreparedOnce()
    {
        using TestBox box = new(options => options
            .MountSnapshot("/", _image).MountMemory("/a/b").WriteFile("/seed", "seed").WriteFile("/a/b/c", "c").MountDevices());
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
        Assert.That(box.Kernel.Inodes.Used, Is.EqualTo(3 + 4 + 1), "image, mount points and seed; the other mount's seed");
        Assert.That(box.Read("/seed") + box.Read("/a/b/c") + box.Read("/small"), Is.EqualTo("seedcsmall"));
        Assert.That(box.Stat("/a").ModifyTime, Is.EqualTo(box.Clock.Time));
        box.Clock.Time += 100;
        box.Write("/seed", "changed");
        Assert.That(box.Stat("/seed").ModifyTime, Is.EqualTo(box.Clock.Time));
    }

    [Test]
    public void SeedsReplaceFilesOfASnapshotAndNothingElse()
    {
        using TestBox box = new(options => options.MountSnapshot("/", _image).WriteFile("/small", "mine"));
        Assert.That(box.Read("/small"), Is.EqualTo("mine"));
        using Tree tree = new(_image);
        Assert.That(tree.Read("/small"), Is.EqualTo("small"));
        VfsOptions options = new VfsOptions().MountSnapshot("/", _image).WriteFile("/small/x", "x");
        Assert.That(Assert.Throws<ArgumentException>(() => options.Build(Limits.Default))!.Message, Does.Contain("/small/x").And.Contain("ENOTDIR"));
    }

    [Test]
    public void FileSystemIsDescribedByItsQuotas()
    {
        using Tree tree = new(_image, new Limits { Inodes = 10 }, maxBytes: 100 * Page);
        tree.Write("/own", new byte[3 * Page]);
        Assert.That(tree.Files.Stat(out FileSystemStat stat), Is.EqualTo(Errno.Success));
        Assert.That(
            (stat.BlockSize, stat.Blocks, stat.FreeBlocks, stat.Inodes, stat.FreeInodes, stat.NameBytes), Is.EqualTo((4096u, 100ul, 97ul, 10ul, 6ul, 255u)));
        OpenFile file = tree.Open("/own");
        Assert.That(file.Operations.StatFileSystem(file, out FileSystemStat same), Is.EqualTo(Errno.Success));
        Assert.That(same, Is.EqualTo(stat));
        file.Release();
    }

    private static (long Inodes, long Bytes) Used(Tree tree) => (tree.Kernel.Inodes.Used, tree.Kernel.FileBytes.Used);
}
