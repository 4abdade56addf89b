using System.Diagnostics.CodeAnalysis;
using System.IO.Abstractions;
using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Makes infos of mounts.</summary>
internal sealed class TreeDriveInfoFactory(TreeFileSystem files) : IDriveInfoFactory
{
    public IFileSystem FileSystem => files;

    public IDriveInfo[] GetDrives()
    {
        files.Tree.ThrowIfClosed();

        // A stranger's tree has no mounts that can be told.
        return files.Tree.Files is Namespace tree
            ? [.. tree.DirectoriesOf(files.Tree.Process).Mounts.Mounts
                .Select(mount => (mount, Path: MountPaths.Of(mount))).Where(found => found.Path is not null)
                .Select(found => new TreeDrive(files, found.Path!, found.mount))]
            : [new TreeDrive(files, "/", null)];
    }

    public IDriveInfo New(string driveName)
    {
        ArgumentNullException.ThrowIfNull(driveName);
        if (driveName.Length == 0)
        {
            throw new ArgumentException("Drive name must not be empty.", nameof(driveName));
        }

        if (driveName.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Illegal characters in drive name '" + driveName + "'.", nameof(driveName));
        }

        return GetDrives().FirstOrDefault(drive => drive.Name == driveName) ?? new TreeDrive(files, driveName, null);
    }

    [return: NotNullIfNotNull(nameof(driveInfo))]
    public IDriveInfo? Wrap(DriveInfo? driveInfo) => driveInfo is null ? null : throw TreeRandomAccess.NoWrapping(nameof(DriveInfo));
}

/// <summary>A mount of a box's tree, as what .NET takes mounts of Unix for.</summary>
internal sealed class TreeDrive(TreeFileSystem files, string name, Mount? mount) : IDriveInfo
{
    public IFileSystem FileSystem => files;

    public long AvailableFreeSpace => TotalFreeSpace;

    public string DriveFormat => mount is null ? "unknown" : FormatOf(mount.FileSystem);

    public DriveType DriveType => mount?.FileSystem switch
    {
        null => IsReady ? DriveType.Unknown : DriveType.NoRootDirectory,
        MemoryFileSystem => DriveType.Ram,
        _ => DriveType.Fixed,
    };

    public bool IsReady => files.Directory.Exists(name);

    public string Name => name;

    public IDirectoryInfo RootDirectory => files.DirectoryInfo.New(name);

    public long TotalFreeSpace => Bytes(Stat(), static stat => stat.FreeBlocks);

    public long TotalSize => Bytes(Stat(), static stat => stat.Blocks);

    [AllowNull]
    public string VolumeLabel
    {
        get => name;
        set => throw new PlatformNotSupportedException("Operation is not supported on this platform.");
    }

    public override string ToString() => name;

    private static string FormatOf(FileSystem fileSystem)
    {
        const string Suffix = nameof(FileSystem);
        string type = fileSystem.GetType().Name;
        return (type.EndsWith(Suffix, StringComparison.Ordinal) ? type[..^Suffix.Length] : type).ToLowerInvariant();
    }

    /// <summary>A size in bytes; what nothing bounds is as large as can be.</summary>
    private static long Bytes(in FileSystemStat stat, Func<FileSystemStat, ulong> blocks) =>
        stat.Blocks == 0 || stat.BlockSize == 0
            ? long.MaxValue
            : (long)UInt128.Min((UInt128)blocks(stat) * stat.BlockSize, (UInt128)long.MaxValue);

    private FileSystemStat Stat()
    {
        Errno errno = files.Tree.StatFileSystem(files.Tree.FullPath(name), out FileSystemStat stat);
        return errno switch
        {
            Errno.Success => stat,
            Errno.NoSys => default,
            Errno.NoEnt => throw new DriveNotFoundException($"Could not find the drive '{name}'. The drive might not be ready or might not be mapped."),
            _ => throw TreeErrors.Of(errno, name),
        };
    }
}
