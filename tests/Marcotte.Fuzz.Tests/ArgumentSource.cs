using System.Buffers.Binary;
using System.Text;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Fuzz.Tests;

/// <summary>
/// Random arguments that know what a parameter is for: most would be taken by a careful program, so that calls get past the
/// door; the rest lie near something that matters, such as an edge of memory, or anywhere.
/// </summary>
internal sealed class ArgumentSource(int seed)
{
    private const int Preopen = 3;
    private const int PathSlots = 16;
    private const int SlotBytes = 512;
    private const int VectorPlace = PathSlots * SlotBytes;
    private const int SubscriptionPlace = VectorPlace + 1024;
    private const int FreePlace = SubscriptionPlace + 1024;

    private static readonly byte[][] Paths = [.. new[]
    {
        ".", "..", "/", "a", "a/b", "a/../..", "a/", "a/b/", "new", "new2", "d", "d/e", "d/", "link", "link/", "loop", "dev/null", "dev/fd/0", "dev/full", "dev/random",
        "ro", "ro/inside.txt", "ro/sub", "ro/sub/..", "../outside", "/etc/passwd", "ro/../../etc/passwd", "", "\0", "a\0b", "ro/escape", "ro/escape/secret.txt",
        "tmp/\u00e9", new('x', 255), new('x', 300), string.Concat(Enumerable.Repeat("d/", 200)),
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly long[] Numbers =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 24, 48, 63, 64, 255, 256, 4095, 4096, 65_535, 65_536, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, -1, -2, int.MinValue, 1L << 40,
        1_000_000_000, 1_700_000_000_000_000_000,
    ];

    private readonly Random _random = new(seed);
    private readonly int[] _pathLengths = new int[PathSlots];

    internal int Next(int limit) => _random.Next(limit);

    /// <summary>All arguments of a call.</summary>
    internal object[] Arguments(HostImport import)
    {
        List<object> arguments = [];
        foreach (SyscallParameter parameter in import.Syscall.Parameters)
        {
            WasmType type = import.Parameters[arguments.Count];
            if (parameter.Width == 2)
            {
                (int address, int count) = parameter.Kind == ParameterKind.Text ? Text() : Span(parameter);
                arguments.Add(address);
                arguments.Add(count);
            }
            else
            {
                arguments.Add(type == WasmType.I32 ? Int(import.Syscall, parameter) : Long(parameter));
            }
        }

        return [.. arguments];
    }

    /// <summary>Puts paths, vectors and subscriptions where arguments will point.</summary>
    internal void Scatter(Span<byte> memory)
    {
        for (int slot = 0; slot < PathSlots; slot++)
        {
            byte[] path = Paths[_random.Next(Paths.Length)];
            path.CopyTo(memory[(slot * SlotBytes)..]);
            _pathLengths[slot] = path.Length;
        }

        for (int place = VectorPlace; place < SubscriptionPlace; place += 8)
        {
            BinaryPrimitives.WriteInt32LittleEndian(memory[place..], Rarely() ? Anything() : FreePlace + _random.Next(4096));
            BinaryPrimitives.WriteInt32LittleEndian(memory[(place + 4)..], Rarely() ? Anything() : _random.Next(600));
        }

        for (int place = SubscriptionPlace; place < FreePlace; place += 48)
        {
            Span<byte> subscription = memory.Slice(place, 48);
            _random.NextBytes(subscription);
            subscription[8] = (byte)_random.Next(4);
            BinaryPrimitives.WriteInt32LittleEndian(subscription[16..], _random.Next(5));
            BinaryPrimitives.WriteInt32LittleEndian(subscription[40..], _random.Next(3));
        }
    }

    private bool Rarely() => _random.Next(12) == 0;

    private (int Address, int Count) Text()
    {
        int slot = _random.Next(PathSlots);
        return Rarely() ? (Anything(), Anything()) : (slot * SlotBytes, Rarely() ? Anything() : _pathLengths[slot]);
    }

    private (int Address, int Count) Span(SyscallParameter parameter) => Rarely()
        ? (Anything(), Anything())
        : parameter.Size > 8
            ? (SubscriptionPlace, _random.Next(4))
            : parameter.Size > 1 ? (VectorPlace + (8 * _random.Next(16)), _random.Next(4)) : (FreePlace + _random.Next(4096), _random.Next(2000));

    private object Int(Syscall syscall, SyscallParameter parameter)
    {
        if (Rarely())
        {
            return Anything();
        }

        return parameter.Kind switch
        {
            ParameterKind.Out => FreePlace + _random.Next(8192),
            ParameterKind.Pointer => parameter.Size > 8 ? SubscriptionPlace : VectorPlace,
            ParameterKind.Enum => _random.Next(3) == 0 ? _random.Next(16) : _random.Next(2),
            _ when parameter.Name.EndsWith("fd", StringComparison.Ordinal) || parameter.Name is "to" or "from" => Descriptor(syscall),
            _ => _random.Next(300),
        };
    }

    // Giving the preopened directory away would shut the door to all that follows.
    private int Descriptor(Syscall syscall) => syscall.Name is "fd_close" or "fd_renumber" or "fd_fdstat_set_rights"
        ? 4 + _random.Next(12)
        : _random.Next(3) switch
        {
            0 => _random.Next(Preopen + 1),
            1 => Preopen,
            _ => 4 + _random.Next(8),
        };

    private object Long(SyscallParameter parameter) => _random.Next(4) switch
    {
        0 when !parameter.Name.Contains("rights", StringComparison.Ordinal) => Numbers[_random.Next(Numbers.Length)],
        1 => _random.NextInt64(long.MinValue, long.MaxValue),
        2 when parameter.Name.Contains("rights", StringComparison.Ordinal) => 0L,
        _ when parameter.Name.Contains("rights", StringComparison.Ordinal) => (long)Rights.All,
        _ => (long)_random.Next(5000),
    };

    private int Anything() => _random.Next(4) switch
    {
        0 => (int)Numbers[_random.Next(Numbers.Length)],
        1 => FuzzedGuest.MemoryBytes - _random.Next(70),
        2 => _random.Next(8192),
        _ => _random.Next(int.MinValue, int.MaxValue),
    };
}
