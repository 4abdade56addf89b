using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AspNetHost.Tests;

/// <summary>The sample, listening on loopback within this process, and a client of it.</summary>
internal sealed class RunnerClient : IAsyncDisposable
{
    private readonly HttpClient _client;

    private RunnerClient(WebApplication app, int connections)
    {
        App = app;
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections })
        {
            BaseAddress = new Uri(app.Urls.Single()),
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    internal WebApplication App { get; }

    internal Marcotte.BoxEngine Engine => App.Services.GetRequiredService<Marcotte.BoxEngine>();

    internal static async Task<RunnerClient> StartAsync(int connections, params string[] settings)
    {
        WebApplication app = Runner.Build(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft.AspNetCore=None", "--Logging:LogLevel:Marcotte=None", .. settings]);
        await app.StartAsync();
        return new RunnerClient(app, connections);
    }

    /// <summary>Sends a module as a form, with something to read.</summary>
    internal Task<HttpResponseMessage> RunAsync(byte[] module, string stdin) => _client.PostAsync("/run", new MultipartFormDataContent
    {
        { new ByteArrayContent(module), "module", "module.wasm" },
        { new StringContent(stdin), "stdin" },
    });

    /// <summary>Sends a module as the body.</summary>
    internal Task<HttpResponseMessage> PostAsync(byte[] module, string query = "", CancellationToken cancellationToken = default) => _client.PostAsync(
        "/run" + query,
        new ByteArrayContent(module) { Headers = { ContentType = new MediaTypeHeaderValue("application/wasm") } },
        cancellationToken);

    internal Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    internal static async Task<RunResult> ReadAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        Assert.That(response.StatusCode, Is.EqualTo(expected), await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<RunResult>())!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await App.DisposeAsync();
    }
}
