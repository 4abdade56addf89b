using System.IO.Abstractions;
using System.Security.Cryptography;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>A guest that copies, moves, links and removes a tree does on a snapshot, and on an overlay, what it does on plain memory, each time anew.</summary>
internal sealed class SnapshotGuestTests
{
    private static readonly string Module = Path.Combine(Repository.Artifacts, "c", "tree_tools.wasm");

    [Test]
    public async Task Tree_tools_on_a_snapshot_leave_it_as_it_was()
    {
        TreeSnapshot snapshot = Prepare();
        string before = await HashAsync(snapshot);
        (string output, string plain) = Run(vfs => vfs.MountMemory("/data"), static files => Fill(files, "/data"));
        Assert.That(output, Does.EndWith("done\n"), plain);
        for (int run = 0; run < 2; run++)
        {
            (string again, string error) = Run(vfs => vfs.MountSnapshot("/data", snapshot));
            Assert.That(again, Is.EqualTo(output), error);
        }

        (string layered, string complaint) = Run(vfs => vfs.MountOverlay("/data", overlay => overlay.LowerSnapshot(snapshot)));
        Assert.That(layered, Is.EqualTo(output), complaint);
        Assert.That(await HashAsync(snapshot), Is.EqualTo(before));
    }

    private static (string Output, string Error) Run(Action<VfsOptions> mount, Action<IFileSystem>? fill = null)
    {
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .UseClock()
            .UseEnv(environment => environment.Arguments("/data"))
            .UseWasi(wasi => wasi.Preopen("/data"))
            .UseVfs(mount)
            .Build(GuestModule.FromFile(Repository.Built(Module)));
        using Box box = template.Create();
        fill?.Invoke(box.Files);
        box.Run();
        return (box.Output!.ToString(), box.Error!.ToString());
    }

    private static TreeSnapshot Prepare()
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: TimeProvider.System);
        Fill(TreeFileSystem.Over(tree), string.Empty);
        return tree.Snapshot();
    }

    /// <summary>Makes what the guest's header sets up.</summary>
    private static void Fill(IFileSystem files, string top)
    {
        files.Directory.CreateDirectory(top + "/tree/empty");
        files.Directory.CreateDirectory(top + "/tree/sub/deep");
        files.File.WriteAllText(top + "/tree/first", "first file\n");
        files.File.WriteAllText(top + "/tree/sub/second", "the second, longer file\n");
        files.File.WriteAllText(top + "/tree/sub/deep/third", string.Empty);
        files.File.CreateSymbolicLink(top + "/tree/link", "sub/second");
    }

    private static async Task<string> HashAsync(TreeSnapshot snapshot)
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(snapshot);
        using MemoryStream tar = new();
        await TreeArchive.ExportAsync(tree.Root, tar);
        return Convert.ToHexString(SHA256.HashData(tar.ToArray()));
    }
}
