using Marcotte.Core;
using Marcotte.Vfs.Archives;
using static Marcotte.Vfs.Tests.Archives.ArchiveBox;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>A layer of a container image says what of the layers below is gone.</summary>
[Category("security: archives")]
internal sealed class WhiteoutTests
{
    private static readonly ArchiveOptions Layer = new() { Whiteouts = true };

    [Test]
    public void WhiteoutIsADevice()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("d/.wh.gone")), Layer);
        FileStat stat = box.Stat("/a/d/gone");
        Assert.That((stat.Type, stat.Represents, stat.Mode), Is.EqualTo((FileType.CharacterDevice, 0ul, (ushort)0)));
        Assert.That(box.List("/a/d"), Is.EqualTo((string[])[".", "..", "gone"]));
    }

    [Test]
    public void Archives_OpaqueWhiteoutIsNotIgnored()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File("d/f").File("d/.wh..wh..opq").File("e/f")), Layer);
        Assert.That(box.List("/a/d"), Is.EqualTo((string[])[".", "..", "f"]));
        Assert.That((IsOpaque(box, "d"), IsOpaque(box, "e")), Is.EqualTo((true, false)));
    }

    /// <summary>A whiteout is about layers below; in whatever order they come, the layer's own file stays.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void OwnFileStays(bool whiteoutFirst)
    {
        using TestBox box = Of(
            TarBlocks.Of(tar => _ = whiteoutFirst ? tar.File(".wh.f").File("f", "own") : tar.File("f", "own").File(".wh.f")), Layer);
        Assert.That(box.Read("/a/f"), Is.EqualTo("own"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void OwnDirectoryHidesTheOneBelow(bool whiteoutFirst)
    {
        using TestBox box = Of(
            TarBlocks.Of(tar => _ = whiteoutFirst ? tar.File(".wh.d").File("d/f") : tar.File("d/f").File(".wh.d")), Layer);
        Assert.That(IsOpaque(box, "d"), Is.True);
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", "..", "d"]));
    }

    [Test]
    public void WhatAufsKeepsMeansNothing()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.Directory(".wh..wh.plnk").File(".wh..wh.plnk/1.2").File(".wh..wh.aufs").File("f")), Layer);
        Assert.That(box.List("/a"), Is.EqualTo((string[])[".", "..", "f"]));
    }

    [TestCase(".wh.")]
    [TestCase(".wh..")]
    [TestCase(".wh...")]
    [TestCase(".wh.d/f")]
    public void WhiteoutOfNoName(string name) => Assert.That(Refusal(TarBlocks.Of(tar => tar.File(name)), Layer), Does.Contain($"'{name}'"));

    [Test]
    public void OtherwiseTheyAreNames()
    {
        using TestBox box = Of(TarBlocks.Of(static tar => tar.File(".wh.f", "name").File(".wh..wh..opq")));
        Assert.That(box.Read("/a/.wh.f"), Is.EqualTo("name"));
        Assert.That(box.List("/a"), Has.Count.EqualTo(4));
    }

    private static bool IsOpaque(TestBox box, string name)
    {
        Mount mount = box.Files.Mounts.Root.Children[0];
        Assert.That(mount.Root.Lookup(Bytes(name), out Inode? inode), Is.EqualTo(Errno.Success));
        return ((ArchiveInode)inode!).IsOpaque;
    }
}
