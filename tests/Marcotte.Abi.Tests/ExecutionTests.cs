using Marcotte.Core;
using Wasmtime;

namespace Marcotte.Abi.Tests;

public sealed class ExecutionTests
{
    private const string Imports =
        """
        (import "toy" "fork" (func $fork (result i32)))
        (import "toy" "mark" (func $mark (param i32) (result i32)))
        (import "toy" "jump" (func $jump (param i32 i32)))
        (import "toy" "note" (func $note (param i32)))
        (import "toy" "thread" (func $thread (param i32) (result i32)))
        (import "toy" "raise" (func $raise (param i32)))
        """;

    /// <summary>What Binaryen's pass adds, for functions that save one local: it goes to where the header's first word points.</summary>
    private const string Unwinding =
        """
        (memory (export "memory") 2 16)
        (global $sp (export "__stack_pointer") (mut i32) (i32.const 65536))
        (global (export "__data_end") i32 (i32.const 131072))
        (global $state (mut i32) (i32.const 0))
        (global $header (mut i32) (i32.const 0))
        (func (export "asyncify_start_unwind") (param i32) (global.set $state (i32.const 1)) (global.set $header (local.get 0)))
        (func (export "asyncify_stop_unwind") (global.set $state (i32.const 0)))
        (func (export "asyncify_start_rewind") (param i32) (global.set $state (i32.const 2)) (global.set $header (local.get 0)))
        (func (export "asyncify_stop_rewind") (global.set $state (i32.const 0)))
        (func $push (param i32)
          (i32.store (i32.load (global.get $header)) (local.get 0))
          (i32.store (global.get $header) (i32.add (i32.load (global.get $header)) (i32.const 4))))
        (func $pop (result i32)
          (i32.store (global.get $header) (i32.sub (i32.load (global.get $header)) (i32.const 4)))
          (i32.load (i32.load (global.get $header))))
        """;

    private static (GuestExecution Execution, Process Process, ForkTable Table) Prepare(string body, bool refuses = false)
    {
        using Module module = Module.FromText(Guests.Engine, "toy", $"(module {Imports} {body})");
        using GuestProgram program = new(Guests.Engine, module, ForkImports.HostImports, Guests.Interrupter);
        Process process = Guests.NewProcess();
        ForkTable table = new(refuses);
        process.Kernel.Processes = table;
        return (new GuestExecution(program, process), process, table);
    }

    private static int[] Run(string body, out ProcessEnd end)
    {
        (GuestExecution execution, Process process, ForkTable table) = Prepare(body);
        process.Carry(execution);
        process.Join();
        table.Join();
        end = process.Ending!;
        return Notes.Of(process.Kernel).Sorted();
    }

    [Test]
    public void A_guest_forks_with_its_calls_and_its_memory()
    {
        // The local says what was before the fork, the memory is each one's own after it.
        int[] notes = Run(
            $"""
            {Unwinding}
            (func (export "_start") (local $x i32) (local $pid i32)
              (if (i32.eqz (global.get $state))
                (then (local.set $x (i32.const 100)) (i32.store (i32.const 70000) (i32.const 7)))
                (else (local.set $x (call $pop))))
              (local.set $pid (call $fork))
              (if (i32.eq (global.get $state) (i32.const 1)) (then (call $push (local.get $x)) (return)))
              (i32.store (i32.const 70000) (i32.add (i32.load (i32.const 70000)) (local.get $pid)))
              (call $note (i32.add (local.get $x) (i32.load (i32.const 70000)))))
            """,
            out ProcessEnd end);

        Assert.That(end, Is.EqualTo(new ExitedEnd(0)));
        Assert.That(notes, Is.EqualTo(new[] { 107, 109 }));
    }

    [Test]
    public void A_fork_that_finds_no_thread_answers_its_errno()
    {
        (GuestExecution execution, Process process, ForkTable table) = Prepare(
            $"""
            {Unwinding}
            (func (export "_start") (local $pid i32)
              (local.set $pid (call $fork))
              (if (i32.eq (global.get $state) (i32.const 1)) (then (return)))
              (call $note (local.get $pid)))
            """,
            refuses: true);
        process.Carry(execution);

        Assert.That(Notes.Of(process.Kernel).Sorted(), Is.EqualTo(new[] { -(int)Errno.Again }));
        Assert.That(table.Abandoned, Is.EqualTo(1));
    }

    [Test]
    public void A_guest_that_cannot_be_unwound_does_not_fork()
    {
        int[] notes = Run("""(memory (export "memory") 1) (func (export "_start") (call $note (call $fork)))""", out _);

        Assert.That(notes, Is.EqualTo(new[] { -(int)Errno.NoSys }));
    }

    [Test]
    public void A_guest_goes_back_to_a_place_out_of_deeper_calls()
    {
        int[] notes = Run(
            $"""
            {Unwinding}
            (func $deep (param i32)
              (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))) (else (call $jump (i32.const 72000) (i32.const 5)))))
            (func (export "_start") (local $x i32) (local $value i32)
              (if (i32.eqz (global.get $state))
                (then (local.set $x (i32.const 40)))
                (else (local.set $x (call $pop))))
              (local.set $value (call $mark (i32.const 72000)))
              (if (i32.eq (global.get $state) (i32.const 1)) (then (call $push (local.get $x)) (return)))
              (call $note (i32.add (local.get $x) (local.get $value)))
              (if (i32.eqz (local.get $value)) (then (global.set $sp (i32.const 60000)) (call $deep (i32.const 10))))
              (call $note (global.get $sp)))
            """,
            out ProcessEnd end);

        Assert.That(end, Is.EqualTo(new ExitedEnd(0)));
        Assert.That(notes, Is.EqualTo(new[] { 40, 45, 65536 }));
    }

    [Test]
    public void A_handler_runs_below_what_a_leaf_function_keeps()
    {
        int[] notes = Run(
            """
            (memory (export "memory") 1)
            (global $sp (export "__stack_pointer") (mut i32) (i32.const 4096))
            (func (export "handle") (param i32) (call $note (local.get 0)) (call $note (global.get $sp)))
            (func (export "_start") (call $raise (i32.const 10)) (call $note (global.get $sp)))
            """,
            out _);

        Assert.That(notes, Is.EqualTo(new[] { 10, 3968, 4096 }));
    }

    [Test]
    public void A_handler_that_traps_ends_the_process()
    {
        Run(
            """
            (memory (export "memory") 1)
            (func (export "handle") (param i32) unreachable)
            (func (export "_start") (call $raise (i32.const 10)) (call $note (i32.const 1)))
            """,
            out ProcessEnd end);

        Assert.That((end as GuestFault)?.Trap.Kind, Is.EqualTo(GuestTrapKind.Unreachable));
        Assert.That(end.Status.Signal, Is.EqualTo(Signal.Abort));
    }
}
