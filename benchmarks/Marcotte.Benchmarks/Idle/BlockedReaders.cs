using System.Diagnostics;
using System.Globalization;
using Marcotte.Benchmarks.Programs;
using Marcotte.Clock;
using Marcotte.Env;
using Marcotte.Processes;
using Marcotte.Vfs;
using Marcotte.Wasi;
using Marcotte.Wasix;
using Pipelines = System.IO.Pipelines;

namespace Marcotte.Benchmarks.Idle;

/// <summary>Measures what processes take of their host that wait in <c>read</c>, each a double of its box's first; then all are woken and end.</summary>
internal static class BlockedReaders
{
    /// <summary>The argument by which this program does it, followed by how many boxes and how many processes in each.</summary>
    public const string Command = "--blocked-readers";

    /// <summary>Threads of the host wait so long for another guest.</summary>
    private static readonly TimeSpan ThreadsLeave = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Measures and prints.</summary>
    /// <param name="boxes">How many boxes.</param>
    /// <param name="readers">How many processes wait in each, beside its first one.</param>
    /// <returns>The exit code.</returns>
    public static int Run(int boxes, int readers)
    {
        if (Repository.Find(Path.Combine("artifacts", "guests", "sdk", "readers.wasm")) is not { } program)
        {
            Console.Error.WriteLine("The guest that waits is not built; run tests/guests/build.sh.");
            return 2;
        }

        int all = boxes * (readers + 1);
        using BoxEngine engine = new(new BoxEngineOptions { MaxBoxes = Math.Min(16_000, all + 64), ShareData = false });
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(engine)
            .WithLimits(limits => limits with { Processes = readers + 8, Threads = readers + 8, WallClock = Patience })
            .UseVfs()
            .UseClock()
            .UseEnv(environment => environment.ProgramName("readers"))
            .UseProcesses()
            .UseWasi()
            .UseWasix()
            .Build(GuestModule.FromFile(program));
        Wait(template, 1, 4);
        return Wait(template, boxes, readers) ? 0 : 1;
    }

    private static bool Wait(BoxTemplate template, int count, int readers)
    {
        HostFootprint before = HostFootprint.Take();
        long began = Stopwatch.GetTimestamp();
        List<Reading> boxes = [];
        for (int i = 0; i < count; i++)
        {
            Reading reading = Reading.Begin(template, readers);
            boxes.Add(reading);
            if (!reading.AwaitReady())
            {
                break;
            }
        }

        TimeSpan start = Stopwatch.GetElapsedTime(began);
        HostFootprint during = HostFootprint.Take();
        began = Stopwatch.GetTimestamp();
        boxes.ForEach(static box => box.EndInput());
        bool good = boxes.Select(static box => box.End()).ToList().TrueForAll(static good => good) && boxes.Count == count;
        TimeSpan end = Stopwatch.GetElapsedTime(began);
        HostFootprint after = HostFootprint.Take();
        int processes = count * (readers + 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{processes} processes in {count} boxes: there after {start.TotalSeconds:F1} s, gone after {end.TotalSeconds:F1} s{(good ? "" : ", BUT NOT ALL")}"));
        Console.WriteLine("each takes " + ((during - before) / processes));
        Thread.Sleep(ThreadsLeave);
        Console.WriteLine($"before {before}\nduring {during}\nafter  {after}\nlater  {HostFootprint.Take()}");
        return good;
    }

    /// <summary>A box whose processes wait.</summary>
    private sealed class Reading(Box box, Pipelines.Pipe input, int readers)
    {
        private readonly Task<Outcome> _run = box.RunAsync();

        internal static Reading Begin(BoxTemplate template, int readers)
        {
            Pipelines.Pipe input = new();
            Box box = template.Create(new BoxStart
            {
                Arguments = [readers.ToString(CultureInfo.InvariantCulture)],
                Input = StandardInput.From(input.Reader),
            });
            return new Reading(box, input, readers);
        }

        internal bool AwaitReady()
        {
            while (!box.Output!.ToString().Contains("ready\n", StringComparison.Ordinal))
            {
                if (_run.Wait(TimeSpan.FromMilliseconds(1)))
                {
                    Console.Error.WriteLine($"It ended: {_run.Result}\n{box.Output}{box.Error}");
                    return false;
                }
            }

            return true;
        }

        internal void EndInput() => input.Writer.Complete();

        internal bool End()
        {
            bool good = _run.Result is Exited { Code: 0 } && box.Output!.ToString() == $"ready\n{readers} woken\n";
            box.Dispose();
            return good;
        }
    }
}
