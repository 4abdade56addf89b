using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>The tree of files of one box: every call that takes a path.</summary>
/// <remarks>
/// The mounts are made when the first process starts, or at the first call if that is earlier: then all layers are attached,
/// so that what is made has the time of the box's clock.
/// </remarks>
public sealed partial class Namespace : FileNamespace, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<Kernel, MountNamespace> _mount;
    private readonly Kernel _kernel;
    private MountNamespace? _mounts;

    internal Namespace(Kernel kernel, Func<Kernel, MountNamespace> mount)
    {
        _kernel = kernel;
        _mount = mount;
    }

    /// <summary>Offers mounts that were made before.</summary>
    /// <param name="kernel">The box.</param>
    /// <param name="mounts">What its processes see; their file systems are disposed with this.</param>
    public Namespace(Kernel kernel, MountNamespace mounts)
    {
        _kernel = kernel;
        _mount = _ => mounts;
        _mounts = mounts;
    }

    /// <summary>The mounts that a box's first process sees.</summary>
    /// <exception cref="ArgumentException">A mount point cannot be made.</exception>
    public MountNamespace Mounts => Volatile.Read(ref _mounts) ?? MakeMounts();

    /// <inheritdoc/>
    public override Errno ChangeDirectory(in PathReference path)
    {
        Errno errno = ResolveDirectory(path, out Location location, out byte[] name);
        if (errno == Errno.Success)
        {
            DirectoriesOf(path.Process).ChangeWorking(location, name);
        }

        return errno;
    }

    /// <inheritdoc/>
    public override Errno ChangeRoot(in PathReference path)
    {
        Errno errno = ResolveDirectory(path, out Location location, out _);
        if (errno == Errno.Success && !Permissions.IsRoot(path.Process.Credentials))
        {
            location.Inode.Release();
            return Errno.Perm;
        }

        if (errno == Errno.Success)
        {
            DirectoriesOf(path.Process).ChangeRoot(location);
        }

        return errno;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_mounts is not null)
        {
            foreach (Mount mount in _mounts.Mounts.Reverse())
            {
                mount.FileSystem.Dispose();
            }
        }
    }

    internal ProcessDirectories DirectoriesOf(Process process) =>
        process.Slots.Get(ProcessDirectories.Slot) ?? Enter(process);

    /// <summary>Lets a process start at the top.</summary>
    internal ProcessDirectories Enter(Process process)
    {
        MountNamespace mounts = Mounts;
        lock (_lock)
        {
            if (process.Slots.Get(ProcessDirectories.Slot) is { } present)
            {
                return present;
            }

            Location top = new(mounts.Root, mounts.Root.Root.Acquire());
            top.Inode.Acquire();
            ProcessDirectories directories = new(mounts, top, top);
            process.Slots.Set(ProcessDirectories.Slot, directories);
            return directories;
        }
    }

    private MountNamespace MakeMounts()
    {
        lock (_lock)
        {
            MountNamespace mounts = _mounts ?? _mount(_kernel);
            Volatile.Write(ref _mounts, mounts);
            return mounts;
        }
    }

    private Errno ResolveDirectory(in PathReference path, out Location location, out byte[] name)
    {
        location = default;
        name = [];
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginExisting(ref walker, path, follow: true);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (!walker.Inode.IsDirectory)
            {
                return Errno.NotDir;
            }

            errno = walker.Permit(PathVerbs.Stat);
            errno = errno != Errno.Success ? errno : Permissions.Check(walker.Inode, path.Process.Credentials, Permissions.Execute);
            if (errno == Errno.Success)
            {
                location = new Location(walker.Mount, walker.Inode.Acquire());
                name = walker.Last.ToArray();
            }

            return errno;
        }
        finally
        {
            walker.Dispose();
        }
    }
}
