using System.Diagnostics;
using System.Runtime;
using Marcotte.Benchmarks.Sides;

namespace Marcotte.Benchmarks.Quick;

/// <summary>Takes samples of one side: first until its code is as fast as it gets, then one a round.</summary>
/// <param name="side">The side.</param>
/// <param name="sampleNanoseconds">How long a sample is to be.</param>
internal sealed class Sampler(Side side, double sampleNanoseconds)
{
    /// <summary>Shorter than the scheduler lets a thread run, so that some samples are not interrupted on a busy machine.</summary>
    internal const double ShortNanoseconds = 2e6;
    private const int MostOperations = 50_000_000;

    private static readonly TimeSpan ShortestWarmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The runtime counts calls, waits for 100 ms in which it compiles nothing new, compiles anew on another thread, and does
    /// all that twice; so its code is final when nothing was compiled for some times as long.
    /// </summary>
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(450);

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(4);

    private readonly List<double> _samples = [];
    private int _operations = 1;

    /// <summary>The fastest sample: what the work takes when nobody else takes the processor or the cache.</summary>
    public double Nanoseconds => _samples.Min();

    /// <summary>How far the median lies above the fastest.</summary>
    public double Noise => (_samples.Order().ElementAt(_samples.Count / 2) / Nanoseconds) - 1;

    /// <summary>Runs until its code is final, and finds how many operations make a sample.</summary>
    public void WarmUp()
    {
        long began = Stopwatch.GetTimestamp();
        long quietSince = began;
        long compiled = JitInfo.GetCompiledMethodCount();
        do
        {
            _operations = (int)Math.Clamp(sampleNanoseconds / Measure(), 1, Math.Min(MostOperations, _operations * 10.0));

            // Lets the thread that compiles run, where there are too few processors for both.
            Thread.Sleep(1);
            long now = JitInfo.GetCompiledMethodCount();
            if (now != compiled)
            {
                compiled = now;
                quietSince = Stopwatch.GetTimestamp();
            }
        }
        while (Stopwatch.GetElapsedTime(began) < ShortestWarmUp
            || (side.IsCompiledAtRunTime && Stopwatch.GetElapsedTime(quietSince) < QuietTime && Stopwatch.GetElapsedTime(began) < LongestWarmUp));
    }

    /// <summary>Takes a sample.</summary>
    public void Sample() => _samples.Add(Measure());

    /// <summary>Managed bytes that an operation allocates: the difference between many and one, so that entering counts for nothing.</summary>
    /// <returns>Bytes; exactly 0 when nothing is allocated.</returns>
    public double AllocatedBytes()
    {
        int many = Math.Max(_operations / 4, 2);
        long excess = Allocated(many) - Allocated(1);
        return (double)excess / (many - 1);
    }

    private double Measure() => side.Measure(_operations) / _operations;

    /// <summary>The fewest of a few runs: what the runtime allocates for itself now and then is not the guest's doing.</summary>
    private long Allocated(int operations)
    {
        long fewest = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            side.Run(operations);
            fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return fewest;
    }
}
