using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Where mounts are, as paths from the top.</summary>
internal static class MountPaths
{
    /// <summary>The path of a mount; null when a directory that it is in was removed.</summary>
    internal static string? Of(Mount mount)
    {
        Stack<string> names = new();
        for (; mount.Parent is { } parent; mount = parent)
        {
            names.Push(Encoding.UTF8.GetString(mount.Name));
            if (!TryClimb(mount.Directory!, parent.Root, names))
            {
                return null;
            }
        }

        return "/" + string.Join('/', names);
    }

    /// <summary>Adds the names from a directory up to its mount's root.</summary>
    private static bool TryClimb(Inode directory, Inode root, Stack<string> names)
    {
        Inode current = directory.Acquire();
        while (current.Number != root.Number)
        {
            Errno errno = current.LookupParent(out Inode? parent);
            string? name = errno == Errno.Success ? NameIn(parent!, current.Number) : null;
            current.Release();
            if (name is null)
            {
                parent?.Release();
                return false;
            }

            names.Push(name);
            current = parent!;
        }

        current.Release();
        return true;
    }

    private static string? NameIn(Inode directory, ulong number)
    {
        if (directory.List(out DirectoryListing? listing) != Errno.Success)
        {
            return null;
        }

        using (listing)
        {
            for (ulong cookie = 0; listing!.Read(cookie, out DirectoryEntry entry) == Errno.Success && !entry.IsEnd; cookie = entry.Next)
            {
                if (entry.Inode == number)
                {
                    return Encoding.UTF8.GetString(entry.Name.Span);
                }
            }
        }

        return null;
    }
}
