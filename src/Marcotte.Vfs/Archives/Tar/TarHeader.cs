using System.Buffers.Binary;

namespace Marcotte.Vfs.Archives;

/// <summary>A tar header: POSIX 1003.1 pax, "ustar Interchange Format", with what GNU tar and star make of it.</summary>
internal readonly ref struct TarHeader
{
    public const int Length = 512;

    private const int ChecksumAt = 148;
    private const int ChecksumLength = 8;

    private readonly ReadOnlySpan<byte> _block;

    public TarHeader(ReadOnlySpan<byte> block) => _block = block;

    public static bool IsZero(ReadOnlySpan<byte> block) => block.IndexOfAnyExcept((byte)0) < 0;

    public ReadOnlySpan<byte> Name => Text(0, 100);

    public char Kind => (char)_block[156];

    public ReadOnlySpan<byte> Link => Text(157, 100);

    /// <summary>What comes before the name, and a slash; GNU tar and the oldest tars have other things there.</summary>
    public ReadOnlySpan<byte> Prefix =>
        !_block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? default : _block.Slice(508, 4).SequenceEqual("tar\0"u8) ? Text(345, 131) : Text(345, 155);

    /// <summary>Whether the sum over all bytes is right, the sum itself counted as spaces; some tars add signed bytes.</summary>
    public bool HasRightChecksum
    {
        get
        {
            if (!TryNumber(ChecksumAt, ChecksumLength, out long wanted))
            {
                return false;
            }

            long sum = 0;
            long high = 0;
            foreach (byte value in _block)
            {
                sum += value;
                high += value >> 7;
            }

            foreach (byte value in _block.Slice(ChecksumAt, ChecksumLength))
            {
                sum += ' ' - value;
                high -= value >> 7;
            }

            return wanted == sum || wanted == sum - (256 * high);
        }
    }

    public bool TryMode(out long mode) => TryNumber(100, 8, out mode);

    public bool TryUserId(out long id) => TryNumber(108, 8, out id);

    public bool TryGroupId(out long id) => TryNumber(116, 8, out id);

    public bool TrySize(out long size) => TryNumber(124, 12, out size);

    /// <summary>Seconds since 1970.</summary>
    public bool TryTime(out long time) => TryNumber(136, 12, out time);

    public bool TryDevice(out long major, out long minor)
    {
        minor = 0;
        return TryNumber(329, 8, out major) && TryNumber(337, 8, out minor);
    }

    private ReadOnlySpan<byte> Text(int offset, int length)
    {
        ReadOnlySpan<byte> field = _block.Slice(offset, length);
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private bool TryNumber(int offset, int length, out long value)
    {
        ReadOnlySpan<byte> field = _block.Slice(offset, length);
        return (field[0] & 0x80) != 0 ? TryBinary(field, out value) : TryOctal(field, out value);
    }

    /// <summary>Digits up to a space or a NUL; none at all is 0.</summary>
    private static bool TryOctal(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        field = field.TrimStart((byte)' ');
        int end = field.IndexOfAny((byte)' ', (byte)0);
        foreach (byte digit in end < 0 ? field : field[..end])
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return false;
            }

            // Twelve digits are 36 bits.
            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    /// <summary>GNU's way with large and negative numbers: base 256, two's complement, the highest bit but for the first one a sign.</summary>
    private static bool TryBinary(ReadOnlySpan<byte> field, out long value)
    {
        value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        if (field.Length == 8)
        {
            // The mark takes the place of the top bit, the sign is in the one below.
            value = (value << 1) >> 1;
            return true;
        }

        byte fill = value < 0 ? (byte)0xFF : (byte)0;
        return (field[0] == 0x80 || field[0] == 0xFF) && (field[0] == 0xFF) == (value < 0) && field[1..^8].IndexOfAnyExcept(fill) < 0;
    }
}
