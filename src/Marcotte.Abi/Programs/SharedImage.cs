using Marcotte.Abi.Interop;

namespace Marcotte.Abi;

/// <summary>The memory that the threads of one process share, and their program linked with it; goes with the last of them.</summary>
internal sealed unsafe class SharedImage
{
    private readonly object _gate = new();
    private readonly nint _pre;
    private int _users = 1;
    private int _threads;
    private bool _waking;

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
            Define(clone, context, import.Module, import.Name, memory);
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

    /// <summary>Bytes of the memory now.</summary>
    internal ulong Length => LibWasmtime.SharedMemoryDataSize(Memory);

    /// <summary>A thread shares it from now on.</summary>
    internal void Join()
    {
        lock (_gate)
        {
            _threads++;
        }
    }

    /// <summary>A thread has ended, and gives what it held of it back.</summary>
    internal void Leave()
    {
        lock (_gate)
        {
            _threads--;
            Monitor.PulseAll(_gate);
        }

        Release();
    }

    internal SharedImage Acquire()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    /// <summary>Keeps it, unless it is gone already.</summary>
    internal bool TryAcquire()
    {
        int users = Volatile.Read(ref _users);
        while (users > 0)
        {
            int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            LibWasmtime.InstancePreDelete(_pre);
            LibWasmtime.SharedMemoryDelete(Memory);
        }
    }

    /// <summary>Whether nobody wakes its threads yet; whoever is told so does.</summary>
    internal bool TryBeginWaking()
    {
        lock (_gate)
        {
            return !_waking && (_waking = true);
        }
    }

    /// <summary>Whether all its threads have ended, if need be after some time.</summary>
    internal bool HasEnded(TimeSpan patience)
    {
        lock (_gate)
        {
            return _threads == 0 || (Monitor.Wait(_gate, patience) && _threads == 0);
        }
    }

    /// <summary>Gives the memory a name in a linker.</summary>
    internal void Define(nint linker, nint context, byte[] module, byte[] name) => Define(linker, context, module, name, Memory);

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

    private static void Define(nint linker, nint context, byte[] module, byte[] name, nint memory)
    {
        NativeExtern item = new() { Kind = NativeExternKind.SharedMemory, SharedMemory = memory };
        fixed (byte* moduleStart = module, nameStart = name)
        {
            NativeFailure.ThrowIfFailed(
                LibWasmtime.LinkerDefine(linker, context, moduleStart, (nuint)module.Length, nameStart, (nuint)name.Length, &item),
                "The shared memory cannot be defined");
        }
    }
}
