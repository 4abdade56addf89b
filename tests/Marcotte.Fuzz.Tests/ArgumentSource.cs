using System.Buffers.Binary;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Fuzz.Tests;

/// <summary>Random arguments, most of them near something that matters: an edge of memory, an open descriptor, a known path.</summary>
internal sealed class ArgumentSource(int seed)
{
    private static readonly string[] Paths =
    [
        ".", "..", "/", "a", "a/b", "a/../..", "a/", "link", "link/", "loop", "dev/null", "dev/fd/0", "dev/full", "dev/random", "ro", "ro/inside.txt", "ro/sub/..",
        "../outside", "/etc/passwd", "ro/../../etc/passwd", "", "\0", "a\0b", "ro/escape", "ro/escape/passwd", "tmp/\u00e9", new('x', 255), new('x', 300),
        string.Concat(Enumerable.Repeat("d/", 2100)),
    ];

    private static readonly long[] Numbers =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 24, 48, 63, 64, 255, 256, 4095, 4096, 65_535, 65_536, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, -1, -2, int.MinValue, 1L << 40,
        1_000_000_000, 1_700_000_000_000_000_000,
    ];

    private readonly Random _random = new(seed);

    internal int Next(int limit) => _random.Next(limit);

    internal object Argument(WasmType type) => type switch
    {
        WasmType.I32 => (object)Int(),
        WasmType.I64 => Long(),
        WasmType.F32 => (float)_random.NextDouble(),
        _ => _random.NextDouble(),
    };

    /// <summary>Puts paths, vectors and subscriptions where pointers are likely to point.</summary>
    internal void Scatter(Span<byte> memory)
    {
        for (int i = 0; i < 8; i++)
        {
            byte[] path = System.Text.Encoding.UTF8.GetBytes(Paths[_random.Next(Paths.Length)]);
            path.AsSpan(0, Math.Min(path.Length, 512)).CopyTo(memory[Place()..]);
        }

        for (int i = 0; i < 16; i++)
        {
            int place = Place();
            BinaryPrimitives.WriteUInt32LittleEndian(memory[place..], (uint)Int());
            BinaryPrimitives.WriteUInt32LittleEndian(memory[(place + 4)..], (uint)_random.Next(5000));
        }

        for (int i = 0; i < 4; i++)
        {
            Span<byte> subscription = memory.Slice(Place(), 48);
            _random.NextBytes(subscription);
            subscription[8] = (byte)_random.Next(4);
            BinaryPrimitives.WriteUInt32LittleEndian(subscription[16..], (uint)_random.Next(8));
        }
    }

    // A small set of places, so that what one call leaves another finds.
    private int Place() => _random.Next(64) * 64;

    private int Int() => _random.Next(8) switch
    {
        0 or 1 => _random.Next(12),
        2 or 3 => Place(),
        4 => (int)Numbers[_random.Next(Numbers.Length)],
        5 => FuzzedGuest.MemoryBytes - _random.Next(70),
        6 => _random.Next(300),
        _ => _random.Next(int.MinValue, int.MaxValue),
    };

    private long Long() => _random.Next(4) switch
    {
        0 => _random.Next(5000),
        1 => (long)Rights.All,
        2 => Numbers[_random.Next(Numbers.Length)],
        _ => _random.NextInt64(long.MinValue, long.MaxValue),
    };
}
