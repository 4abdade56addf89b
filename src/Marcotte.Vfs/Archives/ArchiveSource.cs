using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>An archive to be mounted in boxes. It is opened, and its index made, once, when the layer is built.</summary>
internal sealed class ArchiveSource(string mountPoint, string name, Func<ArchiveBytes> open, ArchiveOptions options) : FileSystemSource
{
    private readonly Lock _lock = new();
    private Archive? _archive;
    private bool _isDisposed;

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
