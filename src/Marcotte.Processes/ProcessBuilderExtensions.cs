using Marcotte.Core;
using Marcotte.Processes;

namespace Marcotte;

/// <summary>Adds the process layer to a box.</summary>
public static class ProcessBuilderExtensions
{
    /// <summary>Gives boxes processes beside their first one, signals, pipes and terminals.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says more; may be called several times.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseProcesses<TBuilder>(this TBuilder builder, Action<ProcessOptions>? configure = null)
        where TBuilder : IBoxBuilder
    {
        ProcessOptions options = builder.Options<ProcessOptions>();
        configure?.Invoke(options);
        return builder;
    }
}
