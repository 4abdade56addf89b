using Marcotte.Benchmarks.Disk;
using Marcotte.Benchmarks.Rows;

namespace Marcotte.Benchmarks.Sides;

/// <summary>The row's loop in C against the kernel, in a process of its own, which takes the time itself.</summary>
/// <param name="loops">The process; not disposed with this.</param>
/// <param name="row">The row.</param>
internal sealed class NativeSide(NativeLoops loops, Row row) : Side
{
    /// <inheritdoc/>
    public override void Run(int operations) => Measure(operations);

    /// <inheritdoc/>
    public override double Measure(int operations) => loops.Run(row.Name, operations);

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Other rows use the process as well.
    }
}
