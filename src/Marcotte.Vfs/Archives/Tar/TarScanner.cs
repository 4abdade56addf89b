using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// Reads the headers of a tar: ustar, pax, GNU's and the oldest ones. Where two readers could take an archive for different
/// things (a size that two headers disagree about, data after what cannot have any) it is refused.
/// </summary>
internal sealed class TarScanner(ArchiveBytes raw, ArchiveBytes content, ArchiveBuilder builder, CancellationToken cancellation)
{
    /// <summary>Bytes of an extended header or a long name: many times what a path, a link and their like can need.</summary>
    private const int LongestExtension = 1 << 20;

    private const long LargestInHeader = (1L << 33) - 1;

    private readonly HeaderWindow _window = new(raw);
    private PaxAttributes _global;
    private PaxAttributes _own;
    private bool _hasPax;
    private byte[]? _longName;
    private byte[]? _longLink;

    /// <summary>Whether bytes begin as a tar does: with a header, or with its end.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) =>
        start.Length >= TarHeader.Length &&
        (TarHeader.IsZero(start[..TarHeader.Length]) || new TarHeader(start[..TarHeader.Length]).HasRightChecksum);

    public void Scan()
    {
        long offset = 0;
        while (offset < raw.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            if (raw.Length - offset < TarHeader.Length)
            {
                throw Malformed.At(offset, "a header is cut short.");
            }

            ReadOnlySpan<byte> block = _window.At(offset, TarHeader.Length);
            if (TarHeader.IsZero(block))
            {
                CheckEnd(offset);
                break;
            }

            offset = Read(offset, new TarHeader(block));
        }

        if (_hasPax || _longName is not null || _longLink is not null)
        {
            throw Malformed.At(offset, "the archive ends after a header that is about an entry to follow.");
        }
    }

    /// <summary>Two blocks of zeros end an archive; what is behind them is not part of it. One alone may be damage that hides the rest.</summary>
    private void CheckEnd(long offset)
    {
        offset += TarHeader.Length;
        if (raw.Length - offset >= TarHeader.Length && !TarHeader.IsZero(_window.At(offset, TarHeader.Length)))
        {
            throw Malformed.At(offset, "there is one block of zeros where two end an archive.");
        }
    }

    /// <summary>Reads an entry, or a header about the next.</summary>
    /// <returns>Where the next header is.</returns>
    private long Read(long offset, TarHeader header)
    {
        if (!header.HasRightChecksum)
        {
            throw Malformed.At(offset, "there is a header whose checksum is wrong.");
        }

        char kind = header.Kind;
        byte[] path = PathOf(header);
        if (!header.TrySize(out long size) || size < 0)
        {
            throw Malformed.Entry(path, "has a size that is no number.");
        }

        bool isAbout = kind is 'x' or 'g' or 'X' or 'L' or 'K';
        size = isAbout ? size : OwnSize(path, size);
        long data = offset + TarHeader.Length;
        if (size > raw.Length - data)
        {
            throw Malformed.Entry(path, $"has {size} bytes, and the archive ends before them.");
        }

        long next = data + ((size + TarHeader.Length - 1) & -TarHeader.Length);
        if (next > raw.Length)
        {
            throw Malformed.Entry(path, "is the last, and is cut short.");
        }

        if (isAbout)
        {
            TakeExtension(path, kind, data, size);
            return next;
        }

        AddEntry(path, kind, header, data, size);
        (_own, _hasPax, _longName, _longLink) = (_global, false, null, null);
        return next;
    }

    private byte[] PathOf(TarHeader header)
    {
        if ((_own.Path ?? _longName) is { } name)
        {
            return name;
        }

        ReadOnlySpan<byte> prefix = header.Prefix;
        return prefix.IsEmpty ? header.Name.ToArray() : [.. prefix, (byte)'/', .. header.Name];
    }

    /// <summary>The extended header's size counts; the header's own must be the same unless it has no room for it.</summary>
    private long OwnSize(byte[] path, long size)
    {
        if (_own.Size is not { } own || own == size)
        {
            return size;
        }

        return own > LargestInHeader ? own : throw Malformed.Entry(path, $"has {size} bytes by its header and {own} by its extended header.");
    }

    private void TakeExtension(byte[] path, char kind, long data, long size)
    {
        if (size > LongestExtension)
        {
            throw Malformed.Entry(path, $"is a header of {size} bytes; {LongestExtension} are the most.");
        }

        ReadOnlySpan<byte> text = size == 0 ? default : _window.At(data, (int)size);
        switch (kind)
        {
            case 'g':
                TakeGlobal(path, text);
                break;
            case 'L':
                _longName = _longName is null ? LongText(path, text) : throw Malformed.Entry(path, "has a second long name.");
                break;
            case 'K':
                _longLink = _longLink is null ? LongText(path, text) : throw Malformed.Entry(path, "has a second long link.");
                break;
            default:
                if (_hasPax)
                {
                    throw Malformed.Entry(path, "has a second extended header.");
                }

                _hasPax = true;
                _own = _global;
                Check(path, _own.Parse(text));
                break;
        }
    }

