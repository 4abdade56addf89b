using System.IO.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What .NET's <c>File</c> does, in a box's tree.</summary>
internal sealed partial class TreeFile(TreeFileSystem files) : TreeTimes(files), IFile
{
    internal const string NoEncryption = "File encryption is not supported on this platform.";

    public void Copy(string sourceFileName, string destFileName) => Copy(sourceFileName, destFileName, overwrite: false);

    public void Copy(string sourceFileName, string destFileName, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceFileName);
        ArgumentException.ThrowIfNullOrEmpty(destFileName);
        FileCopies.Copy(Tree, Tree.FullPath(sourceFileName), Tree.FullPath(destFileName), overwrite);
    }

    public FileSystemStream Create(string path) => Create(path, StreamRequest.DefaultBufferBytes);

    public FileSystemStream Create(string path, int bufferSize) => Create(path, bufferSize, FileOptions.None);

    public FileSystemStream Create(string path, int bufferSize, FileOptions options) => StreamOpener.Open(
        Tree, path, new StreamRequest(FileMode.Create, FileAccess.ReadWrite, FileShare.None) { BufferBytes = bufferSize, Options = options });

    public IFileSystemInfo CreateSymbolicLink(string path, string pathToTarget)
    {
        string full = Tree.FullPath(path);
        TreeLinks.Create(Tree, full, pathToTarget, path);
        return Files.FileInfo.New(path);
    }

    public void Decrypt(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        throw new PlatformNotSupportedException(NoEncryption);
    }

    public void Delete(string path) => FileMoves.Delete(Tree, Tree.FullPath(path));

    public void Encrypt(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        throw new PlatformNotSupportedException(NoEncryption);
    }

    public bool Exists(string? path)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        string full = Tree.FullPath(path);
        return !UnixPath.EndsInSlash(full) && Tree.IsFile(full);
    }

    public FileAttributes GetAttributes(string path) => TreeStatus.GetAttributes(Tree, Tree.FullPath(path));

    public UnixFileMode GetUnixFileMode(string path) => TreeStatus.GetMode(Tree, Tree.FullPath(path));

    public void Move(string sourceFileName, string destFileName) => Move(sourceFileName, destFileName, overwrite: false);

    public void Move(string sourceFileName, string destFileName, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceFileName);
        ArgumentException.ThrowIfNullOrEmpty(destFileName);
        string source = Tree.FullPath(sourceFileName);
        string target = Tree.FullPath(destFileName);
        if (!Tree.IsFile(UnixPath.TrimEnd(source)))
        {
            throw TreeErrors.FileMissing(source);
        }

        FileMoves.Move(Tree, source, target, overwrite);
    }

    public FileSystemStream Open(string path, FileMode mode) => StreamOpener.Open(Tree, path, StreamRequest.Of(mode, share: FileShare.None));

    public FileSystemStream Open(string path, FileMode mode, FileAccess access) =>
        StreamOpener.Open(Tree, path, new StreamRequest(mode, access, FileShare.None));

    public FileSystemStream Open(string path, FileMode mode, FileAccess access, FileShare share) =>
        StreamOpener.Open(Tree, path, new StreamRequest(mode, access, share));

    public FileSystemStream Open(string path, FileStreamOptions options) => Files.FileStream.New(path, options);

    public SafeFileHandle OpenHandle(
        string path, FileMode mode = FileMode.Open, FileAccess access = FileAccess.Read, FileShare share = FileShare.Read, FileOptions options = FileOptions.None, long preallocationSize = 0) =>
        throw TreeRandomAccess.NoHandles();

    public FileSystemStream OpenRead(string path) =>
        StreamOpener.Open(Tree, path, new StreamRequest(FileMode.Open, FileAccess.Read, FileShare.Read));

    public FileSystemStream OpenWrite(string path) =>
        StreamOpener.Open(Tree, path, new StreamRequest(FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));

    public void Replace(string sourceFileName, string destinationFileName, string? destinationBackupFileName) =>
        Replace(sourceFileName, destinationFileName, destinationBackupFileName, ignoreMetadataErrors: false);

    public void Replace(string sourceFileName, string destinationFileName, string? destinationBackupFileName, bool ignoreMetadataErrors)
    {
        ArgumentNullException.ThrowIfNull(sourceFileName);
        ArgumentNullException.ThrowIfNull(destinationFileName);
        FileMoves.Replace(
            Tree,
            Tree.FullPath(sourceFileName),
            Tree.FullPath(destinationFileName),
            destinationBackupFileName is null ? null : Tree.FullPath(destinationBackupFileName));
    }

    public IFileSystemInfo? ResolveLinkTarget(string linkPath, bool returnFinalTarget) =>
        TreeLinks.Resolve(Files, Tree.FullPath(linkPath, nameof(linkPath)), returnFinalTarget, isDirectory: false);

    public void SetAttributes(string path, FileAttributes fileAttributes) =>
        TreeStatus.SetAttributes(Tree, Tree.FullPath(path), fileAttributes);

    public void SetUnixFileMode(string path, UnixFileMode mode) => TreeStatus.SetMode(Tree, Tree.FullPath(path), mode);
}
