using System.IO.Compression;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// Inflates a gzip file, and notices when it was cut short, which <see cref="GZipStream"/> passes over. A member of
/// known content goes behind the file: it comes out again, whole, exactly when all members before it did.
/// </summary>
internal sealed class WholeGZipStream : Stream
{
    private static readonly byte[] Mark = "\u2014 the end \u2014"u8.ToArray();
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly GZipStream _inflated;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _length;

    public WholeGZipStream(ArchiveBytes bytes) =>
        _inflated = new GZipStream(new RangeStream(new JoinedBytes(bytes, MarkMember), 0, bytes.Length + MarkMember.Length), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is damaged, or does not end with a member's end.</exception>
    public override int Read(Span<byte> buffer)
    {
        // What may be the mark is held back.
        while (_length <= Mark.Length)
        {
            _buffer.AsSpan(_start, _length).CopyTo(_buffer);
            _start = 0;
            int count = _inflated.Read(_buffer, _length, _buffer.Length - _length);
            _length += count;
            if (count == 0)
            {
                return _buffer.AsSpan(0, _length).SequenceEqual(Mark)
                    ? 0
                    : throw new InvalidDataException("its gzip stream is cut short, or something is behind its end.");
            }
        }

        int given = Math.Min(buffer.Length, _length - Mark.Length);
        _buffer.AsSpan(_start, given).CopyTo(buffer);
        _start += given;
        _length -= given;
        return given;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflated.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using MemoryStream member = new();
        using (GZipStream gzip = new(member, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return member.ToArray();
    }

    private sealed class JoinedBytes(ArchiveBytes first, byte[] second) : ArchiveBytes
    {
        public override long Length => first.Length + second.Length;

        public override void Read(Span<byte> buffer, long offset)
        {
            int count = (int)Math.Clamp(first.Length - offset, 0, buffer.Length);
            if (count > 0)
            {
                first.Read(buffer[..count], offset);
            }

            second.AsSpan((int)Math.Max(0, offset - first.Length), buffer.Length - count).CopyTo(buffer[count..]);
        }
    }
}
