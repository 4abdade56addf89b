using System.Text;
using System.Text.Unicode;
using static Marcotte.Vfs.Archives.ZipDirectory;

namespace Marcotte.Vfs.Archives;

/// <summary>A central directory header (APPNOTE 4.3.12), with what its entry's local header adds.</summary>
internal readonly ref struct ZipRecord
{
    public const int FixedLength = 46;
    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    private const ushort EncryptedFlag = 1;
    private const ushort Utf8Flag = 1 << 11;

    private readonly ReadOnlySpan<byte> _bytes;

    public ZipRecord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public static int LengthOf(ReadOnlySpan<byte> start) => FixedLength + U16(start, 28) + U16(start, 30) + U16(start, 32);

    public bool IsUnix => _bytes[5] is 3 or 19;

    public bool IsEncrypted => (U16(_bytes, 8) & EncryptedFlag) != 0;

    public ushort Method => U16(_bytes, 10);

    public uint DosTime => U32(_bytes, 12);

    public uint Compressed => U32(_bytes, 20);

    public uint Length => U32(_bytes, 24);

    public uint Attributes => U32(_bytes, 38);

    public uint Offset => U32(_bytes, 42);

    public ushort Disk => U16(_bytes, 34);

    public ReadOnlySpan<byte> RawName => _bytes.Slice(FixedLength, U16(_bytes, 28));

    public ReadOnlySpan<byte> Extra => _bytes.Slice(FixedLength + U16(_bytes, 28), U16(_bytes, 30));

    /// <summary>The name in UTF-8. Many writers give that without saying so; the format's own is code page 437.</summary>
    public byte[] Name
    {
        get
        {
            ReadOnlySpan<byte> raw = RawName;
            return (U16(_bytes, 8) & Utf8Flag) != 0 || Utf8.IsValid(raw)
                ? raw.ToArray()
                : Encoding.UTF8.GetBytes(CodePagesEncodingProvider.Instance.GetEncoding(437)!.GetString(raw));
        }
    }
}
