using Marcotte.Core;
using Marcotte.Vfs.Devices;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Overlay;
using Marcotte.Vfs.Proc;

namespace Marcotte.Vfs;

/// <summary>A mount that each box gets.</summary>
internal sealed record MountPlan(string Path, FileSystemSource Source, MountOptions Options)
{
    public byte[][] Names { get; } = GuestPath.Split(Path);
}

/// <summary>A file, or without content a directory, that each box gets.</summary>
internal sealed record SeedPlan(string Path, byte[]? Content)
{
    public bool IsDirectory => Content is null;

    /// <summary>As it lies in the mount that has it.</summary>
    public PreparedEntry Within(MountPlan mount) => new(Path, GuestPath.Split(Path)[mount.Names.Length..], Content);
}

/// <summary>Memory trees, empty or of a snapshot, which is what a box's tree starts as.</summary>
internal sealed class MemorySource(TreeSnapshot? snapshot = null, long? maxBytes = null) : FileSystemSource
{
    public TreeSnapshot? Snapshot => snapshot;

    public override void Validate(MountOptions options) =>
        Refuse(options.Identities is not null, nameof(MountOptions.Identities), "what is in it has the owners that the box gave it; leave it out");

    public override FileSystem Open(Kernel kernel) => MemoryFileSystem.Detached(kernel, snapshot, maxBytes);

    public override FileSystem Open(Kernel kernel, MountOptions options) =>
        MemoryFileSystem.Detached(kernel, snapshot, options.MaxBytes ?? maxBytes);
}

/// <summary>Devices.</summary>
internal sealed class DeviceSource : FileSystemSource
{
    public override FileSystem Open(Kernel kernel) => new DeviceFileSystem(kernel);
}

/// <summary>Processes.</summary>
internal sealed class ProcSource : FileSystemSource
{
    public override FileSystem Open(Kernel kernel) => new ProcFileSystem(kernel);
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
            mount.Source.Validate(mount.Options);
        }

        foreach (SeedPlan seed in _seeds)
        {
            MountPlan mount = OwnerOf(seed.Path, null)!;
            if (mount.Source is not (MemorySource or OverlaySource))
            {
                throw new ArgumentException(
                    $"\"{seed.Path}\" lies in the mount at \"{mount.Path}\", which is neither in memory nor an overlay; put it there where that mount comes from.");
            }

            bool covers = _mounts.Any(other => !seed.IsDirectory && IsWithin(other.Path, seed.Path)) ||
                _seeds.Any(other => !seed.IsDirectory && other != seed && IsWithin(other.Path, seed.Path));
            if (covers)
            {
                throw new ArgumentException($"\"{seed.Path}\" is written as a file, yet another path lies in it; rename one of them.");
            }
        }
    }

    /// <summary>
    /// Puts seeds and mount points into the memory trees once, for all boxes: what one shares is not made when it starts.
    /// </summary>
    /// <exception cref="ArgumentException">What is put in passes a limit.</exception>
    public void Prepare(Limits limits)
    {
        MountPlan[] memories = [.. _mounts.Where(mount => mount.Source is MemorySource)];
        long inodes = 0;
        foreach (MountPlan mount in memories)
        {
            TreeSnapshot? prepared = PreparedTree.Make(
                ((MemorySource)mount.Source).Snapshot,
                mount.Options.MaxBytes,
                limits,
                [.. _mounts.Where(inner => inner != mount && OwnerOf(inner.Path, inner) == mount).Select(inner => inner.Names[mount.Names.Length..])],
                [.. _seeds.Where(seed => OwnerOf(seed.Path, null) == mount).Select(seed => seed.Within(mount))]);
            inodes += prepared?.Count ?? 0;
            _mounts[Array.IndexOf(_mounts, mount)] = mount with { Source = new MemorySource(prepared) };
        }

        if (inodes > limits.Inodes)
        {
            throw new ArgumentException($"The memory mounts have {inodes} inodes when a box starts, and it may have {limits.Inodes}. Raise Limits.Inodes.");
        }
    }

    /// <summary>Makes a box's mounts.</summary>
    /// <exception cref="ArgumentException">A mount point cannot be made.</exception>
    public MountNamespace Mount(Kernel kernel)
    {
        List<FileSystem> opened = new(_mounts.Length);
        try
        {
            opened.Add(_mounts[0].Source.Open(kernel, _mounts[0].Options));
            MountNamespace mounts = new(kernel, opened[0], _mounts[0].Options.Flags);
            for (int i = 1; i < _mounts.Length; i++)
            {
                opened.Add(_mounts[i].Source.Open(kernel, _mounts[i].Options));
                mounts.Attach(_mounts[i].Path, _mounts[i].Names, opened[i], _mounts[i].Options.Flags);
            }

            for (int i = 0; i < _mounts.Length; i++)
            {
                if (_mounts[i].Source is OverlaySource)
                {
                    PutSeeds(_mounts[i], opened[i]);
                }
            }

            foreach (PathGuard guard in kernel.Paths?.Guards ?? [])
            {
                mounts.Guard(guard.Path, guard);
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

    /// <summary>Of an overlay the layers below may be each box's own, so what is put over them is put there in each box.</summary>
    private void PutSeeds(MountPlan mount, FileSystem fileSystem)
    {
        foreach (SeedPlan seed in _seeds.Where(seed => OwnerOf(seed.Path, null) == mount))
        {
            PreparedTree.Put(fileSystem, seed.Within(mount));
        }
    }

    private static bool IsWithin(string path, string directory) =>
        directory == "/" || path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);

    /// <summary>The mount that a path lies in, but for one that is attached there; none for the top's.</summary>
    private MountPlan? OwnerOf(string path, MountPlan? attached) =>
        _mounts.LastOrDefault(mount => mount != attached && IsWithin(path, mount.Path));
}
