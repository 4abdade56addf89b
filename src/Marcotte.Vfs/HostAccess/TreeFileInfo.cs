using System.IO.Abstractions;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What .NET's <c>FileInfo</c> is, of a box's tree.</summary>
internal sealed class TreeFileInfo(TreeFileSystem files, string fileName) : TreeInfo(files, fileName, nameof(fileName)), IFileInfo
{
    public IDirectoryInfo? Directory => DirectoryName is { } directory ? Files.DirectoryInfo.New(directory) : null;

    public string? DirectoryName => Files.Path.GetDirectoryName(FullName);

    public override bool Exists => QuietStatus is { Exists: true, IsDirectory: false };

    public bool IsReadOnly
    {
        get => (Attributes & FileAttributes.ReadOnly) != 0;
        set => Attributes = value ? Attributes | FileAttributes.ReadOnly : Attributes & ~FileAttributes.ReadOnly;
    }

    public long Length => Status is { Exists: true, IsDirectory: false } ? Status.Stat.Size : throw TreeErrors.FileMissing(FullName);

    public override string Name => OriginalName.ToString();

    public StreamWriter AppendText() => Files.File.AppendText(FullName);

    public IFileInfo CopyTo(string destFileName) => CopyTo(destFileName, overwrite: false);

    public IFileInfo CopyTo(string destFileName, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(destFileName);
        string target = Tree.FullPath(destFileName);
        FileCopies.Copy(Tree, FullName, target, overwrite);
        return new TreeFileInfo(Files, target);
    }

    public FileSystemStream Create()
    {
        FileSystemStream stream = Files.File.Create(FullName);
        Forget();
        return stream;
    }

    public StreamWriter CreateText() => Files.File.CreateText(FullName);

    public void Decrypt() => throw new PlatformNotSupportedException(TreeFile.NoEncryption);

    public override void Delete()
    {
        FileMoves.Delete(Tree, FullName);
        Forget();
    }

    public void Encrypt() => throw new PlatformNotSupportedException(TreeFile.NoEncryption);

    public void MoveTo(string destFileName) => MoveTo(destFileName, overwrite: false);

    public void MoveTo(string destFileName, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(destFileName);
        string target = Tree.FullPath(destFileName);
        if (!Tree.HasParentAsIs(FullName))
        {
            throw TreeErrors.DirectoryMissing(FullName);
        }

        Refresh();
        if (!Exists)
        {
            throw TreeErrors.FileMissing(FullName);
        }

        FileMoves.Move(Tree, FullName, target, overwrite);
        MoveTo(destFileName, target);
    }

    public FileSystemStream Open(FileMode mode) => Files.File.Open(FullName, mode);

    public FileSystemStream Open(FileMode mode, FileAccess access) => Files.File.Open(FullName, mode, access);

    public FileSystemStream Open(FileMode mode, FileAccess access, FileShare share) => Files.File.Open(FullName, mode, access, share);

    public FileSystemStream Open(FileStreamOptions options) => Files.File.Open(FullName, options);

    public FileSystemStream OpenRead() => Files.File.OpenRead(FullName);

    public StreamReader OpenText() => Files.File.OpenText(FullName);

    public FileSystemStream OpenWrite() => Files.File.OpenWrite(FullName);

    public IFileInfo Replace(string destinationFileName, string? destinationBackupFileName) =>
        Replace(destinationFileName, destinationBackupFileName, ignoreMetadataErrors: false);

    public IFileInfo Replace(string destinationFileName, string? destinationBackupFileName, bool ignoreMetadataErrors)
    {
        ArgumentNullException.ThrowIfNull(destinationFileName);
        Files.File.Replace(FullName, destinationFileName, destinationBackupFileName, ignoreMetadataErrors);
        return new TreeFileInfo(Files, destinationFileName);
    }
}
