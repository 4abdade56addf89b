using System.IO.Abstractions;
using Marcotte.Core;
using Marcotte.Vfs.HostAccess;

namespace Marcotte.Vfs;

/// <summary>
/// A tree of files of a box, or one that no box has yet, as an <see cref="IFileSystem"/> for host code: what a guest would see
/// in the same place, mounts, permissions and quotas included. Any thread may use it at any time, also while the box runs.
/// </summary>
/// <remarks>
/// <para>
/// It does what .NET's own file classes do on Linux, whatever the host is: paths are Unix's, and a failure is the exception
/// that .NET throws there. It acts as user 0 unless another identity is asked for, with a working directory of its own, at
/// first <c>/</c>, and a umask of 022.
/// </para>
/// <para>
/// Different are: there are no handles of the operating system, so that what takes or gives a <c>SafeFileHandle</c>, and
/// <c>Wrap</c>, throw <see cref="NotSupportedException"/>; streams keep no writes back, so that a guest sees each at once;
/// <see cref="FileShare"/> holds among streams of the host alone; a directory that is listed is read whole before its first
/// entry is given; no file tells of a version. A stream of what can make its reader wait, such as a pipe, waits
/// for 10 seconds unless its timeouts say otherwise, and asynchronously until it is cancelled.
/// </para>
/// </remarks>
public sealed class TreeFileSystem : IFileSystem, IDisposable
{
    private const int HostProcess = int.MaxValue;

    /// <summary>Looks at a tree as a process sees it: its root, its working directory and its credentials count.</summary>
    /// <param name="files">The tree.</param>
    /// <param name="process">The process. Changing the working directory here changes the process's.</param>
    public TreeFileSystem(FileNamespace files, Process process)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(process);
        Tree = new Tree(files, process);
        Path = new TreePath(this);
        File = new TreeFile(this);
        Directory = new TreeDirectory(this);
        FileInfo = new TreeFileInfoFactory(this);
        DirectoryInfo = new TreeDirectoryInfoFactory(this);
        FileStream = new TreeFileStreamFactory(this);
        DriveInfo = new TreeDriveInfoFactory(this);
        FileSystemWatcher = new TreeWatcherFactory(this);
        FileVersionInfo = new TreeVersionInfoFactory(this);
        RandomAccess = new TreeRandomAccess(this);
    }

    /// <inheritdoc/>
    public IDirectory Directory { get; }

    /// <inheritdoc/>
    public IDirectoryInfoFactory DirectoryInfo { get; }

    /// <summary>The mounts of the tree. What nothing bounds has <see cref="long.MaxValue"/> bytes.</summary>
    public IDriveInfoFactory DriveInfo { get; }

    /// <inheritdoc/>
    public IFile File { get; }

    /// <inheritdoc/>
    public IFileInfoFactory FileInfo { get; }

    /// <inheritdoc/>
    public IFileStreamFactory FileStream { get; }

    /// <inheritdoc/>
    public IFileSystemWatcherFactory FileSystemWatcher { get; }

    /// <inheritdoc/>
    public IFileVersionInfoFactory FileVersionInfo { get; }

    /// <inheritdoc/>
    public IPath Path { get; }

    /// <summary>Throws <see cref="NotSupportedException"/>: there are no handles. Use <see cref="FileStream"/>.</summary>
    public IRandomAccess RandomAccess { get; }

    internal Tree Tree { get; }

    /// <summary>Looks at a box's tree from its top, with nothing of the box's processes.</summary>
    /// <param name="kernel">The box. When it is disposed everything here throws <see cref="ObjectDisposedException"/>.</param>
    /// <param name="identity">Who looks; null for user 0.</param>
    /// <returns>The view.</returns>
    public static TreeFileSystem Of(Kernel kernel, Credentials? identity = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return new TreeFileSystem(kernel.Files, new Process(kernel, HostProcess) { Credentials = identity ?? Credentials.Root });
    }

    /// <summary>Looks at a file system that is in no box, to prepare or to examine it.</summary>
    /// <param name="fileSystem">The file system; it stays the caller's to dispose.</param>
    /// <param name="identity">Who looks; null for user 0.</param>
    /// <returns>The view.</returns>
    public static TreeFileSystem Over(FileSystem fileSystem, Credentials? identity = null)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        Kernel kernel = new(Limits.Default);
        kernel.Files = new Namespace(kernel, new MountNamespace(kernel, fileSystem, readOnly: false));
        return Of(kernel, identity);
    }

    /// <summary>Looks at the same tree from its top as somebody else.</summary>
    /// <param name="identity">Who.</param>
    /// <returns>Another view, with a working directory of its own.</returns>
    public TreeFileSystem As(Credentials identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Process process = Tree.Process.Fork(HostProcess);
        process.Credentials = identity;
        return new TreeFileSystem(Tree.Files, process);
    }

    /// <summary>Ends this view: all calls from now on throw <see cref="ObjectDisposedException"/>. The tree stays.</summary>
    public void Dispose() => Tree.Close();
}
