using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>WASIX: the imports <c>wasix_32v1</c> and <c>wasi</c>, and preview 1's as WASIX means them.</summary>
public sealed class WasixLayer : AbiLayer
{
    internal WasixLayer()
    {
    }

    /// <inheritdoc/>
    public override string Name => "WASIX";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<HostImport> Imports => [];
}
