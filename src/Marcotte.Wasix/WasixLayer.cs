using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>WASIX: the imports <c>wasix_32v1</c> and <c>wasi</c>, and preview 1's as WASIX means them.</summary>
public sealed class WasixLayer : AbiLayer
{
    private readonly int _processors;

    internal WasixLayer(int processors = 1) => _processors = processors;

    /// <inheritdoc/>
    public override string Name => "WASIX";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<HostImport> Imports => WasixImports.All;

    /// <inheritdoc/>
    public override IReadOnlyList<HostImport> Replacements => WasixImports.Replacements;

    /// <summary>A guest of wasi-threads means preview 1 by preview 1.</summary>
    /// <param name="module">The module that something is imported from.</param>
    /// <returns>True for <c>wasix_32v1</c> alone.</returns>
    public override bool Replaces(string module) => module == WasixModules.Core;

    /// <inheritdoc/>
    public override void Attach(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.State.Set(Machine.Slot, new Machine(_processors));
    }
}
