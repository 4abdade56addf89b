using System.IO.Abstractions;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What .NET's <c>File</c> and <c>Directory</c> have in common: times, of whichever of the two a path leads to.</summary>
internal abstract class TreeTimes(TreeFileSystem files)
{
    public IFileSystem FileSystem => Files;

    private protected TreeFileSystem Files => files;

    private protected Tree Tree => files.Tree;

    public DateTime GetCreationTime(string path) => GetCreationTimeUtc(path).ToLocalTime();

    public DateTime GetCreationTimeUtc(string path) => TreeStatus.Look(Tree, Tree.FullPath(path)).CreationTimeUtc;

    // Unix keeps no time of creation: .NET sets that of the last write, which creation is not later than.
    public void SetCreationTime(string path, DateTime creationTime) =>
        TreeStatus.SetWriteTime(Tree, Tree.FullPath(path), TreeStatus.ToUtc(creationTime, unspecifiedIsUtc: false));

    public void SetCreationTimeUtc(string path, DateTime creationTimeUtc) =>
        TreeStatus.SetWriteTime(Tree, Tree.FullPath(path), TreeStatus.ToUtc(creationTimeUtc, unspecifiedIsUtc: true));

    public DateTime GetLastAccessTime(string path) => GetLastAccessTimeUtc(path).ToLocalTime();

    public DateTime GetLastAccessTimeUtc(string path) => TreeStatus.Look(Tree, Tree.FullPath(path)).AccessTimeUtc;

    public void SetLastAccessTime(string path, DateTime lastAccessTime) =>
        TreeStatus.SetAccessTime(Tree, Tree.FullPath(path), TreeStatus.ToUtc(lastAccessTime, unspecifiedIsUtc: false));

    public void SetLastAccessTimeUtc(string path, DateTime lastAccessTimeUtc) =>
        TreeStatus.SetAccessTime(Tree, Tree.FullPath(path), TreeStatus.ToUtc(lastAccessTimeUtc, unspecifiedIsUtc: true));

    public DateTime GetLastWriteTime(string path) => GetLastWriteTimeUtc(path).ToLocalTime();

    public DateTime GetLastWriteTimeUtc(string path) => TreeStatus.Look(Tree, Tree.FullPath(path)).WriteTimeUtc;

    public void SetLastWriteTime(string path, DateTime lastWriteTime) =>
        TreeStatus.SetWriteTime(Tree, Tree.FullPath(path), TreeStatus.ToUtc(lastWriteTime, unspecifiedIsUtc: false));

    public void SetLastWriteTimeUtc(string path, DateTime lastWriteTimeUtc) =>
        TreeStatus.SetWriteTime(Tree, Tree.FullPath(path), TreeStatus.ToUtc(lastWriteTimeUtc, unspecifiedIsUtc: true));
}
