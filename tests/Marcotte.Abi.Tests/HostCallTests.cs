using Marcotte.Core;

namespace Marcotte.Abi.Tests;

internal sealed class HostCallTests
{
    [Test]
    public void Numbers_of_all_kinds_cross()
    {
        using GuestInstance instance = Guests.Start(
            """(func (export "run") (param i64 f32 f64) (result f64) (call $mix (local.get 0) (local.get 1) (local.get 2)))""");
        WasmValue[] values = [new() { I64 = -7 }, new() { F32 = 0.5f }, new() { F64 = 0.25 }];

        Assert.That(Guests.Call(instance, "run", values).Returned, Is.True);
        Assert.That(values[0].F64, Is.EqualTo(-6.25));
    }

    [TestCase(0u, 4u, 100u, 0, 10u)]
    [TestCase(0u, 0u, 100u, 0, 0u)]
    [TestCase(65_532u, 4u, 100u, 0, 0u)]
    [TestCase(65_533u, 4u, 100u, 14, 0u)]
    [TestCase(0u, 65_537u, 100u, 14, 0u)]
    [TestCase(uint.MaxValue, 1u, 100u, 14, 0u)]
    [TestCase(4u, uint.MaxValue, 100u, 14, 0u)]
    [TestCase(0u, 4u, 65_533u, 14, 0u)]
    [TestCase(0u, 4u, uint.MaxValue, 14, 0u)]
    [TestCase(uint.MaxValue, 0u, 101u, 0, 0u)]
    public void Pointers_are_checked(uint address, uint count, uint result, int errno, uint sum)
    {
        using GuestInstance instance = Guests.Start(
            """
            (data (i32.const 0) "\01\02\03\04")
            (func (export "run") (param i32 i32 i32) (result i32 i32)
              (call $sum (local.get 0) (local.get 1) (local.get 2))
              (if (result i32) (i32.le_u (local.get 2) (i32.const 65532)) (then (i32.load (local.get 2))) (else (i32.const 0))))
            """);
        WasmValue[] values = [new() { U32 = address }, new() { U32 = count }, new() { U32 = result }];

        Assert.That(Guests.Call(instance, "run", values).Returned, Is.True);
        Assert.That((values[0].I32, values[1].U32), Is.EqualTo((errno, sum)));
    }

    [Test]
    public void Memory_that_has_grown_is_seen()
    {
        using GuestInstance instance = Guests.Start(
            """
            (func (export "run") (result i32)
              (drop (call $sum (i32.const 0) (i32.const 1) (i32.const 8)))
              (drop (memory.grow (i32.const 1)))
              (i32.store8 (i32.const 131071) (i32.const 9))
              (drop (call $sum (i32.const 131000) (i32.const 72) (i32.const 65536)))
              (i32.load (i32.const 65536)))
            """);
        WasmValue[] values = [default];

        Guests.Call(instance, "run", values);

        Assert.That(values[0].I32, Is.EqualTo(9));
        Assert.That(instance.MemoryBytes, Is.EqualTo(131_072));
    }

    [Test]
    public void A_start_function_may_call_imports_that_need_memory()
    {
        using GuestInstance instance = Guests.Start(
            """
            (data (i32.const 0) "\05\06")
            (func $boot (drop (call $sum (i32.const 0) (i32.const 2) (i32.const 8))))
            (start $boot)
            (func (export "run") (result i32) (i32.load (i32.const 8)))
            """);
        WasmValue[] values = [default];

        Guests.Call(instance, "run", values);

        Assert.That(values[0].I32, Is.EqualTo(11));
    }

    [Test]
    public void A_module_without_memory_gets_EFAULT()
    {
        using Wasmtime.Module module = Wasmtime.Module.FromText(Guests.Engine, "bare", """
            (module (import "toy" "sum" (func $sum (param i32 i32 i32) (result i32)))
              (func (export "run") (result i32) (call $sum (i32.const 0) (i32.const 1) (i32.const 0))))
            """);
        using GuestProgram program = new(Guests.Engine, module, ToyImports.HostImports, Guests.Interrupter);
        using GuestInstance instance = new(program, Guests.NewProcess());
        instance.Instantiate();
        WasmValue[] values = [default];

        Guests.Call(instance, "run", values);

        Assert.That(values[0].I32, Is.EqualTo((int)Errno.Fault));
    }

    [Test]
    public void An_exit_unwinds_the_guest_with_all_32_bits_of_its_code()
    {
        using GuestInstance instance = Guests.Start("""(func (export "run") (call $exit (i32.const -1)) unreachable)""");

        GuestResult result = Guests.Call(instance, "run");

        Assert.That(result.Unwound, Is.TypeOf<ProcessExitException>().With.Property("Code").EqualTo(uint.MaxValue));
    }

    [Test]
    public void An_exception_in_a_host_call_is_a_trap_that_carries_it_and_the_guest_can_be_called_again()
    {
        using GuestInstance instance = Guests.Start(
            """(func (export "fail") (call $fail)) (func (export "run") (result i32) (call $add (i32.const 2) (i32.const 3)))""");

        GuestResult result = Guests.Call(instance, "fail");
        WasmValue[] values = [default];
        GuestResult again = Guests.Call(instance, "run", values);

        Assert.That(result.Unwound, Is.TypeOf<InvalidDataException>());
        Assert.That(result.Trap!.Frames, Is.Not.Empty);
        Assert.That(again.Returned, Is.True);
        Assert.That(values[0].I32, Is.EqualTo(5));
    }

    [Test]
    public void Collecting_garbage_within_a_call_is_harmless()
    {
        using GuestInstance instance = Guests.Start(
            """
            (func $deep (param i32) (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1))) (call $collect))))
            (func (export "run") (call $deep (i32.const 20)))
            """);
        int before = ToyImports.Collections;

        Assert.That(Guests.Call(instance, "run").Returned, Is.True);
        Assert.That(ToyImports.Collections - before, Is.EqualTo(20));
    }

    [Test]
    public void Calls_are_counted()
    {
        using GuestInstance instance = Guests.Start(
            """(func (export "run") (drop (call $add (i32.const 1) (i32.const 1))) (drop (call $add (i32.const 1) (i32.const 1))))""");

        Guests.Call(instance, "run");

        Assert.That(instance.Thread.Calls, Is.EqualTo(2));
    }

    [Test]
    public void Calls_allocate_nothing()
    {
        using GuestInstance instance = Guests.Start(
            """
            (func (export "run") (param i32)
              (loop (drop (call $sum (i32.const 0) (i32.const 64) (i32.const 128)))
                (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
            """);
        WasmValue[] values = [new() { I32 = 1000 }];
        Guests.Call(instance, "run", values);
        values[0].I32 = 10_000;
        long before = GC.GetAllocatedBytesForCurrentThread();

        instance.Call("run"u8, values);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
