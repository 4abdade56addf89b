using Marcotte.Core;
using Marcotte.Vfs.Devices;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Overlay;

namespace Marcotte.Vfs;

/// <summary>A mount that each box gets.</summary>
internal sealed record MountPlan(string Path, FileSystemSource Source, bool ReadOnly)
{
    public byte[][] Names { get; } = GuestPath.Split(Path);
}

/// <summary>A file, or without content a directory, that each box gets.</summary>
internal sealed record SeedPlan(string Path, byte[]? Content)
{
    public byte[][] Names { get; } = GuestPath.Split(Path);
}

/// <summary>Memory trees.</summary>
internal sealed class MemorySource(long? maxBytes) : FileSystemSource
{
    public override FileSystem Open(Kernel kernel) => new MemoryFileSystem(kernel, maxBytes);
}

/// <summary>Devices.</summary>
internal sealed class DeviceSource : FileSystemSource
{
    public override FileSystem Open(Kernel kernel) => new DeviceFileSystem(kernel);
}

/// <summary>What options came to: the mounts, each after what it is mounted in, and what is put into them.</summary>
internal sealed class VfsPlan : IDisposable
{
    private readonly MountPlan[] _mounts;
    private readonly SeedPlan[] _seeds;

    public VfsPlan(MountPlan[] mounts, SeedPlan[] seeds)
    {
        // What lies above another path is shorter than it.
        _mounts = [.. mounts.OrderBy(mount => mount.Path.Length).ThenBy(mount => mount.Path, StringComparer.Ordinal)];
        _seeds = [.. seeds.OrderBy(seed => seed.Path.Length).ThenBy(seed => seed.Path, StringComparer.Ordinal)];
    }

    public void Validate()
    {
        foreach (MountPlan mount in _mounts)
        {
            mount.Source.Validate();
        }

        foreach (SeedPlan seed in _seeds)
        {
            MountPlan mount = _mounts.Last(mount => IsWithin(seed.Path, mount.Path));
            if (mount.Source is not (MemorySource or OverlaySource))
            {
                throw new ArgumentException(
                    $"\"{seed.Path}\" lies in the mount at \"{mount.Path}\", which is neither in memory nor an overlay; put it there where that mount comes from.");
            }

            bool covers = _mounts.Any(other => seed.Content is not null && IsWithin(other.Path, seed.Path)) ||
                _seeds.Any(other => seed.Content is not null && other != seed && IsWithin(other.Path, seed.Path));
            if (covers)
            {
                throw new ArgumentException($"\"{seed.Path}\" is written as a file, yet another path lies in it; rename one of them.");
            }
        }
    }

    /// <summary>Makes a box's mounts.</summary>
    /// <exception cref="ArgumentException">A mount point cannot be made, or what is put in passes a limit.</exception>
    public MountNamespace Mount(Kernel kernel)
    {
        List<FileSystem> opened = new(_mounts.Length);
        try
        {
            opened.Add(_mounts[0].Source.Open(kernel));
            MountNamespace mounts = new(kernel, opened[0], _mounts[0].ReadOnly);
            for (int i = 1; i < _mounts.Length; i++)
            {
                opened.Add(_mounts[i].Source.Open(kernel));
                mounts.Attach(_mounts[i].Path, _mounts[i].Names, opened[i], _mounts[i].ReadOnly);
            }

            foreach (SeedPlan seed in _seeds)
            {
                Put(mounts, seed);
            }

            return mounts;
        }
        catch
        {
            opened.ForEach(fileSystem => fileSystem.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        foreach (MountPlan mount in _mounts)
        {
            mount.Source.Dispose();
        }
    }

    private static bool IsWithin(string path, string directory) =>
        directory == "/" || path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);

    private static void Put(MountNamespace mounts, SeedPlan seed)
    {
        byte[][] names = seed.Names;
        Location directory = new(mounts.Root, mounts.Root.Root);
        Errno errno = Errno.Success;
        for (int i = 0; i < names.Length && errno == Errno.Success; i++)
        {
            errno = i == names.Length - 1 && seed.Content is not null
                ? Write(directory.Inode, names[i], seed.Content)
                : Descend(ref directory, names[i]);
        }

        if (errno != Errno.Success)
        {
            throw new ArgumentException(
                $"\"{seed.Path}\" cannot be put into the box: {errno.ToName()}. Raise Limits.FileBytes, Limits.Inodes or the mount's maxBytes.");
        }
    }

    private static Errno Descend(ref Location directory, byte[] name)
    {
        if (directory.Mount.MountAt(directory.Inode, name) is { } mount)
        {
            directory = new Location(mount, mount.Root);
            return Errno.Success;
        }

        Errno errno = directory.Inode.MakeDirectory(name, new Creation(0x1ED, 0, 0));
        if (errno is not (Errno.Success or Errno.Exist))
        {
            return errno;
        }

        errno = directory.Inode.Lookup(name, out Inode? child);
        directory = errno == Errno.Success ? new Location(directory.Mount, child!) : directory;
        return errno;
    }

    private static Errno Write(Inode directory, byte[] name, byte[] content)
    {
        Errno errno = directory.Create(
            name, new Creation(0x1A4, 0, 0), new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file);
        if (errno != Errno.Success)
        {
            return errno;
        }

        int count = 0;
        errno = content.Length == 0 ? Errno.Success : file!.Write(content, out count);
        file!.Release();
        return errno == Errno.Success && count < content.Length ? Errno.NoSpc : errno;
    }
}
