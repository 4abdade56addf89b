using Marcotte.Core;

namespace MarcotteLayer1;

/// <summary>Adds the layer to a box.</summary>
public static class TallyBuilderExtensions
{
    /// <summary>Gives each box a counter of its own.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options; may be called several times.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseTally<TBuilder>(this TBuilder builder, Action<TallyOptions>? configure = null)
        where TBuilder : IBoxBuilder
    {
        TallyOptions options = builder.Options<TallyOptions>();
        configure?.Invoke(options);
        return builder;
    }
}
