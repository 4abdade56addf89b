using Marcotte.Core;

namespace Marcotte.Clock;

/// <summary>Gives each box a clock of its own.</summary>
public sealed class ClockLayer : Layer
{
    private readonly Func<BoxClock> _clock;

    internal ClockLayer(Func<BoxClock> clock) => _clock = clock;

    /// <inheritdoc/>
    public override string Name => "clock";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Provides { get; } = [typeof(BoxClock)];

    /// <inheritdoc/>
    public override void Attach(Kernel kernel) => kernel.Clock = _clock();
}
