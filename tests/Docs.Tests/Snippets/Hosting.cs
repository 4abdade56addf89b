using Marcotte;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Docs.Tests.Snippets;

internal sealed class Hosting
{
    [Test]
    public async Task Registration()
    {
        ServiceCollection services = new();
        services.AddLogging();
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Marcotte:Limits:WallClock", "00:00:05")])
            .Build();
        GuestModule python = GuestModule.FromText("python", """(module (func (export "_start")))""");

        #region registration
        services.AddMarcotte(configuration.GetSection("Marcotte"))
            .AddTemplate("python", python, box => box
                .UseVfs(files => files.MountMemory("/tmp"))
                .UseWasi(wasi => wasi.Preopen("/tmp")));
        services.AddHealthChecks().AddMarcotte();
        #endregion

        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IBoxFactory>().GetTemplate("python").Run().Outcome.IsSuccess, Is.True);
    }

    [Test]
    public void Telemetry()
    {
        ServiceCollection services = new();

        #region telemetry
        services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(MarcotteTelemetry.MeterName))
            .WithTracing(traces => traces.AddSource(MarcotteTelemetry.ActivitySourceName));
        #endregion

        Assert.That(services, Is.Not.Empty);
    }
}
