namespace Marcotte.Clock;

/// <summary>A factor that times are multiplied with, exactly: the product is rounded down once, and never overflows.</summary>
internal readonly struct TimeScale
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    private readonly double _factor;
    private readonly ulong _mantissa;
    private readonly int _exponent;

    internal TimeScale(double factor)
    {
        if (!(factor > 0) || double.IsInfinity(factor))
        {
            throw new ArgumentOutOfRangeException(
                nameof(factor), factor, "Time can be scaled only by a finite factor above 0; to stop it, use Fixed, to drive it by hand, Stepped.");
        }

        // An IEEE 754 double is mantissa × 2^exponent, both whole numbers.
        long bits = BitConverter.DoubleToInt64Bits(factor);
        int biased = (int)(bits >> MantissaBits);
        ulong fraction = (ulong)bits & ((1UL << MantissaBits) - 1);
        _factor = factor;
        _mantissa = biased == 0 ? fraction : fraction | 1UL << MantissaBits;
        _exponent = Math.Max(biased, 1) - ExponentBias - MantissaBits;
    }

    /// <summary>Host nanoseconds to scaled ones.</summary>
    internal long Apply(long nanoseconds)
    {
        UInt128 product = (UInt128)(ulong)nanoseconds * _mantissa;
        if (_exponent <= 0)
        {
            product = -_exponent >= 128 ? 0 : product >> -_exponent;
        }
        else
        {
            product = product == 0 || _exponent < 64 && product >> (64 - _exponent) == 0 ? product << _exponent : UInt128.MaxValue;
        }

        return product > Nanoseconds.Last ? Nanoseconds.Last : (long)product;
    }

    /// <summary>
    /// How long the host's timer has to run for some scaled nanoseconds: at least a tick, at most <paramref name="longest"/>.
    /// Whoever waits looks again when it went off, so it need not be exact.
    /// </summary>
    internal TimeSpan HostSpan(long nanoseconds, TimeSpan longest)
    {
        double ticks = Math.Ceiling(nanoseconds / _factor / 100);
        return ticks >= longest.Ticks ? longest : TimeSpan.FromTicks(Math.Max(1, (long)ticks));
    }
}
