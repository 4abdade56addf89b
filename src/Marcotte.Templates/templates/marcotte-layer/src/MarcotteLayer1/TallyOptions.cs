using Marcotte.Core;

namespace MarcotteLayer1;

/// <summary>What a host says about the layer before boxes are built.</summary>
public sealed class TallyOptions : LayerOptions
{
    /// <summary>Where each box's counter starts; not negative.</summary>
    public long Start { get; set; }

    /// <inheritdoc/>
    public override Layer Build(Limits limits) => Start >= 0
        ? new TallyLayer(Start)
        : throw new ArgumentException($"The counter cannot start at {Start}; set {nameof(TallyOptions)}.{nameof(Start)} to 0 or more.");
}
