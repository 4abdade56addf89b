using System.Runtime.InteropServices;
using System.Text;
using Marcotte.Abi.Interop;
using Wasmtime;

namespace Marcotte.Abi;

/// <summary>A module linked with its host imports once, from which any number of instances start.</summary>
public sealed unsafe class GuestProgram : IDisposable
{
    private readonly Engine _engine;
    private readonly Module _module;
    private readonly InstancePre _pre;

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
        _pre = new InstancePre(Link(imports, trapUnknown));
        MutableGlobals = [.. module.Exports.OfType<GlobalExport>()
            .Where(export => export.Mutability == Mutability.Mutable)
            .Select(export => Encoding.UTF8.GetBytes(export.Name))];
    }

    /// <summary>The mutable globals that instances export.</summary>
    internal IReadOnlyList<byte[]> MutableGlobals { get; }

    internal Action InterruptAction { get; }

    internal SafeHandle Engine => NativeHandles.Of(_engine);

    /// <summary>What traps call the module when it does not name itself.</summary>
    internal string Name => _module.Name;

    /// <inheritdoc/>
    /// <remarks>What instances that still live need goes with the last of them.</remarks>
    public void Dispose() => _pre.Dispose();

    /// <summary>Keeps what instances start from until it is released.</summary>
    internal nint Acquire()
    {
        bool acquired = false;
        _pre.DangerousAddRef(ref acquired);
        return _pre.DangerousGetHandle();
    }

    internal void Release() => _pre.DangerousRelease();

    private nint Link(IEnumerable<HostImport> imports, bool trapUnknown)
    {
        nint linker = LibWasmtime.LinkerNew(Engine.DangerousGetHandle());
        try
        {
            nint module = NativeHandles.Of(_module).DangerousGetHandle();
            HostLinking.Define(linker, imports, 0);
            if (trapUnknown)
            {
                NativeFailure.ThrowIfFailed(LibWasmtime.LinkerDefineUnknownImportsAsTraps(linker, module), "Unknown imports cannot be defined");
            }

            nint pre;
            NativeFailure.ThrowIfFailed(LibWasmtime.LinkerInstantiatePre(linker, module, &pre), "The module cannot be linked");
            return pre;
        }
        finally
        {
            LibWasmtime.LinkerDelete(linker);
        }
    }

    private sealed class InstancePre : SafeHandle
    {
        internal InstancePre(nint pre)
            : base(0, ownsHandle: true) => SetHandle(pre);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            LibWasmtime.InstancePreDelete(handle);
            return true;
        }
    }
}
