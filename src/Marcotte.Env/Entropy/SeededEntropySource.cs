using System.Buffers.Binary;
using System.Numerics;
using Marcotte.Core;

namespace Marcotte.Env;

/// <summary>
/// Random bytes that follow from a seed: the key stream of ChaCha20 in Bernstein's original form (20 rounds, a nonce and
/// a block counter of 64 bits each). The key is the seed, little-endian, followed by 24 zero bytes; nonce and counter
/// start at 0. Whoever asks takes the next bytes of the stream, so that how they are asked for does not matter.
/// </summary>
/// <remarks>
/// For the first 256 GiB the stream is also that of RFC 8439. It will not change. With several threads, each gets
/// bytes of its own, but which ones depends on who comes first.
/// </remarks>
public sealed class SeededEntropySource : EntropySource
{
    private const int BlockBytes = 64;
    private const int DoubleRounds = 10;

    private readonly Lock _lock = new();
    private readonly ulong _seed;
    private readonly byte[] _block = new byte[BlockBytes];
    private ulong _counter;
    private int _left;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The seed.</param>
    public SeededEntropySource(ulong seed) => _seed = seed;

    /// <inheritdoc/>
    public override Errno Fill(Span<byte> buffer)
    {
        lock (_lock)
        {
            while (!buffer.IsEmpty)
            {
                if (_left == 0 && buffer.Length >= BlockBytes)
                {
                    NextBlock(buffer);
                    buffer = buffer[BlockBytes..];
                    continue;
                }

                if (_left == 0)
                {
                    NextBlock(_block);
                    _left = BlockBytes;
                }

                int count = Math.Min(_left, buffer.Length);
                _block.AsSpan(BlockBytes - _left, count).CopyTo(buffer);
                _left -= count;
                buffer = buffer[count..];
            }
        }

        return Errno.Success;
    }

    /// <summary>RFC 8439, section 2.3, with the counter of the original.</summary>
    private void NextBlock(Span<byte> block)
    {
        Span<uint> start =
        [
            0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
            (uint)_seed, (uint)(_seed >> 32), 0, 0,
            0, 0, 0, 0,
            (uint)_counter, (uint)(_counter >> 32), 0, 0,
        ];
        _counter++;
        Span<uint> state = stackalloc uint[16];
        start.CopyTo(state);
        for (int i = 0; i < DoubleRounds; i++)
        {
            QuarterRound(ref state[0], ref state[4], ref state[8], ref state[12]);
            QuarterRound(ref state[1], ref state[5], ref state[9], ref state[13]);
            QuarterRound(ref state[2], ref state[6], ref state[10], ref state[14]);
            QuarterRound(ref state[3], ref state[7], ref state[11], ref state[15]);
            QuarterRound(ref state[0], ref state[5], ref state[10], ref state[15]);
            QuarterRound(ref state[1], ref state[6], ref state[11], ref state[12]);
            QuarterRound(ref state[2], ref state[7], ref state[8], ref state[13]);
            QuarterRound(ref state[3], ref state[4], ref state[9], ref state[14]);
        }

        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block[(i * sizeof(uint))..], unchecked(state[i] + start[i]));
        }
    }

    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        unchecked
        {
            a += b;
            d = BitOperations.RotateLeft(d ^ a, 16);
            c += d;
            b = BitOperations.RotateLeft(b ^ c, 12);
            a += b;
            d = BitOperations.RotateLeft(d ^ a, 8);
            c += d;
            b = BitOperations.RotateLeft(b ^ c, 7);
        }
    }
}
