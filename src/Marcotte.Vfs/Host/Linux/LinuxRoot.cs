using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>
/// The handle of a mounted host directory: opened once, by its path, when the layer is built; shared by all boxes, and
/// closed when neither the layer nor a box needs it any more.
/// </summary>
internal sealed unsafe class LinuxRoot
{
    private int _references = 1;

    private LinuxRoot(LinuxHandle handle, in StatBuffer stat, StrictOpener opener)
    {
        Handle = handle;
        Identity = stat.Identity;
        Owners = new IdentityMap([new IdentityRange(stat.User, 0)], [new IdentityRange(stat.Group, 0)]);
        Opener = opener;
    }

    /// <summary>The handle.</summary>
    internal LinuxHandle Handle { get; }

    /// <summary>Which directory it is.</summary>
    internal HostIdentity Identity { get; }

    /// <summary>
    /// Who the host's users are in a box that says nothing else: the owner of the directory is user 0, its group is group 0, and
    /// anyone else is nobody. No number of the host comes in.
    /// </summary>
    internal IdentityMap Owners { get; }

    /// <summary>Opens names beneath it.</summary>
    internal StrictOpener Opener { get; }

    /// <summary>Opens a directory by its path on the host, following the host's links, as the host's user meant it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="opener">Opens names beneath it.</param>
    /// <param name="root">The directory.</param>
    /// <returns>The outcome.</returns>
    internal static Errno Open(string path, StrictOpener opener, out LinuxRoot? root)
    {
        root = null;
        int descriptor;
        fixed (byte* pointer = System.Text.Encoding.UTF8.GetBytes(path + '\0'))
        {
            descriptor = LibC.OpenAt(LibC.AtWorkingDirectory, pointer, LibC.OpenPath | LibC.OpenDirectory | LibC.OpenCloseOnExec, 0);
        }

        if (descriptor < 0)
        {
            return LibC.LastError();
        }

        LinuxHandle handle = new(descriptor);
        Errno errno = LinuxAttributes.Examine(descriptor, out StatBuffer stat);
        if (errno != Errno.Success)
        {
            handle.Dispose();
            return errno;
        }

        root = new LinuxRoot(handle, stat, opener);
        return Errno.Success;
    }

    internal LinuxRoot Acquire()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Handle.Dispose();
        }
    }
}
