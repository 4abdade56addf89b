using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>Where a process's paths start: its root, which <c>..</c> never leaves, and its working directory.</summary>
/// <remarks>Both are replaced whole, so that a walk sees one or the other, and hold a reference each. A child starts with its parent's.</remarks>
internal sealed class ProcessDirectories(MountNamespace mounts, Location root, Location working)
{
    /// <summary>Where each process keeps them.</summary>
    public static readonly Slot<ProcessDirectories> Slot = new(static parent => parent.Fork());

    private Holder _root = new(root);
    private Holder _working = new(working);

    public MountNamespace Mounts { get; } = mounts;

    /// <summary>The root, to compare with.</summary>
    public Location Root => Volatile.Read(ref _root).Location;

    /// <summary>The root, with a reference for the caller.</summary>
    public Location EnterRoot() => Enter(ref _root);

    /// <summary>The working directory, with a reference for the caller.</summary>
    public Location EnterWorking() => Enter(ref _working);

    /// <summary>Replaces the root; the reference to the new one is taken over.</summary>
    public void ChangeRoot(Location location) =>
        Interlocked.Exchange(ref _root, new Holder(location)).Location.Inode.Release();

    /// <summary>Replaces the working directory; the reference to the new one is taken over.</summary>
    public void ChangeWorking(Location location) =>
        Interlocked.Exchange(ref _working, new Holder(location)).Location.Inode.Release();

    private static Location Enter(ref Holder holder)
    {
        for (;;)
        {
            // One that was dropped has been replaced, so that the next look finds another.
            Location location = Volatile.Read(ref holder).Location;
            if (location.Inode.TryAcquire())
            {
                return location;
            }
        }
    }

    private ProcessDirectories Fork() => new(Mounts, EnterRoot(), EnterWorking());

    private sealed class Holder(Location location)
    {
        public Location Location { get; } = location;
    }
}
