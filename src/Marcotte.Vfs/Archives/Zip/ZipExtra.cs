using System.Buffers.Binary;
using static Marcotte.Vfs.Archives.ZipDirectory;

namespace Marcotte.Vfs.Archives;

/// <summary>What a zip entry's extra fields say: sizes beyond 32 bits, times, owners.</summary>
internal struct ZipExtra
{
    private const ushort Large = 0x0001;
    private const ushort Ntfs = 0x000A;
    private const ushort UnixTime = 0x5455;
    private const ushort UnixOwner = 0x7875;

    /// <summary>100 ns between 1601, where Windows counts from, and 1970.</summary>
    private const long NtfsEpoch = 116_444_736_000_000_000;

    public long? ModifyTime { get; private set; }

    public long? AccessTime { get; private set; }

    public uint? UserId { get; private set; }

    public uint? GroupId { get; private set; }

    /// <summary>The content of the field for large sizes; empty when there is none.</summary>
    public static ReadOnlySpan<byte> FindLarge(ReadOnlySpan<byte> extra)
    {
        while (TryNext(ref extra, out ushort id, out ReadOnlySpan<byte> field))
        {
            if (id == Large)
            {
                return field;
            }
        }

        return default;
    }

    /// <summary>Takes what is not known yet. Fields that are cut short end it, for writers have always left scraps there.</summary>
    public void Take(ReadOnlySpan<byte> extra)
    {
        while (TryNext(ref extra, out ushort id, out ReadOnlySpan<byte> field))
        {
            switch (id)
            {
                case UnixTime:
                    TakeUnixTime(field);
                    break;
                case UnixOwner:
                    TakeOwner(field);
                    break;
                case Ntfs when field.Length >= 32 && U16(field, 4) == 1:
                    ModifyTime = FromNtfs(U64(field, 8));
                    AccessTime = FromNtfs(U64(field, 16));
                    break;
            }
        }
    }

    private static bool TryNext(scoped ref ReadOnlySpan<byte> extra, out ushort id, out ReadOnlySpan<byte> field)
    {
        id = 0;
        field = default;
        if (extra.Length < 4 || U16(extra, 2) > extra.Length - 4)
        {
            return false;
        }

        id = U16(extra, 0);
        field = extra.Slice(4, U16(extra, 2));
        extra = extra[(4 + field.Length)..];
        return true;
    }

    private static long FromNtfs(ulong time) =>
        (long)Int128.Clamp(((Int128)time - NtfsEpoch) * 100, long.MinValue + 2, long.MaxValue);

    /// <summary>Flags, then those of the times of modification and access that the flags announce and that are there.</summary>
    private void TakeUnixTime(ReadOnlySpan<byte> field)
    {
        int at = 1;
        if (field.Length >= at + 4 && (field[0] & 1) != 0)
        {
            ModifyTime ??= BinaryPrimitives.ReadInt32LittleEndian(field[at..]) * TarTime.Second;
            at += 4;
        }

        if (field.Length >= at + 4 && (field[0] & 2) != 0)
        {
            AccessTime ??= BinaryPrimitives.ReadInt32LittleEndian(field[at..]) * TarTime.Second;
        }
    }

    /// <summary>A version, then user and group, each a length and so many bytes.</summary>
    private void TakeOwner(ReadOnlySpan<byte> field)
    {
        if (field.Length >= 11 && field[0] == 1 && field[1] == 4 && field[6] == 4)
        {
            UserId ??= U32(field, 2);
            GroupId ??= U32(field, 7);
        }
    }
}
