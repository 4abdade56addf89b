using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>A path of a box, with what was known of it when it was first asked for.</summary>
internal abstract class TreeInfo : IFileSystemInfo
{
    private EntryStatus? _status;
    private string _originalPath;

    private protected TreeInfo(TreeFileSystem files, string path, string parameter)
    {
        Files = files;
        ArgumentNullException.ThrowIfNull(path, parameter);
        _originalPath = path;
        FullName = files.Tree.FullPath(path);
    }

    public IFileSystem FileSystem => Files;

    public FileAttributes Attributes
    {
        get => Status.Attributes(Name, Tree.Credentials);
        set => Change(() => TreeStatus.SetAttributes(Tree, FullName, value));
    }

    public DateTime CreationTime
    {
        get => CreationTimeUtc.ToLocalTime();
        set => Change(() => TreeStatus.SetWriteTime(Tree, FullName, TreeStatus.ToUtc(value, unspecifiedIsUtc: false)));
    }

    public DateTime CreationTimeUtc
    {
        get => Status.CreationTimeUtc;
        set => Change(() => TreeStatus.SetWriteTime(Tree, FullName, TreeStatus.ToUtc(value, unspecifiedIsUtc: true)));
    }

    public abstract bool Exists { get; }

    /// <summary>Other than a path's, a lone dot at the end is one.</summary>
    public string Extension
    {
        get
        {
            ReadOnlySpan<char> name = UnixPath.FileName(FullName);
            int dot = name.LastIndexOf('.');
            return dot < 0 ? string.Empty : name[dot..].ToString();
        }
    }

    public string FullName { get; private set; }

    public DateTime LastAccessTime
    {
        get => LastAccessTimeUtc.ToLocalTime();
        set => Change(() => TreeStatus.SetAccessTime(Tree, FullName, TreeStatus.ToUtc(value, unspecifiedIsUtc: false)));
    }

    public DateTime LastAccessTimeUtc
    {
        get => Status.AccessTimeUtc;
        set => Change(() => TreeStatus.SetAccessTime(Tree, FullName, TreeStatus.ToUtc(value, unspecifiedIsUtc: true)));
    }

    public DateTime LastWriteTime
    {
        get => LastWriteTimeUtc.ToLocalTime();
        set => Change(() => TreeStatus.SetWriteTime(Tree, FullName, TreeStatus.ToUtc(value, unspecifiedIsUtc: false)));
    }

    public DateTime LastWriteTimeUtc
    {
        get => Status.WriteTimeUtc;
        set => Change(() => TreeStatus.SetWriteTime(Tree, FullName, TreeStatus.ToUtc(value, unspecifiedIsUtc: true)));
    }

    public string? LinkTarget => Tree.ReadLink(FullName, out string? content) == Errno.Success ? content : null;

    public abstract string Name { get; }

    public UnixFileMode UnixFileMode
    {
        get => Status.Exists ? (UnixFileMode)(Status.Target.Mode & 0xFFF) : (UnixFileMode)(-1);
        set => Change(() => TreeStatus.SetMode(Tree, FullName, value));
    }

    internal TreeFileSystem Files { get; }

    private protected Tree Tree => Files.Tree;

    /// <summary>What is known; looked up once.</summary>
    private protected EntryStatus Status
    {
        get
        {
            EntryStatus status = QuietStatus;
            return status.Errno is Errno.Success or Errno.NoEnt ? status : throw TreeErrors.Of(status.Errno, FullName);
        }
    }

    /// <summary>The same for whether it exists: not being able to look is not existing.</summary>
    private protected EntryStatus QuietStatus
    {
        get
        {
            Tree.ThrowIfClosed();
            return _status ??= EntryStatus.Of(Tree, FullName);
        }
    }

    public void CreateAsSymbolicLink(string pathToTarget)
    {
        TreeLinks.Create(Tree, FullName, pathToTarget, _originalPath);
        Forget();
    }

    public abstract void Delete();

    public void Refresh() => _status = EntryStatus.Of(Tree, FullName);

    public IFileSystemInfo? ResolveLinkTarget(bool returnFinalTarget) =>
        TreeLinks.Resolve(Files, FullName, returnFinalTarget, this is IDirectoryInfo);

    public override string ToString() => _originalPath;

    /// <summary>The last name of the path as it was given.</summary>
    private protected ReadOnlySpan<char> OriginalName => UnixPath.FileName(_originalPath);

    /// <summary>It has another path now.</summary>
    private protected void MoveTo(string originalPath, string fullPath)
    {
        _originalPath = originalPath;
        FullName = fullPath;
        Forget();
    }

    private protected void Forget() => _status = null;

    private void Change(Action change)
    {
        change();
        Forget();
    }
}
