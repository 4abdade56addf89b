using Marcotte.Abi.Interop;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>The memory that a guest exports as <c>memory</c>.</summary>
internal sealed unsafe class WasmMemory : LinearMemory
{
    private nint _context;
    private NativeExtern _memory;
    private bool _found;
    private bool _shared;
    private bool _owned;

    public override bool IsShared => _shared;

    public override void Refresh(nint frame)
    {
        if (_context == 0)
        {
            return;
        }

        if (!_found && (frame == 0 || !Find(frame)))
        {
            return;
        }

        if (_shared)
        {
            SetBounds(LibWasmtime.SharedMemoryData(_memory.SharedMemory), LibWasmtime.SharedMemoryDataSize(_memory.SharedMemory));
            return;
        }

        fixed (NativeMemory* memory = &_memory.Memory)
        {
            SetBounds(LibWasmtime.MemoryData(_context, memory), LibWasmtime.MemoryDataSize(_context, memory));
        }
    }

    internal void Open(nint context) => _context = context;

    /// <summary>Looks the memory up among a live instance's exports; a call during instantiation finds it by its caller.</summary>
    internal void Find(NativeInstance* instance)
    {
        NativeExtern found;
        fixed (byte* name = "memory"u8)
        {
            if (!_found && LibWasmtime.InstanceExportGet(_context, instance, name, 6, &found))
            {
                Take(in found);
            }
        }

        Refresh(0);
    }

    /// <summary>It is one that the guest imports, which somebody else keeps.</summary>
    internal void Share(nint memory)
    {
        _memory = new NativeExtern { Kind = NativeExternKind.SharedMemory, SharedMemory = memory };
        _found = _shared = true;
        Refresh(0);
    }

    /// <summary>The store goes; nothing may be read any more.</summary>
    internal void Close()
    {
        if (_owned)
        {
            LibWasmtime.SharedMemoryDelete(_memory.SharedMemory);
            _owned = false;
        }

        _context = 0;
        SetBounds(null, 0);
    }

    /// <summary>Makes the memory at least so long.</summary>
    /// <returns>False when there is no room for it.</returns>
    internal bool GrowTo(ulong length)
    {
        Refresh(0);
        if (!_found || Length >= length)
        {
            return Length >= length;
        }

        ulong previous;
        nint error;
        if (_shared)
        {
            error = LibWasmtime.SharedMemoryGrow(_memory.SharedMemory, (length - Length) >> 16, &previous);
        }
        else
        {
            fixed (NativeMemory* memory = &_memory.Memory)
            {
                error = LibWasmtime.MemoryGrow(_context, memory, (length - Length) >> 16, &previous);
            }
        }

        if (error != 0)
        {
            LibWasmtime.ErrorDelete(error);
            return false;
        }

        Refresh(0);
        return true;
    }

    /// <summary>Takes another memory's bytes, of which there are no more than here.</summary>
    /// <param name="other">Whose bytes.</param>
    /// <param name="isNew">Whether nobody has written to this memory yet.</param>
    internal void CopyFrom(WasmMemory other, bool isNew)
    {
        if (isNew)
        {
            MemoryCopy.ToNew(other.Base, Base, other.Length);
        }
        else
        {
            MemoryCopy.Over(other.Base, Base, other.Length);
        }
    }

    private bool Find(nint caller)
    {
        NativeExtern found;
        fixed (byte* name = "memory"u8)
        {
            return LibWasmtime.CallerExportGet(caller, name, 6, &found) && Take(in found);
        }
    }

    private bool Take(in NativeExtern found)
    {
        _found = found.Kind is NativeExternKind.Memory or NativeExternKind.SharedMemory;
        _shared = _owned = found.Kind == NativeExternKind.SharedMemory;
        _memory = found;
        return _found;
    }
}
