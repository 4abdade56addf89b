using Marcotte.Clock;
using Marcotte.Core;

namespace Marcotte;

/// <summary>Adds the clock layer to a box.</summary>
public static class ClockBuilderExtensions
{
    /// <summary>Gives boxes a clock: the host's, unless another is chosen.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Chooses; may be called several times.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseClock<TBuilder>(this TBuilder builder, Action<ClockOptions>? configure = null)
        where TBuilder : IBoxBuilder
    {
        ClockOptions options = builder.Options<ClockOptions>();
        configure?.Invoke(options);
        return builder;
    }
}
