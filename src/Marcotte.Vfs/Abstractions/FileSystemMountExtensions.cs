using System.IO.Abstractions;
using Marcotte.Vfs;
using Marcotte.Vfs.Abstractions;

namespace Marcotte;

/// <summary>Mounts what implements <see cref="IFileSystem"/>.</summary>
public static class FileSystemMountExtensions
{
    /// <summary>
    /// Gives the box a directory of any <see cref="IFileSystem"/>, such as a test's <c>MockFileSystem</c>, and all beneath it,
    /// to read and to write; with <paramref name="readOnly"/>, to read alone (EROFS).
    /// </summary>
    /// <remarks>
    /// <para>
    /// A guest cannot leave the directory: names that would be anything but one name there (<c>a\b</c>, <c>C:</c>,
    /// <c>NUL</c> on Windows) are refused, and links are resolved within the box. What a guest writes reaches the
    /// <see cref="IFileSystem"/> when it syncs or closes the file.
    /// </para>
    /// <para>
    /// There are no hard links (EPERM), users or groups; times go in steps of 100 ns; one file has at most
    /// <see cref="Core.Limits.FileBytes"/>. To mount a directory of the real file system use
    /// <see cref="HostMountExtensions.MountHostDirectory(VfsOptions, string, string, bool)"/>, which holds against programs that change it meanwhile.
    /// </para>
    /// <para>Build throws <see cref="DirectoryNotFoundException"/> when there is no such directory.</para>
    /// </remarks>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="fileSystem">The file system; shared by all boxes.</param>
    /// <param name="root">The directory of it that is mounted.</param>
    /// <param name="readOnly">Whether the box may only read.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    // The other overload has as many parameters, of which none is optional and the last is of another type.
#pragma warning disable RS0027
    public static VfsOptions MountFileSystem(this VfsOptions options, string path, IFileSystem fileSystem, string root = "/", bool readOnly = false) =>
        options.MountFileSystem(path, fileSystem, root, new MountOptions { ReadOnly = readOnly });
#pragma warning restore RS0027

    /// <summary>Gives the box a directory of any <see cref="IFileSystem"/>, and all beneath it, as far as the options let it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="fileSystem">The file system; shared by all boxes.</param>
    /// <param name="root">The directory of it that is mounted.</param>
    /// <param name="mount">What the mount allows less of, and the one owner of its files; user and group 0 by default.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    public static VfsOptions MountFileSystem(this VfsOptions options, string path, IFileSystem fileSystem, string root, MountOptions mount)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(fileSystem);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(mount);
        return options.Mount(path, new AbstractedFileSystemSource(path, fileSystem, root, mount.ReadOnly), mount);
    }
}
