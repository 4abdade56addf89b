using Wasmtime;

namespace Marcotte.Tests;

/// <summary>Modules that can fork are compiled with more exports than they have; nobody sees these.</summary>
public sealed class ForkableModuleTests
{
    private const string Asyncify =
        """
        (func (export "asyncify_start_unwind") (param i32))
        (func (export "asyncify_stop_unwind"))
        (func (export "asyncify_start_rewind") (param i32))
        (func (export "asyncify_stop_rewind"))
        (global (export "__stack_pointer") (mut i32) (i32.const 65536))
        (global (mut i64) (i64.const 1))
        """;

    [Test]
    public void Its_exports_are_listed_as_its_author_has_them()
    {
        ModuleReport report = new BoxBuilder().Inspect(Wat.Module(Asyncify));

        Assert.That(report.Exports.Select(export => export.Name), Is.EqualTo(new[]
        {
            "asyncify_start_unwind", "asyncify_stop_unwind", "asyncify_start_rewind", "asyncify_stop_rewind", "__stack_pointer",
        }));
    }

    [Test]
    public void What_it_is_refused_for_is_told_by_its_own_places()
    {
        // The last function ends with nothing to return, at the last byte.
        byte[] content = Module.ConvertText($"""(module {Asyncify} (func (export "bad") (result i32)))""");

        Assert.That(
            () => new BoxBuilder().Build(GuestModule.FromBytes("bad", content)),
            Throws.TypeOf<InvalidModuleException>().With.Message.Contains($"at offset {content.Length - 1}:"));
    }
}
