using System.Buffers.Binary;
using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>
/// Reads a request: little-endian, packed. What is too short reads as zero and is remembered, so that an operation reads all it takes and asks once.
/// </summary>
/// <param name="bytes">The request, without the number of its operation.</param>
internal ref struct CallRequest(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private bool _short;

    /// <summary>Whether all that was read was there, and nothing is left.</summary>
    internal readonly bool IsComplete => !_short && _rest.IsEmpty;

    internal int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    internal uint UInt() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ushort UShort() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    internal ulong ULong() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    internal SignalSet Set() => new(ULong());

    /// <summary>A text.</summary>
    /// <returns>Its bytes, where they lie.</returns>
    internal ReadOnlySpan<byte> Text()
    {
        uint length = UInt();
        return TryTake(length, out ReadOnlySpan<byte> text) ? text : [];
    }

    /// <summary>So many bytes.</summary>
    /// <param name="count">How many; a count that the request cannot hold is a short request.</param>
    /// <returns>The bytes, where they lie.</returns>
    internal ReadOnlySpan<byte> Bytes(ulong count) => TryTake(count, out ReadOnlySpan<byte> bytes) ? bytes : [];

    /// <summary>A list of strings.</summary>
    /// <returns>The strings; none when the list is not what it says it is, which counts as short.</returns>
    internal ByteStrings List()
    {
        uint count = UInt();
        uint length = UInt();
        ByteStrings? strings = TryTake(length, out ReadOnlySpan<byte> block) ? ByteStrings.FromBlock(block) : null;
        if (strings is null || (uint)strings.Count != count)
        {
            _short = true;
            return ByteStrings.Empty;
        }

        return strings;
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> taken)
    {
        if (length > (ulong)_rest.Length)
        {
            _short = true;
            _rest = taken = [];
            return false;
        }

        taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private ReadOnlySpan<byte> Take(int length) => TryTake((ulong)length, out ReadOnlySpan<byte> taken) ? taken : "\0\0\0\0\0\0\0\0"u8[..length];
}
