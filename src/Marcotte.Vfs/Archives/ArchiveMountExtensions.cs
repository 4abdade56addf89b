using Marcotte.Vfs;
using Marcotte.Vfs.Archives;
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
        Mount(options, path, Source(path, archiveFile, archive));

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
        Mount(options, path, Source(path, content, archive));

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
        return Mount(options, path, Source(path, "The archive in a stream", () => Spool.Fill(stream, archive, CancellationToken.None), archive));
    }

    /// <summary>An archive that is a file of the host.</summary>
    internal static ArchiveSource Source(string path, string archiveFile, ArchiveOptions archive)
    {
        ArgumentException.ThrowIfNullOrEmpty(archiveFile);
        string file = Path.GetFullPath(archiveFile);
        return Source(path, $"Archive '{file}'", () => OpenFile(path, file), archive);
    }

    /// <summary>An archive in memory.</summary>
    internal static ArchiveSource Source(string path, ReadOnlyMemory<byte> content, ArchiveOptions archive) =>
        Source(path, $"The archive of {content.Length} bytes", () => new HeapBytes(content), archive);

    private static ArchiveSource Source(string path, string name, Func<ArchiveBytes> open, ArchiveOptions archive)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(archive);
        return new ArchiveSource(path, name, open, archive);
    }

    private static VfsOptions Mount(VfsOptions options, string path, ArchiveSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Mount(path, source, readOnly: true);
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
