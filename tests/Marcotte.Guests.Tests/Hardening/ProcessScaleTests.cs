using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;

namespace Marcotte.Guests.Tests;

/// <summary>Many processes at once, and many one after another: what they took of the host is given back.</summary>
/// <remarks>Ten thousand at once are a run of the benchmarks, which tells what they take.</remarks>
[NonParallelizable]
[Platform("Linux")]
internal sealed class ProcessScaleTests
{
    private const int Slack = 32 << 20;

    [Test]
    public void Ten_thousand_processes_in_sequence_leave_nothing_behind()
    {
        using BoxEngine engine = ProcessGuest.NewEngine();
        using ProcessGuest guest = new(engine, "exec_again");
        Become(guest, 1000);
        HostFootprint before = HostFootprint.Take();
        long began = Stopwatch.GetTimestamp();

        Become(guest, 10_000);

        TimeSpan took = Stopwatch.GetElapsedTime(began);
        HostFootprint after = HostFootprint.Take();
        TestContext.Out.WriteLine($"{took.TotalMicroseconds / 10_000:F0} us each\n{before}\n{after}");
        Assert.That(after.Managed, Is.LessThanOrEqualTo(before.Managed + (1 << 20)));
        Assert.That(after.Resident, Is.LessThanOrEqualTo(before.Resident + Slack));
        Assert.That(after.Threads, Is.LessThanOrEqualTo(before.Threads + 4));
        Assert.That(after.Files, Is.LessThanOrEqualTo(before.Files + 4));
        Assert.That(after.Mappings, Is.LessThanOrEqualTo(before.Mappings + 50));
        Assert.That(engine.ActiveBoxes, Is.Zero);
    }

    /// <summary>Each has a thread of the host, which goes some seconds after it.</summary>
    [Test]
    public async Task A_thousand_processes_that_read_take_little_and_are_woken()
    {
        const int Readers = 1000;
        using BoxEngine engine = ProcessGuest.NewEngine(Readers + 100);
        using ProcessGuest guest = new(engine, "readers", limits => limits with { Processes = Readers + 8, Threads = Readers + 8 });
        await Read(guest, 4);
        HostFootprint before = HostFootprint.Take();

        HostFootprint during = await Read(guest, Readers);

        TestContext.Out.WriteLine($"{before}\n{during}");
        Assert.That(during.Resident - before.Resident, Is.LessThan(Readers * 200L * 1024));
        Assert.That(during.Mappings - before.Mappings, Is.LessThan(Readers * 9));
        Assert.That(() => HostFootprint.Take().Threads, Is.LessThanOrEqualTo(before.Threads + 8).After(20_000, 500));
        Assert.That(HostFootprint.Take().Mappings, Is.LessThan(before.Mappings + (Readers * 5)), "memories stay in the pool; nothing of the threads does");
    }

    private static void Become(ProcessGuest guest, int rounds) => Assert.That(
        guest.Output(rounds.ToString(CultureInfo.InvariantCulture)),
        Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"{rounds} of {rounds}, descriptors as before: 1\n")));

    private static async Task<HostFootprint> Read(ProcessGuest guest, int readers)
    {
        Pipe input = new();
        using Box box = guest.Create(StandardInput.From(input.Reader), readers.ToString(CultureInfo.InvariantCulture));
        Task<Outcome> run = box.RunAsync();
        ProcessGuest.Await(box, "ready\n", run);
        HostFootprint during = HostFootprint.Take();
        await input.Writer.CompleteAsync();
        Assert.That(await run, Is.TypeOf<Exited>());
        Assert.That(box.Output!.ToString(), Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"ready\n{readers} woken\n")));
        return during;
    }
}
