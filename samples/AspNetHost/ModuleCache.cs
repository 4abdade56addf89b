using System.Security.Cryptography;
using Marcotte;
using Microsoft.Extensions.Options;

namespace AspNetHost;

/// <summary>Templates of the modules that were used last, by their content: the second run of a module compiles nothing.</summary>
/// <remarks>A box may outlive its template, so one that is pushed out is disposed at once, whoever still runs it.</remarks>
public sealed class ModuleCache(BoxEngine engine, IOptions<MarcotteOptions> marcotte, IOptions<RunnerOptions> options, ILoggerFactory loggers, System.Diagnostics.Metrics.IMeterFactory meters) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _recent = [];
    private bool _disposed;

    /// <summary>Makes a box of a module.</summary>
    /// <param name="content">The module.</param>
    /// <param name="start">What the box has of its own.</param>
    /// <returns>The box; dispose it.</returns>
    /// <exception cref="InvalidModuleException">It is no valid module.</exception>
    /// <exception cref="SurfaceException">It imports what boxes here do not have.</exception>
    public async Task<Box> CreateBoxAsync(byte[] content, BoxStart start)
    {
        string key = Convert.ToHexString(SHA256.HashData(content));
        while (true)
        {
            Entry entry = Use(key, content);
            BoxTemplate template;
            try
            {
                template = await entry.Template;
            }
            catch
            {
                Forget(entry);
                throw;
            }

            lock (_lock)
            {
                // Another request may have pushed it out meanwhile; then it is compiled again.
                if (!entry.IsGone)
                {
                    return template.Create(start);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_recent.Last is { } last)
            {
                RemoveLocked(last);
            }
        }
    }

    private Entry Use(string key, byte[] content)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value;
            }

            Entry entry = new(key, Task.Run(() => Build(content)));
            _entries.Add(key, _recent.AddFirst(entry));
            if (_recent.Count > options.Value.CachedModules)
            {
                RemoveLocked(_recent.Last!);
            }

            return entry;
        }
    }

    private void Forget(Entry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Key, out LinkedListNode<Entry>? node) && node.Value == entry)
            {
                RemoveLocked(node);
            }
        }
    }

    private void RemoveLocked(LinkedListNode<Entry> node)
    {
        _recent.Remove(node);
        _entries.Remove(node.Value.Key);
        node.Value.IsGone = true;
        node.Value.Template.ContinueWith(static built => built.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
    }

    // What a box has here: memory to put files into, a clock, randomness; nothing of this host.
    private BoxTemplate Build(byte[] content) => new BoxBuilder()
        .WithEngine(engine)
        .WithName("upload")
        .WithLogger(loggers)
        .WithMeters(meters)
        .WithLimits(marcotte.Value.Limits.Apply)
        .WithOutput(StandardOutput.Capture(options.Value.OutputBytes))
        .WithError(StandardOutput.Capture(options.Value.OutputBytes))
        .UseVfs(files => files.MountMemory("/tmp"))
        .UseClock()
        .UseEnv()
        .UseWasi(wasi => wasi.Preopen("/tmp"))
        .Build(GuestModule.FromBytes("upload", content));

    private sealed class Entry(string key, Task<BoxTemplate> template)
    {
        internal string Key => key;

        internal Task<BoxTemplate> Template => template;

        internal bool IsGone { get; set; }
    }
}
