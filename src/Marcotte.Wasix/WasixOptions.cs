using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>What a host says about WASIX: nothing yet.</summary>
public sealed class WasixOptions : LayerOptions
{
    /// <inheritdoc/>
    public override Layer Build(Limits limits) => new WasixLayer();
}
