using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>A directory as a process sees it: an inode, and the mount it is reached through.</summary>
internal readonly record struct Location(Mount Mount, Inode Inode)
{
    /// <summary>Whether it is the same directory through the same mount.</summary>
    public bool Is(Mount mount, Inode inode) => ReferenceEquals(Mount, mount) && Inode.Number == inode.Number;

    /// <summary>Whether nothing is above it.</summary>
    public bool IsTop => Mount.Parent is null && Inode.Number == Mount.Root.Number;

    /// <summary>The directory above another, across mounts; above a process's root is that root.</summary>
    /// <param name="root">The process's root.</param>
    /// <param name="location">The directory.</param>
    /// <param name="above">The one above, with a reference for the caller when the outcome is success.</param>
    public static Errno Above(in Location root, in Location location, out Location above)
    {
        if (location.IsTop || root.Is(location.Mount, location.Inode))
        {
            above = location;
            above.Inode.Acquire();
            return Errno.Success;
        }

        if (location.Inode.Number == location.Mount.Root.Number)
        {
            above = new Location(location.Mount.Parent!, location.Mount.Directory!.Acquire());
            return Errno.Success;
        }

        Errno errno = location.Inode.LookupParent(out Inode? parent);
        above = errno == Errno.Success ? new Location(location.Mount, parent!) : default;
        return errno;
    }
}
