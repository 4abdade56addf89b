using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>A directory of an <see cref="IFileSystem"/>, to be mounted in boxes, which all see the same files.</summary>
internal sealed class AbstractedFileSystemSource(string mountPoint, IFileSystem files, string root, bool isReadOnly) : FileSystemSource
{
    /// <inheritdoc/>
    /// <exception cref="DirectoryNotFoundException">There is no such directory in the <see cref="IFileSystem"/>.</exception>
    public override void Validate()
    {
        string path = files.Path.GetFullPath(root);
        if (!files.Directory.Exists(path))
        {
            string named = $"Directory '{path}' of the {files.GetType().Name} (mounted at '{mountPoint}')";
            throw new DirectoryNotFoundException(files.File.Exists(path)
                ? $"{named} is a file; name the directory to mount."
                : $"{named} does not exist; create it or correct the root.");
        }
    }

    public override void Validate(MountOptions options)
    {
        Refuse(
            options.MaxBytes is not null,
            nameof(MountOptions.MaxBytes),
            "its bytes come and go past the box as well; leave it out. One file has at most Limits.FileBytes");
        Refuse(
            options.Identities is { Owner: null },
            nameof(MountOptions.Identities),
            "an IFileSystem knows no owners that could be mapped; name one owner by IdentityMap.To");
        Validate();
    }

    public override FileSystem Open(Kernel kernel) => Open(kernel, MountOptions.Default);

    public override FileSystem Open(Kernel kernel, MountOptions options) =>
        new AbstractedFileSystem(files, files.Path.GetFullPath(root), isReadOnly || options.ReadOnly, kernel, options.Identities);
}
