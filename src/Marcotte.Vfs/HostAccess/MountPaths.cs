using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Where mounts are, as paths from the top.</summary>
internal static class MountPaths
{
    private const int LongestName = 256;

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
        Span<byte> name = stackalloc byte[LongestName];
        Inode current = directory.Acquire();
        while (current.Number != root.Number)
        {
            int length = 0;
            Errno errno = current.LookupParent(out Inode? parent);
            errno = errno == Errno.Success ? parent!.FindName(current, name, out length) : errno;
            current.Release();
            if (errno != Errno.Success)
            {
                parent?.Release();
                return false;
            }

            names.Push(Encoding.UTF8.GetString(name[..length]));
            current = parent!;
        }

        current.Release();
        return true;
    }
}
