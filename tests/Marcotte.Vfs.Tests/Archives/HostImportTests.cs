using System.Runtime.InteropServices;
using Marcotte.Core;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Archives are read into directories of the host.</summary>
[Platform("Linux")]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed partial class HostImportTests
{
    private const uint Nobody = 65534;

    private static void Import(MountedBox box, byte[] archive)
    {
        using MemoryStream stream = new(archive);
        TreeArchive.ImportAsync(box.Mounted.Root, stream).GetAwaiter().GetResult();
    }

    /// <summary>Root may write anywhere, so that as root the test's thread acts as somebody else.</summary>
    [Test]
    public void DirectoryThatItsOwnerMayNotWriteIsFilled()
    {
        using TestTree tree = new(Driver.Linux);
        using MountedBox box = tree.Box();
        File.SetUnixFileMode(tree.Inside, (UnixFileMode)0x1FF);
        byte[] archive = TarBlocks.Of(static tar => tar
            .Entry('5', "d/", change: static header => TarBlocks.Put(header, 100, "0000555")).File("d/f", "content"));
        uint before = SetFileSystemUser(Nobody);
        try
        {
            Import(box, archive);
        }
        finally
        {
            _ = SetFileSystemUser(before);
        }

        Assert.That((int)File.GetUnixFileMode(tree.Inside + "/d"), Is.EqualTo(0x16D));
        Assert.That(File.ReadAllText(tree.Inside + "/d/f"), Is.EqualTo("content"));
    }

    [Test]
    public void OwnerThatTheMountDoesNotGiveIsLeftOut()
    {
        using TestTree tree = new(Driver.Linux);
        using MountedBox box = tree.Box();
        tree.HostMakeDirectory(tree.Inside + "/d");
        Import(box, TarBlocks.Of(static tar => tar.Entry('5', "d/", change: static header => TarBlocks.Put(header, 100, "0000700"))));
        Assert.That((int)File.GetUnixFileMode(tree.Inside + "/d"), Is.EqualTo(0x1C0));
        Assert.That(Directory.GetLastWriteTimeUtc(tree.Inside + "/d"), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(5)));
    }

    /// <summary>A file that has had all its names holds no directory of the host's any longer.</summary>
    [Test]
    public void HardLinksInMoreDirectoriesThanDescriptors()
    {
        Limits limits = Limits.Default with { Descriptors = 8 };
        using TestTree tree = new(Driver.Linux);
        using MountedBox box = tree.Box(limits: limits);
        Import(box, TarBlocks.Of(static tar =>
        {
            for (int i = 0; i < 1100; i++)
            {
                tar.File($"{i}/a").HardLink($"{i}/b", $"{i}/a");
            }
        }));
        Assert.That(Directory.GetFiles(tree.Inside, "b", SearchOption.AllDirectories), Has.Length.EqualTo(1100));
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial uint SetFileSystemUser(uint user);
}
