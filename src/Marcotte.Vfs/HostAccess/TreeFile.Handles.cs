using Microsoft.Win32.SafeHandles;

namespace Marcotte.Vfs.HostAccess;

/// <content>What takes a handle, of which there are none.</content>
internal sealed partial class TreeFile
{
    public FileAttributes GetAttributes(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public DateTime GetCreationTime(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public void SetCreationTime(SafeFileHandle fileHandle, DateTime creationTime) => throw TreeRandomAccess.NoHandles();

    public DateTime GetCreationTimeUtc(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public void SetCreationTimeUtc(SafeFileHandle fileHandle, DateTime creationTimeUtc) => throw TreeRandomAccess.NoHandles();

    public DateTime GetLastAccessTime(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public void SetLastAccessTime(SafeFileHandle fileHandle, DateTime lastAccessTime) => throw TreeRandomAccess.NoHandles();

    public DateTime GetLastAccessTimeUtc(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public void SetLastAccessTimeUtc(SafeFileHandle fileHandle, DateTime lastAccessTimeUtc) => throw TreeRandomAccess.NoHandles();

    public DateTime GetLastWriteTime(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public void SetLastWriteTime(SafeFileHandle fileHandle, DateTime lastWriteTime) => throw TreeRandomAccess.NoHandles();

    public DateTime GetLastWriteTimeUtc(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public void SetLastWriteTimeUtc(SafeFileHandle fileHandle, DateTime lastWriteTimeUtc) => throw TreeRandomAccess.NoHandles();

    public UnixFileMode GetUnixFileMode(SafeFileHandle fileHandle) => throw TreeRandomAccess.NoHandles();

    public void SetAttributes(SafeFileHandle fileHandle, FileAttributes fileAttributes) => throw TreeRandomAccess.NoHandles();

    public void SetUnixFileMode(SafeFileHandle fileHandle, UnixFileMode mode) => throw TreeRandomAccess.NoHandles();
}
