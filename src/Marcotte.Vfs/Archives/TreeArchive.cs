using System.IO.Abstractions;
using Marcotte.Core;
using Marcotte.Vfs.Archives;
using Marcotte.Vfs.HostAccess;

namespace Marcotte.Vfs;

/// <summary>Writes trees of files as tar archives, and reads archives into trees.</summary>
/// <remarks>
/// Both work on inodes, within one file system: mounts in the tree are not entered. A tree that changes meanwhile is archived as it
/// is found, each file at the length that it has when its turn comes.
/// </remarks>
public static class TreeArchive
{
    /// <summary>
    /// Writes a directory and all beneath it as a tar in the pax format (POSIX 1003.1), sorted by the names' bytes: equal trees
    /// give equal bytes.
    /// </summary>
    /// <remarks>
    /// Modes, owners, times of modification to the nanosecond, hard links, symbolic links, FIFOs and devices are kept. A whiteout
    /// (the character device 0:0) is written as <c>.wh.name</c> and an opaque directory with <c>.wh..wh..opq</c>, as in the layer of
    /// a container image. Sockets and programs of the host's are left out, and so are names that begin with <c>.wh..wh.</c>, which layered file systems keep for themselves; a sparse file's holes are written as zeros.
    /// </remarks>
    /// <param name="root">The directory, such as a file system's root.</param>
    /// <param name="destination">Takes the archive; it is not closed.</param>
    /// <param name="cancellationToken">Ends it early; what is written then is no archive.</param>
    /// <returns>When all is written.</returns>
    /// <exception cref="ArgumentException">It is no directory.</exception>
    /// <exception cref="IOException">Something cannot be read, or has no place in a tar; the message names it.</exception>
    public static Task ExportAsync(Inode root, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(destination);
        return root.IsDirectory
            ? new TreeExporter(destination).WriteAsync(root, cancellationToken)
            : throw new ArgumentException("A tree begins with a directory; name one.", nameof(root));
    }

    /// <summary>Writes a directory of a box and all beneath it as a tar: <c>ExportDirectoryAsync(box.Files, "/data", file)</c>.</summary>
    /// <remarks>Links on the way to the directory are followed. Who the view acts as counts for that way; beneath it all is archived, as by <see cref="ExportAsync(Inode, Stream, CancellationToken)"/>.</remarks>
    /// <param name="files">The box's files: a <see cref="TreeFileSystem"/>.</param>
    /// <param name="directory">The directory's path in it.</param>
    /// <param name="destination">Takes the archive; it is not closed.</param>
    /// <param name="cancellationToken">Ends it early; what is written then is no archive.</param>
    /// <returns>When all is written.</returns>
    /// <exception cref="ArgumentException">These are no files of a box; what the host has is archived by <c>System.Formats.Tar</c>.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="IOException">Something cannot be read, or has no place in a tar; the message names it.</exception>
    public static async Task ExportDirectoryAsync(IFileSystem files, string directory, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(destination);
        Tree tree = (files as TreeFileSystem)?.Tree ?? throw new ArgumentException(
            $"A {files.GetType().Name} is no tree of a box; give Box.Files or a TreeFileSystem.", nameof(files));
        string path = tree.FullPath(directory, nameof(directory));
        TreeErrors.Check(tree.Open(path, new OpenRequest(OpenFlags.Directory, AccessModes.Read), out OpenFile? opened), path, isDirectory: true);
        try
        {
            OpenDirectory entered = (OpenDirectory)opened!.Operations;
            await ExportAsync(entered.Location.Inode, destination, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            opened!.Release();
        }
    }

    /// <summary>
    /// Reads an archive (a tar, plain or compressed by gzip or zstd, or a zip archive) into a directory. All of it is
    /// looked through before anything is made.
    /// </summary>
    /// <remarks>
    /// Files and links that are there already are replaced, directories are gone into, and links that are there are never
    /// followed. A directory that was there gets the mode, the times and, where its file system gives files to it, the owner of its
    /// entry, the topmost one too; one without an entry stays as it is. An archive with devices is refused, and one with FIFOs
    /// where the directory's file system keeps none; a FIFO opens in a box that has pipes.
    /// </remarks>
    /// <param name="directory">The directory, of a file system that can be changed.</param>
    /// <param name="source">The archive, from where the stream stands to its end; it is not closed.</param>
    /// <param name="options">How it is read, and how much it may cost; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it early; part of the archive may be there then.</param>
    /// <returns>When all is there.</returns>
    /// <exception cref="ArgumentException">It is no directory.</exception>
    /// <exception cref="InvalidDataException">The archive is malformed or passes a bound; nothing was made.</exception>
    /// <exception cref="IOException">
    /// An entry, which the message names, cannot be made: the tree is full, say. What came before it is there.
    /// </exception>
    public static Task ImportAsync(Inode directory, Stream source, ArchiveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(source);
        options ??= ArchiveOptions.Default;
        options.Validate();
        return directory.IsDirectory
            ? ReadAsync(directory, source, options, cancellationToken)
            : throw new ArgumentException("A tree begins with a directory; name one.", nameof(directory));
    }

    private static async Task ReadAsync(Inode directory, Stream source, ArchiveOptions options, CancellationToken cancellation)
    {
        Archive archive;
        try
        {
            ArchiveBytes raw = await Spool.FillAsync(source, options, cancellation).ConfigureAwait(false);
            archive = Archive.Open(raw, options, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The archive cannot be read: {e.Message}", e);
        }

        try
        {
            new TreeImporter(archive.Index).Read(directory, cancellation);
        }
        finally
        {
            archive.Release();
        }
    }
}
