using Marcotte;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Where everybody looks for it.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers Marcotte's health check.</summary>
public static class MarcotteHealthChecks
{
    /// <summary>
    /// Adds a check that is unhealthy when a template cannot be built or the engine is disposed, and degraded when the
    /// engine's pool is nearly full; its data are <c>boxes</c> and <c>capacity</c>.
    /// </summary>
    /// <param name="builder">The checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says instead of unhealthy.</param>
    /// <param name="tags">Tells checks apart.</param>
    /// <returns>The checks.</returns>
    public static IHealthChecksBuilder AddMarcotte(
        this IHealthChecksBuilder builder,
        string name = "marcotte",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new MarcotteHealthCheck(
                provider.GetService<BoxFactory>() ?? throw new InvalidOperationException("There is nothing to check: call AddMarcotte() on the services too."),
                provider.GetRequiredService<IOptions<MarcotteOptions>>()),
            failureStatus,
            tags));
    }
}
