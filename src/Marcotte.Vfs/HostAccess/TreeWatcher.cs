using System.Collections.ObjectModel;
using System.ComponentModel;
using System.IO.Abstractions;
using System.IO.Enumeration;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

#pragma warning disable CA2208 // The names of parameters are those that .NET's exceptions have.

/// <summary>Watches a directory of a box's tree as <see cref="FileSystemWatcher"/> does one of the host's on Linux.</summary>
internal sealed class TreeWatcher(TreeFileSystem files, Namespace watched) : IFileSystemWatcher, IChangeSink
{
    private const int DefaultBufferBytes = 8192;
    private const int LeastBufferBytes = 4096;

    private const NotifyFilters KnownFilters = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Attributes
        | NotifyFilters.Size | NotifyFilters.LastWrite | NotifyFilters.LastAccess | NotifyFilters.CreationTime | NotifyFilters.Security;

    private const NotifyFilters ModifyFilters =
        NotifyFilters.LastAccess | NotifyFilters.LastWrite | NotifyFilters.Security | NotifyFilters.Size;

    private readonly Lock _lock = new();
    private readonly NormalizedFilters _filters = new();
    private WatchSession? _session;
    private string _path = string.Empty;
    private string _root = string.Empty;
    private NotifyFilters _notifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.DirectoryName;
    private int _bufferBytes = DefaultBufferBytes;
    private bool _includesSubdirectories;
    private bool _isEnabled;
    private bool _isInitializing;
    private bool _isDisposed;

    public event FileSystemEventHandler? Changed;

    public event FileSystemEventHandler? Created;

    public event FileSystemEventHandler? Deleted;

    public event ErrorEventHandler? Error;

    public event RenamedEventHandler? Renamed;

    public IFileSystem FileSystem => files;

    public IContainer? Container => Site?.Container;

    public ISite? Site { get; set; }

    public ISynchronizeInvoke? SynchronizingObject { get; set; }

    public Collection<string> Filters => _filters;

    public string Filter
    {
        get => _filters.Count == 0 ? "*" : _filters[0];
        set
        {
            _filters.Clear();
            _filters.Add(value);
        }
    }

    public bool EnableRaisingEvents
    {
        get => _isEnabled;
        set
        {
            if (_isEnabled != value)
            {
                ObjectDisposedException.ThrowIf(value && _isDisposed, typeof(TreeWatcher));
                _isEnabled = value;
                Restart();
            }
        }
    }

    public bool IncludeSubdirectories
    {
        get => _includesSubdirectories;
        set => Change(ref _includesSubdirectories, value);
    }

    public int InternalBufferSize
    {
        get => _bufferBytes;
        set => Change(ref _bufferBytes, Math.Max(value, LeastBufferBytes));
    }

    public NotifyFilters NotifyFilter
    {
        get => _notifyFilter;
        set
        {
            if ((value & ~KnownFilters) != 0)
            {
                throw new ArgumentException($"The value of argument '{nameof(value)}' ({(int)value}) is invalid for Enum type '{nameof(NotifyFilters)}'.");
            }

            Change(ref _notifyFilter, value);
        }
    }

    public string Path
    {
        get => _path;
        set
        {
            if (_path != (value ?? string.Empty))
            {
                CheckDirectory(files.Tree, value ?? string.Empty, nameof(Path));
                _root = UnixPath.TrimEnd(files.Tree.FullPath(value!));
                Change(ref _path, value!);
            }
        }
    }

    public void BeginInit()
    {
        _isInitializing = true;
        Restart();
    }

    public void EndInit()
    {
        _isInitializing = false;
        Restart();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _isEnabled = false;
        Restart();
        Changed = Created = Deleted = null;
        Error = null;
        Renamed = null;
    }

    public IWaitForChangedResult WaitForChanged(WatcherChangeTypes changeType) => WaitForChanged(changeType, Timeout.Infinite);

    public IWaitForChangedResult WaitForChanged(WatcherChangeTypes changeType, TimeSpan timeout)
    {
        double milliseconds = timeout.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, nameof(timeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, int.MaxValue, nameof(timeout));
        return WaitForChanged(changeType, (int)milliseconds);
    }

    public IWaitForChangedResult WaitForChanged(WatcherChangeTypes changeType, int timeout)
    {
        TaskCompletionSource<AwaitedChange> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FileSystemEventHandler onChange = (_, e) => found.TrySetResult(new AwaitedChange(e.ChangeType, e.Name, null));
        RenamedEventHandler onRename = (_, e) => found.TrySetResult(new AwaitedChange(e.ChangeType, e.Name, e.OldName));
        Created += (changeType & WatcherChangeTypes.Created) != 0 ? onChange : null;
        Deleted += (changeType & WatcherChangeTypes.Deleted) != 0 ? onChange : null;
        Changed += (changeType & WatcherChangeTypes.Changed) != 0 ? onChange : null;
        Renamed += (changeType & WatcherChangeTypes.Renamed) != 0 ? onRename : null;
        bool wasEnabled = _isEnabled;
        try
        {
            EnableRaisingEvents = true;
            return found.Task.Wait(timeout) ? found.Task.Result : new AwaitedChange(0, null, null) { TimedOut = true };
        }
        finally
        {
            EnableRaisingEvents = wasEnabled && !_isDisposed;
            Created -= onChange;
            Deleted -= onChange;
            Changed -= onChange;
            Renamed -= onRename;
        }
    }

