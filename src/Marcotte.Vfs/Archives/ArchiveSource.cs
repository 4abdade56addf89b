using Marcotte.Core;
using Microsoft.Win32.SafeHandles;

namespace Marcotte.Vfs.Archives;

/// <summary>An archive to be mounted in boxes. It is opened, and its index made, once, when the layer is built.</summary>
internal sealed class ArchiveSource(string mountPoint, string name, Func<ArchiveBytes> open, ArchiveOptions options) : FileSystemSource
{
    private readonly Lock _lock = new();
    private Archive? _archive;
    private bool _isDisposed;

    /// <summary>The archive in a file of the host's.</summary>
    public static ArchiveSource OfFile(string path, string archiveFile, ArchiveOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(archiveFile);
        string file = Path.GetFullPath(archiveFile);
        return Of(path, $"Archive '{file}'", () => OpenFile(path, file), options);
    }

    /// <summary>The archive in an array, which is not copied.</summary>
    public static ArchiveSource OfBytes(string path, ReadOnlyMemory<byte> content, ArchiveOptions options) =>
        Of(path, $"The archive of {content.Length} bytes", () => new HeapBytes(content), options);

    /// <summary>The archive in a stream, which is read to its end.</summary>
    public static ArchiveSource OfStream(string path, Stream stream, ArchiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Of(path, "The archive in a stream", () => Spool.Fill(stream, options, CancellationToken.None), options);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">It is no archive, or a malformed one, or it passes a bound.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public override void Validate()
    {
        options.Validate();
        OpenArchive();
    }

    public override FileSystem Open(Kernel kernel) => new ArchiveFileSystem(OpenArchive());

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _isDisposed = true;
            _archive?.Release();
            _archive = null;
        }

        base.Dispose(disposing);
    }

    private static ArchiveSource Of(string path, string name, Func<ArchiveBytes> open, ArchiveOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        return new ArchiveSource(path, name, open, options);
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

    private Archive OpenArchive()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                return _archive ??= Archive.Open(open(), options, CancellationToken.None);
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{name} (mounted at '{mountPoint}') cannot be mounted: {e.Message}", e);
            }
        }
    }
}
