using System.IO.Abstractions;
using System.Formats.Tar;
using Marcotte;
using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Docs.Tests.Snippets;

internal sealed class Files
{
    private static readonly GuestModule Module = GuestModule.FromText("empty", """(module (func (export "_start")))""");

    private string _directory = null!;

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("marcotte-docs-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Mounts()
    {
        string project = _directory;

        #region mounts
        BoxBuilder builder = new BoxBuilder().UseVfs(files => files
            .MountMemory("/")
            .MountMemory("/tmp", maxBytes: 16 << 20)
            .MountHostDirectory("/src", project)
            .MountDevices()
            .WriteFile("/etc/hostname", "box\n")
            .MakeDirectory("/var/log"));
        #endregion

        using BoxTemplate template = builder.UseWasi().Build(Module);
        using Box box = template.Create();
        Assert.That(box.Files.File.ReadAllText("/etc/hostname"), Is.EqualTo("box\n"));
    }

    [Test]
    public void Options()
    {
        string uploads = _directory;

        #region options
        BoxBuilder builder = new BoxBuilder().UseVfs(files => files
            .MountMemory("/work", new MountOptions { MaxBytes = 64 << 20, NoExecute = true })
            .MountHostDirectory("/uploads", uploads, new MountOptions
            {
                ReadOnly = true,
                Identities = IdentityMap.To(1000, 1000),
            }));
        #endregion

        using BoxTemplate template = builder.UseWasi().Build(Module);
        Assert.That(template.Run().Outcome.IsSuccess, Is.True);
    }

    [Test]
    public void Snapshots()
    {
        #region snapshot
        // Prepared once, with ordinary file code…
        using MemoryFileSystem tree = MemoryFileSystem.Detached();
        using TreeFileSystem prepare = TreeFileSystem.Over(tree);
        prepare.Directory.CreateDirectory("/app");
        prepare.File.WriteAllText("/app/config.json", """{ "level": 1 }""");
        TreeSnapshot image = tree.Snapshot();

        // …and shared by any number of boxes, each of which writes its own copy of what it changes.
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountSnapshot("/", image))
            .UseWasi()
            .Build(Module);
        #endregion

        using Box one = template.Create();
        using Box other = template.Create();
        one.Files.File.WriteAllText("/app/config.json", "changed");
        Assert.That(other.Files.File.ReadAllText("/app/config.json"), Does.Contain("level"));
    }

    [Test]
    public void Archives()
    {
        string source = Directory.CreateDirectory(Path.Combine(_directory, "source")).FullName;
        File.WriteAllText(Path.Combine(source, "module.py"), "x = 1\n");
        string archive = Path.Combine(_directory, "lib.tar");
        TarFile.CreateFromDirectory(source, archive, includeBaseDirectory: false);

        #region archive
        BoxBuilder builder = new BoxBuilder().UseVfs(files => files.MountArchive("/lib", archive));
        #endregion

        using BoxTemplate template = builder.UseWasi().Build(Module);
        using Box box = template.Create();
        Assert.That(box.Files.File.ReadAllText("/lib/module.py"), Is.EqualTo("x = 1\n"));
    }

    [Test]
    public async Task Overlays()
    {
        string project = _directory;
        File.WriteAllText(Path.Combine(project, "main.c"), "int main;\n");

        #region overlay
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountOverlay("/project", overlay => overlay
                .LowerHostDirectory(project)
                .Upper(maxBytes: 256 << 20)))
            .UseWasi()
            .Build(Module);
        #endregion

        using Box box = template.Create();
        box.Files.File.WriteAllText("/project/main.c", "changed in the box");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(project, "main.c")), Is.EqualTo("int main;\n"));
    }

    [Test]
    public void HostAccess()
    {
        using BoxTemplate template = new BoxBuilder().UseVfs(files => files.MountMemory("/work")).UseWasi().Build(Module);

        #region host-access
        using Box box = template.Create();
        IFileSystem files = box.Files;
        files.File.WriteAllText("/work/input.txt", "before the run");
        box.Run().EnsureSuccess();
        string[] left = files.Directory.GetFiles("/work");
        #endregion

        Assert.That(left, Is.EqualTo(new[] { "/work/input.txt" }));
    }

    [Test]
    public async Task Export()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached();
        using MemoryStream stream = new();

        #region export
        await TreeArchive.ExportAsync(tree.Root, stream);
        stream.Position = 0;
        await TreeArchive.ImportAsync(tree.Root, stream);
        #endregion

        Assert.That(stream.Length, Is.GreaterThan(0));
    }
}
