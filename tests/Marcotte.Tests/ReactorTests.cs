namespace Marcotte.Tests;

internal sealed class ReactorTests
{
    private const string Counter =
        """
        (global $count (mut i32) (i32.const 0))
        (func (export "_initialize") (global.set $count (i32.add (global.get $count) (i32.const 100))))
        (func (export "next") (result i32)
          (global.set $count (i32.add (global.get $count) (i32.const 1)))
          (global.get $count))
        (func (export "mix") (param i32 i64 f32 f64) (result f64 i32)
          (f64.add (f64.add (f64.convert_i64_s (local.get 1)) (f64.promote_f32 (local.get 2))) (local.get 3))
          (local.get 0))
        (func (export "fail") unreachable)
        """;

    private BoxTemplate _template = null!;

    [OneTimeSetUp]
    public void Build() => _template = SharedEngine.Builder().Build(Wat.Module(Counter));

    [OneTimeTearDown]
    public void Close() => _template.Dispose();

    [Test]
    public void It_is_initialized_once_and_keeps_its_state()
    {
        using Box box = _template.Create();

        Assert.That(box.Call("next")[0], Is.EqualTo(101));
        Assert.That(box.Call("next")[0], Is.EqualTo(102));
    }

    [Test]
    public void Two_boxes_share_nothing()
    {
        using Box one = _template.Create();
        using Box other = _template.Create();
        one.Call("next");

        Assert.That(other.Call("next")[0], Is.EqualTo(101));
    }

    [Test]
    public void All_kinds_of_numbers_cross()
    {
        using Box box = _template.Create();

        IReadOnlyList<object> results = box.Call("mix", 7, 5L, 0.5f, 0.25);

        Assert.That(results, Is.EqualTo(new object[] { 5.75, 7 }));
        Assert.That(results.Select(result => result.GetType()), Is.EqualTo(new[] { typeof(double), typeof(int) }));
    }

    [Test]
    public void Arguments_that_do_not_fit_are_refused()
    {
        using Box box = _template.Create();

        Assert.That(() => box.Call("mix", 1), Throws.ArgumentException.With.Message.Contains("takes 4 arguments, not 1"));
        Assert.That(() => box.Call("mix", "1", 5L, 0f, 0d), Throws.ArgumentException.With.Message.Contains("Argument 0 of 'mix' is Int32"));
    }

    [Test]
    public void A_function_that_is_not_there_is_named_with_those_that_are()
    {
        using Box box = _template.Create();

        Assert.That(() => box.Call("nxt"), Throws.TypeOf<MissingMethodException>().With.Message.Contains("'nxt'; it exports _initialize, next, mix, fail"));
    }

    [Test]
    public void A_trap_is_an_exception_with_the_outcome_and_the_box_can_be_called_again()
    {
        using Box box = _template.Create();

        BoxFailedException failure = Assert.Throws<BoxFailedException>(() => box.Call("fail"))!;

        Assert.That(failure.Outcome, Is.TypeOf<Trapped>());
        Assert.That(box.Call("next")[0], Is.EqualTo(101));
    }

    [Test]
    public void A_reactor_cannot_be_run()
    {
        using Box box = _template.Create();

        Assert.That(box.Run, Throws.InvalidOperationException.With.Message.Contains("reactor"));
    }
}
