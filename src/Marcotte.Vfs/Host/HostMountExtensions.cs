using Marcotte.Vfs;
using Marcotte.Vfs.Host;

namespace Marcotte;

/// <summary>Mounts directories of the host.</summary>
public static class HostMountExtensions
{
    /// <summary>
    /// Gives the box a directory of the host, and all beneath it, to read and to write; with
    /// <paramref name="readOnly"/>, to read alone: then nothing in it is created, changed, renamed, linked or removed, and
    /// no time is set (EROFS). Links in it are resolved within the box, so none leads out of what the box was given.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The directory is opened once, at Build, and stays the same one when its name is given to another. On Linux all
    /// beneath it is reached by handles, with no link ever followed by the host. Elsewhere each component is checked before
    /// it is used; a program of the host's that swaps a directory for a link in that very moment can lead an operation
    /// outside, so mount no directory there that others change.
    /// </para>
    /// <para>
    /// The owner of the directory is user 0 in the box, all others are 65534, unless <see cref="MountOptions.Identities"/> says
    /// otherwise. New files get the guest's permission bits, less the umask of the host process, and files never a set-id bit. A
    /// change of mode or owner goes to the host, whose refusal the guest gets (EPERM). FIFOs, sockets and devices in it are seen, but opening one is refused (ENXIO).
    /// </para>
    /// <para>Build throws <see cref="DirectoryNotFoundException"/> when there is no such directory on the host.</para>
    /// </remarks>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="hostDirectory">The host's directory; a relative path counts from the host process's working directory now.</param>
    /// <param name="readOnly">Whether the box may only read.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The host's path is empty or malformed.</exception>
    public static VfsOptions MountHostDirectory(this VfsOptions options, string path, string hostDirectory, bool readOnly) =>
        options.MountHostDirectory(path, hostDirectory, new MountOptions { ReadOnly = readOnly });

    /// <summary>Gives the box a directory of the host, and all beneath it, to read and to write.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="hostDirectory">The host's directory; a relative path counts from the host process's working directory now.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The host's path is empty or malformed.</exception>
    public static VfsOptions MountHostDirectory(this VfsOptions options, string path, string hostDirectory) =>
        options.MountHostDirectory(path, hostDirectory, MountOptions.Default);

    /// <summary>Gives the box a directory of the host, and all beneath it, as far as the options let it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="hostDirectory">The host's directory; a relative path counts from the host process's working directory now.</param>
    /// <param name="mount">What the mount allows less of, and who its files belong to.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The host's path is empty or malformed.</exception>
    public static VfsOptions MountHostDirectory(this VfsOptions options, string path, string hostDirectory, MountOptions mount)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(hostDirectory);
        ArgumentNullException.ThrowIfNull(mount);
        return options.Mount(path, new HostDirectorySource(path, Path.GetFullPath(hostDirectory), mount.ReadOnly), mount);
    }
}
