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

        if (location.Mount.IsPart)
        {
            return AbovePart(location, out above);
        }

        if (location.Inode.Number == location.Mount.Root.Number)
        {
            Errno found = location.Mount.Directory!.Renew(out Inode? directory);
            above = found == Errno.Success ? new Location(location.Mount.Parent!, directory!) : default;
            return found;
        }

        Errno errno = location.Inode.LookupParent(out Inode? parent);
        above = errno == Errno.Success ? new Location(location.Mount, parent!) : default;
        return errno;
    }

    private static Errno AbovePart(in Location location, out Location above)
    {
        Mount part = location.Mount;
        if (location.Inode.Number == part.Root.Number)
        {
            // Somebody outside of the box moved what it was in out of the part.
            Mount whole = part.Whole;
            above = new Location(whole, whole.Root.Acquire());
            return Errno.Success;
        }

        Errno errno = location.Inode.LookupParent(out Inode? parent);
        if (errno != Errno.Success)
        {
            above = default;
            return errno;
        }

        bool leaves = parent!.Number == part.Directory!.Number && parent.Lookup(part.Name, out Inode? top) == Errno.Success &&
            IsThe(location.Inode, top!);
        above = new Location(leaves ? part.Parent! : part, parent);
        return Errno.Success;
    }

    private static bool IsThe(Inode inode, Inode top)
    {
        bool same = inode.Number == top.Number;
        top.Release();
        return same;
    }
}
