using Marcotte.Core;
using Marcotte.Env;

namespace Marcotte;

/// <summary>Adds the environment layer to a box.</summary>
public static class EnvBuilderExtensions
{
    /// <summary>Gives boxes arguments, variables, an identity, and random bytes: the host's, unless said otherwise.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which; may be called several times.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseEnv<TBuilder>(this TBuilder builder, Action<EnvOptions>? configure = null)
        where TBuilder : IBoxBuilder
    {
        EnvOptions options = builder.Options<EnvOptions>();
        configure?.Invoke(options);
        return builder;
    }
}
