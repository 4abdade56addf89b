using System.Diagnostics.CodeAnalysis;
using System.IO.Abstractions;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Makes infos of files.</summary>
internal sealed class TreeFileInfoFactory(TreeFileSystem files) : IFileInfoFactory
{
    public IFileSystem FileSystem => files;

    public IFileInfo New(string fileName) => new TreeFileInfo(files, fileName);

    [return: NotNullIfNotNull(nameof(fileInfo))]
    public IFileInfo? Wrap(FileInfo? fileInfo) => fileInfo is null ? null : throw TreeRandomAccess.NoWrapping(nameof(FileInfo));
}

/// <summary>Makes infos of directories.</summary>
internal sealed class TreeDirectoryInfoFactory(TreeFileSystem files) : IDirectoryInfoFactory
{
    public IFileSystem FileSystem => files;

    public IDirectoryInfo New(string path) => new TreeDirectoryInfo(files, path);

    [return: NotNullIfNotNull(nameof(directoryInfo))]
    public IDirectoryInfo? Wrap(DirectoryInfo? directoryInfo) =>
        directoryInfo is null ? null : throw TreeRandomAccess.NoWrapping(nameof(DirectoryInfo));
}

/// <summary>Files have no versions here: what .NET reads out of programs is left empty.</summary>
internal sealed class TreeVersionInfoFactory(TreeFileSystem files) : IFileVersionInfoFactory
{
    public IFileSystem FileSystem => files;

    public IFileVersionInfo GetVersionInfo(string fileName)
    {
        if (!files.File.Exists(files.Tree.FullPath(fileName)))
        {
            throw new FileNotFoundException(fileName);
        }

        // It would be looked into, so that a link that leads nowhere is no file.
        string full = files.Tree.FullPath(fileName);
        return files.Tree.Stat(full, follow: true, out _) == Core.Errno.Success ? new TreeVersionInfo(full) : throw TreeErrors.FileMissing(full);
    }
}
