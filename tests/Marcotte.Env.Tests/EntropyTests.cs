using Marcotte.Core;

namespace Marcotte.Env.Tests;

[TestFixture]
public sealed class EntropyTests
{
    /// <summary>
    /// Locked for good: what <c>openssl enc -chacha20</c> makes of zeroes with the seed as key. The first is RFC 8439's
    /// own (A.1, vectors 1 and 2).
    /// </summary>
    private static readonly (ulong Seed, string Stream)[] Locked =
    [
        (0, "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
            + "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"),
        (0x0123456789ABCDEF, "81ff174f0ce9b04ffb10a32b7749b6fcc78840ad67a0d5f816075871af4fc883c0dd9c13a8da15d23264aca12b5881d3a574feab858c439d7dd549a01cee528f"
            + "ee3305ac945e474a1b0143d6658c131e8440ac6d876e43a741fd25d87d67f0fbf6672c18c5464fa0980cced07410e9c54fbc529a19ad8e5fd6569f6393b5440e"
            + "8c9146ca3b31fa041a4d91e165db6ff73f0a2cbbe54aa5129463d430e53c9862e9502824a5629e698c133c5f9870278554562582b44f0626663cf45cb4ac8c04"),
        (ulong.MaxValue, "3fa2ee6bda5341eb24428afc2ae53638099223f33bb44e43f3d5fe9c4a4d4016fb7d07d2f95f343aae5156967dd81bd435fd58263e8fa43c345cac05a82e658c"),
    ];

    [Test]
    public void A_seed_s_stream_is_locked([Range(0, 2)] int which)
    {
        byte[] expected = Convert.FromHexString(Locked[which].Stream);
        Assert.That(Take(new SeededEntropySource(Locked[which].Seed), expected.Length), Is.EqualTo(expected));
    }

    [Test]
    public void How_a_stream_is_asked_for_does_not_matter()
    {
        byte[] whole = Take(new SeededEntropySource(7), 5_000);
        SeededEntropySource source = new(7);
        List<byte> pieces = [];
        for (int length = 0; pieces.Count < whole.Length; length = (length * 5 + 3) % 197)
        {
            pieces.AddRange(Take(source, Math.Min(length, whole.Length - pieces.Count)));
        }

        Assert.That(pieces, Is.EqualTo(whole));
    }

    [Test]
    public void Each_box_of_a_template_starts_the_stream_anew()
    {
        using Layer layer = new EnvOptions().SeededEntropy(0).Build(Limits.Default);
        byte[] first = Take(Guest.Start(layer).Kernel.Entropy, 16);
        byte[] second = Take(Guest.Start(layer).Kernel.Entropy, 16);
        Assert.That(first, Is.EqualTo(Convert.FromHexString(Locked[0].Stream[..32])));
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Threads_that_share_a_stream_get_every_byte_once()
    {
        const int Pieces = 4_000;
        SeededEntropySource source = new(3);
        byte[][] taken = new byte[Pieces][];
        Parallel.For(0, Pieces, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => taken[i] = Take(source, 16));
        byte[] whole = Take(new SeededEntropySource(3), Pieces * 16);
        Assert.That(taken.Select(Convert.ToHexString), Is.EquivalentTo(whole.Chunk(16).Select(Convert.ToHexString)));
    }

    [Test]
    public void System_entropy_is_the_default_and_never_the_same_twice([Values(8, 16, 64, 65, 4096)] int length)
    {
        EntropySource source = Guest.Start(_ => { }).Kernel.Entropy;
        HashSet<string> seen = [];
        for (int i = 0; i < 500; i++)
        {
            byte[] bytes = Take(source, length);
            Assert.That(seen.Add(Convert.ToHexString(bytes)), Is.True, "The same bytes came twice.");
        }
    }

    [Test]
    public void System_entropy_fills_to_the_last_byte_and_no_further([Range(0, 70)] int length)
    {
        EntropySource source = Guest.Start(env => env.SeededEntropy(1).SystemEntropy()).Kernel.Entropy;
        byte[] union = new byte[length + 2];
        for (int i = 0; i < 64; i++)
        {
            byte[] bytes = new byte[length + 2];
            Assert.That(source.Fill(bytes.AsSpan(1, length)), Is.EqualTo(Errno.Success));
            Assert.That((bytes[0], bytes[^1]), Is.EqualTo(((byte)0, (byte)0)));
            for (int j = 0; j < union.Length; j++)
            {
                union[j] |= bytes[j];
            }
        }

        // A byte that is random 64 times has each of its bits set at least once: the odds against it are 2^61 to 1.
        Assert.That(union[1..^1], Is.All.EqualTo(0xFF));
    }

    [Test]
    public void Threads_that_share_system_entropy_get_different_bytes()
    {
        EntropySource source = Guest.Start(_ => { }).Kernel.Entropy;
        string[] taken = new string[20_000];
        Parallel.For(0, taken.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => taken[i] = Convert.ToHexString(Take(source, 16)));
        Assert.That(taken.Distinct().Count(), Is.EqualTo(taken.Length));
    }

    [Test]
    public void Small_requests_allocate_nothing([Values] bool seeded)
    {
        EntropySource source = Guest.Start(env => _ = seeded ? env.SeededEntropy(1) : env).Kernel.Entropy;
        byte[] buffer = new byte[16];
        source.Fill(buffer);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            source.Fill(buffer);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Without_entropy_who_asks_is_refused()
    {
        using Layer layer = new EnvOptions().NoEntropy().Build(Limits.Default);
        Assert.That(layer.Provides, Has.None.EqualTo(typeof(EntropySource)));
        byte[] buffer = new byte[4];
        Assert.That(Guest.Start(layer).Kernel.Entropy.Fill(buffer), Is.EqualTo(Errno.NoSys));
        Assert.That(buffer, Is.All.Zero);
    }

    private static byte[] Take(EntropySource source, int length)
    {
        byte[] bytes = new byte[length];
        Assert.That(source.Fill(bytes), Is.EqualTo(Errno.Success));
        return bytes;
    }
}
