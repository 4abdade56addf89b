using Microsoft.Extensions.Logging;

namespace Marcotte.Tests;

internal sealed class LoggingTests
{
    private static (RecordingLog Log, BoxBuilder Builder) Recorded(LogLevel level = LogLevel.Trace)
    {
        RecordingLog log = new(level);
        return (log, SharedEngine.Builder().WithName("guest").WithLogger(log));
    }

    private static IEnumerable<TestCaseData> Endings()
    {
        yield return new TestCaseData(Wat.Empty, 11, LogLevel.Debug).SetArgDisplayNames("exits");
        yield return new TestCaseData(Wat.Program("unreachable"), 12, LogLevel.Warning).SetArgDisplayNames("traps");
        yield return new TestCaseData(Wat.Spin, 14, LogLevel.Warning).SetArgDisplayNames("takes too long");
        yield return new TestCaseData(Wat.MemoryHog, 16, LogLevel.Warning).SetArgDisplayNames("eats memory");
    }

    [TestCaseSource(nameof(Endings))]
    public void An_ending_has_its_event(GuestModule module, int id, LogLevel level)
    {
        (RecordingLog log, BoxBuilder builder) = Recorded();
        using BoxTemplate template = builder.WithLimits(limits => limits with { MemoryBytes = 1 << 20, WallClock = TimeSpan.FromMilliseconds(300) }).Build(module);

        template.Run();

        Assert.That(log.Entries.Select(entry => (entry.Id.Id, entry.Level)), Is.EqualTo(new[] { (1, LogLevel.Information), (10, LogLevel.Debug), (id, level) }));
        Assert.That(log.Entries.Select(entry => entry.Category), Is.All.EqualTo("Marcotte.Box"));
    }

    [Test]
    public void Fuel_that_is_over_has_its_event()
    {
        RecordingLog log = new(LogLevel.Warning);
        using BoxTemplate template = new BoxBuilder().WithEngine(SharedEngine.Metered).WithLogger(log).WithLimits(limits => limits with { Fuel = 1000 }).Build(Wat.Spin);

        template.Run();

        Assert.That(log.Entries.Single().Id.Name, Is.EqualTo("BoxOutOfFuel"));
    }

    [Test]
    public async Task A_kill_has_its_event()
    {
        (RecordingLog log, BoxBuilder builder) = Recorded();
        using BoxTemplate template = builder.Build(Wat.Spin);

        await template.RunAsync(cancellationToken: new CancellationToken(canceled: true));

        Assert.That(log.Entries[^1].Id.Name, Is.EqualTo("BoxKilled"));
    }

    [Test]
    public void A_bug_of_the_host_s_in_a_call_is_an_error_with_its_exception()
    {
        (RecordingLog log, BoxBuilder builder) = Recorded(LogLevel.Error);
        using BoxTemplate template = builder.UseWasi().WithOutput(StandardOutput.To(static _ => throw new FormatException("a bug"))).Build(Wat.Module(
            """
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 0) "\10\00\00\00\01\00\00\00")
            (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
            """));

        template.Run();

        RecordingLog.Entry entry = log.Entries.Single();
        Assert.That((entry.Id.Name, entry.Level), Is.EqualTo(("HostCallFailed", LogLevel.Error)));
        Assert.That(entry.Exception, Is.TypeOf<FormatException>());
    }

    [Test]
    public void Refusals_have_their_events()
    {
        (RecordingLog log, BoxBuilder builder) = Recorded();

        Assert.That(() => builder.Build(Wat.Module("""(import "a\nb" "knows" (func))""")), Throws.TypeOf<SurfaceException>());
        Assert.That(() => builder.Build(GuestModule.FromText("bad", "(module (func")), Throws.TypeOf<InvalidModuleException>());

        Assert.That(log.Entries.Select(entry => entry.Id.Name), Is.EqualTo(new[] { "SurfaceRefused", "ModuleRefused" }));
        Assert.That(log.Entries[0].Text, Does.Contain("knows").And.Not.Contain("\n"));
    }

    [Test]
    public void Names_that_a_guest_gives_cannot_forge_a_line_or_fill_the_log()
    {
        (RecordingLog log, BoxBuilder builder) = Recorded(LogLevel.Warning);
        string name = "evil\\n\\1b[31mforged" + new string('x', 2_000);
        using BoxTemplate template = builder.Build(Wat.Module($"""(func $"{name}" unreachable) (func (export "_start") (call $"{name}"))"""));

        template.Run();

        string text = log.Entries.Single().Text;
        Assert.That(text, Does.Contain("forged").And.Length.LessThan(700));
        Assert.That(text.Any(char.IsControl), Is.False);
    }

    [Test]
    public void A_box_that_finds_no_room_is_an_error()
    {
        using BoxEngine engine = new(new BoxEngineOptions { MaxBoxes = 1 });
        RecordingLog log = new(LogLevel.Error);
        using BoxTemplate template = new BoxBuilder().WithEngine(engine).WithLogger(log).Build(Wat.Reactor);
        using Box one = template.Create();
        using Box other = template.Create();
        one.Call("run");

        Assert.That(() => other.Call("run"), Throws.InvalidOperationException);
        Assert.That(log.Entries.Single().Id.Name, Is.EqualTo("BoxNotStarted"));
    }

    private sealed class RecordingLog(LogLevel level) : ILoggerFactory
    {
        internal sealed record Entry(string Category, LogLevel Level, EventId Id, string Text, Exception? Exception);

        internal List<Entry> Entries { get; } = [];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Category(RecordingLog log, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Level;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log.Entries.Add(new Entry(name, logLevel, eventId, formatter(state, exception), exception));
        }

        private LogLevel Level => level;
    }
}
