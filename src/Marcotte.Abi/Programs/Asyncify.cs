using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>
/// Takes a guest's calls off its stack and puts them back, where Binaryen's asyncify pass has taught it to. The guest writes what it has
/// of calls and locals into a region of its memory: the part of its stack that is free, below the stack pointer.
/// </summary>
internal sealed unsafe class Asyncify
{
    /// <summary>A frame may use that much below the stack pointer without moving it.</summary>
    internal const uint RedZone = 128;

    private const uint HeaderBytes = 8;
    private const uint SpareBytes = 256;
    private const uint LeastBytes = 4096;
    private const uint ScratchPages = 4;

    private readonly GuestInstance _instance;
    private uint _start;
    private uint _end;
    private bool _scratch;

    private Asyncify(GuestInstance instance) => _instance = instance;

    /// <summary>The stack pointer.</summary>
    internal uint StackPointer
    {
        get => _instance.TryGetGlobal("__stack_pointer"u8, out uint value) ? value : 0;
        set => _instance.SetGlobal("__stack_pointer"u8, value);
    }

    /// <summary>What an instance needs to be unwound; null when it was not taught.</summary>
    internal static Asyncify? Of(GuestInstance instance) =>
        instance.HasFunction("asyncify_start_unwind"u8) && instance.HasFunction("asyncify_stop_unwind"u8)
        && instance.HasFunction("asyncify_start_rewind"u8) && instance.HasFunction("asyncify_stop_rewind"u8)
        && instance.TryGetGlobal("__stack_pointer"u8, out _) && !instance.Program.State.HasMemories
            ? new Asyncify(instance)
            : null;

    /// <summary>The guest begins to unwind when the host call that is active returns.</summary>
    /// <param name="isThread">Whether its stack is not the program's first one.</param>
    /// <returns><see cref="Errno.NoMem"/> when there is no region to unwind into.</returns>
    internal Errno BeginUnwind(bool isThread)
    {
        if (!FindRegion(isThread))
        {
            return Errno.NoMem;
        }

        WriteHeader(_start + HeaderBytes);
        Call("asyncify_start_unwind"u8, _start);
        return Errno.Success;
    }

    /// <summary>It has unwound.</summary>
    internal void EndUnwind() => Call("asyncify_stop_unwind"u8);

    /// <summary>It rewinds when it is entered next.</summary>
    internal void BeginRewind() => Call("asyncify_start_rewind"u8, _start);

    /// <summary>It has rewound.</summary>
    internal void EndRewind() => Call("asyncify_stop_rewind"u8);

    /// <summary>What it has unwound.</summary>
    internal byte[] Save()
    {
        uint filled = *(uint*)(_instance.MemoryBase + _start);
        return new ReadOnlySpan<byte>(_instance.MemoryBase + _start + HeaderBytes, (int)(filled - _start - HeaderBytes)).ToArray();
    }

    /// <summary>Has it rewind something else.</summary>
    internal void Load(ReadOnlySpan<byte> frames)
    {
        frames.CopyTo(new Span<byte>(_instance.MemoryBase + _start + HeaderBytes, frames.Length));
        WriteHeader(_start + HeaderBytes + (uint)frames.Length);
    }

    /// <summary>Has it take up what another instance with the same memory has unwound.</summary>
    internal void Continue(Asyncify other) => (_start, _end, _scratch) = (other._start, other._end, other._scratch);

    private bool FindRegion(bool isThread)
    {
        uint pointer = StackPointer;
        if (!isThread && TryFindStack(pointer, out uint low) && pointer > low + LeastBytes + SpareBytes)
        {
            _start = low;
            _end = (pointer - SpareBytes) & ~15u;
            _scratch = false;
            return true;
        }

        if (_scratch)
        {
            return true;
        }

        _scratch = _instance.TryGrow(ScratchPages, out _start);
        _end = _start + (ScratchPages << 16);
        return _scratch;
    }

    /// <summary>Where the stack ends: at the memory's start when it lies before the data, else behind the data.</summary>
    private bool TryFindStack(uint pointer, out uint low)
    {
        if (_instance.TryGetGlobal("__stack_low"u8, out low))
        {
            low = (low + 15) & ~15u;
            return true;
        }

        if (!_instance.TryGetGlobal("__data_end"u8, out uint data))
        {
            return false;
        }

        low = pointer > data ? (data + 15) & ~15u : 16;
        return true;
    }

    private void WriteHeader(uint filled)
    {
        uint* header = (uint*)(_instance.MemoryBase + _start);
        header[0] = filled;
        header[1] = _end;
    }

    private void Call(ReadOnlySpan<byte> export, uint argument)
    {
        Span<WasmValue> values = [new WasmValue { U32 = argument }];
        _instance.CallInternal(export, values);
    }

    private void Call(ReadOnlySpan<byte> export) => _instance.CallInternal(export, []);
}
