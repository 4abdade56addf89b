namespace MarcotteLayer1;

/// <summary>One box's state. A box may have several threads.</summary>
internal sealed class TallyCounter(long start)
{
    private long _sum = start;

    internal long Add(long amount) => Interlocked.Add(ref _sum, amount);
}
