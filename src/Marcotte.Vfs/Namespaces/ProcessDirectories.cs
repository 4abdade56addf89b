using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>Where a process's paths start: its root, which <c>..</c> never leaves, and its working directory.</summary>
/// <remarks>Both are replaced whole, so that a walk sees one or the other, and hold a reference each. A child starts with its parent's.</remarks>
internal sealed class ProcessDirectories(MountNamespace mounts, Location root, Location working)
{
    /// <summary>Where each process keeps them.</summary>
    public static readonly Slot<ProcessDirectories> Slot = new(static parent => parent.Fork(), static ended => ended.End());

    private Holder _root = new(root);
    private Holder _working = new(working);

    public MountNamespace Mounts { get; } = mounts;

    /// <summary>The root, to compare with.</summary>
    public Location Root => Volatile.Read(ref _root).Location;

    /// <summary>The root, with a reference for the caller.</summary>
    public Location EnterRoot() => Enter(ref _root);

    /// <summary>The working directory, with a reference for the caller.</summary>
    public Location EnterWorking() => Enter(ref _working);

    /// <summary>The name that the working directory had when the process went there; for when it has none any more.</summary>
    public ReadOnlyMemory<byte> WorkingName => Volatile.Read(ref _working).Name;

    /// <summary>Replaces the root; the reference to the new one is taken over.</summary>
    public void ChangeRoot(Location location) => Replace(ref _root, new Holder(location));

    /// <summary>Replaces the working directory; the reference to the new one is taken over.</summary>
    public void ChangeWorking(Location location, ReadOnlyMemory<byte> name = default) =>
        Replace(ref _working, new Holder(location) { Name = name });

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

    private static void Replace(ref Holder holder, Holder next)
    {
        Holder before = Interlocked.Exchange(ref holder, next);
        if (before.IsHeld)
        {
            before.Location.Inode.Release();
        }
    }

    private ProcessDirectories Fork()
    {
        ProcessDirectories child = new(Mounts, EnterRoot(), EnterWorking());
        child._working.Name = WorkingName;
        return child;
    }

    /// <summary>The process has ended: who still looks at it finds it at the top, to which its file system keeps the reference.</summary>
    private void End()
    {
        Location top = new(Mounts.Root, Mounts.Root.Root);
        Replace(ref _root, new Holder(top) { IsHeld = false });
        Replace(ref _working, new Holder(top) { IsHeld = false });
    }

    private sealed class Holder(Location location)
    {
        public Location Location { get; } = location;

        public ReadOnlyMemory<byte> Name { get; set; }

        public bool IsHeld { get; init; } = true;
    }
}