    void IChangeSink.Changed(WatcherChangeTypes type, bool isDirectory, string path)
    {
        FileSystemEventHandler? handler = type switch
        {
            WatcherChangeTypes.Created => Created,
            WatcherChangeTypes.Deleted => Deleted,
            _ => Changed,
        };
        if (handler is not null && Matches(path) && (type == WatcherChangeTypes.Changed || IsWanted(isDirectory)))
        {
            Raise(handler, static (handler, sender, e) => handler(sender, e), new FileSystemEventArgs(type, _root, path));
        }
    }

    void IChangeSink.Renamed(bool isDirectory, string oldPath, string path)
    {
        if (Renamed is { } handler && (Matches(path) || Matches(oldPath)) && IsWanted(isDirectory))
        {
            Raise(
                handler,
                static (handler, sender, e) => handler(sender, e),
                new RenamedEventArgs(WatcherChangeTypes.Renamed, _root, path, oldPath));
        }
    }

    void IChangeSink.Failed(Exception exception)
    {
        if (Error is { } handler)
        {
            Raise(handler, static (handler, sender, e) => handler(sender, e), new ErrorEventArgs(exception));
        }
    }

    /// <exception cref="ArgumentException">There is no such directory.</exception>
    internal static void CheckDirectory(Tree tree, string path, string parameter)
    {
        ArgumentNullException.ThrowIfNull(path, parameter);
        if (path.Length == 0)
        {
            throw new ArgumentException($"The directory name {path} is invalid.", parameter);
        }

        if (path.Contains('\0', StringComparison.Ordinal) || !tree.IsDirectory(tree.FullPath(path)))
        {
            throw new ArgumentException($"The directory name '{path}' does not exist.", parameter);
        }
    }

    private bool IsWanted(bool isDirectory) =>
        (_notifyFilter & (isDirectory ? NotifyFilters.DirectoryName : NotifyFilters.FileName)) != 0;

    private bool Matches(string path)
    {
        ReadOnlySpan<char> name = UnixPath.FileName(path);
        foreach (string filter in _filters.Current)
        {
            if (FileSystemName.MatchesSimpleExpression(filter, name, ignoreCase: false))
            {
                return true;
            }
        }

        return _filters.Current.Length == 0;
    }

    private void Raise<THandler, TArgs>(THandler handler, Action<THandler, object, TArgs> call, TArgs args)
        where THandler : Delegate
        where TArgs : EventArgs
    {
        if (SynchronizingObject is { InvokeRequired: true } target)
        {
            target.BeginInvoke(handler, [this, args]);
        }
        else
        {
            call(handler, this, args);
        }
    }

    private void Change<T>(ref T setting, T value)
    {
        if (!EqualityComparer<T>.Default.Equals(setting, value))
        {
            setting = value;
            Restart();
        }
    }

    /// <summary>Ends what is watched, and begins anew if it should be.</summary>
    private void Restart()
    {
        WatchSession? begun = null;
        lock (_lock)
        {
            _session?.Stop();
            _session = null;
            if (_isEnabled && !_isInitializing && _path.Length > 0)
            {
                _session = begun = new WatchSession(files.Tree, watched, Request(), this);
            }
        }

        begun?.Start();
    }

    private WatchRequest Request() => new(_root, Events(), _includesSubdirectories, _bufferBytes);

    private WatchEvents Events() =>
        ((_notifyFilter & NotifyFilters.LastAccess) != 0 ? WatchEvents.Access : WatchEvents.None)
        | ((_notifyFilter & ModifyFilters) != 0 ? WatchEvents.Modify : WatchEvents.None)
        | ((_notifyFilter & (ModifyFilters | NotifyFilters.Attributes | NotifyFilters.CreationTime)) != 0 ? WatchEvents.Attributes : WatchEvents.None)
        | ((_notifyFilter & (NotifyFilters.FileName | NotifyFilters.DirectoryName)) == 0 ? WatchEvents.None
            : WatchEvents.Create | WatchEvents.Delete | WatchEvents.MovedFrom | WatchEvents.MovedTo);

    private sealed record AwaitedChange(WatcherChangeTypes ChangeType, string? Name, string? OldName) : IWaitForChangedResult
    {
        public bool TimedOut { get; init; }
    }

    /// <summary>Patterns; what means every name is written so. Handlers' threads read a copy that is replaced whole.</summary>
    private sealed class NormalizedFilters : Collection<string>
    {
        private volatile string[] _current = [];

        internal NormalizedFilters() => Add("*");

        internal string[] Current => _current;

        protected override void InsertItem(int index, string item)
        {
            base.InsertItem(index, Normal(item));
            _current = [.. this];
        }

        protected override void SetItem(int index, string item)
        {
            base.SetItem(index, Normal(item));
            _current = [.. this];
        }

        protected override void RemoveItem(int index)
        {
            base.RemoveItem(index);
            _current = [.. this];
        }

        protected override void ClearItems()
        {
            base.ClearItems();
            _current = [];
        }

        private static string Normal(string? filter) => string.IsNullOrEmpty(filter) || filter == "*.*" ? "*" : filter;
    }
}
