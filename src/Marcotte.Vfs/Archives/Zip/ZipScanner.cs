using Marcotte.Core;
using static Marcotte.Vfs.Archives.ZipDirectory;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// Reads the central directory of a zip archive, and holds each entry's local header against it: two that disagree, or
/// entries that share bytes, are for a reader to be led astray by, so they are refused.
/// </summary>
internal sealed class ZipScanner
{
    private const int LocalLength = 30;

    /// <summary>More than this many times its length deflated data cannot inflate to.</summary>
    private const int LargestRatio = 1032;

    private readonly ArchiveBytes _raw;
    private readonly ArchiveBytes _content;
    private readonly ArchiveBuilder _builder;
    private readonly ArchiveOptions _options;
    private readonly BlockCache _cache;
    private readonly DecoderShelf _shelf;
    private readonly HeaderWindow _records;
    private readonly HeaderWindow _locals;
    private readonly List<(long Start, long End, byte[] Name)> _ranges = [];
    private long _inflated;

    public ZipScanner(ArchiveBytes raw, ArchiveBytes content, ArchiveBuilder builder, ArchiveOptions options, BlockCache cache, DecoderShelf shelf)
    {
        _raw = raw;
        _content = content;
        _builder = builder;
        _options = options;
        _cache = cache;
        _shelf = shelf;
        _records = new HeaderWindow(raw);
        _locals = new HeaderWindow(raw);
    }

    public void Scan(CancellationToken cancellation)
    {
        ZipDirectory directory = Find(_raw);
        if (directory.Entries > (ulong)_options.MaxEntries)
        {
            throw new InvalidDataException(
                $"it says that it has {directory.Entries} entries; raise ArchiveOptions.MaxEntries ({_options.MaxEntries}) if there should be so many.");
        }

        long offset = directory.Offset;
        for (ulong i = 0; i < directory.Entries; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = directory.End - offset < ZipRecord.FixedLength
                ? int.MaxValue
                : ZipRecord.LengthOf(_records.At(offset, ZipRecord.FixedLength));
            if (length > directory.End - offset || !_records.At(offset, length).StartsWith("PK\x01\x02"u8))
            {
                throw Malformed.At(offset, "there is no header of the central directory.");
            }

            Add(new ZipRecord(_records.At(offset, length)), directory.Offset);
            offset += length;
        }

        if (offset != directory.End)
        {
            throw Malformed.At(offset, "the central directory has more than the entries it says it has.");
        }

        CheckRanges();
    }

    private void Add(ZipRecord record, long end)
    {
        byte[] name = record.Name;
        ZipPlace place = ZipPlace.Of(record, name);
        ReadOnlySpan<byte> local = Local(record, name, place.Offset, end, out long data);
        if (place.Compressed > end - data)
        {
            throw Malformed.Entry(name, $"has {place.Compressed} bytes, and the archive ends before them.");
        }

        _ranges.Add((place.Offset, data + place.Compressed, name));
        CheckMethod(record, name, place);
        ZipExtra extra = default;
        extra.Take(record.Extra);
        extra.Take(local);
        FileType type = ZipAttributes.TypeOf(record, name);
        if (type is not (FileType.Regular or FileType.SymbolicLink) && place.Length != 0)
        {
            throw Malformed.Entry(name, $"says that it has {place.Length} bytes, which an entry of its kind cannot have.");
        }

        long modify = extra.ModifyTime ?? ZipAttributes.FromDosTime(record.DosTime);
        bool hasBytes = type == FileType.Regular && place.Length > 0;
        bool isStored = record.Method == ZipRecord.Stored;
        _builder.Add(name, new ArchiveNode(type)
        {
            Mode = ZipAttributes.ModeOf(record, type),
            UserId = extra.UserId ?? 0,
            GroupId = extra.GroupId ?? 0,
            ModifyTime = modify,
            AccessTime = extra.AccessTime ?? modify,
            ChangeTime = modify,
            Target = type == FileType.SymbolicLink ? Target(name, isStored, data, place) : null,
            Bytes = !hasBytes ? null : isStored ? _content : new InflatedBytes(_cache, _shelf, _raw, data, place.Compressed, place.Length),
            Offset = isStored ? data : 0,
            Size = hasBytes ? place.Length : 0,
        });
    }

    private void CheckMethod(ZipRecord record, byte[] name, ZipPlace place)
    {
        if (record.IsEncrypted)
        {
            throw Malformed.Entry(name, "is encrypted; make the archive without a password.");
        }

        switch (record.Method)
        {
            case ZipRecord.Stored when place.Length != place.Compressed:
                throw Malformed.Entry(name, $"is stored as {place.Compressed} bytes, and says that it has {place.Length}.");
            case ZipRecord.Stored:
                return;
            case ZipRecord.Deflated when place.Length / LargestRatio > place.Compressed:
                throw Malformed.Entry(name, $"says that {place.Compressed} bytes inflate to {place.Length}, which cannot be.");
            case ZipRecord.Deflated when place.Length > _options.MaxInflatedBytes - _inflated:
                throw Malformed.Entry(
                    name, $"inflates to more than is left of {_options.MaxInflatedBytes} bytes; raise ArchiveOptions.MaxInflatedBytes if that is what it should be.");
            case ZipRecord.Deflated:
                _inflated += place.Length;
                return;
            default:
                throw Malformed.Entry(name, $"is compressed by method {record.Method}; only stored (0) and deflated (8) entries are read.");
        }
    }

    /// <summary>The extra fields of an entry's local header (APPNOTE 4.3.7), and where the data behind it begins.</summary>
    private ReadOnlySpan<byte> Local(ZipRecord record, byte[] name, long offset, long end, out long data)
    {
        ReadOnlySpan<byte> raw = record.RawName;
        data = 0;
        if (offset <= end - LocalLength - raw.Length)
        {
            ReadOnlySpan<byte> start = _locals.At(offset, LocalLength + raw.Length);
            int extra = U16(start, 28);
            if (start.StartsWith("PK\x03\x04"u8) && U16(start, 26) == raw.Length && start[LocalLength..].SequenceEqual(raw) &&
                U16(start, 8) == record.Method && offset <= end - LocalLength - raw.Length - extra)
            {
                data = offset + LocalLength + raw.Length + extra;
                return _locals.At(offset, LocalLength + raw.Length + extra)[^extra..];
            }
        }

        throw Malformed.Entry(name, "does not begin with the header that the central directory says it has.");
    }

    private byte[] Target(byte[] name, bool isStored, long data, ZipPlace place)
    {
        byte[] target = new byte[Math.Min(place.Length, ArchivePath.LongestPath)];
        if (isStored)
        {
            _raw.Read(target, data);
        }
        else
        {
            try
            {
                using Stream stream = InflatedBytes.Decode(_raw, data, place.Compressed);
                stream.ReadExactly(target);
            }
            catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
            {
                throw Malformed.Entry(name, "cannot be inflated.");
            }
        }

        return target.Length is 0 or ArchivePath.LongestPath || target.Contains((byte)0)
            ? throw Malformed.Entry(name, "is a symbolic link to what cannot be a path.")
            : target;
    }

    private void CheckRanges()
    {
        _ranges.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        for (int i = 1; i < _ranges.Count; i++)
        {
            if (_ranges[i].Start < _ranges[i - 1].End)
            {
                throw Malformed.Entry(_ranges[i].Name, $"shares bytes with '{Malformed.Show(_ranges[i - 1].Name)}'.");
            }
        }
    }
}
