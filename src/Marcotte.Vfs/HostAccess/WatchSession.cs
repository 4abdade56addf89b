using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Watching;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What a session is to watch.</summary>
/// <param name="Root">The directory's full path.</param>
/// <param name="Events">What is told of.</param>
/// <param name="IncludesSubdirectories">Whether directories beneath are watched as well, also those that come.</param>
/// <param name="BufferBytes">What may wait for the handlers.</param>
internal readonly record struct WatchRequest(string Root, WatchEvents Events, bool IncludesSubdirectories, int BufferBytes);

/// <summary>Raises a watcher's events.</summary>
internal interface IChangeSink
{
    void Changed(WatcherChangeTypes type, bool isDirectory, string path);

    void Renamed(bool isDirectory, string oldPath, string path);

    void Failed(Exception exception);
}

/// <summary>A watcher from when it begins to raise events until it ends: one thread of the pool at a time tells them in order.</summary>
/// <remarks>The directories belong to that thread; until all there are at first are watched, that is the thread that begins.</remarks>
internal sealed class WatchSession : Watcher, IThreadPoolWorkItem
{
    private const WatchEvents Names = WatchEvents.Create | WatchEvents.Delete | WatchEvents.MovedFrom | WatchEvents.MovedTo;
    private const WatchEvents Manner = WatchEvents.OnlyDirectory | WatchEvents.ExcludeUnlinked;

    private readonly Tree _tree;
    private readonly Namespace _files;
    private readonly IChangeSink _sink;
    private readonly WatchRequest _request;
    private readonly ChangeQueue _changes;
    private readonly WatchedDirectories _directories = new();
    private CancellationTokenRegistration _viewEnds;
    private CancellationTokenRegistration _boxEnds;
    private volatile bool _isStopped;

    internal WatchSession(Tree tree, Namespace files, in WatchRequest request, IChangeSink sink)
    {
        _tree = tree;
        _files = files;
        _request = request;
        _sink = sink;
        _changes = new ChangeQueue(request.BufferBytes);
    }

