using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Symbolic links as host code asks for them.</summary>
internal static class TreeLinks
{
    private const int MostFollowed = 40;

    /// <summary>Makes a link.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">Its full path.</param>
    /// <param name="content">What it says; not checked yet.</param>
    /// <param name="originalPath">Its path as it was given, which an error names.</param>
    internal static void Create(Tree tree, string path, string content, string originalPath)
    {
        CheckContent(content);
        Errno errno = tree.SymbolicLink(content, path);
        TreeErrors.Check(errno, originalPath, errno == Errno.NoEnt && !tree.HasParent(path));
    }

    internal static void CheckContent(string pathToTarget)
    {
        ArgumentException.ThrowIfNullOrEmpty(pathToTarget);
        if (pathToTarget.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Null character in path.", nameof(pathToTarget));
        }
    }

    /// <summary>Where a link leads.</summary>
    /// <param name="files">Whose link it is.</param>
    /// <param name="path">Its full path.</param>
    /// <param name="final">Whether further links are followed.</param>
    /// <param name="isDirectory">Which kind of info is wanted.</param>
    /// <returns>Null for what is no link.</returns>
    internal static IFileSystemInfo? Resolve(TreeFileSystem files, string path, bool final, bool isDirectory)
    {
        Tree tree = files.Tree;
        Errno errno = tree.ReadLink(path, out string? content);
        if (errno == Errno.Inval)
        {
            return null;
        }

        TreeErrors.Check(errno, path, isDirectory || (errno == Errno.NoEnt && !tree.HasParent(path)));
        string target = Target(path, content!);
        for (int followed = 1; final && tree.ReadLink(target, out content) == Errno.Success; followed++)
        {
            if (followed == MostFollowed)
            {
                throw new IOException($"Too many levels of symbolic links in '{path}'.");
            }

            target = Target(target, content!);
        }

        return isDirectory ? files.DirectoryInfo.New(target) : files.FileInfo.New(target);
    }

    private static string Target(string link, string content) =>
        UnixPath.IsRooted(content) ? content : UnixPath.Join(UnixPath.DirectoryName(link), content);
}
