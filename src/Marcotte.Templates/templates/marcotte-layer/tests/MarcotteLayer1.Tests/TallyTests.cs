using Marcotte;

namespace MarcotteLayer1.Tests;

internal sealed class TallyTests
{
    // Adds 2 to its counter; the exit code is the sum.
    private static readonly GuestModule AddTwo = GuestModule.FromText("add-two", """
        (module
          (import "tally" "add" (func $add (param i64) (result i64)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (func (export "_start") (call $exit (i32.wrap_i64 (call $add (i64.const 2))))))
        """);

    [Test]
    public void Each_box_counts_from_the_start()
    {
        using BoxTemplate template = new BoxBuilder().UseTally(tally => tally.Start = 40).UseWasi().Build(AddTwo);

        Assert.That(template.Run().Outcome.ExitCode, Is.EqualTo(42));
        Assert.That(template.Run().Outcome.ExitCode, Is.EqualTo(42));
    }

    [Test]
    public void A_box_without_the_layer_is_refused() =>
        Assert.That(() => new BoxBuilder().UseWasi().Build(AddTwo), Throws.TypeOf<SurfaceException>().With.Message.Contains("tally.add"));

    [Test]
    public void A_negative_start_is_refused() =>
        Assert.That(() => new BoxBuilder().UseTally(tally => tally.Start = -1).UseWasi().Build(AddTwo), Throws.ArgumentException);
}
