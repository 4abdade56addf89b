using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Marcotte;

/// <summary>
/// Unhealthy when boxes cannot be made: the engine is disposed, or a template cannot be built. Degraded when the engine's
/// pool is nearly full.
/// </summary>
internal sealed class MarcotteHealthCheck(BoxFactory factory, IOptions<MarcotteOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(() => Check(context.Registration.FailureStatus, cancellationToken), cancellationToken);

    private HealthCheckResult Check(HealthStatus failureStatus, CancellationToken cancellationToken)
    {
        BoxEngine engine = factory.Engine;
        Dictionary<string, object> data = new() { ["boxes"] = engine.ActiveBoxes };
        if (engine.IsPooling)
        {
            data["capacity"] = engine.Options.MaxBoxes;
        }

        if (engine.IsDisposed)
        {
            return new HealthCheckResult(failureStatus, "The engine is disposed.", data: data);
        }

        foreach (string name in factory.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (factory.Failure(name) is { } failure)
            {
                return new HealthCheckResult(failureStatus, $"Template '{name}' cannot be built.", failure, data);
            }
        }

        return engine.IsPooling && engine.ActiveBoxes >= options.Value.DegradedAt * engine.Options.MaxBoxes
            ? HealthCheckResult.Degraded($"{engine.ActiveBoxes} of {engine.Options.MaxBoxes} boxes are alive; raise Engine:MaxBoxes, or admit less at once.", data: data)
            : HealthCheckResult.Healthy($"{engine.ActiveBoxes} boxes are alive.", data);
    }
}
