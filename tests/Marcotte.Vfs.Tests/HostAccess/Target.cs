using System.IO.Abstractions;
using Marcotte.Core;

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
    }

    internal IFileSystem Files { get; }

    /// <summary>The directory; a full path.</summary>
    internal string Root { get; }

    internal Kernel Kernel => _box!.Kernel;

    public void Dispose()
    {
        _box?.Dispose();
        if (_hostDirectory is not null)
        {
            DotNet.Directory.Delete(_hostDirectory, recursive: true);
        }
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
