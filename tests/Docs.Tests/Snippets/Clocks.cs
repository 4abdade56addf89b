using Marcotte;
using Marcotte.Clock;

namespace Docs.Tests.Snippets;

internal sealed class Clocks
{
    /// <summary>Sleeps an hour, then ends.</summary>
    private const string Sleep = """
        (module
          (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "_start")
            (i32.store (i32.const 16) (i32.const 1))
            (i64.store (i32.const 24) (i64.const 3600000000000))
            (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))
        """;

    [Test]
    public void Choices()
    {
        #region choices
        BoxBuilder host = new BoxBuilder().UseClock();
        BoxBuilder fixedDate = new BoxBuilder().UseClock(clock => clock.Fixed(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        BoxBuilder tenTimes = new BoxBuilder().UseClock(clock => clock.Scaled(10));
        #endregion

        foreach (BoxBuilder builder in new[] { fixedDate })
        {
            using BoxTemplate template = builder.UseWasi().Build(GuestModule.FromText("sleep", Sleep));
            Assert.That(template.Run().Outcome.IsSuccess, Is.True);
        }

        Assert.That(host, Is.Not.SameAs(tenTimes));
    }

    [Test]
    public async Task Stepped()
    {
        GuestModule module = GuestModule.FromText("sleep", Sleep);

        #region stepped
        SteppedTimeProvider time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using BoxTemplate template = new BoxBuilder()
            .UseClock(clock => clock.Stepped(time))
            .UseWasi()
            .Build(module);

        Task<BoxResult> run = template.RunAsync();
        while (!run.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(1);
        }
        #endregion

        Assert.That((await run).Outcome.IsSuccess, Is.True);
    }
}
