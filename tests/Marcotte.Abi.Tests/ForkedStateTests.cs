using Marcotte.Core;
using Wasmtime;

namespace Marcotte.Abi.Tests;

/// <summary>What a child has of its parent, and what it must not have of the child before it.</summary>
public sealed class ForkedStateTests
{
    /// <summary>Binaryen's asyncify by hand, in a program that forks twice, one child after the other; each child runs <c>$child</c> with its turn.</summary>
    private const string Program =
        """
        (import "toy" "fork" (func $fork (result i32)))
        (import "toy" "join" (func $join))
        (import "toy" "exit" (func $exit (param i32)))
        (import "toy" "kill" (func $kill))
        (import "toy" "note" (func $note (param i32)))
        (memory (export "memory") 2 16)
        (global $sp (export "__stack_pointer") (mut i32) (i32.const 65536))
        (global (export "__data_end") i32 (i32.const 131072))
        (global $state (mut i32) (i32.const 0))
        (global $header (mut i32) (i32.const 0))
        (global $turn (mut i32) (i32.const 0))
        (func (export "asyncify_start_unwind") (param i32) (global.set $state (i32.const 1)) (global.set $header (local.get 0)))
        (func (export "asyncify_stop_unwind") (global.set $state (i32.const 0)))
        (func (export "asyncify_start_rewind") (param i32) (global.set $state (i32.const 2)) (global.set $header (local.get 0)))
        (func (export "asyncify_stop_rewind") (global.set $state (i32.const 0)))
        (func (export "_start")
          (if (i32.eqz (global.get $state)) (then (call $begin)))
          (loop $again
            (if (call $double) (then (return)))
            (global.set $turn (i32.add (global.get $turn) (i32.const 1)))
            (br_if $again (i32.lt_u (global.get $turn) (i32.const 2)))))
        (func $double (result i32) (local $pid i32)
          (local.set $pid (call $fork))
          (if (global.get $state) (then (return (i32.const 1))))
          (if (i32.eqz (local.get $pid)) (then (call $child (global.get $turn)) (call $exit (i32.const 0))))
          (call $join)
          (call $joined)
          (i32.const 0))
        """;

