using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>What a host says about a box's processes.</summary>
public sealed class ProcessOptions : LayerOptions
{
    /// <inheritdoc/>
    public override Layer Build(Limits limits) => new ProcessLayer();
}