    private void TakeGlobal(byte[] path, ReadOnlySpan<byte> text)
    {
        if (_hasPax || _longName is not null || _longLink is not null)
        {
            throw Malformed.Entry(path, "is a header for all entries, after one for the next entry.");
        }

        Check(path, _global.Parse(text));
        if (_global.Path is not null || _global.Link is not null || _global.Size is not null || _global.IsSparse)
        {
            throw Malformed.Entry(path, "gives all entries that follow one name or one size.");
        }

        _own = _global;
    }

    private static void Check(byte[] path, string? wrong)
    {
        if (wrong is not null)
        {
            throw Malformed.Entry(path, wrong);
        }
    }

    private static byte[] LongText(byte[] path, ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)0);
        return text.Contains((byte)0) ? throw Malformed.Entry(path, "has a NUL in a long name.") : text.ToArray();
    }

    private void AddEntry(byte[] path, char kind, TarHeader header, long data, long size)
    {
        if (kind == 'S' || _own.IsSparse)
        {
            throw Malformed.Entry(path, "is a sparse file in GNU tar's format, which is not read; make the archive without --sparse.");
        }

        FileType type = TypeOf(path, kind);
        if (type == FileType.Unknown)
        {
            return;
        }

        if (size != 0 && (type != FileType.Regular || kind == '1') && kind != 'D')
        {
            throw Malformed.Entry(path, $"says that it has {size} bytes, which an entry of its kind cannot have.");
        }

        ReadOnlySpan<byte> link = _own.Link ?? _longLink ?? header.Link;
        if (kind == '1')
        {
            builder.AddLink(path, link);
            return;
        }

        long modify = _own.ModifyTime ?? TarTime.FromSeconds(Number(path, header.TryTime(out long time), time, long.MinValue, long.MaxValue, "time"));
        builder.Add(path, new ArchiveNode(type)
        {
            Mode = (ushort)(Number(path, header.TryMode(out long mode), mode, 0, long.MaxValue, "mode") & 0xFFF),
            UserId = _own.UserId ?? (uint)Number(path, header.TryUserId(out long user), user, 0, uint.MaxValue, "owner"),
            GroupId = _own.GroupId ?? (uint)Number(path, header.TryGroupId(out long group), group, 0, uint.MaxValue, "group"),
            ModifyTime = modify,
            AccessTime = _own.AccessTime ?? modify,
            ChangeTime = _own.ChangeTime ?? modify,
            Represents = type is FileType.CharacterDevice or FileType.BlockDevice ? Device(path, header) : 0,
            Target = type == FileType.SymbolicLink ? Target(path, link) : null,
            Bytes = type == FileType.Regular && size > 0 ? content : null,
            Offset = data,
            Size = type == FileType.Regular ? size : 0,
        });
    }

    /// <summary>The kind of file; unknown for what is no file, such as the label of a volume.</summary>
    private static FileType TypeOf(byte[] path, char kind) => kind switch
    {
        // The oldest tars know a directory by its name; a header's own may be one that was cut, and says nothing then.
        '0' or '\0' or '7' => path.AsSpan().EndsWith("/"u8) ? FileType.Directory : FileType.Regular,
        '1' => FileType.Regular,
        '2' => FileType.SymbolicLink,
        '3' => FileType.CharacterDevice,
        '4' => FileType.BlockDevice,
        '5' or 'D' => FileType.Directory,
        '6' => FileType.Fifo,
        'V' => FileType.Unknown,
        'M' => throw Malformed.Entry(path, "goes on from another volume; put the volumes together first."),
        _ => throw Malformed.Entry(path, $"is of a kind that is not known ('{Malformed.Show([(byte)kind])}')."),
    };

    private static byte[] Target(byte[] path, ReadOnlySpan<byte> link)
    {
        if (link.IsEmpty || link.Length >= ArchivePath.LongestPath || link.Contains((byte)0))
        {
            throw Malformed.Entry(path, "is a symbolic link to what cannot be a path.");
        }

        return link.ToArray();
    }

    /// <summary>As makedev(3) packs it.</summary>
    private static ulong Device(byte[] path, TarHeader header)
    {
        if (!header.TryDevice(out long major, out long minor) || major is < 0 or > uint.MaxValue || minor is < 0 or > uint.MaxValue)
        {
            throw Malformed.Entry(path, "has a device number that makes no sense.");
        }

        return DeviceNumber.Pack((uint)major, (uint)minor);
    }

    private static long Number(byte[] path, bool isNumber, long value, long least, long most, string what) =>
        isNumber && value >= least && value <= most ? value : throw Malformed.Entry(path, $"has a number for its {what} that makes no sense.");
}
