using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marcotte;

/// <summary>Builds all templates before the host's services start, if it is asked to.</summary>
internal sealed class TemplateStarter(IServiceProvider services, IOptions<MarcotteOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        options.Value.BuildAtStart ? Task.Run(() => BuildAll(cancellationToken), cancellationToken) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void BuildAll(CancellationToken cancellationToken)
    {
        // Only now: a host that builds nothing at its start makes no engine either.
        BoxFactory factory = (BoxFactory)services.GetService(typeof(BoxFactory))!;
        foreach (string name in factory.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            factory.GetTemplate(name);
        }
    }
}
