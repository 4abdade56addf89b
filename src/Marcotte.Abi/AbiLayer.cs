using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A layer that guests import functions from.</summary>
public abstract class AbiLayer : Layer
{
    /// <summary>The functions.</summary>
    public abstract IReadOnlyList<HostImport> Imports { get; }
}
