using Marcotte.Vfs;
using Marcotte.Vfs.Archives;

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
    public static VfsOptions MountArchive(this VfsOptions options, string path, string archiveFile, ArchiveOptions archive, MountOptions mount) =>
        Mount(options, path, ArchiveSource.OfFile(path, archiveFile, archive), mount);

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
        Mount(options, path, ArchiveSource.OfBytes(path, content, archive));

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
    public static VfsOptions MountArchive(this VfsOptions options, string path, Stream stream, ArchiveOptions archive) =>
        Mount(options, path, ArchiveSource.OfStream(path, stream, archive));

    private static VfsOptions Mount(VfsOptions options, string path, ArchiveSource source, MountOptions? mount = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Mount(path, source, (mount ?? MountOptions.Default) with { ReadOnly = true });
    }
}
