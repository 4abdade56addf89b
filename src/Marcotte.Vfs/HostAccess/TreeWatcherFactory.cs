using System.Diagnostics.CodeAnalysis;
using System.IO.Abstractions;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Makes watchers of directories.</summary>
internal sealed class TreeWatcherFactory(TreeFileSystem files) : IFileSystemWatcherFactory
{
    public IFileSystem FileSystem => files;

    public IFileSystemWatcher New() => new TreeWatcher(files, Watched());

    public IFileSystemWatcher New(string path)
    {
        Namespace watched = Watched();
        TreeWatcher.CheckDirectory(files.Tree, path, nameof(path));
        return new TreeWatcher(files, watched) { Path = path };
    }

    public IFileSystemWatcher New(string path, string filter)
    {
        Namespace watched = Watched();
        TreeWatcher.CheckDirectory(files.Tree, path, nameof(path));
        ArgumentNullException.ThrowIfNull(filter);
        return new TreeWatcher(files, watched) { Path = path, Filter = filter };
    }

    [return: NotNullIfNotNull(nameof(fileSystemWatcher))]
    public IFileSystemWatcher? Wrap(FileSystemWatcher? fileSystemWatcher) =>
        fileSystemWatcher is null ? null : throw TreeRandomAccess.NoWrapping(nameof(FileSystemWatcher));

    private Namespace Watched()
    {
        files.Tree.ThrowIfClosed();
        return files.Tree.Files as Namespace ?? throw new NotSupportedException(
            $"{files.Tree.Files.GetType()} does not tell the host of changes; {nameof(Namespace)} does. List the directory again and compare.");
    }
}
