using Marcotte.Abi;
using Wasmtime;

namespace Marcotte;

/// <summary>
/// Compiles modules and runs boxes. Templates may share one. Once disposed it compiles nothing more; what templates and
/// boxes that still live need of it goes with the last of them.
/// </summary>
public sealed class BoxEngine : IDisposable
{
    private readonly CompilationCache? _cache;
    private readonly GuestEngine _first;
    private readonly Lazy<GuestEngine> _onDemand;
    private int _users = 1;
    private int _active;
    private int _disposed;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">How; the defaults when null.</param>
    /// <exception cref="ArgumentException">An option makes no sense; the message says which and what would.</exception>
    public BoxEngine(BoxEngineOptions? options = null)
    {
        Options = options ?? new BoxEngineOptions();
        Options.Validate();
        Threads = new HostThreads(Options.StackBytes);
        _cache = Options.CacheDirectory is { } directory ? new CompilationCache(directory) : null;
        IsPooling = Options.Pooling && MemoryPool.Fits(Options.MaxBoxes);
        _first = new GuestEngine(Options, IsPooling);
        _onDemand = new Lazy<GuestEngine>(() => new GuestEngine(Options, pooling: false));
    }

    /// <summary>How it was made.</summary>
    public BoxEngineOptions Options { get; }

    /// <summary>Whether memories come out of a pool: it was asked for, and the host lets that much address space be reserved.</summary>
    public bool IsPooling { get; }

    /// <summary>Boxes of all its templates that were made and not yet disposed.</summary>
    public int ActiveBoxes => Volatile.Read(ref _active);

    /// <summary>Wasmtime's engine.</summary>
    public Engine Wasmtime => _first.Wasmtime;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Release();
        }
    }

    /// <summary>What guest threads beside a box's first one run on.</summary>
    internal HostThreads Threads { get; }

    internal bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    internal void Opened() => Interlocked.Increment(ref _active);

    internal void Closed() => Interlocked.Decrement(ref _active);

    /// <summary>Keeps the engine until it is released once more; a box that runs must be there to be ended.</summary>
    internal void Acquire() => Interlocked.Increment(ref _users);

    internal void Release()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        _first.Dispose();
        if (_onDemand.IsValueCreated)
        {
            _onDemand.Value.Dispose();
        }
    }

    /// <summary>Compiles a module, or takes it from the cache; whoever asks disposes it.</summary>
    /// <exception cref="InvalidModuleException">It is no valid WebAssembly module.</exception>
    internal CompiledModule Compile(GuestModule source)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        byte[] content = source.Read();
        try
        {
            return Compile(_first, source.Name, content);
        }
        catch (WasmtimeException exception) when (IsPooling && exception.Message.Contains("pooling allocator", StringComparison.Ordinal))
        {
            // Shared memories and what is larger than a place in the pool are made on demand.
            return CompileOnDemand(source.Name, content);
        }
        catch (WasmtimeException exception)
        {
            throw new InvalidModuleException(source.Name, exception.Message, exception);
        }
    }

    private CompiledModule CompileOnDemand(string name, byte[] content)
    {
        try
        {
            return Compile(_onDemand.Value, name, content);
        }
        catch (WasmtimeException exception)
        {
            throw new InvalidModuleException(name, exception.Message, exception);
        }
    }

    private CompiledModule Compile(GuestEngine engine, string name, byte[] content)
    {
        byte[] forkable = ForkableModule.Prepare(content);
        try
        {
            return new CompiledModule(engine, GetOrCompile(engine, name, forkable));
        }
        catch (WasmtimeException) when (!ReferenceEquals(forkable, content))
        {
            // What it is refused for is told by places of the module as its author has it.
            return new CompiledModule(engine, GetOrCompile(engine, name, content));
        }
    }

    private Module GetOrCompile(GuestEngine engine, string name, byte[] content) =>
        _cache is null ? Module.FromBytes(engine.Wasmtime, name, content) : _cache.GetOrCompile(engine, name, content);
}

/// <summary>A module and the engine that compiled it.</summary>
internal sealed record CompiledModule(GuestEngine Engine, Module Module) : IDisposable
{
    public void Dispose() => Module.Dispose();
}
