using System.Text;
using Wasmtime;

namespace Marcotte.Abi.Tests;

/// <summary>The exports that are added to modules that can fork.</summary>
public sealed class ForkableModuleTests
{
    private const string Asyncify =
        """
        (func (export "asyncify_start_unwind") (param i32))
        (func (export "asyncify_stop_unwind"))
        (func (export "asyncify_start_rewind") (param i32))
        (func (export "asyncify_stop_rewind"))
        (global (export "__stack_pointer") (mut i32) (i32.const 65536))
        """;

    private static byte[] Binary(string body) => Module.ConvertText($"(module {body} {Asyncify})");

    private static string[] Added(byte[] content)
    {
        using Module module = Module.FromBytes(Guests.Engine, "toy", ForkableModule.Prepare(content));
        return [.. module.Exports.Select(export => export.Name).Where(ForkableModule.IsAdded)];
    }

    private static bool IsValid(byte[] content) => Module.Validate(Guests.Engine, content) is null;

    private static string[] Kinds(string body) => [.. Added(Binary(body)).Select(name => name.Split(':')[2]).Distinct()];

    private static string[] Indices(string body) => [.. Added(Binary(body)).Select(name => name.Split(':')[3])];

    [Test]
    public void Every_mutable_global_is_exported()
    {
        string[] indices = Indices(
            """
            (global (mut i32) (i32.const -70000))
            (global i32 (i32.const 3))
            (global (mut i64) (i64.const -1))
            (global (mut f32) (f32.const 1.5))
            (global (mut f64) (f64.const 0x0b.0bp0))
            (global (mut v128) (v128.const i32x4 11 11 11 11))
            (global (mut i32) (i32.add (global.get 1) (i32.const 11)))
            """);

        Assert.That(indices, Is.EqualTo(new[] { "0", "2", "3", "4", "5", "6", "7" }));
    }

    [Test]
    public void Imports_count()
    {
        string[] indices = Indices(
            """
            (import "a" "f" (func (param i32)))
            (import "a" "t" (table 1 2 funcref))
            (import "a" "m" (memory 1 2))
            (import "a" "g" (global i32))
            (import "a" "h" (global (mut i64)))
            (global (mut i32) (i32.const 0))
            """);

        Assert.That(indices, Is.EqualTo(new[] { "1", "2", "3" }));
    }

    [Test]
    public void More_exports_than_one_byte_counts()
    {
        string globals = string.Concat(Enumerable.Repeat("(global (mut i32) (i32.const 0))", 300));

        Assert.That(Indices(globals), Has.Length.EqualTo(301));
    }

    [Test]
    public void A_module_that_cannot_fork_is_left_alone()
    {
        byte[] content = Module.ConvertText("""(module (global (mut i32) (i32.const 0)) (func (export "asyncify_start_unwind") (param i32)))""");

        Assert.That(ForkableModule.Prepare(content), Is.SameAs(content));
    }

    [Test]
    public void A_module_that_has_such_exports_is_left_alone()
    {
        byte[] once = ForkableModule.Prepare(Binary(""));
        byte[] own = Binary("""(global (export "marcotte:mine") (mut i32) (i32.const 0))""");

        Assert.That(ForkableModule.Prepare(once), Is.SameAs(once));
        Assert.That(ForkableModule.Prepare(own), Is.SameAs(own));
        Assert.That(ForkableModule.IsAdded("marcotte:mine"), Is.False);
    }

    [Test]
    public void What_is_cut_off_anywhere_is_left_alone_or_refused()
    {
        byte[] content = Binary("""(table 1 funcref) (global (mut f64) (f64.const 1)) (func (param i32) (table.set 0 (i32.const 0) (ref.null func)))""");
        for (int length = 0; length < content.Length; length++)
        {
            byte[] cut = content[..length];
            byte[] prepared = ForkableModule.Prepare(cut);
            if (!ReferenceEquals(prepared, cut))
            {
                Assert.That(IsValid(prepared), Is.EqualTo(IsValid(cut)), $"{length}");
            }
        }
    }

