using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Tests;

internal sealed class OutcomeTests
{
    [Test]
    public void A_main_function_that_returns_is_exit_code_0()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Empty);

        Outcome outcome = template.Run().Outcome;

        Assert.That(outcome, Is.TypeOf<Exited>());
        Assert.That(outcome.ExitCode, Is.Zero);
        Assert.That(outcome.EnsureSuccess(), Is.SameAs(outcome));
        Assert.That(outcome.Usage.MemoryBytes, Is.EqualTo(65_536));
    }

    [Test]
    public void A_trap_tells_its_kind_and_where_it_was()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Module(
            """(func $inner unreachable) (func $outer (export "_start") (call $inner))"""));

        Trapped trapped = (Trapped)template.Run().Outcome;

        Assert.That(trapped.ExitCode, Is.EqualTo(134));
        Assert.That(trapped.Cause, Is.Null);
        Assert.That(trapped.Trap.Kind, Is.EqualTo(GuestTrapKind.Unreachable));
        Assert.That(trapped.Trap.Frames.Select(frame => frame.Function), Is.EqualTo(new[] { "inner", "outer" }));
        Assert.That(trapped.Trap.ToString(), Does.Contain("guest!inner"));
        Assert.That(trapped.EnsureSuccess, Throws.TypeOf<BoxFailedException>().With.Message.Contains("unreachable"));
    }

    [TestCase("(drop (i32.div_u (i32.const 1) (i32.const 0)))", GuestTrapKind.IntegerDivisionByZero)]
    [TestCase("(drop (i32.load (i32.const 65536)))", GuestTrapKind.MemoryOutOfBounds)]
    [TestCase("(drop (i32.trunc_f32_s (f32.const nan)))", GuestTrapKind.BadConversionToInteger)]
    [TestCase("(call $main)", GuestTrapKind.StackOverflow)]
    public void Each_trap_has_its_kind(string body, GuestTrapKind kind)
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Program(body));

        Assert.That(template.Run().Outcome, Is.TypeOf<Trapped>().With.Property("Trap").Property("Kind").EqualTo(kind));
    }

    [Test]
    public void A_trap_in_the_start_function_is_a_trap_of_the_box()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Module(
            """(func $boot unreachable) (start $boot) (func (export "_start"))"""));

        Assert.That(template.Run().Outcome, Is.TypeOf<Trapped>());
    }

    [Test]
    [Category("limit: Fuel")]
    public void Fuel_runs_out()
    {
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Metered)
            .WithLimits(limits => limits with { Fuel = 10_000 })
            .Build(Wat.Spin);

        OutOfFuel outcome = (OutOfFuel)template.Run().Outcome;

        Assert.That(outcome.Usage.Fuel, Is.EqualTo(10_000));
        Assert.That(outcome.ExitCode, Is.EqualTo(137));
    }

    [Test]
    public void Fuel_that_was_used_is_told()
    {
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Metered)
            .WithLimits(limits => limits with { Fuel = 10_000 })
            .Build(Wat.Empty);

        Assert.That(template.Run().Outcome.Usage.Fuel, Is.InRange(1, 10));
    }

    [Test]
    [Category("limit: MemoryBytes")]
    public void Memory_beyond_the_limit_is_not_given_and_giving_up_then_is_out_of_memory()
    {
        using BoxTemplate template = SharedEngine.Builder()
            .WithLimits(limits => limits with { MemoryBytes = 4 << 20 })
            .Build(Wat.MemoryHog);

        OutOfMemory outcome = (OutOfMemory)template.Run().Outcome;

        Assert.That(outcome.Usage.MemoryBytes, Is.EqualTo(4 << 20));
        Assert.That(outcome.Trap!.Kind, Is.EqualTo(GuestTrapKind.Unreachable));
    }

    [Test]
    public void A_module_that_starts_with_more_memory_than_the_limit_is_out_of_memory()
    {
        using BoxTemplate template = SharedEngine.Builder()
            .WithLimits(limits => limits with { MemoryBytes = 1 << 20 })
            .Build(Wat.Module("""(memory (export "memory") 100) (func (export "_start"))"""));

        Assert.That(template.Run().Outcome, Is.TypeOf<OutOfMemory>().With.Property("Trap").Null);
    }

    [Test]
    [Category("limit: TableElements")]
    public void A_table_grows_to_its_limit_only()
    {
        using BoxTemplate template = SharedEngine.Builder()
            .WithLimits(limits => limits with { TableElements = 100 })
            .Build(Wat.Module(
                """(table $t 10 funcref) (func (export "grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0)))"""));
        using Box box = template.Create();

        Assert.That(box.Call("grow", 90)[0], Is.EqualTo(10));
        Assert.That(box.Call("grow", 1)[0], Is.EqualTo(-1));
    }

    [Test]
    [Category("limit: WallClock")]
    public void Time_runs_out()
    {
        using BoxTemplate template = SharedEngine.Builder()
            .WithLimits(limits => limits with { WallClock = TimeSpan.FromMilliseconds(30) })
            .Build(Wat.Spin);

        Outcome outcome = template.Run().Outcome;

        Assert.That(outcome, Is.TypeOf<TimedOut>());
        Assert.That(outcome.ExitCode, Is.EqualTo(124));
    }

    [Test]
    public async Task A_guest_that_computes_ends_soon_after_it_is_cancelled()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Spin);
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            using CancellationTokenSource cancellation = new();
            Task<BoxResult> run = template.RunAsync(cancellationToken: cancellation.Token);
            await Task.Delay(20);
            long began = System.Diagnostics.Stopwatch.GetTimestamp();
            await cancellation.CancelAsync();

            BoxResult result = await run.WaitAsync(TimeSpan.FromSeconds(20));

            TimeSpan elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            fastest = elapsed < fastest ? elapsed : fastest;
            Assert.That(result.Outcome, Is.TypeOf<Killed>());
            Assert.That(result.Outcome.ExitCode, Is.EqualTo(137));
        }

        Assert.That(fastest, Is.LessThan(TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public async Task A_token_that_is_cancelled_already_lets_nothing_run()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Spin);

        BoxResult result = await template.RunAsync(cancellationToken: new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(result.Outcome, Is.TypeOf<Killed>());
    }

    [Test]
    public void A_limit_below_one_is_refused_by_name()
    {
        BoxBuilder builder = SharedEngine.Builder().WithLimits(limits => limits with { Descriptors = -1 });

        Assert.That(
            () => builder.Build(Wat.Empty),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Limits.Descriptors is -1"));
    }
}
