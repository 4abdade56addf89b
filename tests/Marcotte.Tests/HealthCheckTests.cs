using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marcotte.Tests;

internal sealed class HealthCheckTests
{
    private static ServiceProvider Services(GuestModule module, string name = "marcotte")
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddMarcotte(options => options.Engine.MaxBoxes = 4).AddTemplate("t", module, _ => { });
        services.AddHealthChecks().AddMarcotte(name);
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> Check(ServiceProvider provider, string name = "marcotte") =>
        (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];

    [Test]
    public async Task Healthy_then_degraded_when_the_pool_is_nearly_full_and_healthy_again()
    {
        await using ServiceProvider provider = Services(Wat.Empty);
        HealthReportEntry before = await Check(provider);
        Box[] boxes = [.. Enumerable.Range(0, 4).Select(_ => provider.GetRequiredService<IBoxFactory>().Create("t"))];
        HealthReportEntry full = await Check(provider);
        Array.ForEach(boxes, box => box.Dispose());
        HealthReportEntry after = await Check(provider);

        Assert.That((before.Status, full.Status, after.Status), Is.EqualTo((HealthStatus.Healthy, HealthStatus.Degraded, HealthStatus.Healthy)));
        Assert.That((full.Data["boxes"], full.Data["capacity"], after.Data["boxes"]), Is.EqualTo((4, 4, 0)));
        Assert.That(full.Description, Does.Contain("MaxBoxes"));
    }

    [Test]
    public async Task Unhealthy_when_a_template_cannot_be_built()
    {
        await using ServiceProvider provider = Services(Wat.Module("""(import "nobody" "knows" (func))"""), "boxes");

        HealthReportEntry entry = await Check(provider, "boxes");

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(entry.Description, Does.Contain("'t'"));
        Assert.That(entry.Exception, Is.TypeOf<SurfaceException>());
    }

    [Test]
    public async Task Unhealthy_when_the_engine_is_disposed()
    {
        await using ServiceProvider provider = Services(Wat.Empty);
        provider.GetRequiredService<BoxEngine>().Dispose();

        Assert.That((await Check(provider)).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }
}
