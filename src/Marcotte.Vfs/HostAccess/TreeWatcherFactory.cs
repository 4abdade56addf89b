using System.Diagnostics.CodeAnalysis;
using System.IO.Abstractions;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Makes watchers of directories: nothing in a tree tells of changes yet.</summary>
internal sealed class TreeWatcherFactory(TreeFileSystem files) : IFileSystemWatcherFactory
{
    public IFileSystem FileSystem => files;

    public IFileSystemWatcher New() => throw NoWatching();

    public IFileSystemWatcher New(string path) => throw NoWatching();

    public IFileSystemWatcher New(string path, string filter) => throw NoWatching();

    [return: NotNullIfNotNull(nameof(fileSystemWatcher))]
    public IFileSystemWatcher? Wrap(FileSystemWatcher? fileSystemWatcher) =>
        fileSystemWatcher is null ? null : throw TreeRandomAccess.NoWrapping(nameof(FileSystemWatcher));

    private static NotSupportedException NoWatching() =>
        new("A box's tree does not tell of changes; list the directory again and compare, or have the guest tell of them.");
}
