using System.IO.Abstractions;
using Marcotte.Core;
using Marcotte.Vfs.Host;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>What the shared tests run against.</summary>
public enum Target
{
    /// <summary>System.IO.Abstractions' own, over .NET's and the host's kernel: what the others must do as well.</summary>
    DotNet,

    /// <summary>A box's tree in memory.</summary>
    Memory,

    /// <summary>A directory of the host, mounted in a box.</summary>
    HostDirectory,
}

/// <summary>A file system with an empty directory to work in.</summary>
internal sealed class TargetTree : IDisposable
{
    private static readonly IFileSystem DotNet = new System.IO.Abstractions.FileSystem();
    private static readonly ushort Umask = ReadUmask();

    private readonly TestBox? _box;
    private readonly string? _hostDirectory;
    private readonly HostDirectorySource? _source;
    private readonly FileSystem? _seen;

    internal TargetTree(Target target, Limits? limits = null)
    {
        if (target != Target.Memory)
        {
            _hostDirectory = Scratch();
        }

        if (target == Target.DotNet)
        {
            Files = DotNet;
            Root = _hostDirectory! + "/work";
            Files.Directory.CreateDirectory(Root);
            _source = new HostDirectorySource("/", Root, isReadOnly: true);
            _seen = _source.Open(new Kernel(Limits.Default));
            Top = _seen.Root;
            return;
        }

        _box = new TestBox(
            options =>
            {
                options.MountMemory("/");
                if (target == Target.HostDirectory)
                {
                    options.MountHostDirectory("/work", _hostDirectory!);
                }
            },
            limits);
        _box.Clock.Follow = true;
        Root = "/work";
        Process process = new(_box.Kernel, 7) { Umask = Umask };
        TreeFileSystem files = new(_box.Kernel.Files, process);
        Files = files;
        files.Directory.CreateDirectory(Root);
        files.Directory.CreateDirectory("/tmp");
        Top = TopOf(_box);
    }

    internal IFileSystem Files { get; }

    /// <summary>The directory; a full path.</summary>
    internal string Root { get; }

    /// <summary>The directory as what is below sees it, where looking costs little.</summary>
    internal Inode Top { get; }

    internal Kernel Kernel => _box!.Kernel;

    public void Dispose()
    {
        _box?.Dispose();
        _seen?.Dispose();
        _source?.Dispose();
        if (_hostDirectory is not null)
        {
            DotNet.Directory.Delete(_hostDirectory, recursive: true);
        }
    }

    private static Inode TopOf(TestBox box)
    {
        Mount root = box.Files.Mounts.Root;
        if (root.Children is [Mount mounted, ..])
        {
            return mounted.Root;
        }

        Assert.That(root.Root.Lookup("work"u8, out Inode? top), Is.EqualTo(Errno.Success));
        return top!;
    }

    /// <summary>A directory in memory, if the host has any: what is compared is Linux, whatever file system is below.</summary>
    private static string Scratch()
    {
        const string InMemory = "/dev/shm";
        return DotNet.Directory.Exists(InMemory)
            ? DotNet.Directory.CreateDirectory(DotNet.Path.Join(InMemory, $"marcotte-{Guid.NewGuid():n}")).FullName
            : DotNet.Directory.CreateTempSubdirectory("marcotte-").FullName;
    }

    private static ushort ReadUmask()
    {
        string directory = DotNet.Directory.CreateTempSubdirectory("marcotte-").FullName;
        UnixFileMode mode = DotNet.File.GetUnixFileMode(DotNet.Directory.CreateDirectory(directory + "/d").FullName);
        DotNet.Directory.Delete(directory, recursive: true);
        return (ushort)(0x1FF & ~(int)mode);
    }
}
