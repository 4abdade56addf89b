using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

internal sealed class HostMountExtensionsTests
{
    private static string Scratch => TestContext.CurrentContext.WorkDirectory;

    [Test]
    public void AMissingDirectoryIsNamedAtBuildWithTheRemedy()
    {
        string missing = Path.Combine(Scratch, "missing-directory");
        VfsOptions options = new VfsOptions().MountHostDirectory("/data", missing);
        DirectoryNotFoundException thrown = Assert.Throws<DirectoryNotFoundException>(() => options.Build(Limits.Default));
        Assert.That(thrown.Message, Is.EqualTo($"Host directory '{missing}' (mounted at '/data') does not exist; create it or correct the path."));
    }

    [Test]
    public void AFileIsNoDirectoryToMount()
    {
        string file = Path.Combine(Scratch, "a-file-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, string.Empty);
        try
        {
            VfsOptions options = new VfsOptions().MountHostDirectory("/data", file);
            DirectoryNotFoundException thrown = Assert.Throws<DirectoryNotFoundException>(() => options.Build(Limits.Default));
            Assert.That(thrown.Message, Does.Contain(file).And.Contain("/data").And.Contain("not a directory"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("")]
    [TestCase("a\0b")]
    public void AMalformedPathIsAnArgumentException(string path) =>
        Assert.That(() => new VfsOptions().MountHostDirectory("/data", path), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void BoxesOfOneLayerShareTheDirectoryAndOutliveIt()
    {
        using TestTree tree = new(TestTree.OfHost.First());
        tree.HostWrite(tree.Inside + "/f", "x");
        Layer layer = new VfsOptions().MountHostDirectory("/data", tree.Inside, readOnly: true).Build(Limits.Default);
        using Kernel first = new(Limits.Default);
        using Kernel second = new(Limits.Default);
        layer.Attach(first);
        layer.Attach(second);
        Process one = new(first, 1);
        Process other = new(second, 1);
        layer.Start(one);
        layer.Start(other);
        Assert.That(Open(one, "/data/f", OpenFlags.None), Is.EqualTo(Errno.Success));
        Assert.That(Open(one, "/data/f", OpenFlags.Truncate), Is.EqualTo(Errno.RoFs));
        first.Dispose();
        layer.Dispose();
        Assert.That(Open(other, "/data/f", OpenFlags.None), Is.EqualTo(Errno.Success));
        Assert.That(tree.HostRead(tree.Inside + "/f"), Is.EqualTo("x"));
    }

    private static Errno Open(Process process, string path, OpenFlags flags)
    {
        PathReference reference = new(process, null, Encoding.UTF8.GetBytes(path), PathFlags.Follow);
        Errno errno = process.Kernel.Files.Open(reference, new OpenRequest(flags, AccessModes.Read), out OpenFile? file);
        file?.Release();
        return errno;
    }
}
