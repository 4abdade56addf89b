using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Proc;

namespace Marcotte.Vfs;

/// <summary>The mounts that a box's processes see; a process that shall see others gets a clone.</summary>
/// <remarks>
/// A mount point whose directories are missing is made where the file system takes it (<see cref="FileSystem.TakesMountPoints"/>);
/// elsewhere an empty read-only tree stands in for each missing directory, so that mounting never writes to what is mounted.
/// The lock is taken to mount and to clone, never to walk.
/// </remarks>
public sealed partial class MountNamespace
{
    private readonly Lock _lock = new();
    private readonly Kernel _kernel;
    private readonly List<Mount> _mounts;

    /// <summary>Starts with one mount, at the top.</summary>
    /// <param name="kernel">The box.</param>
    /// <param name="root">What is mounted at the top.</param>
    /// <param name="readOnly">Whether nothing can be changed through that mount.</param>
    public MountNamespace(Kernel kernel, FileSystem root, bool readOnly)
        : this(kernel, root, readOnly ? MountFlags.ReadOnly : MountFlags.None)
    {
    }

    /// <summary>Starts with one mount, at the top.</summary>
    /// <param name="kernel">The box.</param>
    /// <param name="root">What is mounted at the top.</param>
    /// <param name="flags">What that mount allows less of.</param>
    public MountNamespace(Kernel kernel, FileSystem root, MountFlags flags)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(root);
        _kernel = kernel;
        Root = new Mount(root, flags, null, null, []);
        _mounts = [Root];
        root.Device = 1;
    }

    private MountNamespace(MountNamespace original, Dictionary<Mount, Mount> copies)
    {
        _kernel = original._kernel;
        KeepsNames = original.KeepsNames;
        _mounts = [.. original._mounts.Select(mount => copies[mount])];
        Root = _mounts[0];
    }

    /// <summary>Whether open files remember where they were opened, since a process can ask.</summary>
    internal bool KeepsNames { get; private set; }

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

    /// <summary>Mounts a file system, to read and to write; what the name meant before is covered.</summary>
    /// <param name="path">Where: absolute, below the top, without <c>.</c> and <c>..</c>.</param>
    /// <param name="fileSystem">The file system, mounted nowhere else.</param>
    /// <returns>The mount.</returns>
    /// <exception cref="ArgumentException">A mount is there already, or a component of the path is no directory.</exception>
    public Mount Attach(string path, FileSystem fileSystem) => Attach(path, fileSystem, MountFlags.None);

    /// <summary>Mounts a file system; what the name meant before is covered.</summary>
    /// <param name="path">Where: absolute, below the top, without <c>.</c> and <c>..</c>.</param>
    /// <param name="fileSystem">The file system, mounted nowhere else.</param>
    /// <param name="readOnly">Whether nothing can be changed through this mount.</param>
    /// <returns>The mount.</returns>
    /// <exception cref="ArgumentException">A mount is there already, or a component of the path is no directory.</exception>
    public Mount Attach(string path, FileSystem fileSystem, bool readOnly) =>
        Attach(path, fileSystem, readOnly ? MountFlags.ReadOnly : MountFlags.None);

    /// <summary>Mounts a file system; what the name meant before is covered.</summary>
    /// <param name="path">Where: absolute, below the top, without <c>.</c> and <c>..</c>.</param>
    /// <param name="fileSystem">The file system, mounted nowhere else.</param>
    /// <param name="flags">What this mount allows less of.</param>
    /// <returns>The mount.</returns>
    /// <exception cref="ArgumentException">A mount is there already, or a component of the path is no directory.</exception>
    public Mount Attach(string path, FileSystem fileSystem, MountFlags flags)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        return Attach(path, GuestPath.Split(GuestPath.Normalize(path, nameof(path))), fileSystem, flags);
    }

    internal Mount Attach(string path, byte[][] names, FileSystem fileSystem, MountFlags flags)
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
            return AttachLocked(directory, last, fileSystem, flags);
        }
    }

    /// <summary>Makes a namespace with the same file systems mounted at the same places, to be changed on its own.</summary>
    /// <returns>The clone; the file systems stay this box's.</returns>
    public MountNamespace Clone()
    {
        lock (_lock)
        {
            Dictionary<Mount, Mount> copies = [];
            CopyLocked(Root, copies);
            return new MountNamespace(this, copies);
        }
    }

    private static void CopyLocked(Mount original, Dictionary<Mount, Mount> copies)
    {
        Mount? parent = original.Parent is null ? null : copies[original.Parent];
        Mount copy;
        if (original.IsPart)
        {
            copy = original.CopyTo(parent!);
        }
        else
        {
            copy = new Mount(original.FileSystem, original.Flags, parent, original.Directory?.Acquire(), original.Name, original);
            parent?.Attach(copy);
        }

        copies.Add(original, copy);
        if (original.Guard is { } guard)
        {
            copy.SetGuard(guard);
        }

        foreach (Mount child in original.Children)
        {
            if (ReferenceEquals(child.Parent, original))
            {
                CopyLocked(child, copies);
            }
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

    private Mount AttachLocked(Location directory, byte[] name, FileSystem fileSystem, MountFlags flags)
    {
        fileSystem.Device = (ulong)_mounts.Count + 1;
        Mount mount = new(fileSystem, flags, directory.Mount, directory.Inode, name);
        directory.Mount.Attach(mount);
        _mounts.Add(mount);
        KeepsNames |= fileSystem is ProcFileSystem;
        return mount;
    }

    private Location DescendLocked(Location directory, byte[] name, string path)
    {
        Mount? attached = directory.Mount.MountAt(directory.Inode, name);
        if (attached is { IsPart: false })
        {
            directory.Inode.Release();
            return new Location(attached, attached.Root.Acquire());
        }

        Errno errno = directory.Inode.Lookup(name, out Inode? child);
        if (errno == Errno.NoEnt && directory.Mount.FileSystem.TakesMountPoints)
        {
            MakeMountPoint(directory, name, path);
            errno = directory.Inode.Lookup(name, out child);
        }

        if (errno == Errno.NoEnt)
        {
            Mount standIn = AttachLocked(directory, name, new MemoryFileSystem(_kernel), MountFlags.ReadOnly);
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
        return new Location(attached ?? directory.Mount, child);
    }
}
