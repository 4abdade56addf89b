using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>What a host says about WASIX.</summary>
/// <remarks>
/// A guest of WASIX or of the guest SDK reaches the box's whole tree of files by absolute paths, preopened directories or not: mounts, permissions and path
/// policies are what bounds it.
/// </remarks>
public sealed class WasixOptions : LayerOptions
{
    private int _processors = 1;

    /// <summary>Tells guests how many processors there are, by which they choose how many threads to start. One, unless told.</summary>
    /// <param name="count">How many, above zero.</param>
    /// <returns>These options.</returns>
    public WasixOptions Processors(int count)
    {
        _processors = count;
        return this;
    }

    /// <inheritdoc/>
    public override Layer Build(Limits limits) => _processors > 0
        ? new WasixLayer(_processors)
        : throw new ArgumentException($"UseWasix was given {_processors} processors; give it at least 1.");
}
