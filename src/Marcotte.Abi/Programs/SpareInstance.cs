using System.Runtime.InteropServices;
using Marcotte.Abi.Interop;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>What is left of an instance whose process has ended well: the next double of the same parent takes it over, memory that is there already included.</summary>
/// <remarks>
/// All memory and all globals are written over with the parent's, so nothing of the ended process is left, nor does it matter how that ended. A module that
/// keeps anything else (<see cref="ModuleState.IsWhole"/>) leaves no spares, and one that has more memory than the parent is of no use: memory does not shrink.
/// </remarks>
internal sealed class SpareInstance(GuestProgram program, long memoryBytes, nint store, NativeInstance instance, GCHandle<GuestThread> handle) : IDisposable
{
    /// <summary>Bytes of its memory.</summary>
    internal long MemoryBytes => memoryBytes;

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

    /// <summary>Takes what is there, if it is of use.</summary>
    /// <param name="memoryBytes">Bytes that the memory has of whom it is to take after.</param>
    internal SpareInstance? Take(long memoryBytes)
    {
        SpareInstance? spare = Interlocked.Exchange(ref _spare, null);
        if (spare?.MemoryBytes > memoryBytes)
        {
            spare.Dispose();
            return null;
        }

        return spare;
    }

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

        Interlocked.Exchange(ref _spare, null)?.Dispose();
    }
}
