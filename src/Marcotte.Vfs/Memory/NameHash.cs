using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// Hashes a name by folded 64-bit products, eight bytes at a time. Its seed differs in every run of the host, so that a
/// guest cannot choose names that collide; no order that a guest sees depends on it.
/// </summary>
internal static class NameHash
{
    private const ulong OddA = 0x9E3779B97F4A7C15;
    private const ulong OddB = 0xD1B54A32D192ED03;

    private static readonly ulong Seed = ((ulong)(uint)HashCode.Combine(1) << 32) | (uint)HashCode.Combine(2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<byte> name)
    {
        ref byte bytes = ref MemoryMarshal.GetReference(name);
        int length = name.Length;
        ulong first;
        ulong last;
        ulong hash = Seed;
        if (length <= 16)
        {
            if (length >= 8)
            {
                first = Eight(ref bytes, 0);
                last = Eight(ref bytes, length - 8);
            }
            else if (length >= 4)
            {
                first = Four(ref bytes, 0);
                last = Four(ref bytes, length - 4);
            }
            else
            {
                first = length == 0 ? 0u : bytes | ((uint)Unsafe.Add(ref bytes, length >> 1) << 8);
                last = length == 0 ? 0u : Unsafe.Add(ref bytes, length - 1);
            }
        }
        else
        {
            hash = Long(ref bytes, length, hash);
            first = Eight(ref bytes, length - 16);
            last = Eight(ref bytes, length - 8);
        }

        return (uint)Fold(Fold(first ^ OddA ^ (ulong)(uint)length, last ^ hash) ^ hash, OddB);
    }

    private static ulong Long(ref byte bytes, int length, ulong hash)
    {
        for (int i = 0; i + 16 < length; i += 16)
        {
            hash = Fold(Eight(ref bytes, i) ^ OddB, Eight(ref bytes, i + 8) ^ hash);
        }

        return hash;
    }

    private static ulong Eight(ref byte bytes, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));

    private static ulong Four(ref byte bytes, int at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        // Multiplying once more is faster than to wait for the low half, which comes by way of the stack.
        return Math.BigMul(a, b, out ulong _) ^ (a * b);
    }
}
