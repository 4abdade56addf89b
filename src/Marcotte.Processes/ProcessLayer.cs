using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>Gives each box a process table of its own.</summary>
public sealed class ProcessLayer : Layer
{
    internal ProcessLayer()
    {
    }

    /// <inheritdoc/>
    public override string Name => "processes";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Provides { get; } = [typeof(ProcessTable), typeof(SignalTable), typeof(AnonymousFiles)];

    /// <inheritdoc/>
    public override void Attach(Kernel kernel)
    {
        kernel.Anonymous = new AnonymousFileTable(kernel);
    }
}
