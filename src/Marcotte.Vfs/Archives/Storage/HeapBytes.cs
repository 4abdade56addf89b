namespace Marcotte.Vfs.Archives;

/// <summary>Bytes in one array.</summary>
internal sealed class HeapBytes(ReadOnlyMemory<byte> bytes) : ArchiveBytes
{
    public override long Length => bytes.Length;

    public override void Read(Span<byte> buffer, long offset) => bytes.Span.Slice((int)offset, buffer.Length).CopyTo(buffer);
}
