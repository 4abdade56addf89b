using System.Collections;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Which entries of a directory are wanted.</summary>
[Flags]
internal enum ListedKinds
{
    Files = 1,
    Directories = 2,
    All = Files | Directories,
}

/// <summary>An entry that was found.</summary>
/// <param name="Path">Its path, beginning as the directory's was given.</param>
/// <param name="FullPath">Its full path.</param>
/// <param name="IsDirectory">Whether it is a directory, or a link to one.</param>
internal readonly record struct FoundEntry(string Path, string FullPath, bool IsDirectory);

/// <summary>Lists directories, one after the other as the caller goes on; each is read whole, so that its entries may be removed meanwhile.</summary>
internal sealed class TreeListing<T> : IEnumerable<T>
{
    private readonly Tree _tree;
    private readonly ListingRequest _request;
    private readonly ListedKinds _kinds;
    private readonly Func<FoundEntry, T> _select;
    private readonly string _root;

    /// <exception cref="IOException">The directory cannot be opened.</exception>
    internal TreeListing(Tree tree, ListingRequest request, ListedKinds kinds, Func<FoundEntry, T> select)
    {
        _tree = tree;
        _request = request;
        _kinds = kinds;
        _select = select;
        _root = UnixPath.TrimEnd(tree.FullPath(request.Directory));

        // That there is such a directory is told when it is asked for, not when the first entry is.
        Open(_root, isRoot: true)?.Release();
    }

    public IEnumerator<T> GetEnumerator()
    {
        Queue<(string Path, string FullPath, int Depth)> pending = new();
        pending.Enqueue((_request.Directory, _root, _request.Options.MaxRecursionDepth));
        while (pending.TryDequeue(out (string Path, string FullPath, int Depth) directory))
        {
            if (Open(directory.FullPath, ReferenceEquals(directory.FullPath, _root)) is not { } open)
            {
                continue;
            }

            foreach (ListedEntry entry in WithDots(DirectoryReading.Read(open, directory.FullPath)))
            {
                bool isDot = entry.Name is "." or "..";
                FoundEntry found = Find(directory.Path, directory.FullPath, entry);
                if (!isDot && IsSkipped(found, entry))
                {
                    continue;
                }

                if (found.IsDirectory && !isDot && _request.Options.RecurseSubdirectories && directory.Depth > 0)
                {
                    pending.Enqueue((found.Path, found.FullPath, directory.Depth - 1));
                }

                if ((_kinds & (found.IsDirectory ? ListedKinds.Directories : ListedKinds.Files)) != 0 && _request.Matches(entry.Name))
                {
                    yield return _select(found);
                }
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<ListedEntry> WithDots(List<ListedEntry> entries) => _request.Options.ReturnSpecialDirectories
        ? [new ListedEntry(".", FileType.Directory), new ListedEntry("..", FileType.Directory), .. entries]
        : entries;

    private OpenFile? Open(string path, bool isRoot)
    {
        OpenFile? directory = DirectoryReading.Open(_tree, path, out Errno errno);
        bool isIgnored = (errno == Errno.NoEnt && !isRoot) || (errno is Errno.Access or Errno.Perm && _request.Options.IgnoreInaccessible);
        return directory ?? (isIgnored ? null : throw TreeErrors.Of(errno, path, isDirectory: true));
    }

    private FoundEntry Find(string directory, string fullDirectory, in ListedEntry entry)
    {
        string fullPath = UnixPath.Join(fullDirectory, entry.Name);
        bool isDirectory = entry.Type == FileType.Directory
            || (entry.Type is FileType.SymbolicLink or FileType.Unknown && _tree.IsDirectory(fullPath));
        return new FoundEntry(UnixPath.Join(directory, entry.Name), fullPath, isDirectory);
    }

    private bool IsSkipped(in FoundEntry found, in ListedEntry entry)
    {
        FileAttributes skipped = _request.Options.AttributesToSkip;
        return ((skipped & FileAttributes.Hidden) != 0 && entry.Name.StartsWith('.'))
            || ((skipped & FileAttributes.Directory) != 0 && found.IsDirectory)
            || ((skipped & FileAttributes.ReparsePoint) != 0 && entry.Type == FileType.SymbolicLink)
            || ((skipped & FileAttributes.ReadOnly) != 0
                && EntryStatus.Of(_tree, found.FullPath) is { Exists: true } status
                && (status.Attributes(entry.Name, _tree.Credentials) & FileAttributes.ReadOnly) != 0);
    }
}
