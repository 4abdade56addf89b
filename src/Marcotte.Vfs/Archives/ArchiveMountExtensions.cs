using Marcotte.Vfs;
using Marcotte.Vfs.Archives;
using Marcotte.Vfs.Overlay;
using Microsoft.Win32.SafeHandles;

namespace Marcotte;

/// <summary>Mounts archives, to be read alone.</summary>
/// <remarks>
/// <para>
/// A tar, plain or compressed by gzip or zstd, or a zip archive; which of them is told by its content. It is read once, at
/// Build, into an index that all boxes share; nothing of it is unpacked to the host. A guest sees modes, owners, times, links,
/// FIFOs and devices as they are in the archive (opening the last two answers ENXIO), and cannot change anything (EROFS).
/// </para>
/// <para>
/// Build throws <see cref="InvalidDataException"/> for an archive that is malformed or passes a bound of
/// <see cref="ArchiveOptions"/>; the message names the entry.
/// </para>
/// </remarks>
public static class ArchiveMountExtensions
{
    /// <summary>Mounts an archive that is a file of the host. It stays open, and must not change, as long as boxes may read it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="archiveFile">The host's file; a relative path counts from the host process's working directory now.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">A path is empty or malformed.</exception>
    public static VfsOptions MountArchive(this VfsOptions options, string path, string archiveFile) =>
        MountArchive(options, path, archiveFile, ArchiveOptions.Default);

    /// <inheritdoc cref="MountArchive(VfsOptions, string, string)"/>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="archiveFile">The host's file; a relative path counts from the host process's working directory now.</param>
    /// <param name="archive">How it is read, and how much it may cost.</param>
    public static VfsOptions MountArchive(this VfsOptions options, string path, string archiveFile, ArchiveOptions archive) =>
        MountArchive(options, path, archiveFile, archive, MountOptions.Default);

    /// <inheritdoc cref="MountArchive(VfsOptions, string, string)"/>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="archiveFile">The host's file; a relative path counts from the host process's working directory now.</param>
    /// <param name="archive">How it is read, and how much it may cost.</param>
    /// <param name="mount">What the mount allows less of; it is read-only in any case.</param>
    public static VfsOptions MountArchive(this VfsOptions options, string path, string archiveFile, ArchiveOptions archive, MountOptions mount)
    {
        ArgumentException.ThrowIfNullOrEmpty(archiveFile);
        ArgumentNullException.ThrowIfNull(mount);
        string file = Path.GetFullPath(archiveFile);
        return Mount(options, path, $"Archive '{file}'", () => OpenFile(path, file), archive, mount);
    }

    /// <summary>Mounts an archive in memory.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="content">The archive's bytes, which are not copied and must not change.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The path is empty or malformed.</exception>
    public static VfsOptions MountArchive(this VfsOptions options, string path, ReadOnlyMemory<byte> content) =>
        MountArchive(options, path, content, ArchiveOptions.Default);

    /// <inheritdoc cref="MountArchive(VfsOptions, string, ReadOnlyMemory{byte})"/>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="content">The archive's bytes, which are not copied and must not change.</param>
    /// <param name="archive">How it is read, and how much it may cost.</param>
    public static VfsOptions MountArchive(this VfsOptions options, string path, ReadOnlyMemory<byte> content, ArchiveOptions archive) =>
        Mount(options, path, $"The archive of {content.Length} bytes", () => new HeapBytes(content), archive);

    /// <summary>
    /// Mounts an archive that comes out of a stream. At Build it is read from where it stands to its end, into memory or a
    /// temporary file as <see cref="ArchiveOptions"/> says; it is not needed, nor disposed, after that.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The path is empty or malformed.</exception>
    public static VfsOptions MountArchive(this VfsOptions options, string path, Stream stream) =>
        MountArchive(options, path, stream, ArchiveOptions.Default);

    /// <inheritdoc cref="MountArchive(VfsOptions, string, Stream)"/>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="archive">How it is read, and how much it may cost.</param>
    public static VfsOptions MountArchive(this VfsOptions options, string path, Stream stream, ArchiveOptions archive)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Mount(options, path, "The archive in a stream", () => Spool.Fill(stream, archive, CancellationToken.None), archive);
    }

    /// <summary>Adds an archive that is a file of the host as a layer of an overlay, on top of the layers before.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="archiveFile">The host's file; a relative path counts from the host process's working directory now.</param>
    /// <param name="archive">How it is read, and how much it may cost; with <see cref="ArchiveOptions.Whiteouts"/> it hides what it says. Null for the defaults.</param>
    /// <returns>The overlay.</returns>
    /// <exception cref="ArgumentException">The path is empty or malformed.</exception>
    public static OverlayOptions LowerArchive(this OverlayOptions overlay, string archiveFile, ArchiveOptions? archive = null)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        ArgumentException.ThrowIfNullOrEmpty(archiveFile);
        string file = Path.GetFullPath(archiveFile);
        string path = overlay.MountPoint;
        return overlay.Lower(new ArchiveSource(path, $"Archive '{file}'", () => OpenFile(path, file), archive ?? ArchiveOptions.Default));
    }

    private static VfsOptions Mount(
        VfsOptions options, string path, string name, Func<ArchiveBytes> open, ArchiveOptions archive, MountOptions? mount = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(archive);
        return options.Mount(path, new ArchiveSource(path, name, open, archive), (mount ?? MountOptions.Default) with { ReadOnly = true });
    }

#pragma warning disable RS0030 // The host driver for archives: it opens the one file that the host named
    private static FileBytes OpenFile(string path, string file)
    {
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"Archive '{file}' (mounted at '{path}') does not exist or is no file; create it or correct the path.", file);
        }

        SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);
        return new FileBytes(handle);
    }
#pragma warning restore RS0030
}
