using System.IO.Abstractions;
using Marcotte.Core;
using Marcotte.Vfs.Abstractions;
using Marcotte.Vfs.Host;

namespace Marcotte.Vfs.Overlay;

/// <summary>What an overlay is made of. Each lower layer lies on top of those named before it, the upper one on top of all.</summary>
/// <remarks>That is the order in which an OCI image names its layers; mount(8) wants <c>lowerdir</c> the other way round.</remarks>
public sealed class OverlayOptions
{
    private readonly string _path;
    private readonly List<FileSystemSource> _lowers = [];
    private FileSystemSource? _upper;

    internal OverlayOptions(string path) => _path = path;

    internal IReadOnlyList<FileSystemSource> Lowers => _lowers;

    internal FileSystemSource UpperSource => _upper ?? new MemorySource();

    /// <summary>Adds a layer that is only read, on top of those before.</summary>
    /// <param name="source">Makes its file system for each box; disposed with the layer.</param>
    /// <returns>These options.</returns>
    public OverlayOptions Lower(FileSystemSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _lowers.Add(source);
        return this;
    }

    /// <summary>Adds a directory of the host that is only read, on top of the layers before.</summary>
    /// <param name="hostDirectory">The host's directory; a relative path counts from the host process's working directory now.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The host's path is empty or malformed.</exception>
    public OverlayOptions LowerHostDirectory(string hostDirectory)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostDirectory);
        return Lower(new HostDirectorySource(_path, Path.GetFullPath(hostDirectory), isReadOnly: true));
    }

    /// <summary>Adds a directory of any <see cref="IFileSystem"/> that is only read, on top of the layers before.</summary>
    /// <param name="fileSystem">The file system; shared by all boxes.</param>
    /// <param name="root">The directory of it that is seen.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The root is empty.</exception>
    public OverlayOptions LowerFileSystem(IFileSystem fileSystem, string root = "/")
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        ArgumentException.ThrowIfNullOrEmpty(root);
        return Lower(new AbstractedFileSystemSource(_path, fileSystem, root, isReadOnly: true));
    }

    /// <summary>Adds an archive that is a file of the host, read as <see cref="ArchiveMountExtensions"/> says, on top of the layers before.</summary>
    /// <param name="archiveFile">The host's file; a relative path counts from the host process's working directory now.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The host's path is empty or malformed.</exception>
    public OverlayOptions LowerArchive(string archiveFile) => LowerArchive(archiveFile, ArchiveOptions.Default);

    /// <inheritdoc cref="LowerArchive(string)"/>
    /// <param name="archiveFile">The host's file; a relative path counts from the host process's working directory now.</param>
    /// <param name="archive">How it is read, and how much it may cost; with <see cref="ArchiveOptions.Whiteouts"/> it hides what it says of the layers below.</param>
    public OverlayOptions LowerArchive(string archiveFile, ArchiveOptions archive) => Lower(ArchiveMountExtensions.Source(_path, archiveFile, archive));

    /// <summary>Adds an archive in memory, on top of the layers before.</summary>
    /// <param name="content">The archive's bytes, which are not copied and must not change.</param>
    /// <returns>These options.</returns>
    public OverlayOptions LowerArchive(ReadOnlyMemory<byte> content) => LowerArchive(content, ArchiveOptions.Default);

    /// <inheritdoc cref="LowerArchive(ReadOnlyMemory{byte})"/>
    /// <param name="content">The archive's bytes, which are not copied and must not change.</param>
    /// <param name="archive">How it is read, and how much it may cost; with <see cref="ArchiveOptions.Whiteouts"/> it hides what it says of the layers below.</param>
    public OverlayOptions LowerArchive(ReadOnlyMemory<byte> content, ArchiveOptions archive) => Lower(ArchiveMountExtensions.Source(_path, content, archive));

    /// <summary>What is written to is a memory tree of each box's own, as it is when nothing is said, with a bound.</summary>
    /// <param name="maxBytes">Bytes that it may hold (ENOSPC), besides what <see cref="Limits.FileBytes"/> says of the box.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above zero.</exception>
    public OverlayOptions Upper(long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        return Upper(new MemorySource(null, maxBytes));
    }

    /// <summary>Says what is written to.</summary>
    /// <param name="source">Makes, for each box, a file system that can hide names of layers below; disposed with the layer.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The upper layer was named before.</exception>
    public OverlayOptions Upper(FileSystemSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (_upper is not null)
        {
            throw new ArgumentException($"The overlay at \"{_path}\" has an upper layer already; name one.", nameof(source));
        }

        _upper = source;
        return this;
    }
}
