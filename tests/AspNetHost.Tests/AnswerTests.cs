using System.Net;
using System.Text.Json;

namespace AspNetHost.Tests;

/// <summary>What the sample answers to each kind of request.</summary>
internal sealed class AnswerTests
{
    [Test]
    public async Task A_module_is_run_with_what_the_request_gives_it()
    {
        await using RunnerClient client = await RunnerClient.StartAsync(2);

        RunResult echo = await RunnerClient.ReadAsync(await client.RunAsync(Uploads.Echo(), "as is"));
        RunResult count = await RunnerClient.ReadAsync(await client.PostAsync(Uploads.Count, "?arg=one&arg=two"));

        Assert.That((echo.Outcome, echo.ExitCode, echo.Stdout), Is.EqualTo(("exited", 0, "as is")));
        Assert.That((count.Outcome, count.ExitCode), Is.EqualTo(("failed", 3)));
    }

    [Test]
    public async Task What_takes_too_much_is_ended()
    {
        await using RunnerClient client = await RunnerClient.StartAsync(2, "--Marcotte:Limits:WallClock=00:00:00.3", "--Marcotte:Limits:MemoryBytes=4194304", "--Runner:OutputBytes=4");

        RunResult spin = await RunnerClient.ReadAsync(await client.PostAsync(Uploads.Spin), HttpStatusCode.GatewayTimeout);
        RunResult hog = await RunnerClient.ReadAsync(await client.PostAsync(Uploads.Hog), HttpStatusCode.UnprocessableEntity);
        RunResult trap = await RunnerClient.ReadAsync(await client.PostAsync(Uploads.Trap));
        RunResult echo = await RunnerClient.ReadAsync(await client.RunAsync(Uploads.Echo(), "too much"));

        Assert.That((spin.Outcome, hog.Outcome, trap.Outcome), Is.EqualTo(("timed_out", "out_of_memory", "trapped")));
        Assert.That((hog.MemoryBytes, echo.Stdout, echo.DroppedBytes), Is.EqualTo((4_194_304, "too ", 4)));
        Assert.That(client.Engine.ActiveBoxes, Is.Zero);
    }

    [Test]
    public async Task What_cannot_be_run_is_refused_with_the_reason()
    {
        await using RunnerClient client = await RunnerClient.StartAsync(2, "--Runner:UploadBytes=10000");

        HttpResponseMessage stranger = await client.PostAsync(Uploads.Stranger);
        HttpResponseMessage garbage = await client.PostAsync("garbage"u8.ToArray());
        HttpResponseMessage large = await client.PostAsync(new byte[20_000]);
        HttpResponseMessage largeForm = await client.RunAsync(new byte[20_000], string.Empty);
        HttpResponseMessage nul = await client.PostAsync(Uploads.Count, "?arg=a%00b");

        Assert.That((await Problem(stranger)).GetProperty("missing")[0].GetString(), Is.EqualTo("nobody.knows"));
        Assert.That((await Problem(garbage)).GetProperty("detail").GetString(), Does.Contain("neither"));
        Assert.That(new[] { stranger, garbage, large, largeForm, nul }.Select(response => (int)response.StatusCode), Is.EqualTo(new[] { 422, 422, 413, 413, 400 }));
    }

    [Test]
    public async Task A_host_that_is_full_says_so_and_a_client_that_leaves_ends_its_box()
    {
        await using RunnerClient client = await RunnerClient.StartAsync(4, "--Runner:Concurrency=1", "--Runner:Queue=0", "--Marcotte:Limits:WallClock=00:01:00");
        using CancellationTokenSource leaving = new();
        Task<HttpResponseMessage> spinning = client.PostAsync(Uploads.Spin, cancellationToken: leaving.Token);
        await Until(() => client.Engine.ActiveBoxes == 1);

        HttpResponseMessage refused = await client.PostAsync(Uploads.Echo());
        await leaving.CancelAsync();
        Assert.That(async () => await spinning, Throws.InstanceOf<OperationCanceledException>());
        await Until(() => client.Engine.ActiveBoxes == 0);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_request_that_takes_too_long_as_a_whole_is_ended()
    {
        await using RunnerClient client = await RunnerClient.StartAsync(1, "--Runner:RequestTimeout=00:00:00.5", "--Marcotte:Limits:WallClock=00:01:00");

        Assert.That((await client.PostAsync(Uploads.Spin)).StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        await Until(() => client.Engine.ActiveBoxes == 0);
    }

    [Test]
    public async Task A_host_that_stops_ends_its_boxes()
    {
        await using RunnerClient client = await RunnerClient.StartAsync(1, "--Marcotte:Limits:WallClock=00:01:00");
        Task<HttpResponseMessage> spinning = client.PostAsync(Uploads.Spin);
        await Until(() => client.Engine.ActiveBoxes == 1);

        await client.App.StopAsync();

        Assert.That((await spinning).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(client.Engine.ActiveBoxes, Is.Zero);
    }

    [Test]
    public async Task Health_is_told()
    {
        await using RunnerClient client = await RunnerClient.StartAsync(1);

        Assert.That(await (await client.GetAsync("/health")).Content.ReadAsStringAsync(), Is.EqualTo("Healthy"));
    }

    private static async Task<JsonElement> Problem(HttpResponseMessage response)
    {
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task Until(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
