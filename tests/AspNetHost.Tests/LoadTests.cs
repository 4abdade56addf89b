using System.Diagnostics;
using System.Net;

namespace AspNetHost.Tests;

/// <summary>The sample under load over real sockets, while one request in ten brings a module that spins, traps, eats memory or is none.</summary>
internal sealed class LoadTests
{
    private const int Connections = 12;

    // Few spin, for as long as a machine with other work may starve an honest run of a millisecond.
    private const int Requests = 2400;

    // More than the sample keeps, so that modules are pushed out and compiled again all the time.
    private const int Variants = 48;

    private static readonly byte[][] Echoes = [.. Enumerable.Range(0, Variants).Select(Uploads.Echo)];

    [Test]
    [CancelAfter(180_000)]
    public async Task No_request_is_lost_and_nothing_grows(CancellationToken cancellationToken)
    {
        await using RunnerClient client = await RunnerClient.StartAsync(
            Connections,
            "--Runner:Concurrency=8",
            "--Runner:Queue=64",
            "--Runner:RequestTimeout=00:00:50",
            "--Marcotte:Limits:WallClock=00:00:02",
            "--Marcotte:Limits:MemoryBytes=8388608");
        TimeSpan first = await Drive(client, 0, Requests / 3, cancellationToken);
        Footprint before = await Footprint.TakeAsync(client);

        TimeSpan rest = await Drive(client, Requests / 3, Requests, cancellationToken);
        Footprint after = await Footprint.TakeAsync(client);

        TestContext.Out.WriteLine($"{Requests / (first + rest).TotalSeconds:0} requests/s, {Connections} connections; before {before}; after {after}");
        Assert.That(after.Boxes, Is.Zero);
        Assert.That(after.ManagedBytes - before.ManagedBytes, Is.LessThan(4L << 20), "managed memory");
        Assert.That(after.PrivateBytes - before.PrivateBytes, Is.LessThan(24L << 20), "private memory");
        Assert.That(after.Threads - before.Threads, Is.LessThan(10), "threads");
        Assert.That(after.Handles - before.Handles, Is.LessThan(10), "handles");
    }

    private static async Task<TimeSpan> Drive(RunnerClient client, int from, int to, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(from, to - from),
            new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken },
            async (number, _) => await Request(client, number));
        return Stopwatch.GetElapsedTime(began);
    }

    private static Task Request(RunnerClient client, int number) => number % 10 != 9 ? Good(client, number) : (number / 10 % 8) switch
    {
        0 => Bad(client, Uploads.Spin, HttpStatusCode.GatewayTimeout, "timed_out"),
        1 => Refused(client),
        2 or 4 or 6 => Bad(client, Uploads.Trap, HttpStatusCode.OK, "trapped"),
        _ => Bad(client, Uploads.Hog, HttpStatusCode.UnprocessableEntity, "out_of_memory"),
    };

    private static async Task Good(RunnerClient client, int number)
    {
        string text = $"request {number} " + new string('x', number % 5000);
        using HttpResponseMessage response = await client.RunAsync(Echoes[number * 7 % Variants], text);
        RunResult result = await RunnerClient.ReadAsync(response);
        Assert.That((result.Outcome, result.Stdout), Is.EqualTo(("exited", text)));
    }

    private static async Task Bad(RunnerClient client, byte[] module, HttpStatusCode status, string outcome)
    {
        using HttpResponseMessage response = await client.PostAsync(module);
        Assert.That((await RunnerClient.ReadAsync(response, status)).Outcome, Is.EqualTo(outcome));
    }

    private static async Task Refused(RunnerClient client)
    {
        using HttpResponseMessage response = await client.PostAsync(Uploads.Stranger);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    /// <summary>What the process holds once it rests.</summary>
    private sealed record Footprint(int Boxes, long ManagedBytes, long PrivateBytes, int Threads, int Handles)
    {
        public override string ToString() => $"{ManagedBytes >> 10} KiB managed, {PrivateBytes >> 20} MiB private, {Threads} threads, {Handles} handles";

        internal static async Task<Footprint> TakeAsync(RunnerClient client)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
            while (client.Engine.ActiveBoxes > 0)
            {
                await Task.Delay(5, patience.Token);
            }

            for (int i = 0; i < 3; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            using Process process = Process.GetCurrentProcess();
            return new Footprint(client.Engine.ActiveBoxes, GC.GetTotalMemory(forceFullCollection: true), PrivateOf(process), process.Threads.Count, HandlesOf(process));
        }

        // Linux counts a pool's reserved addresses as private; what is in use is what grows.
        private static long PrivateOf(Process process) => OperatingSystem.IsLinux()
            ? 1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture)
            : process.PrivateMemorySize64;

        private static int HandlesOf(Process process) => OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount;
    }
}
