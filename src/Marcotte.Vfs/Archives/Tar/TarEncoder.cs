using System.Buffers;
using System.Globalization;
using System.Text;

namespace Marcotte.Vfs.Archives;

/// <summary>What a tar says of an entry.</summary>
internal readonly record struct TarEntryHeader(char Kind, byte[] Path)
{
    public byte[]? Link { get; init; }

    public ushort Mode { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public long ModifyTime { get; init; }

    public long Size { get; init; }

    public ulong Device { get; init; }
}

/// <summary>
/// Writes tar headers in the pax format: what an ordinary header has room for is there alone, and the rest is in an extended
/// header before it. Equal entries give equal bytes.
/// </summary>
internal sealed class TarEncoder(ArrayBufferWriter<byte> output)
{
    private const long LargestTwelve = (1L << 33) - 1;
    private const long LargestEight = (1L << 21) - 1;
    private const int NameLength = 100;

    /// <summary>Writes the header, or both of them.</summary>
    /// <exception cref="IOException">The entry's device has a number that no header can say.</exception>
    public void Write(in TarEntryHeader entry)
    {
        byte[] records = Records(entry);
        if (records.Length > 0)
        {
            WriteBlock(new TarEntryHeader('x', "././@PaxHeader"u8.ToArray()) { Mode = 0x1A4, Size = records.Length });
            output.Write(records);
            Pad(records.Length);
        }

        WriteBlock(entry);
    }

    /// <summary>Fills up to the next header.</summary>
    public void Pad(long length)
    {
        int rest = (int)(-length & (TarHeader.Length - 1));
        output.GetSpan(TarHeader.Length)[..rest].Clear();
        output.Advance(rest);
    }

    public void WriteEnd()
    {
        output.GetSpan(2 * TarHeader.Length)[..(2 * TarHeader.Length)].Clear();
        output.Advance(2 * TarHeader.Length);
    }

    private static byte[] Records(in TarEntryHeader entry)
    {
        ArrayBufferWriter<byte> records = new();
        AddNumber(records, "gid", entry.GroupId, LargestEight);
        AddText(records, "linkpath", entry.Link);
        if (entry.ModifyTime % TarTime.Second != 0 || entry.ModifyTime / TarTime.Second is < 0 or > LargestTwelve)
        {
            AddRecord(records, "mtime", Encoding.ASCII.GetBytes(Decimal(entry.ModifyTime)));
        }

        AddText(records, "path", entry.Path);
        AddNumber(records, "size", entry.Size, LargestTwelve);
        AddNumber(records, "uid", entry.UserId, LargestEight);
        return records.WrittenSpan.ToArray();
    }

    private static string Decimal(long time)
    {
        Int128 magnitude = Int128.Abs(time);
        string text = string.Create(CultureInfo.InvariantCulture, $"{(time < 0 ? "-" : "")}{magnitude / TarTime.Second}.{(long)(magnitude % TarTime.Second):D9}");
        return text.TrimEnd('0').TrimEnd('.');
    }

    private static void AddNumber(ArrayBufferWriter<byte> records, string key, long value, long most)
    {
        if (value > most)
        {
            AddRecord(records, key, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void AddText(ArrayBufferWriter<byte> records, string key, byte[]? text)
    {
        if (text is not null && (text.Length > NameLength || !Ascii.IsValid(text)))
        {
            AddRecord(records, key, text);
        }
    }

    /// <summary>The length counts its own digits too.</summary>
    private static void AddRecord(ArrayBufferWriter<byte> records, string key, ReadOnlySpan<byte> value)
    {
        int rest = key.Length + value.Length + 3;
        int length = rest + 1;
        while (rest + length.ToString(CultureInfo.InvariantCulture).Length != length)
        {
            length = rest + length.ToString(CultureInfo.InvariantCulture).Length;
        }

        records.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} {key}=")));
        records.Write(value);
        records.Write("\n"u8);
    }

    private void WriteBlock(in TarEntryHeader entry)
    {
        Span<byte> block = output.GetSpan(TarHeader.Length)[..TarHeader.Length];
        block.Clear();
        CopyCut(entry.Path, block[..NameLength]);
        Octal(block.Slice(100, 8), entry.Mode);
        Octal(block.Slice(108, 8), entry.UserId > LargestEight ? 0 : entry.UserId);
        Octal(block.Slice(116, 8), entry.GroupId > LargestEight ? 0 : entry.GroupId);
        Octal(block.Slice(124, 12), entry.Size > LargestTwelve ? 0 : entry.Size);
        Octal(block.Slice(136, 12), Math.Clamp(entry.ModifyTime / TarTime.Second, 0, LargestTwelve));
        block.Slice(148, 8).Fill((byte)' ');
        block[156] = (byte)entry.Kind;
        CopyCut(entry.Link, block.Slice(157, NameLength));
        "ustar\000"u8.CopyTo(block[257..]);
        if (entry.Kind is '3' or '4')
        {
            uint major = DeviceNumber.Major(entry.Device);
            uint minor = DeviceNumber.Minor(entry.Device);
            if (major > LargestEight || minor > LargestEight)
            {
                throw new IOException($"'{Malformed.Show(entry.Path)}' is the device {major}:{minor}, which a tar has no room for.");
            }

            Octal(block.Slice(329, 8), major);
            Octal(block.Slice(337, 8), minor);
        }

        int sum = 0;
        foreach (byte value in block)
        {
            sum += value;
        }

        Octal(block.Slice(148, 7), sum);
        output.Advance(TarHeader.Length);
    }

    private static void CopyCut(ReadOnlySpan<byte> text, Span<byte> field) => text[..Math.Min(text.Length, field.Length)].CopyTo(field);

    /// <summary>Digits up to a NUL at the field's end.</summary>
    private static void Octal(Span<byte> field, long value)
    {
        for (int i = field.Length - 2; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }

        field[^1] = 0;
    }
}
