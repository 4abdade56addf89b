using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Making, removing and moving directories: what .NET makes of Unix's calls.</summary>
/// <remarks>All paths are full ones.</remarks>
internal static class DirectoryChanges
{
    private const string MustDiffer = "Source and destination path must be different.";

    internal const UnixFileMode DefaultMode = (UnixFileMode)0x1FF;

    /// <summary>Makes a directory and those on the way to it; one that is there is left alone.</summary>
    internal static void Create(Tree tree, string path, UnixFileMode mode)
    {
        Stack<string> missing = new();
        for (string next = path; ; next = Above(next))
        {
            Errno errno = tree.MakeDirectory(next, next == path ? mode : DefaultMode);
            if (errno == Errno.NoEnt && next != "/")
            {
                missing.Push(next);
                continue;
            }

            if (errno != Errno.Success && (errno != Errno.Exist || (next == path && !tree.IsDirectory(path))))
            {
                // Where nothing may be made, what is there already is as good as made.
                if (next != path || !tree.IsDirectory(path))
                {
                    throw TreeErrors.Of(errno, next, isDirectory: true);
                }
            }

            break;
        }

        while (missing.TryPop(out string? next))
        {
            Errno errno = tree.MakeDirectory(next, missing.Count == 0 ? mode : DefaultMode);
            if (errno != Errno.Success && (errno != Errno.Exist || !tree.IsDirectory(next)))
            {
                throw TreeErrors.Of(errno, next, isDirectory: true);
            }
        }
    }

    internal static void Delete(Tree tree, string path, bool recursive)
    {
        if (!RemoveEmpty(tree, path, isTop: true, throwsWhenFull: !recursive))
        {
            RemoveAll(tree, path);
        }
    }

    internal static void Move(Tree tree, string source, string target)
    {
        string from = UnixPath.TrimEnd(source);
        string to = UnixPath.TrimEnd(target);
        if (from == to)
        {
            throw new IOException(MustDiffer);
        }

        bool exists = tree.Stat(from, follow: false, out FileStat moved) == Errno.Success;
        bool isMisnamed = exists && UnixPath.EndsInSlash(source) && moved.Type != FileType.Directory;
        if (tree.Stat(to, follow: false, out FileStat present) == Errno.Success)
        {
            throw !exists ? TreeErrors.DirectoryMissing(source)
                : isMisnamed ? new IOException($"Could not find a part of the path '{source}'.")
                : moved.Device == present.Device && moved.Inode == present.Inode ? new IOException(MustDiffer)
                : new IOException($"Cannot create '{target}' because a file or directory with the same name already exists.");
        }

        // With its slash a file or a link is refused, as it should be.
        Errno errno = tree.Rename(isMisnamed ? source : from, to);
        switch (errno)
        {
            case Errno.Success:
                return;
            case Errno.Access:
                throw new IOException($"Access to the path '{source}' is denied.", (int)errno);
            case Errno.NoEnt:
                throw TreeErrors.DirectoryMissing(source);
            case Errno.NotDir:
                throw new IOException($"Could not find a part of the path '{source}'.");
            default:
                throw TreeErrors.Of(errno, isDirectory: true);
        }
    }

    /// <summary>Removes a directory, or at the top also a link to one.</summary>
    /// <returns>False when it is not empty.</returns>
    private static bool RemoveEmpty(Tree tree, string path, bool isTop, bool throwsWhenFull)
    {
        Errno errno = tree.RemoveDirectory(path);
        if (errno == Errno.Success || (errno == Errno.NoEnt && !isTop))
        {
            return true;
        }

        if (errno == Errno.NotEmpty && !throwsWhenFull)
        {
            return false;
        }

        if (errno == Errno.NotDir && isTop && tree.IsDirectory(path))
        {
            FileMoves.Delete(tree, path);
            return true;
        }

        throw TreeErrors.Of(errno, path, isDirectory: true);
    }

    /// <summary>Removes a directory with all that is in it; links go, what they lead to stays. Goes on past what cannot be removed.</summary>
    private static void RemoveAll(Tree tree, string path)
    {
        Exception? first = null;
        foreach (ListedEntry entry in DirectoryReading.Read(tree, path, path))
        {
            string child = UnixPath.Join(path, entry.Name);
            try
            {
                if (entry.Type == FileType.Directory)
                {
                    if (!RemoveEmpty(tree, child, isTop: false, throwsWhenFull: false))
                    {
                        RemoveAll(tree, child);
                    }
                }
                else
                {
                    FileMoves.Delete(tree, child);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                first ??= exception;
            }
        }

        if (first is not null)
        {
            throw first;
        }

        RemoveEmpty(tree, path, isTop: false, throwsWhenFull: true);
    }

    private static string Above(string path) =>
        UnixPath.DirectoryName(UnixPath.TrimEnd(path.AsSpan())) is { IsEmpty: false } above ? above.ToString() : "/";
}
