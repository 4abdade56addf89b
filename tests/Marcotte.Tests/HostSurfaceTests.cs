using Wasmtime;

namespace Marcotte.Tests;

/// <summary>The second door: an engine, a linker and stores of the caller's own.</summary>
internal sealed class HostSurfaceTests
{
    private const string Program =
        """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (import "own" "answer" (func $answer (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 100) "hello")
          (func (export "_start")
            (i32.store (i32.const 0) (i32.const 100))
            (i32.store (i32.const 4) (i32.const 5))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
            (call $exit (call $answer))))
        """;

    [Test]
    public void The_surface_serves_a_callers_store_beside_its_own_imports()
    {
        using Config config = new Config().WithMemoryMayMove(false);
        using Engine engine = new(config);
        using Module module = Module.FromText(engine, "own", Program);
        using Linker linker = new(engine);
        using HostSurface surface = new BoxBuilder().UseWasi().UseClock().UseEnv().UseVfs().BuildSurface();
        surface.Define(linker);
        linker.DefineFunction("own", "answer", () => 42);
        for (int i = 0; i < 3; i++)
        {
            using Store store = new(engine);
            using AttachedStore attached = surface.Attach(store);
            Instance instance = linker.Instantiate(store, module);

            Assert.That(() => instance.GetAction("_start")!.Invoke(), Throws.InstanceOf<WasmtimeException>());
            Assert.That(attached.ExitCode, Is.EqualTo(42));
            Assert.That(attached.Output!.ToString(), Is.EqualTo("hello"));
        }
    }

    [Test]
    public void A_linker_that_has_one_of_the_imports_refuses_it_by_name()
    {
        using Engine engine = new();
        using Linker linker = new(engine);
        linker.DefineFunction("wasi_snapshot_preview1", "fd_close", (int _) => 0);
        using HostSurface surface = new BoxBuilder().UseWasi().BuildSurface();

        Assert.That(() => surface.Define(linker), Throws.InvalidOperationException.With.Message.Contains("fd_close"));
    }
}
