namespace Marcotte.Vfs.Archives;

/// <summary>Bytes in arrays of one length, but for the last: what a stream came to whose length nobody knew.</summary>
internal sealed class SegmentedBytes(byte[][] segments, long length) : ArchiveBytes
{
    public const int SegmentBits = 18;
    public const int SegmentLength = 1 << SegmentBits;

    public override long Length => length;

    public override void Read(Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            int within = (int)offset & (SegmentLength - 1);
            int count = Math.Min(buffer.Length, SegmentLength - within);
            segments[offset >> SegmentBits].AsSpan(within, count).CopyTo(buffer);
            buffer = buffer[count..];
            offset += count;
        }
    }
}
