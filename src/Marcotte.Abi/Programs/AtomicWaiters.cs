using Marcotte.Abi.Interop;
using Wasmtime;

namespace Marcotte.Abi;

/// <summary>
/// Wakes guest threads that wait on a word of their shared memory (<c>memory.atomic.wait</c>) and so look at no epoch. Wasmtime's API has no call for
/// it, and nobody knows which word: a module of our own, which has the same memory, notifies all of them.
/// </summary>
internal sealed unsafe class AtomicWaiters
{
    private const string Notifier =
        """
        (module
          (import "guest" "memory" (memory 0 65536 shared))
          (func (export "notify") (param $at i32) (param $words i32)
            (loop $next
              (drop (memory.atomic.notify (local.get $at) (i32.const -1)))
              (local.set $at (i32.add (local.get $at) (i32.const 4)))
              (br_if $next (local.tee $words (i32.sub (local.get $words) (i32.const 1)))))))
        """;

    private static readonly byte[] ModuleName = "guest"u8.ToArray();
    private static readonly byte[] MemoryName = "memory"u8.ToArray();

    /// <summary>Threads that wait for something else, or compute, have ended by then, and mostly these are all.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(10);

    private readonly Engine _engine;
    private readonly Lazy<Module> _module;

    internal AtomicWaiters(Engine engine)
    {
        _engine = engine;
        _module = new Lazy<Module>(() => Module.FromText(_engine, "notifier", Notifier));
    }

    /// <summary>Wakes those of an image again and again until none of its threads is left.</summary>
    internal void Wake(SharedImage image) => ThreadPool.UnsafeQueueUserWorkItem(static work => work.Waiters.WakeUntilGone(work.Image), (Waiters: this, Image: image), preferLocal: false);

    private void WakeUntilGone(SharedImage image)
    {
        while (!image.HasEnded(Grace))
        {
            if (!image.TryAcquire())
            {
                return;
            }

            try
            {
                Notify(image);
            }
            finally
            {
                image.Release();
            }
        }
    }

    private void Notify(SharedImage image)
    {
        nint engine = NativeHandles.Of(_engine).DangerousGetHandle();
        nint store = LibWasmtime.StoreNew(engine, 0, 0);
        nint linker = LibWasmtime.LinkerNew(engine);
        nint pre = 0;
        try
        {
            nint context = LibWasmtime.StoreContext(store);
            LibWasmtime.ContextSetEpochDeadline(context, ulong.MaxValue / 2);
            image.Define(linker, context, ModuleName, MemoryName);
            NativeFailure.ThrowIfFailed(
                LibWasmtime.LinkerInstantiatePre(linker, NativeHandles.Of(_module.Value).DangerousGetHandle(), &pre), "The notifier cannot be linked");
            NativeInstance instance;
            nint trap;
            NativeFailure.ThrowIfFailed(LibWasmtime.InstancePreInstantiate(pre, context, &instance, &trap), "The notifier cannot be made");
            NativeExtern function;
            fixed (byte* name = "notify"u8)
            {
                LibWasmtime.InstanceExportGet(context, &instance, name, 6, &function);
            }

            WasmValue* values = stackalloc WasmValue[2];
            values[1] = new WasmValue { U32 = (uint)(image.Length >> 2) };
            NativeFailure.ThrowIfFailed(LibWasmtime.FuncCallUnchecked(context, &function.Function, values, 2, &trap), "The notifier failed");
        }
        finally
        {
            if (pre != 0)
            {
                LibWasmtime.InstancePreDelete(pre);
            }

            LibWasmtime.LinkerDelete(linker);
            LibWasmtime.StoreDelete(store);
        }
    }
}
