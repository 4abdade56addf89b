using Marcotte.Vfs;
using Marcotte.Vfs.Overlay;

namespace Marcotte;

/// <summary>Mounts file systems on top of each other.</summary>
public static class OverlayMountExtensions
{
    /// <summary>
    /// Mounts file systems on top of each other, seen as one: layers that are only read, and on top of them one that takes
    /// all changes, a memory tree of each box's own unless another is named.
    /// </summary>
    /// <remarks>
    /// <code>
    /// files.MountOverlay("/", overlay => overlay.LowerHostDirectory("image/base").LowerHostDirectory("image/app").Upper(maxBytes: 1 &lt;&lt; 20));
    /// </code>
    /// </remarks>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="configure">Names the layers, the lowest first.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The path makes no sense, or something is mounted there already.</exception>
    public static VfsOptions MountOverlay(this VfsOptions options, string path, Action<OverlayOptions> configure) =>
        MountOverlay(options, path, configure, MountOptions.Default);

    /// <inheritdoc cref="MountOverlay(VfsOptions, string, Action{OverlayOptions})"/>
    /// <param name="options">The options.</param>
    /// <param name="path">Where it is mounted: an absolute path of the box.</param>
    /// <param name="configure">Names the layers, the lowest first.</param>
    /// <param name="mount">What the mount allows less of; the bytes of the upper layer are bounded by <see cref="OverlayOptions.Upper(long)"/>.</param>
    public static VfsOptions MountOverlay(this VfsOptions options, string path, Action<OverlayOptions> configure, MountOptions mount)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(configure);
        OverlayOptions overlay = new(path);
        configure(overlay);
        return options.Mount(path, new OverlaySource(path, overlay.UpperSource, [.. overlay.Lowers]), mount);
    }
}
