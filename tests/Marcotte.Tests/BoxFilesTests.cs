using System.Formats.Tar;
using System.IO.Abstractions;
using Marcotte.Core;
using Marcotte.Vfs;

namespace Marcotte.Tests;

/// <summary>A box's files, as host code sees them before, during and after a run.</summary>
internal sealed class BoxFilesTests
{
    private static GuestModule Greet => GuestModule.FromFile(Path.Combine(TestContext.CurrentContext.TestDirectory, "greet.wasm"));

    private static BoxTemplate Build(GuestModule module) => SharedEngine.Builder()
        .UseWasi(wasi => wasi.Preopen("/data"))
        .UseEnv(environment => environment.Arguments("host"))
        .UseClock()
        .UseVfs(vfs => vfs.MountMemory("/data").MountMemory("/small", maxBytes: 4096))
        .Build(module);

    [Test]
    public void What_the_host_puts_there_before_the_guest_reads()
    {
        using BoxTemplate template = Build(Greet);
        using Box box = template.Create();
        box.Files.File.WriteAllText("/data/greeting.txt", "Hello from the ");
        Assert.That(box.Run().IsSuccess, Is.True);
        Assert.That(box.Output!.ToString(), Is.EqualTo("Hello from the host!"));
        Assert.That(box.Files.File.ReadAllText("/data/greeting.txt"), Is.EqualTo("Hello from the "), "after the run");
    }

    [Test]
    public async Task Files_go_on_while_the_guest_runs()
    {
        using BoxTemplate template = Build(Wat.Spin);
        using Box box = template.Create();
        Task<Outcome> run = box.RunAsync();
        IFileSystem files = box.Files;
        files.File.WriteAllText("/data/made", "during");
        Assert.That(files.File.ReadAllText("/data/made"), Is.EqualTo("during"));
        Assert.That(run.IsCompleted, Is.False);
        box.Kill();
        Assert.That(await run, Is.InstanceOf<Killed>());
        Assert.That(files.File.ReadAllText("/data/made"), Is.EqualTo("during"), "after the end");
    }

    [Test]
    public async Task A_directory_is_exported_as_a_tar_after_the_run()
    {
        using BoxTemplate template = Build(Wat.Empty);
        using Box box = template.Create();
        box.Run();
        box.Files.Directory.CreateDirectory("/data/sub");
        box.Files.File.WriteAllText("/data/sub/made", "by the box");
        box.Files.File.CreateSymbolicLink("/data/link", "sub");
        using MemoryStream tar = new();
        await TreeArchive.ExportDirectoryAsync(box.Files, "/data/link", tar);

        tar.Position = 0;
        using TarReader reader = new(tar);
        Assert.That(reader.GetNextEntry()!.Name, Is.EqualTo("./"));
        TarEntry made = reader.GetNextEntry(copyData: true)!;
        Assert.That((made.Name, made.Length), Is.EqualTo(("made", 10L)));
        Assert.That(reader.GetNextEntry(), Is.Null);
    }

    [Test]
    public void What_is_no_directory_of_a_box_is_not_exported()
    {
        using BoxTemplate template = Build(Wat.Empty);
        using Box box = template.Create();
        box.Files.File.WriteAllText("/data/file", "");
        Task Export(IFileSystem files, string path) => TreeArchive.ExportDirectoryAsync(files, path, Stream.Null);
        Assert.That(() => Export(box.Files, "/data/none"), Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("/data/none"));
        Assert.That(() => Export(box.Files, "/data/file"), Throws.InstanceOf<DirectoryNotFoundException>());
        Assert.That(() => Export(new System.IO.Abstractions.FileSystem(), "/"), Throws.ArgumentException.With.Message.Contains("Box.Files"));
    }

    [Test]
    public void Each_box_has_its_own()
    {
        using BoxTemplate template = Build(Wat.Empty);
        using Box one = template.Create();
        using Box other = template.Create();
        one.Files.File.WriteAllText("/data/made", "one");
        Assert.That(other.Files.File.Exists("/data/made"), Is.False);
        IFileSystem again = one.Files;
        Assert.That(one.Files, Is.SameAs(again));
    }

    [Test]
    public void Nothing_is_there_once_the_box_is_gone()
    {
        using BoxTemplate template = Build(Wat.Empty);
        Box box = template.Create();
        IFileSystem files = box.Files;
        FileSystemStream stream = files.File.Create("/data/open");
        box.Dispose();
        Assert.That(() => box.Files, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => files.File.Exists("/data/open"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => files.Directory.GetCurrentDirectory(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => stream.WriteByte(1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(stream.Dispose, Throws.Nothing);
    }

    [Test]
    public void A_box_without_files_names_the_remedy()
    {
        using BoxTemplate template = SharedEngine.Builder().UseWasi().UseClock().Build(Wat.Empty);
        using Box box = template.Create();
        Assert.That(() => box.Files, Throws.InvalidOperationException.With.Message.Contains("UseVfs()"));
    }

    [Test]
    public void The_host_is_held_to_quotas_and_mounts()
    {
        using BoxTemplate template = Build(Wat.Empty);
        using Box box = template.Create();
        Assert.That(
            () => box.Files.File.WriteAllBytes("/small/big", new byte[5000]),
            Throws.TypeOf<IOException>().With.Property("HResult").EqualTo((int)Errno.NoSpc));
        Assert.That(
            () => box.Files.File.WriteAllText("/top", "x"),
            Throws.TypeOf<IOException>().With.Message.EqualTo("Read-only file system : '/top'"));
        Assert.That(box.Files.DriveInfo.GetDrives().Select(drive => drive.Name), Is.EquivalentTo(new[] { "/", "/data", "/small" }));
    }

    [Test]
    public void Another_identity_sees_what_it_may()
    {
        using BoxTemplate template = Build(Wat.Empty);
        using Box box = template.Create();
        box.Files.Directory.CreateDirectory("/data/private", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        IFileSystem other = TreeFileSystem.Of(box.Process.Kernel, new Credentials(1000, 1000));
        Assert.That(() => other.File.WriteAllText("/data/private/x", "x"), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(() => other.File.WriteAllText("/data/x", "x"), Throws.TypeOf<UnauthorizedAccessException>());
    }

    /// <summary>A box's tree as the file system that another box mounts.</summary>
    [Test]
    public void Files_of_one_box_are_a_mount_of_another()
    {
        using BoxTemplate keeping = Build(Wat.Empty);
        using Box keeper = keeping.Create();
        keeper.Files.File.WriteAllText("/data/greeting.txt", "Hello from a box, ");
        using BoxTemplate reading = SharedEngine.Builder()
            .UseWasi(wasi => wasi.Preopen("/data"))
            .UseEnv(environment => environment.Arguments("guest"))
            .UseVfs(vfs => vfs.MountFileSystem("/data", keeper.Files, root: "/data"))
            .Build(Greet);
        using Box reader = reading.Create();
        Assert.That(reader.Run().IsSuccess, Is.True);
        Assert.That(reader.Output!.ToString(), Is.EqualTo("Hello from a box, guest!"));
        reader.Files.File.AppendAllText("/data/greeting.txt", "and back");
        Assert.That(keeper.Files.File.ReadAllText("/data/greeting.txt"), Is.EqualTo("Hello from a box, and back"));
    }
}
