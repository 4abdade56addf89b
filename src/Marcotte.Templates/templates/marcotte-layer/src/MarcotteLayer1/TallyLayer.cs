using Marcotte.Abi;
using Marcotte.Core;

namespace MarcotteLayer1;

/// <summary>The layer: immutable, and shared by all boxes of a template.</summary>
public sealed class TallyLayer : AbiLayer
{
    private readonly long _start;

    internal TallyLayer(long start) => _start = start;

    /// <inheritdoc/>
    public override string Name => "tally";

    /// <inheritdoc/>
    /// <remarks>A constant, so this is the version of the Core that the package was compiled against.</remarks>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<HostImport> Imports => TallyImports.HostImports;

    /// <summary>Gives a new box its own counter.</summary>
    /// <param name="kernel">The box's kernel.</param>
    public override void Attach(Kernel kernel) => kernel.State.Set(TallyImports.Counters, new TallyCounter(_start));
}
