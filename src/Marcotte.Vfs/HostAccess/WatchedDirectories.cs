namespace Marcotte.Vfs.HostAccess;

/// <summary>A directory that is watched, by its path from the one that the host asked for.</summary>
internal sealed class WatchedDirectory(string path)
{
    /// <summary>Its path; empty for the one that the host asked for.</summary>
    internal string Path { get; set; } = path;

    /// <summary>What was found in it when it was new and the host was told of; a change that says so comes too late.</summary>
    internal HashSet<string> Found { get; } = [];
}

/// <summary>Which directories a session watches.</summary>
internal sealed class WatchedDirectories
{
    private readonly Dictionary<int, WatchedDirectory> _directories = [];

    internal WatchedDirectory? this[int watch] => _directories.GetValueOrDefault(watch);

    internal int[] All => [.. _directories.Keys];

    /// <returns>Whether it was not watched before.</returns>
    internal bool Add(int watch, WatchedDirectory directory)
    {
        if (_directories.TryGetValue(watch, out WatchedDirectory? known))
        {
            known.Path = directory.Path;
            return false;
        }

        _directories.Add(watch, directory);
        return true;
    }

    internal void Remove(int watch) => _directories.Remove(watch);

    /// <summary>Whether a directory is watched.</summary>
    internal bool Has(string path) => _directories.Values.Any(directory => directory.Path == path);

    /// <summary>The watches of a directory and of all beneath it.</summary>
    internal int[] Beneath(string path) => [.. _directories.Where(entry => IsWithin(entry.Value.Path, path)).Select(entry => entry.Key)];

    /// <summary>A directory has another path, and all beneath it.</summary>
    internal void Rename(string path, string newPath)
    {
        foreach (WatchedDirectory directory in _directories.Values)
        {
            if (IsWithin(directory.Path, path))
            {
                directory.Path = newPath + directory.Path[path.Length..];
            }
        }
    }

    private static bool IsWithin(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == UnixPath.Slash);
}
