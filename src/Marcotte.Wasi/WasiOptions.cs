using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>What a host says about WASI: which directories a guest finds open when it starts.</summary>
/// <remarks>
/// Guests reach files through preopened directories alone. When none is named, the root of the box's tree of files is
/// preopened as <c>/</c>, if there is one: the tree holds what was mounted and nothing else. <see cref="WithoutPreopens"/>
/// keeps the guest from that as well.
/// </remarks>
public sealed class WasiOptions : LayerOptions
{
    private readonly List<Preopen> _preopens = [];
    private bool _none;

    /// <summary>Opens a directory for the guest before it starts, under the name of its own path.</summary>
    /// <param name="guestPath">Where it is in the box's tree of files; absolute.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path is not absolute, or holds a NUL.</exception>
    public WasiOptions Preopen(string guestPath) => Preopen(guestPath, guestPath);

    /// <summary>Opens a directory for the guest before it starts.</summary>
    /// <param name="guestPath">Where it is in the box's tree of files; absolute.</param>
    /// <param name="name">What the guest knows it as, such as <c>/</c> or <c>.</c>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path is not absolute, the name is empty, or one of them holds a NUL.</exception>
    public WasiOptions Preopen(string guestPath, string name) => Preopen(guestPath, name, Rights.All);

    /// <summary>Opens a directory for the guest before it starts, and narrows what the guest may do there.</summary>
    /// <param name="guestPath">Where it is in the box's tree of files; absolute.</param>
    /// <param name="name">What the guest knows it as, such as <c>/</c> or <c>.</c>.</param>
    /// <param name="rights">The most that the directory, and all that is opened beneath it, may be used for.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The path is not absolute, the name is empty, or one of them holds a NUL.</exception>
    public WasiOptions Preopen(string guestPath, string name, Rights rights)
    {
        ArgumentNullException.ThrowIfNull(guestPath);
        ArgumentNullException.ThrowIfNull(name);
        if (!guestPath.StartsWith('/'))
        {
            throw new ArgumentException($"\"{guestPath}\" is not absolute; name the directory from the root of the box's files, as in \"/data\".", nameof(guestPath));
        }

        ArgumentException.ThrowIfNullOrEmpty(name);
        ThrowIfNul(guestPath, nameof(guestPath));
        ThrowIfNul(name, nameof(name));

        _preopens.Add(new Preopen(guestPath, name, rights));
        return this;
    }

    /// <summary>Opens no directory at all: the guest may import calls on files, but has nothing to make them on.</summary>
    /// <returns>These options.</returns>
    public WasiOptions WithoutPreopens()
    {
        _none = true;
        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A directory is to be preopened, and none is.</exception>
    public override Layer Build(Limits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (_none && _preopens.Count > 0)
        {
            throw new InvalidOperationException($"\"{_preopens[0].Path}\" is to be preopened, but WithoutPreopens() was called as well; leave one of the two out.");
        }

        foreach (IGrouping<string, Preopen> same in _preopens.GroupBy(preopen => preopen.Name))
        {
            if (same.Count() > 1)
            {
                throw new ArgumentException($"Two preopened directories are named \"{same.Key}\", of which a guest would find one only; give each a name of its own.");
            }
        }

        return new WasiLayer(_none ? [] : _preopens.Count > 0 ? [.. _preopens] : [WasiLayer.Root], isDefault: _preopens.Count == 0);
    }

    private static void ThrowIfNul(string text, string parameter)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"\"{text.Replace("\0", "\\0", StringComparison.Ordinal)}\" holds a NUL; remove it.", parameter);
        }
    }
}
