using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs;

/// <summary>The mounts that a box's processes see; a process that shall see others gets a clone.</summary>
/// <remarks>
/// A mount point whose directories are missing is made where the file system takes it (<see cref="FileSystem.TakesMountPoints"/>);
/// elsewhere an empty read-only tree stands in for each missing directory, so that mounting never writes to what is mounted.
/// The lock is taken to mount and to clone, never to walk.
/// </remarks>
public sealed class MountNamespace
{
    private readonly Lock _lock = new();
    private readonly Kernel _kernel;
    private readonly List<Mount> _mounts;

    /// <summary>Starts with one mount, at the top.</summary>
    /// <param name="kernel">The box.</param>
    /// <param name="root">What is mounted at the top.</param>
    /// <param name="readOnly">Whether nothing can be changed through that mount.</param>
    public MountNamespace(Kernel kernel, FileSystem root, bool readOnly)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(root);
        _kernel = kernel;
        Root = new Mount(root, readOnly, null, null, []);
        _mounts = [Root];
        root.Device = 1;
    }

    private MountNamespace(MountNamespace original, Func<Mount, Mount> copy)
    {
        _kernel = original._kernel;
        _mounts = [.. original._mounts.Select(copy)];
        Root = _mounts[0];
    }

    /// <summary>The mount at the top.</summary>
    public Mount Root { get; }

    /// <summary>All mounts, each after the one it is attached to.</summary>
    public IReadOnlyList<Mount> Mounts
    {
        get
        {
            lock (_lock)
            {
                return [.. _mounts];
            }
        }
    }

    /// <summary>Mounts a file system; what the name meant before is covered.</summary>
    /// <param name="path">Where: absolute, below the top, without <c>.</c> and <c>..</c>.</param>
    /// <param name="fileSystem">The file system, mounted nowhere else.</param>
    /// <param name="readOnly">Whether nothing can be changed through this mount.</param>
    /// <returns>The mount.</returns>
    /// <exception cref="ArgumentException">A mount is there already, or a component of the path is no directory.</exception>
    public Mount Attach(string path, FileSystem fileSystem, bool readOnly = false)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        return Attach(path, GuestPath.Split(GuestPath.Normalize(path, nameof(path))), fileSystem, readOnly);
    }

    internal Mount Attach(string path, byte[][] names, FileSystem fileSystem, bool readOnly)
    {
        if (names.Length == 0)
        {
            throw new ArgumentException("The top is mounted when the namespace is made; mount below it.", nameof(path));
        }

        lock (_lock)
        {
            Location directory = new(Root, Root.Root.Acquire());
            foreach (byte[] name in names.AsSpan(0, names.Length - 1))
            {
                directory = DescendLocked(directory, name, path);
            }

            byte[] last = names[^1];
            if (directory.Mount.MountAt(directory.Inode, last) is { } taken)
            {
                directory.Inode.Release();
                throw new ArgumentException(
                    $"\"{path}\" is a mount point already ({taken.FileSystem.GetType().Name}); choose another path.", nameof(path));
            }

            MakeMountPoint(directory, last, path);
            return AttachLocked(directory, last, fileSystem, readOnly);
        }
    }

    /// <summary>Makes a namespace with the same file systems mounted at the same places, to be changed on its own.</summary>
    /// <returns>The clone; the file systems stay this box's.</returns>
    public MountNamespace Clone()
    {
        lock (_lock)
        {
            Dictionary<Mount, Mount> copies = [];
            return new MountNamespace(this, original =>
            {
                Mount? parent = original.Parent is null ? null : copies[original.Parent];
                Mount copy = new(original.FileSystem, original.IsReadOnly, parent, original.Directory?.Acquire(), original.Name);
                parent?.AttachLocked(copy);
                copies.Add(original, copy);
                return copy;
            });
        }
    }

    private static void MakeMountPoint(Location directory, byte[] name, string path)
    {
        if (!directory.Mount.FileSystem.TakesMountPoints)
        {
            return;
        }

        Errno errno = directory.Inode.MakeDirectory(name, new Creation(0x1ED, 0, 0));
        if (errno is not (Errno.Success or Errno.Exist))
        {
            throw new ArgumentException(
                $"The mount point \"{path}\" cannot be made: {errno.ToName()}. Raise Limits.Inodes, or mount elsewhere.", nameof(path));
        }
    }

    private Mount AttachLocked(Location directory, byte[] name, FileSystem fileSystem, bool readOnly)
    {
        fileSystem.Device = (ulong)_mounts.Count + 1;
        Mount mount = new(fileSystem, readOnly, directory.Mount, directory.Inode, name);
        directory.Mount.AttachLocked(mount);
        _mounts.Add(mount);
        return mount;
    }

    private Location DescendLocked(Location directory, byte[] name, string path)
    {
        if (directory.Mount.MountAt(directory.Inode, name) is { } mount)
        {
            directory.Inode.Release();
            return new Location(mount, mount.Root.Acquire());
        }

        Errno errno = directory.Inode.Lookup(name, out Inode? child);
        if (errno == Errno.NoEnt && directory.Mount.FileSystem.TakesMountPoints)
        {
            MakeMountPoint(directory, name, path);
            errno = directory.Inode.Lookup(name, out child);
        }

        if (errno == Errno.NoEnt)
        {
            Mount standIn = AttachLocked(directory, name, new MemoryFileSystem(_kernel), readOnly: true);
            return new Location(standIn, standIn.Root.Acquire());
        }

        if (errno != Errno.Success || !child!.IsDirectory)
        {
            child?.Release();
            string reason = errno == Errno.Success ? "is a file or a link" : errno.ToName();
            throw new ArgumentException(
                $"\"{path}\" cannot be a mount point: \"{Encoding.UTF8.GetString(name)}\" on the way {reason}. Name real directories.",
                nameof(path));
        }

        directory.Inode.Release();
        return new Location(directory.Mount, child);
    }
}