    public override void TellLocked(int watch, WatchEvents events, uint cookie, ReadOnlySpan<byte> name)
    {
        if (_changes.Put(watch, events, cookie, name))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public void Execute()
    {
        while (_changes.TryTake(out Change? change))
        {
            if (_isStopped)
            {
                continue;
            }

            try
            {
                Tell(change);
            }
            catch (ObjectDisposedException) when (_tree.IsClosed)
            {
                Stop();
            }
        }
    }

    internal void Start()
    {
        _viewEnds = _tree.Closed.UnsafeRegister(static session => ((WatchSession)session!).End(), this);
        _boxEnds = _tree.BoxClosed.UnsafeRegister(static session => ((WatchSession)session!).End(), this);
        if (_isStopped)
        {
            Stop();
            return;
        }

        Errno errno = Watch(string.Empty, isNew: false);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        if (errno != Errno.Success)
        {
            Fail(errno);
        }
    }

    internal void Stop()
    {
        _viewEnds.Unregister();
        _boxEnds.Unregister();
        End();
    }

    private void End()
    {
        _isStopped = true;
        _changes.Close();
        _files.BeginWatching().RemoveAll(this);
    }

    private void Tell(Change change)
    {
        if (change.Events == WatchEvents.Overflow)
        {
            _sink.Failed(new InternalBufferOverflowException($"Too many changes at once in directory:{_request.Root}."));
            WatchAnew();
            return;
        }

        if ((change.Events & WatchEvents.Ignored) != 0)
        {
            _directories.Remove(change.Watch);
            return;
        }

        // What happens to a directory itself is told by the one above it; of the topmost, .NET tells nothing.
        if (change.Name.Length == 0 || _directories[change.Watch] is not { } directory)
        {
            return;
        }

        string name = Encoding.UTF8.GetString(change.Name);
        string path = UnixPath.Join(directory.Path, name);
        bool isDirectory = (change.Events & WatchEvents.IsDirectory) != 0;
        switch (change.Events & Names)
        {
            case WatchEvents.Create when directory.Found.Remove(name):
                break;
            case WatchEvents.Create:
                _sink.Changed(WatcherChangeTypes.Created, isDirectory, path);
                Come(path, isDirectory, isNew: true);
                break;
            case WatchEvents.MovedTo:
                _sink.Changed(WatcherChangeTypes.Created, isDirectory, path);
                Come(path, isDirectory, isNew: false);
                break;
            case WatchEvents.Delete:
                directory.Found.Remove(name);
                _sink.Changed(WatcherChangeTypes.Deleted, isDirectory, path);
                break;
            case WatchEvents.MovedFrom:
                directory.Found.Remove(name);
                Move(change, path, isDirectory);
                break;
            default:
                _sink.Changed(WatcherChangeTypes.Changed, isDirectory, path);
                break;
        }
    }

    private void Move(Change change, string oldPath, bool isDirectory)
    {
        // Both sides are told of under one lock, but this thread may have come in between.
        _files.BeginWatching().Settle();
        if (_changes.TryTakeOtherSide(change, out Change? other) && _directories[other.Watch] is { } directory)
        {
            string path = UnixPath.Join(directory.Path, Encoding.UTF8.GetString(other.Name));
            _directories.Rename(oldPath, path);
            _sink.Renamed(isDirectory, oldPath, path);
            Come(path, isDirectory, isNew: false);
            return;
        }

        foreach (int watch in isDirectory ? _directories.Beneath(oldPath) : [])
        {
            _directories.Remove(watch);
            _files.BeginWatching().Remove(this, watch);
        }

        _sink.Changed(WatcherChangeTypes.Deleted, isDirectory, oldPath);
    }

    private void Come(string path, bool isDirectory, bool isNew)
    {
        if (!isDirectory || !_request.IncludesSubdirectories || _directories.Has(path))
        {
            return;
        }

        Errno errno = Watch(path, isNew);
        if (errno is not (Errno.Success or Errno.NoEnt or Errno.NotDir or Errno.Access or Errno.Loop))
        {
            Fail(errno);
        }
    }

    /// <summary>Changes were lost, so directories may have come, gone and moved.</summary>
    private void WatchAnew()
    {
        if (!_request.IncludesSubdirectories)
        {
            return;
        }

        foreach (int watch in _directories.All)
        {
            if (_directories[watch]!.Path.Length > 0)
            {
                _directories.Remove(watch);
                _files.BeginWatching().Remove(this, watch);
            }
        }

        Errno errno = WatchBeneath(new WatchedDirectory(string.Empty), isNew: false);
        if (errno != Errno.Success)
        {
            Fail(errno);
        }
    }

    /// <summary>Watches a directory, and those beneath it if they are wanted.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="isNew">Whether it has just come to be, so that all that is in it has as well.</param>
    private Errno Watch(string path, bool isNew)
    {
        Errno errno = WatchOne(path, out WatchedDirectory? directory);
        return directory is null || !_request.IncludesSubdirectories ? errno : WatchBeneath(directory, isNew);
    }

    /// <summary>Watches the directories beneath one, of which any may go while it is looked at.</summary>
    private Errno WatchBeneath(WatchedDirectory top, bool isNew)
    {
        Stack<WatchedDirectory> pending = new([top]);
        while (pending.TryPop(out WatchedDirectory? next))
        {
            foreach (ListedEntry entry in Entries(next))
            {
                bool isDirectory = entry.Type == FileType.Directory;
                string inner = UnixPath.Join(next.Path, entry.Name);
                if (isNew && next.Found.Add(entry.Name))
                {
                    _sink.Changed(WatcherChangeTypes.Created, isDirectory, inner);
                }

                if (!isDirectory)
                {
                    continue;
                }

                if (WatchOne(inner, out WatchedDirectory? directory) == Errno.NoSpc)
                {
                    return Errno.NoSpc;
                }

                if (directory is not null)
                {
                    pending.Push(directory);
                }
            }
        }

        return Errno.Success;
    }

    private List<ListedEntry> Entries(WatchedDirectory directory)
    {
        string path = UnixPath.Join(_request.Root, directory.Path);
        try
        {
            return DirectoryReading.Read(_tree, path, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It went while it was looked at, or is nobody's to read. Whoever made it so must not end the host's process.
            return [];
        }
    }

    private Errno WatchOne(string path, out WatchedDirectory? added)
    {
        added = null;
        WatchEvents events = _request.Events | Manner | (path.Length == 0 ? WatchEvents.None : WatchEvents.NoFollow)
            | (_request.IncludesSubdirectories ? Names : WatchEvents.None);
        Errno errno = _tree.AddWatch(_files, this, UnixPath.Join(_request.Root, path), events, out int watch);
        if (errno != Errno.Success)
        {
            return errno;
        }

        WatchedDirectory directory = new(path);
        added = _directories.Add(watch, directory) ? directory : null;
        if (_isStopped)
        {
            _files.BeginWatching().RemoveAll(this);
        }

        return errno;
    }

    private void Fail(Errno errno) => _sink.Failed(errno == Errno.NoSpc
        ? new IOException("The box may have no more watches. Raise Limits.Watches.", (int)errno)
        : TreeErrors.Of(errno, _request.Root, isDirectory: true));
}
