namespace Marcotte.Benchmarks.Idle;

/// <summary>What an idle box takes of its host, in bytes; the guest's own linear memory is not among it.</summary>
/// <param name="Name">The row.</param>
/// <param name="Managed">Live objects on the collector's heap.</param>
/// <param name="Native">Resident memory beyond that heap: Wasmtime's store and instance, and what malloc keeps for them.</param>
/// <param name="Boxes">How many boxes this is the mean of.</param>
internal sealed record IdleBoxReport(string Name, double Managed, double Native, int Boxes)
{
    /// <summary>All of it.</summary>
    public double Bytes => Managed + Native;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Name}: {Managed:#,0} B of managed objects and {Native:#,0} B of native memory for each of {Boxes:#,0} boxes with files, clock, environment and WASI.");
}
