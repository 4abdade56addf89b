using System.Text;
using Marcotte.Abi.Interop;

namespace Marcotte.Abi;

/// <content>What it takes to make one instance like another: globals, and the memory as it is.</content>
public sealed unsafe partial class GuestInstance
{
    internal GuestProgram Program => _program;

    /// <summary>What the threads of the process share; null when it imports no memory.</summary>
    internal SharedImage? Image => _image;

    internal byte* MemoryBase => _memory.Base;

    /// <summary>Reads a global that is exported.</summary>
    internal bool TryGetGlobal(ReadOnlySpan<byte> name, out uint value)
    {
        NativeValue native = default;
        bool there = TryFindGlobal(name, out NativeExtern found);
        if (there)
        {
            LibWasmtime.GlobalGet(_context, &found.Global, &native);
        }

        value = native.U32;
        return there;
    }

    /// <summary>Writes a mutable 32-bit global that is exported.</summary>
    internal void SetGlobal(ReadOnlySpan<byte> name, uint value)
    {
        if (TryFindGlobal(name, out NativeExtern found))
        {
            NativeValue native = new() { U32 = value };
            NativeFailure.ThrowIfFailed(LibWasmtime.GlobalSet(_context, &found.Global, &native), $"Global {Encoding.UTF8.GetString(name)} cannot be set");
        }
    }

    /// <summary>Makes the memory as long as another's and fills it with the same bytes.</summary>
    /// <param name="other">The other.</param>
    /// <param name="isNew">Whether nobody has written to the memory yet.</param>
    /// <returns>False when there is no room for it.</returns>
    internal bool CopyMemory(GuestInstance other, bool isNew)
    {
        ShareMemory();
        other._memory.Refresh(0);
        if (!_memory.GrowTo(other._memory.Length))
        {
            return false;
        }

        _memory.CopyFrom(other._memory, isNew);
        return true;
    }

    /// <summary>Gives the mutable globals the values that they have in another instance of the program.</summary>
    internal void CopyGlobals(GuestInstance other)
    {
        foreach (byte[] name in _program.State.MutableGlobals)
        {
            if (!other.TryFindGlobal(name, out NativeExtern source) || !TryFindGlobal(name, out NativeExtern target))
            {
                continue;
            }

            NativeValue value;
            LibWasmtime.GlobalGet(other._context, &source.Global, &value);
            NativeFailure.ThrowIfFailed(LibWasmtime.GlobalSet(_context, &target.Global, &value), $"Global {Encoding.UTF8.GetString(name)} cannot be set");
        }
    }

    /// <summary>Calls an export that returns at once and calls nobody, whatever becomes of the process.</summary>
    internal void CallInternal(ReadOnlySpan<byte> export, Span<WasmValue> values)
    {
        if (!TryGetFunction(export, out NativeExtern function))
        {
            throw new MissingMethodException($"The module exports no function \"{Encoding.UTF8.GetString(export)}\".");
        }

        nint trap = 0;
        nint error;
        LibWasmtime.ContextSetEpochDeadline(_context, ulong.MaxValue / 2);
        fixed (WasmValue* start = values)
        {
            error = LibWasmtime.FuncCallUnchecked(_context, &function.Function, start, (nuint)values.Length, &trap);
        }

        // The guest looks at once, since epochs that passed meanwhile would be missed.
        LibWasmtime.ContextSetEpochDeadline(_context, 0);
        if (error != 0 || trap != 0)
        {
            throw new InvalidOperationException($"{Encoding.UTF8.GetString(export)} failed: {Result(error, trap).Trap}");
        }
    }

    /// <summary>Adds pages to the memory.</summary>
    /// <param name="pages">How many.</param>
    /// <param name="address">The first byte that was added.</param>
    /// <returns>False when there is no room for them.</returns>
    internal bool TryGrow(uint pages, out uint address)
    {
        _memory.Refresh(0);
        ulong length = _memory.Length;
        address = (uint)length;
        return _memory.GrowTo(length + ((ulong)pages << 16));
    }

    /// <summary>Makes the memory that the program imports, unless it is there already.</summary>
    /// <exception cref="GuestRefusedException">It asks for more than its limits, or the engine has no room for it.</exception>
    internal void ShareMemory()
    {
        if (_program.MemoryImport is not null && _image is null)
        {
            Share(_program.NewImage(_context, Thread.Kernel.Limits.MemoryBytes));
        }
    }

    private void Share(SharedImage image)
    {
        _image = image;
        image.Join();
        _memory.Share(image.Memory);
        Thread.Kernel.Interrupted += WakeIfKilled;
    }

    private void WakeIfKilled()
    {
        if (Thread.IsKilled && _image is { } image && image.TryBeginWaking())
        {
            _program.AtomicWaiters.Wake(image);
        }
    }

    private bool TryFindGlobal(ReadOnlySpan<byte> name, out NativeExtern found)
    {
        NativeExtern item = default;
        bool there;
        fixed (byte* start = name)
        fixed (NativeInstance* instance = &_instance)
        {
            there = _instantiated && LibWasmtime.InstanceExportGet(_context, instance, start, (nuint)name.Length, &item);
        }

        found = item;
        return there && found.Kind == NativeExternKind.Global;
    }
}
