using System.Numerics;

namespace Marcotte.Core;

/// <summary>A set of signals.</summary>
/// <param name="Bits">Bit n - 1 for signal n, as Linux lays out sigset_t.</param>
public readonly record struct SignalSet(ulong Bits)
{
    /// <summary>No signal.</summary>
    public static SignalSet Empty => default;

    /// <summary>All that can be blocked: every one but SIGKILL and SIGSTOP.</summary>
    public static SignalSet Blockable { get; } = new(~(Of(Signal.Kill).Bits | Of(Signal.Stop).Bits));

    /// <summary>Whether none is in it.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>The one of the lowest number; <see cref="Signal.None"/> of an empty set.</summary>
    public Signal First => Bits == 0 ? Signal.None : (Signal)(BitOperations.TrailingZeroCount(Bits) + 1);

    /// <summary>The set of one signal.</summary>
    /// <param name="signal">The signal; of <see cref="Signal.None"/> the empty set.</param>
    /// <returns>The set.</returns>
    public static SignalSet Of(Signal signal) => new(signal is Signal.None or > Signal.Last ? 0 : 1UL << ((int)signal - 1));

    /// <summary>Those in either.</summary>
    /// <param name="left">One set.</param>
    /// <param name="right">The other.</param>
    /// <returns>The union.</returns>
    public static SignalSet operator |(SignalSet left, SignalSet right) => new(left.Bits | right.Bits);

    /// <summary>Those in both.</summary>
    /// <param name="left">One set.</param>
    /// <param name="right">The other.</param>
    /// <returns>The intersection.</returns>
    public static SignalSet operator &(SignalSet left, SignalSet right) => new(left.Bits & right.Bits);

    /// <summary>Those in the first and not in the second.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The difference.</returns>
    public static SignalSet operator -(SignalSet left, SignalSet right) => new(left.Bits & ~right.Bits);

    /// <summary>Whether a signal is in it.</summary>
    /// <param name="signal">The signal.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(Signal signal) => (Bits & Of(signal).Bits) != 0;
}
