using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>What kind of file a zip entry is, who may do what with it, and when it was changed, as far as it was said.</summary>
internal static class ZipAttributes
{
    private const uint DosReadOnly = 1;
    private const uint DosDirectory = 0x10;

    public static FileType TypeOf(ZipRecord record, byte[] name)
    {
        bool isDirectory = name.AsSpan().EndsWith("/"u8) || (!record.IsUnix && (record.Attributes & DosDirectory) != 0);
        FileType type = record.IsUnix ? FromUnix(name, (record.Attributes >> 28) & 0xF) : FileType.Unknown;
        if (type == FileType.Unknown)
        {
            return isDirectory ? FileType.Directory : FileType.Regular;
        }

        return isDirectory && type != FileType.Directory
            ? throw Malformed.Entry(name, "is a directory by its name, and none by its mode.")
            : type;
    }

    public static ushort ModeOf(ZipRecord record, FileType type)
    {
        if (record.IsUnix && record.Attributes >> 16 != 0)
        {
            return (ushort)((record.Attributes >> 16) & 0xFFF);
        }

        int mode = type == FileType.Directory ? 0x1ED : 0x1A4;
        return (ushort)((record.Attributes & DosReadOnly) != 0 ? mode & ~0x92 : mode);
    }

    /// <summary>Two seconds' steps since 1980, of no time zone that anyone knows: taken as UTC. A date that is none is 1970.</summary>
    public static long FromDosTime(uint time)
    {
        int year = 1980 + (int)(time >> 25);
        int month = (int)(time >> 21) & 15;
        int day = (int)(time >> 16) & 31;
        int seconds = ((int)(time >> 11) & 31) * 3600 + (((int)(time >> 5) & 63) * 60) + (((int)time & 31) * 2);
        return month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || seconds >= 86_400
            ? 0
            : ((new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) * 100) + (seconds * TarTime.Second);
    }

    private static FileType FromUnix(byte[] name, uint kind) => kind switch
    {
        0 => FileType.Unknown,
        1 => FileType.Fifo,
        4 => FileType.Directory,
        8 => FileType.Regular,
        10 => FileType.SymbolicLink,
        2 or 6 => throw Malformed.Entry(name, "is a device, of which a zip archive has no number."),
        _ => throw Malformed.Entry(name, "is of a kind that is not known."),
    };
}
