using System.Diagnostics;

namespace Marcotte.Benchmarks.Sides;

/// <summary>Somebody who can do what a row says: Marcotte, the empty imports, Wasmtime's built-in WASI, or the kernel.</summary>
internal abstract class Side : IDisposable
{
    /// <summary>Whether the runtime compiles its code again while it runs.</summary>
    public virtual bool IsCompiledAtRunTime => false;

    /// <summary>Does it a number of times.</summary>
    /// <param name="operations">How often; at least once.</param>
    public abstract void Run(int operations);

    /// <summary>Does it a number of times, and tells how long that took.</summary>
    /// <param name="operations">How often; at least once.</param>
    /// <returns>Nanoseconds.</returns>
    public virtual double Measure(int operations)
    {
        long began = Stopwatch.GetTimestamp();
        Run(operations);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds;
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
