using System.Buffers.Binary;

namespace Marcotte.Vfs.Archives;

/// <summary>Where a zip archive's central directory lies (APPNOTE 4.3.14 to 4.3.16).</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="Entries">How many entries it has.</param>
internal readonly record struct ZipDirectory(long Offset, long End, ulong Entries)
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LargeEndLength = 56;

    /// <summary>Whether bytes begin as a zip archive does: with an entry, or with the end of one that has none.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8);

    /// <summary>Finds it by the record at the archive's end, of which only a comment may follow.</summary>
    public static ZipDirectory Find(ArchiveBytes raw)
    {
        byte[] tail = new byte[(int)Math.Min(raw.Length, EndLength + ushort.MaxValue)];
        long start = raw.Length - tail.Length;
        raw.Read(tail, start);
        for (int at = tail.Length - EndLength; at >= 0; at--)
        {
            ReadOnlySpan<byte> record = tail.AsSpan(at);
            if (record.StartsWith("PK\x05\x06"u8) && U16(record, 20) == record.Length - EndLength)
            {
                return FromEnd(raw, start + at, record);
            }
        }

        throw new InvalidDataException("its central directory is not there; it is cut short, or something is behind its end.");
    }

    public static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    public static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    public static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static ZipDirectory FromEnd(ArchiveBytes raw, long end, ReadOnlySpan<byte> record)
    {
        ulong entries = U16(record, 10);
        ulong length = U32(record, 12);
        ulong offset = U32(record, 16);
        bool isOne = U16(record, 4) is 0 or ushort.MaxValue && U16(record, 6) is 0 or ushort.MaxValue;
        if (entries == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue)
        {
            Span<byte> large = stackalloc byte[LargeEndLength];
            if (ReadLarge(raw, end, large) is { } at)
            {
                end = at;
                isOne = U32(large, 16) == 0 && U32(large, 20) == 0;
                entries = U64(large, 32);
                length = U64(large, 40);
                offset = U64(large, 48);
            }
        }

        if (!isOne)
        {
            throw new InvalidDataException("it is one of several volumes; put them together first.");
        }

        // What is between the directory and its end record, or before the first entry, no reader agrees about.
        if (offset > (ulong)end || length != (ulong)end - offset)
        {
            throw new InvalidDataException("its central directory does not lie where its end says.");
        }

        return new ZipDirectory((long)offset, end, entries);
    }

    /// <summary>Reads the end record of large archives, which is found by the locator before the ordinary one.</summary>
    private static long? ReadLarge(ArchiveBytes raw, long end, Span<byte> record)
    {
        Span<byte> locator = stackalloc byte[LocatorLength];
        if (end < LocatorLength + LargeEndLength)
        {
            return null;
        }

        raw.Read(locator, end - LocatorLength);
        if (!locator.StartsWith("PK\x06\x07"u8))
        {
            return null;
        }

        ulong at = U64(locator, 8);
        if (at > (ulong)(end - LocatorLength - LargeEndLength))
        {
            throw new InvalidDataException("its end record for large archives does not lie where its locator says.");
        }

        raw.Read(record, (long)at);
        return record.StartsWith("PK\x06\x06"u8)
            ? (long)at
            : throw new InvalidDataException("its end record for large archives does not lie where its locator says.");
    }
}
