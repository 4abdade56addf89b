using Marcotte.Core;
using Wasmtime;

namespace Marcotte.Abi.Tests;

/// <summary>Guest threads in one shared memory.</summary>
public sealed class ThreadTests
{
    private const string Imports =
        """
        (import "toy" "thread" (func $thread (param i32) (result i32)))
        (import "toy" "note" (func $note (param i32)))
        (import "env" "memory" (memory 1 4 shared))
        (export "memory" (memory 0))
        """;

    private Engine _engine = null!;
    private EpochInterrupter _interrupter = null!;

    [OneTimeSetUp]
    public void Open()
    {
        using Config config = new Config().WithGuestStack(512 * 1024).WithEpochInterruption(true).WithMemoryMayMove(false).WithWasmThreads(true).WithSharedMemory(true);
        _engine = new Engine(config);
        _interrupter = new EpochInterrupter(_engine);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _interrupter.Dispose();
        _engine.Dispose();
    }

    private (ProcessEnd End, int[] Notes) Run(string body)
    {
        using Module module = Module.FromText(_engine, "toy", $"(module {Imports} {body})");
        using GuestProgram program = new(_engine, module, ForkImports.HostImports, _interrupter);
        Process process = Guests.NewProcess();
        ForkTable table = new();
        process.Kernel.Processes = table;
        process.Carry(new GuestExecution(program, process));
        process.Join();
        table.Join();
        return (process.Ending!, Notes.Of(process.Kernel).Sorted());
    }

    [Test]
    public void A_thread_is_told_its_number_and_shares_memory()
    {
        (ProcessEnd end, int[] notes) = Run(
            """
            (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
              (call $note (local.get $argument))
              (i32.atomic.store (i32.const 8) (local.get $id))
              (drop (memory.atomic.notify (i32.const 8) (i32.const 1))))
            (func (export "_start") (local $id i32)
              (local.set $id (call $thread (i32.const 42)))
              (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
              (call $note (i32.sub (i32.atomic.load (i32.const 8)) (local.get $id))))
            """);

        Assert.That(end, Is.EqualTo(new ExitedEnd(0)));
        Assert.That(notes, Is.EqualTo(new[] { 0, 42 }));
    }

    [TestCase("(loop $again (drop (memory.atomic.wait32 (i32.const 65532) (i32.const 0) (i64.const -1))) (br $again))", TestName = "A_thread_that_waits_for_a_word_ends_with_its_process")]
    [TestCase("(loop $again (br $again))", TestName = "A_thread_that_spins_ends_with_its_process")]
    [CancelAfter(30_000)]
    public void A_thread_ends_with_its_process(string forever)
    {
        (ProcessEnd end, int[] notes) = Run(
            $"""
            (func (export "wasi_thread_start") (param i32 i32)
              (i32.atomic.store (i32.const 8) (i32.const 1))
              (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
              {forever}
              (call $note (i32.const 1)))
            (func (export "_start")
              (drop (call $thread (i32.const 0)))
              (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
            """);

        Assert.That(end, Is.EqualTo(new ExitedEnd(0)));
        Assert.That(notes, Is.Empty);
    }

    [Test]
    public void A_threads_trap_ends_the_process()
    {
        (ProcessEnd end, _) = Run(
            """
            (func (export "wasi_thread_start") (param i32 i32) unreachable)
            (func (export "_start") (drop (call $thread (i32.const 0))) (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
            """);

        Assert.That((end as GuestFault)?.Trap.Kind, Is.EqualTo(GuestTrapKind.Unreachable));
    }

    [Test]
    public void A_program_without_an_entry_for_threads_starts_none()
    {
        (_, int[] notes) = Run("""(func (export "_start") (call $note (call $thread (i32.const 0))))""");

        Assert.That(notes, Is.EqualTo(new[] { -(int)Errno.NoSys }));
    }
}