    private static int[] Run(string body, bool prepared = true)
    {
        byte[] content = Module.ConvertText($"(module {Program} {body} {(body.Contains("(func $joined", StringComparison.Ordinal) ? "" : "(func $joined)")})");
        using Module module = Module.FromBytes(Guests.Engine, "toy", prepared ? ForkableModule.Prepare(content) : content);
        using GuestProgram program = new(Guests.Engine, module, ForkImports.HostImports.Concat(ToyImports.HostImports), Guests.Interrupter);
        Process process = Guests.NewProcess();
        ForkTable table = new();
        process.Kernel.Processes = table;
        process.Carry(new GuestExecution(program, process));
        process.Join();
        table.Join();
        Assert.That(process.Ending, Is.EqualTo(new ExitedEnd(0)));
        return Notes.Of(process.Kernel).Told();
    }

    [Test]
    public void A_child_has_all_mutable_globals_of_its_parent()
    {
        int[] notes = Run(
            """
            (global $a (mut i32) (i32.const 1))
            (global $b (mut i64) (i64.const 2))
            (global $c (mut f64) (f64.const 3))
            (global $d (mut v128) (v128.const i32x4 0 0 0 4))
            (func $begin
              (global.set $a (i32.const 10))
              (global.set $b (i64.const 20))
              (global.set $c (f64.const 30))
              (global.set $d (v128.const i32x4 0 0 0 40)))
            (func $child (param i32)
              (call $note (global.get $a))
              (call $note (i32.wrap_i64 (global.get $b)))
              (call $note (i32.trunc_f64_s (global.get $c)))
              (call $note (i32x4.extract_lane 3 (global.get $d)))
              (global.set $a (i32.const 7)) (global.set $b (i64.const 7)) (global.set $c (f64.const 7)) (global.set $d (v128.const i32x4 7 7 7 7)))
            """);

        Assert.That(notes, Is.EqualTo(new[] { 10, 20, 30, 40, 10, 20, 30, 40 }));
    }

    [TestCase("(call $exit (i32.const 3))")]
    [TestCase("(unreachable)")]
    [TestCase("(call $kill)")]
    public void How_a_child_ends_is_nothing_to_the_next_one(string end)
    {
        int[] notes = Run(
            $"""
            (global $mine (mut i32) (i32.const 5))
            (func $begin)
            (func $child (param $turn i32)
              (call $note (i32.add (global.get $mine) (i32.load (i32.const 70000))))
              (global.set $mine (i32.const 1000))
              (i32.store (i32.const 70000) (i32.const 1000))
              {end})
            """);

        Assert.That(notes, Is.EqualTo(new[] { 5, 5 }));
    }

    [Test]
    public void Memory_that_a_child_has_added_is_not_the_next_ones()
    {
        int[] notes = Run(
            """
            (func $begin)
            (func $child (param $turn i32)
              (call $note (memory.grow (i32.const 3)))
              (call $note (i32.load (i32.const 200000)))
              (i32.store (i32.const 200000) (i32.const 77)))
            """);

        Assert.That(notes, Is.EqualTo(new[] { 2, 0, 2, 0 }));
    }

    [Test]
    public void Memory_that_the_parent_has_added_between_two_forks_is_the_second_ones()
    {
        int[] notes = Run(
            """
            (func $begin)
            (func $child (param $turn i32)
              (call $note (memory.size))
              (if (local.get $turn) (then (call $note (i32.load (i32.const 200000))))))
            (func $joined (drop (memory.grow (i32.const 3))) (i32.store (i32.const 200000) (i32.const 9)))
            """);

        Assert.That(notes, Is.EqualTo(new[] { 2, 5, 9 }));
    }

    [Test]
    public void What_a_child_writes_where_the_parent_has_zeros_is_not_the_next_ones()
    {
        int[] notes = Run(
            """
            (func $begin (i32.store (i32.const 120000) (i32.const 4)))
            (func $child (param $turn i32)
              (call $note (i32.add (i32.load (i32.const 120000)) (i32.load (i32.const 100000))))
              (memory.fill (i32.const 90000) (i32.const 1) (i32.const 40000)))
            """);

        Assert.That(notes, Is.EqualTo(new[] { 4, 4 }));
    }

    [Test]
    public void A_table_that_a_child_changes_is_not_the_next_ones()
    {
        int[] notes = Run(
            """
            (table 1 funcref)
            (elem (i32.const 0) $one)
            (elem declare func $two)
            (func $one (call $note (i32.const 1)))
            (func $two (call $note (i32.const 2)))
            (func $begin)
            (func $child (param $turn i32)
              (call_indirect (i32.const 0))
              (table.set 0 (i32.const 0) (ref.func $two)))
            """);

        Assert.That(notes, Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public void A_module_that_was_not_prepared_leaves_nothing_to_the_next_child()
    {
        int[] notes = Run(
            """
            (global $mine (mut i32) (i32.const 5))
            (func $begin)
            (func $child (param $turn i32) (call $note (global.get $mine)) (global.set $mine (i32.const 1000)))
            """,
            prepared: false);

        Assert.That(notes, Has.None.EqualTo(1000));
    }

    [Test]
    public void A_module_of_two_memories_does_not_fork()
    {
        int[] notes = Run(
            """
            (memory 1)
            (func $begin (call $note (call $fork)) (call $exit (i32.const 0)))
            (func $child (param $turn i32))
            """);

        Assert.That(notes, Is.EqualTo(new[] { -(int)Errno.NoSys }));
    }

    [Test]
    public void A_trap_tells_places_of_the_module_as_its_author_has_it()
    {
        byte[] content = Module.ConvertText($"""(module {Program} (func $begin unreachable) (func $child (param i32)) (func $joined))""");
        long[] offsets = [.. new[] { content, ForkableModule.Prepare(content) }.Select(bytes =>
        {
            using Module module = Module.FromBytes(Guests.Engine, "toy", bytes);
            using GuestProgram program = new(Guests.Engine, module, ForkImports.HostImports.Concat(ToyImports.HostImports), Guests.Interrupter);
            using GuestInstance instance = new(program, Guests.NewProcess());
            instance.Instantiate();
            return instance.Call("_start"u8, []).Trap!.Frames[0].Offset;
        })];

        Assert.That(offsets[1], Is.EqualTo(offsets[0]));
        Assert.That(content[offsets[0]], Is.Zero, "unreachable");
    }
}
