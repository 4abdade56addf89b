using System.IO.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What .NET's constructors of <c>FileStream</c> do.</summary>
internal sealed class TreeFileStreamFactory(TreeFileSystem files) : IFileStreamFactory
{
    public IFileSystem FileSystem => files;

    public FileSystemStream New(SafeFileHandle handle, FileAccess access) => throw TreeRandomAccess.NoHandles();

    public FileSystemStream New(SafeFileHandle handle, FileAccess access, int bufferSize) => throw TreeRandomAccess.NoHandles();

    public FileSystemStream New(SafeFileHandle handle, FileAccess access, int bufferSize, bool isAsync) => throw TreeRandomAccess.NoHandles();

    public FileSystemStream New(string path, FileMode mode) => Open(path, StreamRequest.Of(mode));

    public FileSystemStream New(string path, FileMode mode, FileAccess access) => New(path, mode, access, FileShare.Read);

    public FileSystemStream New(string path, FileMode mode, FileAccess access, FileShare share) =>
        New(path, mode, access, share, StreamRequest.DefaultBufferBytes);

    public FileSystemStream New(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize) =>
        New(path, mode, access, share, bufferSize, FileOptions.None);

    public FileSystemStream New(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize, bool useAsync) =>
        New(path, mode, access, share, bufferSize, useAsync ? FileOptions.Asynchronous : FileOptions.None);

    public FileSystemStream New(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize, FileOptions options) =>
        Open(path, new StreamRequest(mode, access, share) { BufferBytes = bufferSize, Options = options });

    public FileSystemStream New(string path, FileStreamOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(path, StreamRequest.Of(options));
    }

    public FileSystemStream Wrap(FileStream fileStream) => throw TreeRandomAccess.NoWrapping(nameof(FileStream));

    private FileSystemStream Open(string path, in StreamRequest request) => StreamOpener.Open(files.Tree, path, request);
}
