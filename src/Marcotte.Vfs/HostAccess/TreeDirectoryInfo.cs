using System.IO.Abstractions;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What .NET's <c>DirectoryInfo</c> is, of a box's tree.</summary>
internal sealed partial class TreeDirectoryInfo(TreeFileSystem files, string path) : TreeInfo(files, path, nameof(path)), IDirectoryInfo
{
    public override bool Exists => QuietStatus is { Exists: true, IsDirectory: true };

    public override string Name =>
        FullName == "/" ? FullName : UnixPath.FileName(UnixPath.TrimEnd(FullName.AsSpan())).ToString();

    public IDirectoryInfo? Parent
    {
        get
        {
            ReadOnlySpan<char> parent = UnixPath.DirectoryName(UnixPath.TrimEnd(FullName.AsSpan()));
            return parent.IsEmpty ? null : new TreeDirectoryInfo(Files, parent.ToString());
        }
    }

    public IDirectoryInfo Root => new TreeDirectoryInfo(Files, "/");

    public void Create()
    {
        DirectoryChanges.Create(Tree, FullName, DirectoryChanges.DefaultMode);
        Forget();
    }

    public IDirectoryInfo CreateSubdirectory(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            throw new ArgumentException("Path cannot be the empty string or all whitespace.", nameof(path));
        }

        if (UnixPath.IsRooted(path))
        {
            throw new ArgumentException("Second path fragment must not be a drive or UNC name.", nameof(path));
        }

        string full = Tree.FullPath(UnixPath.Combine(FullName, path));
        string top = UnixPath.TrimEnd(FullName);
        bool isWithin = full.StartsWith(top, StringComparison.Ordinal)
            && (full.Length == top.Length || top == "/" || full[top.Length] == UnixPath.Slash);
        if (!isWithin)
        {
            throw new ArgumentException($"The directory specified, '{path}', is not a subdirectory of '{FullName}'.", nameof(path));
        }

        DirectoryChanges.Create(Tree, full, DirectoryChanges.DefaultMode);
        return new TreeDirectoryInfo(Files, full);
    }

    public override void Delete() => Delete(recursive: false);

    public void Delete(bool recursive)
    {
        DirectoryChanges.Delete(Tree, FullName, recursive);
        Forget();
    }

    public void MoveTo(string destDirName)
    {
        ArgumentException.ThrowIfNullOrEmpty(destDirName);
        string target = Tree.FullPath(destDirName);
        DirectoryChanges.Move(Tree, FullName, target);
        MoveTo(destDirName, UnixPath.EndsInSlash(target) ? target : target + UnixPath.Slash);
    }
}
