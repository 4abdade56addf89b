using Marcotte.Core;
using Marcotte.Wasix;

namespace Marcotte;

/// <summary>Adds WASIX to a box.</summary>
public static class WasixBoxBuilderExtensions
{
    /// <summary>Lets the box run guests compiled for WASIX, or with Marcotte's guest SDK; they need <c>UseWasi</c> as well.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseWasix<TBuilder>(this TBuilder builder)
        where TBuilder : IBoxBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Options<WasixOptions>();
        return builder;
    }
}
