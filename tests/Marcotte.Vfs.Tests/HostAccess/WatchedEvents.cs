using System.IO.Abstractions;
using System.Threading.Channels;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>What a watcher tells, in order.</summary>
internal sealed class WatchedEvents
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Never = "nothing more";

    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    internal WatchedEvents(IFileSystemWatcher watcher)
    {
        watcher.Created += (_, e) => Add($"created {e.Name}");
        watcher.Deleted += (_, e) => Add($"deleted {e.Name}");
        watcher.Changed += (_, e) => Add($"changed {e.Name}");
        watcher.Renamed += (_, e) => Add($"renamed {e.OldName} {e.Name}");
        watcher.Error += (_, e) => Add($"error {e.GetException().GetType().Name}");
    }

    /// <summary>Waits for one, and gives all up to it.</summary>
    internal string[] UpTo(string last)
    {
        List<string> events = [];
        do
        {
            events.Add(Next());
        }
        while (events[^1] != last && events[^1] != Never);
        return [.. events];
    }

    /// <summary>Waits for the next one.</summary>
    internal string Next()
    {
        using CancellationTokenSource deadline = new(Patience);
        try
        {
            return _events.Reader.ReadAsync(deadline.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return Never;
        }
    }

    internal bool IsEmpty => !_events.Reader.TryPeek(out _);

    private void Add(string text) => _events.Writer.TryWrite(text);
}
