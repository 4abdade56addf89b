using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte;

/// <summary>Adds WASI to a box.</summary>
public static class WasiBoxBuilderExtensions
{
    /// <summary>Lets the box run guests compiled for WASI preview 1, and for snapshot 0 before it.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which directories are preopened; without it, the root is if there is a file system.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseWasi<TBuilder>(this TBuilder builder, Action<WasiOptions>? configure = null)
        where TBuilder : IBoxBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        WasiOptions options = builder.Options<WasiOptions>();
        configure?.Invoke(options);
        return builder;
    }
}
