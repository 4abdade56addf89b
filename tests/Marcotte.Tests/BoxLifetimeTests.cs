namespace Marcotte.Tests;

internal sealed class BoxLifetimeTests
{
    [Test]
    public async Task Disposing_a_box_ends_its_guest()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Spin);
        Box box = template.Create();
        Task<Outcome> run = box.RunAsync();
        await Task.Delay(20);

        await box.DisposeAsync();

        Assert.That(await run.WaitAsync(TimeSpan.FromSeconds(20)), Is.TypeOf<Killed>());
    }

    [Test]
    public void A_box_that_was_killed_before_it_ran_does_not_run()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Spin);
        using Box box = template.Create();
        box.Kill();

        Assert.That(box.Run(), Is.TypeOf<Killed>());
    }

    [Test]
    public void A_box_runs_once()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Empty);
        using Box box = template.Create();
        box.Run();

        Assert.That(box.Run, Throws.InvalidOperationException.With.Message.Contains("has run already"));
    }

    [Test]
    public async Task Two_threads_cannot_run_one_box()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Module(
            """(func (export "spin") (loop (br 0)))"""));
        Box box = template.Create();
        Task[] calls = [Task.Run(() => box.Call("spin")), Task.Run(() => box.Call("spin"))];

        Task refused = await Task.WhenAny(calls);
        await box.DisposeAsync();

        Assert.That(async () => await refused, Throws.InvalidOperationException.With.Message.Contains("running already"));
        Assert.That(async () => await Task.WhenAll(calls.Except([refused])), Throws.TypeOf<BoxFailedException>());
    }

    [Test]
    public void A_disposed_box_says_so()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Empty);
        Box box = template.Create();
        box.Dispose();
        box.Dispose();

        Assert.That(box.Run, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    [Category("security: use after free")]
    public void A_box_outlives_its_template()
    {
        BoxTemplate template = SharedEngine.Builder().Build(Wat.Module(
            """(func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))"""));
        using Box box = template.Create();
        template.Dispose();

        Assert.That(box.Call("add", 2, 3)[0], Is.EqualTo(5));
        Assert.That(() => template.Create(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    [Category("security: use after free")]
    public async Task A_box_can_be_ended_when_its_template_and_engine_are_gone()
    {
        BoxEngine engine = new(new BoxEngineOptions { MaxBoxes = 4 });
        BoxTemplate template = new BoxBuilder().WithEngine(engine).Build(Wat.Spin);
        Box box = template.Create();
        Task<Outcome> run = box.RunAsync();
        engine.Dispose();
        template.Dispose();
        engine.Dispose();
        await Task.Delay(20);

        await box.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(await run.WaitAsync(TimeSpan.FromSeconds(20)), Is.TypeOf<Killed>());
        Assert.That(() => new BoxBuilder().WithEngine(engine).Build(Wat.Empty), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void One_template_runs_many_boxes_at_once()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Empty);
        int succeeded = 0;

        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
        {
            if (template.Run().Outcome.IsSuccess)
            {
                Interlocked.Increment(ref succeeded);
            }
        });

        Assert.That(succeeded, Is.EqualTo(500));
    }

    [Test]
    public void A_box_on_a_thread_with_too_little_stack_runs_on_one_that_has_enough()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Program("(call $main)"));
        Outcome? outcome = null;
        Thread small = new(() => outcome = template.Run().Outcome, 256 * 1024);
        small.Start();
        small.Join();

        Assert.That(outcome, Is.TypeOf<Trapped>());
    }

    [Test]
    public void A_deep_stack_can_be_asked_for()
    {
        using BoxTemplate shallow = SharedEngine.Builder().Build(Recursion());
        using BoxTemplate deep = new BoxBuilder()
            .WithLimits(limits => limits with { StackBytes = 16 << 20 })
            .Build(Recursion());
        using Box shallowBox = shallow.Create();
        using Box deepBox = deep.Create();

        Assert.That(() => shallowBox.Call("down", 100_000), Throws.TypeOf<BoxFailedException>());
        Assert.That(deepBox.Call("down", 100_000)[0], Is.Zero);

        static GuestModule Recursion() => Wat.Module(
            """
            (func $down (export "down") (param i32) (result i32)
              (if (result i32) (i32.eqz (local.get 0))
                (then (i32.const 0))
                (else (call $down (i32.sub (local.get 0) (i32.const 1))))))
            """);
    }
}
