using System.Runtime.InteropServices;
using Marcotte.Abi.Interop;
using Wasmtime;

namespace Marcotte.Abi;

/// <summary>A module linked with its host imports once, from which any number of instances start.</summary>
public sealed unsafe class GuestProgram : IDisposable
{
    private const int MostSpares = 16;

    private readonly Engine _engine;
    private readonly Module _module;
    private readonly Linking _linking;
    private int _spares;

    /// <summary>Links a module.</summary>
    /// <param name="engine">Configured so that memories do not move and epochs interrupt.</param>
    /// <param name="module">Compiled by the engine. The program does not dispose it.</param>
    /// <param name="imports">What it may import.</param>
    /// <param name="interrupter">Makes guests of the engine look whether they are to end.</param>
    /// <param name="trapUnknown">Whether an import that nothing backs traps when it is called, rather than failing here.</param>
    /// <exception cref="InvalidOperationException">The module imports what is not there; the message names it.</exception>
    public GuestProgram(Engine engine, Module module, IEnumerable<HostImport> imports, EpochInterrupter interrupter, bool trapUnknown = false)
    {
        _engine = engine;
        _module = module;
        InterruptAction = interrupter.Interrupt;
        AtomicWaiters = interrupter.AtomicWaiters;
        MemoryImport = SharedMemoryImport.Of(module);
        _linking = Link(imports, trapUnknown);
        State = ModuleState.Of(module);
    }

    /// <summary>Whether a module imports a shared memory, which is made for each process that runs it.</summary>
    /// <param name="module">The module.</param>
    /// <returns>True when it does.</returns>
    public static bool ImportsSharedMemory(Module module) => SharedMemoryImport.Of(module) is not null;

    /// <summary>What its instances keep.</summary>
    internal ModuleState State { get; }

    /// <summary>The shared memory that it imports, which each process has of its own; null when it imports none.</summary>
    internal SharedMemoryImport? MemoryImport { get; }

    internal Action InterruptAction { get; }

    internal AtomicWaiters AtomicWaiters { get; }

    internal SafeHandle Engine => NativeHandles.Of(_engine);

    /// <summary>What traps call the module when it does not name itself.</summary>
    internal string Name => _module.Name;

    /// <inheritdoc/>
    /// <remarks>What instances that still live need goes with the last of them.</remarks>
    public void Dispose() => _linking.Dispose();

    /// <summary>Keeps what instances start from until it is released.</summary>
    /// <returns>What they start from; of a program that imports its memory, what it is linked by.</returns>
    internal nint Acquire()
    {
        bool acquired = false;
        _linking.DangerousAddRef(ref acquired);
        return _linking.DangerousGetHandle();
    }

    internal void Release() => _linking.DangerousRelease();

    /// <summary>Counts an instance that is kept for the next one; they hold places in the engine's pool.</summary>
    /// <returns>False when there are enough.</returns>
    internal bool TryReserveSpare()
    {
        if (Interlocked.Increment(ref _spares) <= MostSpares)
        {
            return true;
        }

        ReleaseSpare();
        return false;
    }

    internal void ReleaseSpare() => Interlocked.Decrement(ref _spares);

    /// <summary>Makes the shared memory of a process that runs it; the program was acquired.</summary>
    internal SharedImage NewImage(nint context, long limit) => SharedImage.Create(
        Engine.DangerousGetHandle(), _linking.DangerousGetHandle(), NativeHandles.Of(_module).DangerousGetHandle(), MemoryImport!, context, limit);

    private Linking Link(IEnumerable<HostImport> imports, bool trapUnknown)
    {
        nint linker = LibWasmtime.LinkerNew(Engine.DangerousGetHandle());
        bool keep = false;
        try
        {
            nint module = NativeHandles.Of(_module).DangerousGetHandle();
            HostLinking.Define(linker, imports, 0);
            if (trapUnknown && MemoryImport is null)
            {
                NativeFailure.ThrowIfFailed(LibWasmtime.LinkerDefineUnknownImportsAsTraps(linker, module), "Unknown imports cannot be defined");
            }

            if (MemoryImport is not null)
            {
                keep = true;
                return new Linking(linker, isLinker: true);
            }

            nint pre;
            NativeFailure.ThrowIfFailed(LibWasmtime.LinkerInstantiatePre(linker, module, &pre), "The module cannot be linked");
            return new Linking(pre, isLinker: false);
        }
        finally
        {
            if (!keep)
            {
                LibWasmtime.LinkerDelete(linker);
            }
        }
    }

    /// <summary>What instances start from; or a linker, from which each process makes that with its own memory.</summary>
    private sealed class Linking : SafeHandle
    {
        private readonly bool _isLinker;

        internal Linking(nint handle, bool isLinker)
            : base(0, ownsHandle: true)
        {
            _isLinker = isLinker;
            SetHandle(handle);
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            if (_isLinker)
            {
                LibWasmtime.LinkerDelete(handle);
            }
            else
            {
                LibWasmtime.InstancePreDelete(handle);
            }

            return true;
        }
    }
}
