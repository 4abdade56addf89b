using Marcotte.Abi.Interop;

namespace Marcotte.Abi;

/// <summary>The memory that the threads of one process share, and their program linked with it; goes with the last of them.</summary>
internal sealed unsafe class SharedImage
{
    private readonly nint _pre;
    private int _users = 1;

    private SharedImage(nint memory, nint pre)
    {
        Memory = memory;
        _pre = pre;
    }

    /// <summary>The memory.</summary>
    internal nint Memory { get; }

    /// <summary>What instances start from.</summary>
    internal nint Pre => _pre;

    /// <summary>Makes a process's memory and links its program with it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="linker">All of the program's imports but the memory.</param>
    /// <param name="module">The module.</param>
    /// <param name="import">The memory that it asks for.</param>
    /// <param name="context">Any store of the engine's.</param>
    /// <param name="limit">Bytes that the memory may have.</param>
    /// <exception cref="GuestRefusedException">It asks for more, or the engine has no room for it.</exception>
    internal static SharedImage Create(nint engine, nint linker, nint module, SharedMemoryImport import, nint context, long limit)
    {
        ulong pages = Math.Min(import.Maximum, (ulong)limit >> 16);
        if (import.Minimum > pages)
        {
            throw new GuestRefusedException($"memory minimum size of {import.Minimum} pages exceeds memory limits");
        }

        nint memory = NewMemory(engine, import.Minimum, pages);
        nint clone = LibWasmtime.LinkerClone(linker);
        try
        {
            Define(clone, context, import, memory);
            nint pre;
            NativeFailure.ThrowIfFailed(LibWasmtime.LinkerInstantiatePre(clone, module, &pre), "The module cannot be linked");
            return new SharedImage(memory, pre);
        }
        catch
        {
            LibWasmtime.SharedMemoryDelete(memory);
            throw;
        }
        finally
        {
            LibWasmtime.LinkerDelete(clone);
        }
    }

    internal SharedImage Acquire()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            LibWasmtime.InstancePreDelete(_pre);
            LibWasmtime.SharedMemoryDelete(Memory);
        }
    }

    private static nint NewMemory(nint engine, ulong minimum, ulong maximum)
    {
        const byte PageSizeLog2 = 16;
        nint type;
        NativeFailure.ThrowIfFailed(LibWasmtime.MemoryTypeNew(minimum, true, maximum, false, true, PageSizeLog2, &type), "A shared memory cannot be described");
        nint memory;
        nint error = LibWasmtime.SharedMemoryNew(engine, type, &memory);
        LibWasmtime.MemoryTypeDelete(type);
        return error == 0 ? memory : throw new GuestRefusedException(NativeFailure.FirstLine(NativeFailure.ReadError(error, null, out _)));
    }

    private static void Define(nint linker, nint context, SharedMemoryImport import, nint memory)
    {
        NativeExtern item = new() { Kind = NativeExternKind.SharedMemory, SharedMemory = memory };
        fixed (byte* module = import.Module, name = import.Name)
        {
            NativeFailure.ThrowIfFailed(
                LibWasmtime.LinkerDefine(linker, context, module, (nuint)import.Module.Length, name, (nuint)import.Name.Length, &item),
                "The shared memory cannot be defined");
        }
    }
}
