using Marcotte.Core;
using Marcotte.Vfs;

namespace Marcotte;

/// <summary>Adds the file system layer to a box.</summary>
public static class VfsBuilderExtensions
{
    /// <summary>Gives boxes a tree of files; nothing is in it but what is mounted.</summary>
    /// <typeparam name="TBuilder">The builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Mounts; may be called several times.</param>
    /// <returns>The builder.</returns>
    public static TBuilder UseVfs<TBuilder>(this TBuilder builder, Action<VfsOptions>? configure = null)
        where TBuilder : IBoxBuilder
    {
        VfsOptions options = builder.Options<VfsOptions>();
        configure?.Invoke(options);
        return builder;
    }
}
