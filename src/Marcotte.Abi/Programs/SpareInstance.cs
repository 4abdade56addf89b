using System.Runtime.InteropServices;
using Marcotte.Abi.Interop;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>What is left of an instance whose process has ended well: the next double of the same parent takes it over, memory that is there already included.</summary>
/// <remarks>
/// All memory and exported globals are written over with the parent's. What a guest keeps elsewhere, in tables or in globals that it does not export,
/// a double does not take after its parent in any case.
/// </remarks>
internal sealed class SpareInstance(GuestProgram program, nint store, NativeInstance instance, GCHandle<GuestThread> handle) : IDisposable
{
    internal nint Store => store;

    internal NativeInstance Instance => instance;

    /// <summary>What the store knows its thread by.</summary>
    internal GCHandle<GuestThread> Handle => handle;

    public void Dispose()
    {
        LibWasmtime.StoreDelete(store);
        handle.Dispose();
        program.ReleaseSpare();
        program.Release();
    }
}

/// <summary>Where a guest's doubles leave what the next one can take over: one of them, as long as the guest itself lives.</summary>
internal sealed class SpareSlot : IDisposable
{
    private readonly Lock _lock = new();
    private SpareInstance? _spare;
    private bool _closed;

    /// <summary>Takes what is there.</summary>
    internal SpareInstance? Take() => Interlocked.Exchange(ref _spare, null);

    /// <summary>Leaves one, unless there is one already or nobody will come for it.</summary>
    internal void Leave(SpareInstance spare)
    {
        lock (_lock)
        {
            if (!_closed && Interlocked.CompareExchange(ref _spare, spare, null) is null)
            {
                return;
            }
        }

        spare.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
        }

        Take()?.Dispose();
    }
}
