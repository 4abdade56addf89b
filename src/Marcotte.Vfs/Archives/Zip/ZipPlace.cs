using static Marcotte.Vfs.Archives.ZipDirectory;

namespace Marcotte.Vfs.Archives;

/// <summary>Where an entry lies and how long it is, whichever of its header and its extra fields say so.</summary>
internal readonly record struct ZipPlace(long Offset, long Compressed, long Length)
{
    public static ZipPlace Of(ZipRecord record, byte[] name)
    {
        // What has no room in the header is in the extra field, in this order (APPNOTE 4.5.3).
        ReadOnlySpan<byte> large = ZipExtra.FindLarge(record.Extra);
        ulong length = Next(record.Length, ref large, name);
        ulong compressed = Next(record.Compressed, ref large, name);
        ulong offset = Next(record.Offset, ref large, name);
        if (length > long.MaxValue || compressed > long.MaxValue || offset > long.MaxValue || record.Disk is not (0 or ushort.MaxValue))
        {
            throw Malformed.Entry(name, "has a size or a place that makes no sense.");
        }

        return new ZipPlace((long)offset, (long)compressed, (long)length);
    }

    private static ulong Next(uint value, ref ReadOnlySpan<byte> large, byte[] name)
    {
        if (value != uint.MaxValue)
        {
            return value;
        }

        if (large.Length < 8)
        {
            throw Malformed.Entry(name, "has a size beyond 32 bits, and does not say which.");
        }

        ulong next = U64(large, 0);
        large = large[8..];
        return next;
    }
}
