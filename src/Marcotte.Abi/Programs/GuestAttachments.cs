using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Marcotte.Abi.Interop;
using Marcotte.Core;
using Wasmtime;

namespace Marcotte.Abi;

/// <summary>
/// The second door: host imports on a linker of the caller's own, and the processes that stores of the caller's own
/// run as.
/// </summary>
/// <remarks>
/// Such a store's data belongs to the caller, so the thread is found by the store's address; the one found last is
/// remembered. The object stays alive as long as one of its linkers' functions can be called: forever, which is why it
/// holds no more than its attachments.
/// </remarks>
public sealed class GuestAttachments
{
    private readonly ConcurrentDictionary<nint, GuestThread> _threads = new();
    private readonly nint _environment;
    private volatile Attached? _last;

    /// <summary>Makes a set of attachments with none in it.</summary>
    public GuestAttachments() => _environment = GCHandle<GuestAttachments>.ToIntPtr(new GCHandle<GuestAttachments>(this));

    /// <summary>Defines imports on a linker; stores that call them must be attached first.</summary>
    /// <param name="linker">The caller's linker.</param>
    /// <param name="imports">The imports.</param>
    public void Define(Linker linker, IEnumerable<HostImport> imports)
    {
        HostLinking.Define(NativeHandles.Of(linker).DangerousGetHandle(), imports, _environment);
        GC.KeepAlive(linker);
    }

    /// <summary>Makes a store's host calls those of a new thread of a process.</summary>
    /// <param name="store">The caller's store.</param>
    /// <param name="process">The process.</param>
    /// <returns>The attachment; dispose it before the store.</returns>
    public GuestAttachment Attach(Store store, Process process)
    {
        nint context = LibWasmtime.StoreContext(NativeHandles.Of(store).DangerousGetHandle());
        WasmMemory memory = new();
        memory.Open(context);
        GuestThread thread = new(process, process.Id, memory);
        if (!_threads.TryAdd(context, thread))
        {
            thread.End();
            throw new InvalidOperationException("The store is attached already; dispose that attachment first.");
        }

        return new GuestAttachment(this, context, thread, memory, store);
    }

    internal static GuestThread? Find(nint environment, nint context)
    {
        GuestAttachments attachments = GCHandle<GuestAttachments>.FromIntPtr(environment).Target;
        return attachments._last is { } last && last.Context == context ? last.Thread : attachments.FindSlow(context);
    }

    internal void Detach(nint context)
    {
        _threads.TryRemove(context, out _);
        _last = null;
    }

    private GuestThread? FindSlow(nint context)
    {
        if (_threads.TryGetValue(context, out GuestThread? thread))
        {
            _last = new Attached(context, thread);
        }

        return thread;
    }

    private sealed record Attached(nint Context, GuestThread Thread);
}

/// <summary>A caller's store whose host calls are those of a process.</summary>
public sealed class GuestAttachment : IDisposable
{
    private readonly GuestAttachments _attachments;
    private readonly nint _context;
    private readonly WasmMemory _memory;
    private readonly Store _store;
    private bool _disposed;

    internal GuestAttachment(GuestAttachments attachments, nint context, GuestThread thread, WasmMemory memory, Store store)
    {
        _attachments = attachments;
        _context = context;
        _memory = memory;
        _store = store;
        Thread = thread;
    }

    /// <summary>The thread that the store's host calls belong to.</summary>
    public GuestThread Thread { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _attachments.Detach(_context);
        _memory.Close();
        Thread.End();
        GC.KeepAlive(_store);
    }
}
