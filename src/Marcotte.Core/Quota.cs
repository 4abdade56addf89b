namespace Marcotte.Core;

/// <summary>An amount that must not pass a limit, charged before the thing is made.</summary>
/// <param name="limit">The most there may be.</param>
public sealed class Quota(long limit)
{
    private long _used;

    /// <summary>The most there may be.</summary>
    public long Limit => limit;

    /// <summary>How much there is.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Charges an amount.</summary>
    /// <param name="amount">How much, not negative.</param>
    /// <returns>False, with nothing charged, when it would pass the limit.</returns>
    public bool TryCharge(long amount)
    {
        long used = Volatile.Read(ref _used);
        while (amount <= limit - used)
        {
            long seen = Interlocked.CompareExchange(ref _used, used + amount, used);
            if (seen == used)
            {
                return true;
            }

            used = seen;
        }

        return false;
    }

    /// <summary>Gives an amount back.</summary>
    /// <param name="amount">How much.</param>
    public void Refund(long amount) => Interlocked.Add(ref _used, -amount);
}