    [Test]
    public void What_is_damaged_is_no_more_valid_than_before()
    {
        byte[] content = Binary("""(table 1 funcref) (global (mut f64) (f64.const 1)) (func (param i32) (table.set 0 (i32.const 0) (ref.null func)))""");
        Random random = new(4711);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. content];
            damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
            Assert.That(IsValid(ForkableModule.Prepare(damaged)), Is.EqualTo(IsValid(damaged)), Convert.ToHexString(damaged));
        }
    }

    [TestCase("", "0")]
    [TestCase("(table 3 funcref) (elem (i32.const 0) func $f) (func $f (call_indirect (i32.const 0)))", "0", TestName = "A_table_that_is_only_called_through")]
    [TestCase("(table 3 funcref) (func (table.set 0 (i32.const 0) (ref.null func)))", "1", TestName = "A_table_that_is_set")]
    [TestCase("(table 3 funcref) (func (drop (table.grow 0 (ref.null func) (i32.const 1))))", "1", TestName = "A_table_that_grows")]
    [TestCase("(table 3 funcref) (func (table.fill 0 (i32.const 0) (ref.null func) (i32.const 1)))", "1", TestName = "A_table_that_is_filled")]
    [TestCase("(table 3 funcref) (func (table.copy 0 0 (i32.const 0) (i32.const 0) (i32.const 1)))", "1", TestName = "A_table_that_is_copied")]
    [TestCase("(table 3 funcref) (elem $e func $f) (func $f (table.init $e (i32.const 0) (i32.const 0) (i32.const 1)))", "1", TestName = "A_table_that_is_filled_from_a_segment")]
    [TestCase("(memory 1) (data $d \"x\") (func (data.drop $d))", "1", TestName = "A_segment_that_is_dropped")]
    [TestCase("(global (mut funcref) (ref.null func))", "1", TestName = "A_global_that_holds_a_reference")]
    [TestCase("(memory 1) (memory 1)", "2", TestName = "Two_memories")]
    public void What_else_a_module_keeps_is_told(string body, string kind) => Assert.That(Kinds(body), Is.EqualTo(new[] { kind }));

    [Test]
    public void Instructions_of_all_kinds_are_passed()
    {
        // Bytes within them look like table.set (0x26) and like ends (0x0B).
        const string Body =
            """
            (memory 1)
            (table 3 funcref)
            (type $t (func (result i32)))
            (func (param i32 i64) (result i32) (local f32 f64 v128)
              (i64.store offset=0x26 (i32.const 0x26) (i64.const 0x260b))
              (local.set 2 (f32.const 0x26.26p0))
              (local.set 3 (f64.const 0x0b.26p0))
              (local.set 4 (v128.const i8x16 0x26 0x26 0x26 0x26 0x0b 0x0b 0x0b 0x0b 0 0 0 0 0 0 0 0))
              (local.set 4 (i8x16.shuffle 11 11 11 11 1 1 1 1 2 2 2 2 3 3 3 3 (local.get 4) (local.get 4)))
              (drop (i8x16.extract_lane_s 11 (local.get 4)))
              (local.set 4 (v128.load8_lane offset=38 11 (i32.const 0) (local.get 4)))
              (memory.fill (i32.const 0) (i32.const 38) (i32.const 11))
              (memory.copy (i32.const 0) (i32.const 38) (i32.const 11))
              (drop (i32.trunc_sat_f32_s (local.get 2)))
              (block (br_table 0 0 0 (local.get 0)))
              (block (result i32) (if (result i32) (local.get 0) (then (i32.const 38)) (else (i32.const 11))))
              (drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 38)))
              (drop (call_indirect (type $t) (i32.const 38)))
              (drop (i32.atomic.rmw.add offset=36 (i32.const 0) (i32.const 11)))
              (atomic.fence)
              (drop (ref.is_null (ref.func 0)))
              (drop (table.get 0 (i32.const 0)))
              (drop (table.size 0))
              (i32.const 38))
            """;
        byte[] prepared = ForkableModule.Prepare(Binary(Body + "(elem declare func 0)"));

        string text = Encoding.UTF8.GetString(prepared);
        Assert.That(text, Does.Contain(":0:0").And.Not.Contain(":1:0"));
    }
}
