namespace Marcotte.Core;

/// <summary>What an environment layer gives a box: random bytes.</summary>
[LayerContract("entropy", "UseEnv", "Marcotte.Env")]
public abstract class EntropySource
{
    /// <summary>What a box without entropy has.</summary>
    public static EntropySource None { get; } = new NoEntropy();

    /// <summary>Fills a buffer.</summary>
    /// <param name="buffer">All of it.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Fill(Span<byte> buffer) => Errno.NoSys;

    private sealed class NoEntropy : EntropySource;
}
