using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Marcotte.Wasix;

/// <summary>
/// Collects a reply beside the guest's memory, little-endian and packed: request and reply may overlap there, and with an error nothing is written.
/// </summary>
/// <param name="buffer">Where it is collected while it is short.</param>
/// <param name="room">Bytes that the guest has room for.</param>
internal ref struct CallReply(Span<byte> buffer, uint room)
{
    private Span<byte> _buffer = buffer;
    private byte[]? _rented;
    private int _count;

    /// <summary>Bytes that the guest has room for.</summary>
    internal readonly uint Room => room;

    /// <summary>What was collected.</summary>
    internal readonly ReadOnlySpan<byte> Bytes => _buffer[.._count];

    /// <summary>Whether a reply that does not fit is cut.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>Whether the guest has room for a reply; asked before what cannot be undone.</summary>
    internal readonly bool Fits(int bytes) => (uint)bytes <= room;

    internal void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    internal void UInt(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    internal void UShort(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    internal void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    internal void ULong(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>A text.</summary>
    internal void Text(ReadOnlySpan<byte> text)
    {
        UInt((uint)text.Length);
        text.CopyTo(Take(text.Length));
    }

    /// <summary>A text.</summary>
    internal void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>Room for so many bytes, to be filled.</summary>
    internal Span<byte> Take(int length)
    {
        if (length > _buffer.Length - _count)
        {
            Grow(length);
        }

        Span<byte> taken = _buffer.Slice(_count, length);
        _count += length;
        return taken;
    }

    /// <summary>The last so many bytes were not needed.</summary>
    internal void GiveBack(int length) => _count -= length;

    /// <summary>A reply that does not fit is cut.</summary>
    internal void Cut() => IsCut = true;

    internal void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Grow(int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _count + length));
        _buffer[.._count].CopyTo(larger);
        Dispose();
        _rented = larger;
        _buffer = larger;
    }
}
