using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What .NET's <c>Directory</c> does, in a box's tree.</summary>
internal sealed partial class TreeDirectory(TreeFileSystem files) : TreeTimes(files), IDirectory
{
    private const int MostTries = 100;

    public IDirectoryInfo CreateDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Create(path, DirectoryChanges.DefaultMode);
    }

    public IDirectoryInfo CreateDirectory(string path, UnixFileMode unixCreateMode)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TreeStatus.CheckMode(unixCreateMode, nameof(unixCreateMode));
        return Create(path, unixCreateMode);
    }

    public IFileSystemInfo CreateSymbolicLink(string path, string pathToTarget)
    {
        string full = Tree.FullPath(path);
        TreeLinks.Create(Tree, full, pathToTarget, path);
        return Files.DirectoryInfo.New(path);
    }

    public IDirectoryInfo CreateTempSubdirectory(string? prefix = null)
    {
        if (prefix is not null && prefix.Contains(UnixPath.Slash, StringComparison.Ordinal))
        {
            throw new ArgumentException("The value may not contain directory separator characters.", nameof(prefix));
        }

        TreePath paths = (TreePath)Files.Path;
        for (int tries = 1; ; tries++)
        {
            string path = paths.GetTempPath() + prefix + paths.TempName();
            Errno errno = Tree.MakeDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (errno == Errno.Success)
            {
                return Files.DirectoryInfo.New(path);
            }

            if (errno != Errno.Exist || tries == MostTries)
            {
                throw TreeErrors.Of(errno, path, isDirectory: true);
            }
        }
    }

    public void Delete(string path) => Delete(path, recursive: false);

    public void Delete(string path, bool recursive) => DirectoryChanges.Delete(Tree, Tree.FullPath(path), recursive);

    public bool Exists(string? path) =>
        !string.IsNullOrEmpty(path) && !path.Contains('\0', StringComparison.Ordinal) && Tree.IsDirectory(Tree.FullPath(path));

    public string GetCurrentDirectory() => Tree.WorkingDirectory();

    public string GetDirectoryRoot(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Tree.FullPath(path);
        return "/";
    }

    /// <summary>The paths that something is mounted at.</summary>
    public string[] GetLogicalDrives() => [.. Files.DriveInfo.GetDrives().Select(drive => drive.Name)];

    public IDirectoryInfo? GetParent(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ReadOnlySpan<char> parent = UnixPath.DirectoryName(Tree.FullPath(path));
        return parent.IsEmpty ? null : Files.DirectoryInfo.New(parent.ToString());
    }

    public void Move(string sourceDirName, string destDirName)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceDirName);
        ArgumentException.ThrowIfNullOrEmpty(destDirName);
        DirectoryChanges.Move(Tree, Tree.FullPath(sourceDirName), Tree.FullPath(destDirName));
    }

    public IFileSystemInfo? ResolveLinkTarget(string linkPath, bool returnFinalTarget) =>
        TreeLinks.Resolve(Files, Tree.FullPath(linkPath, nameof(linkPath)), returnFinalTarget, isDirectory: true);

    public void SetCurrentDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Tree.FullPath(path);
        TreeErrors.Check(Tree.ChangeDirectory(full), full, isDirectory: true);
    }

    private IDirectoryInfo Create(string path, UnixFileMode mode)
    {
        DirectoryChanges.Create(Tree, Tree.FullPath(path), mode);
        return Files.DirectoryInfo.New(path);
    }
}
