using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Watching;

namespace Marcotte.Vfs.HostAccess;

/// <summary>A box's tree as one process of the host's sees it: <see cref="FileNamespace"/> for paths that are strings.</summary>
/// <remarks>All paths are full ones but for <see cref="FullPath"/>'s. Nothing here throws for what a box may answer.</remarks>
internal sealed class Tree(FileNamespace files, Process process)
{
    private const int FirstPathBytes = 512;

    private readonly TreeClosure _closure = TreeClosure.Of(process.Kernel);
    private readonly TreeClosure _ended = TreeClosure.OfView();
    private string _workingDirectory = "/";

    /// <summary>Whose limits and entropy count.</summary>
    internal Kernel Kernel => process.Kernel;

    /// <summary>Who looks.</summary>
    internal Credentials Credentials => process.Credentials;

    /// <summary>Who looks, and from where.</summary>
    internal Process Process => process;

    /// <summary>What is looked at.</summary>
    internal FileNamespace Files => files;

    /// <summary>Openings of this box's files by host code that exclude others.</summary>
    internal FileShares Shares { get; } = FileShares.Of(process.Kernel);

    /// <summary>From now on everything is refused.</summary>
    internal void Close() => _ended.Dispose();

    internal bool IsClosed => _ended.IsClosed || _closure.IsClosed;

    /// <summary>Cancelled when this view is ended.</summary>
    internal CancellationToken Closed => _ended.Closed;

    /// <summary>Cancelled when the box is gone.</summary>
    internal CancellationToken BoxClosed => _closure.Closed;

    internal void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, typeof(TreeFileSystem));

    internal Errno Open(string path, in OpenRequest request, out OpenFile? file)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.Open(Reference(bytes, follow: true), request, out file);
    }

    internal Errno Stat(string path, bool follow, out FileStat stat)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.Stat(Reference(bytes, follow), out stat);
    }

    internal Errno SetTimes(string path, in TimeUpdate times, bool follow)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.SetTimes(Reference(bytes, follow), times);
    }

    internal Errno SetMode(string path, UnixFileMode mode)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.SetMode(Reference(bytes, follow: true), (ushort)mode);
    }

    internal Errno StatFileSystem(string path, out FileSystemStat stat)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.StatFileSystem(Reference(bytes, follow: true), out stat);
    }

    internal Errno MakeDirectory(string path, UnixFileMode mode)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.MakeDirectory(Reference(bytes, follow: false), (ushort)mode);
    }

    internal Errno RemoveDirectory(string path)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.RemoveDirectory(Reference(bytes, follow: false));
    }

    internal Errno Unlink(string path)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.Unlink(Reference(bytes, follow: false));
    }

    internal Errno Rename(string source, string target)
    {
        using EncodedPath from = Encode(source, stackalloc byte[EncodedPath.UsualBytes]);
        using EncodedPath to = Encode(target, stackalloc byte[EncodedPath.UsualBytes]);
        return files.Rename(Reference(from, follow: false), Reference(to, follow: false));
    }

    internal Errno Link(string source, string target)
    {
        using EncodedPath from = Encode(source, stackalloc byte[EncodedPath.UsualBytes]);
        using EncodedPath to = Encode(target, stackalloc byte[EncodedPath.UsualBytes]);
        return files.Link(Reference(from, follow: false), Reference(to, follow: false));
    }

    internal Errno SymbolicLink(string content, string path)
    {
        using EncodedPath target = Encode(content, stackalloc byte[EncodedPath.UsualBytes]);
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return files.SymbolicLink(target.Bytes, Reference(bytes, follow: false));
    }

    internal Errno ReadLink(string path, out string? content)
    {
        content = null;
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        byte[] buffer = new byte[process.Kernel.Limits.PathBytes];
        Errno errno = files.ReadLink(Reference(bytes, follow: false), buffer, out int count);
        content = errno == Errno.Success ? Encoding.UTF8.GetString(buffer, 0, count) : null;
        return errno;
    }

    internal Errno AddWatch(Namespace watched, Watcher watcher, string path, WatchEvents events, out int watch)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        return watched.AddWatch(watcher, Reference(bytes, follow: false), events, out watch);
    }

    /// <summary>Whether there is a directory, at the end of links too.</summary>
    internal bool IsDirectory(string path, out Errno errno)
    {
        errno = Stat(path, follow: true, out FileStat stat);
        return errno == Errno.Success && stat.Type == FileType.Directory;
    }

    internal bool IsDirectory(string path) => IsDirectory(path, out _);

    /// <summary>Whether there is something that is no directory; a link that leads nowhere counts.</summary>
    internal bool IsFile(string path, out Errno errno)
    {
        errno = Stat(path, follow: true, out FileStat stat);
        if (errno != Errno.Success)
        {
            errno = Stat(path, follow: false, out stat);
        }

        return errno == Errno.Success && stat.Type != FileType.Directory;
    }

    internal bool IsFile(string path) => IsFile(path, out _);

    /// <summary>Whether the directory that a path lies in is there; of one that ends in a slash, the directory that it names.</summary>
    internal bool HasParentAsIs(string path) => UnixPath.DirectoryName(path).ToString() is not { Length: > 0 } parent || IsDirectory(parent);

    /// <summary>Whether the directory that a path lies in is there; a slash at its end does not count.</summary>
    internal bool HasParent(string path) => HasParentAsIs(UnixPath.TrimEnd(path));

    /// <summary>The working directory.</summary>
    internal string WorkingDirectory()
    {
        ThrowIfClosed();
        for (int size = FirstPathBytes; ; size *= 2)
        {
            byte[] buffer = new byte[size];
            Errno errno = files.WorkingDirectory(process, buffer, out int count);
            switch (errno)
            {
                case Errno.Success:
                    return Encoding.UTF8.GetString(buffer, 0, count);
                case Errno.Range when size <= process.Kernel.Limits.PathBytes * 2:
                    continue;
                case Errno.NoSys:
                    // A namespace that cannot tell: what it was set to, as it was then.
                    return Volatile.Read(ref _workingDirectory);
                default:
                    throw TreeErrors.Of(errno);
            }
        }
    }

    /// <summary>Makes another directory the working one.</summary>
    internal Errno ChangeDirectory(string path)
    {
        using EncodedPath bytes = Encode(path, stackalloc byte[EncodedPath.UsualBytes]);
        Errno errno = files.ChangeDirectory(Reference(bytes, follow: true));
        if (errno == Errno.Success)
        {
            Volatile.Write(ref _workingDirectory, UnixPath.TrimEnd(path).ToString());
        }

        return errno;
    }

    /// <summary>A path in its full form.</summary>
    /// <exception cref="ArgumentException">It is empty or holds a NUL.</exception>
    internal string FullPath(string path, string parameter = "path")
    {
        ArgumentException.ThrowIfNullOrEmpty(path, parameter);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Null character in path.", parameter);
        }

        return UnixPath.Collapse(path[0] == '/' ? path : UnixPath.Combine(WorkingDirectory(), path));
    }

    // Every call begins here, so that none gets past the end of the box.
    private EncodedPath Encode(string path, Span<byte> buffer)
    {
        ThrowIfClosed();
        return new EncodedPath(path, buffer);
    }

    private PathReference Reference(scoped in EncodedPath path, bool follow) =>
        new(process, null, path.Bytes, follow ? PathFlags.Follow : PathFlags.None);
}
