using Marcotte.Core;
using Marcotte.Wasix;

namespace Marcotte;

/// <summary>Adds WASIX to a box.</summary>
public static class WasixBoxBuilderExtensions
{
    /// <summary>Lets the box run guests compiled for WASIX, or with Marcotte's guest SDK; they need <c>UseWasi</c> as well.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says what guests are told of the machine.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseWasix<TBuilder>(this TBuilder builder, Action<WasixOptions>? configure = null)
        where TBuilder : IBoxBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        WasixOptions options = builder.Options<WasixOptions>();
        configure?.Invoke(options);
        return builder;
    }
}
