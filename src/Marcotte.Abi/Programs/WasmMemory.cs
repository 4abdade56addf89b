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

    /// <summary>The store goes; nothing may be read any more.</summary>
    internal void Close()
    {
        _context = 0;
        SetBounds(null, 0);
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
        _shared = found.Kind == NativeExternKind.SharedMemory;
        _memory = found;
        return _found;
    }
}
