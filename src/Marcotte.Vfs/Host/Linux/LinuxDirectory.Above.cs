using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <content>What is above a directory, which may have been moved since it was found.</content>
internal sealed unsafe partial class LinuxDirectory
{
    /// <summary>Directories climbed at most; deeper down, above is where it was found.</summary>
    private const int MostAbove = 512;

    /// <inheritdoc/>
    /// <remarks>
    /// The kernel knows where it lies now. That counts only when all that is above it leads to the root: one that somebody moved
    /// out of the tree leads to where it was found, and nothing out there is ever handed out.
    /// </remarks>
    public override Errno LookupParent(out Inode? parent)
    {
        if (Parent is null)
        {
            parent = Acquire();
            return Errno.Success;
        }

        Errno errno = Climb(out LinuxDirectory? above);
        parent = above ?? Parent.Acquire();
        return errno;
    }

    /// <summary>Finds the directories above it anew.</summary>
    /// <param name="above">The one it lies in; null when it lies where it was found, or in no directory of this tree.</param>
    private Errno Climb(out LinuxDirectory? above)
    {
        above = null;
        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        byte* up = stackalloc byte[] { (byte)'.', (byte)'.', 0 };
        bool isKnown = LinuxAttributes.Examine(descriptor, up, out StatBuffer stat) != Errno.Success || stat.Identity == Parent!.Identity;
        if (isKnown)
        {
            return Finish(Errno.Success);
        }

        LinuxDirectory root = (LinuxDirectory)Host.Root;
        List<(LinuxHandle Handle, HostIdentity Identity)> climbed = [];
        Errno errno = Host.OpenAbove(descriptor, out LinuxHandle? handle, out HostIdentity identity);
        while (errno == Errno.Success && identity != root.Identity && climbed.Count < MostAbove)
        {
            climbed.Add((handle!, identity));
            errno = Host.OpenAbove((int)handle!.DangerousGetHandle(), out handle, out identity);
        }

        handle?.Dispose();
        if (errno == Errno.Success && identity == root.Identity)
        {
            above = Chain(root, climbed);
        }
        else
        {
            climbed.ForEach(static each => each.Handle.Dispose());
        }

        return Finish(errno == Errno.NFile ? errno : Errno.Success);
    }

    /// <summary>Makes inodes of what was climbed, from the root down to the one above. Nobody has looked their names up.</summary>
    private static LinuxDirectory Chain(LinuxDirectory root, List<(LinuxHandle Handle, HostIdentity Identity)> climbed)
    {
        LinuxDirectory at = root;
        at.Acquire();
        for (int i = climbed.Count - 1; i >= 0; i--)
        {
            LinuxDirectory below = new(at, [], climbed[i].Handle, climbed[i].Identity);
            at.Release();
            at = below;
        }

        return at;
    }
}
