using Marcotte;

namespace Docs.Tests.Snippets;

internal sealed class Boxes
{
    private const string Hello = """
        (module
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
          (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))))
        """;

    private const string Spin = """(module (func (export "_start") (loop (br 0))))""";

    [Test]
    public async Task Template()
    {
        GuestModule module = GuestModule.FromText("hello", Hello);

        #region template
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountMemory("/tmp"))
            .UseWasi()
            .WithLimits(limits => limits with { MemoryBytes = 64 << 20, WallClock = TimeSpan.FromSeconds(5) })
            .Build(module);

        BoxResult one = template.Run();
        BoxResult[] many = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => template.RunAsync()));
        #endregion

        Assert.That(one.Output?.ToString(), Is.EqualTo("hello\n"));
        Assert.That(many, Has.All.Matches<BoxResult>(result => result?.Outcome.IsSuccess == true));
    }

    [Test]
    public void Outcomes()
    {
        GuestModule module = GuestModule.FromText("spin", Spin);
        using BoxTemplate template = new BoxBuilder()
            .WithLimits(limits => limits with { WallClock = TimeSpan.FromMilliseconds(20) })
            .Build(module);

        #region outcomes
        Outcome outcome = template.Run().Outcome;
        string told = outcome switch
        {
            Exited { Code: 0 } => "done",
            Exited exited => $"failed with {exited.Code}",
            Trapped trapped => $"crashed: {trapped.Trap.Kind}",
            TimedOut => "took too long",
            OutOfFuel => "computed too much",
            OutOfMemory => "wanted too much memory",
            _ => "was ended",
        };
        #endregion

        Assert.That(told, Is.EqualTo("took too long"));
    }

    [Test]
    public void Streams()
    {
        using BoxTemplate template = new BoxBuilder().UseWasi().Build(GuestModule.FromText("hello", Hello));
        using MemoryStream log = new();

        #region streams
        Outcome outcome = template.Run(new BoxStart
        {
            Input = StandardInput.From("read by the program"),
            Output = StandardOutput.To(log),
            Error = StandardOutput.Discard,
        }).Outcome;
        #endregion

        Assert.That(outcome.IsSuccess, Is.True);
        Assert.That(log.ToArray(), Is.EqualTo("hello\n"u8.ToArray()));
    }

    [Test]
    public async Task Cancel()
    {
        using BoxTemplate template = new BoxBuilder().Build(GuestModule.FromText("spin", Spin));

        #region cancel
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(50));
        BoxResult result = await template.RunAsync(cancellationToken: cancellation.Token);
        #endregion

        Assert.That(result.Outcome, Is.InstanceOf<Killed>());
    }

    [Test]
    public void Reactor()
    {
        GuestModule module = GuestModule.FromText("add", """(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))""");

        #region reactor
        using BoxTemplate template = new BoxBuilder().Build(module);
        using Box box = template.Create();
        IReadOnlyList<object> sum = box.Call("add", 2, 3);
        #endregion

        Assert.That(sum[0], Is.EqualTo(5));
    }

    [Test]
    public void Inspect()
    {
        GuestModule module = GuestModule.FromText("hello", Hello);

        #region inspect
        ModuleReport report = new BoxBuilder().UseWasi().Inspect(module);
        foreach (ImportBacking import in report.Imports)
        {
            Console.WriteLine($"{import.Import.ModuleName}.{import.Import.Name}");
        }
        #endregion

        Assert.That(report.Imports, Has.Count.EqualTo(1));
    }
}
