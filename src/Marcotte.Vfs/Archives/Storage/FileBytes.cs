using Microsoft.Win32.SafeHandles;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// A file of the host's. It is not mapped into memory, for whoever cuts a mapped file short ends the process that reads it.
/// </summary>
internal sealed class FileBytes(SafeFileHandle handle) : ArchiveBytes
{
    public override long Length { get; } = RandomAccess.GetLength(handle);

    public override void Read(Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            int count = RandomAccess.Read(handle, buffer, offset);
            if (count == 0)
            {
                throw new EndOfStreamException("The archive's file has become shorter since it was mounted.");
            }

            buffer = buffer[count..];
            offset += count;
        }
    }

    public override void Dispose()
    {
        handle.Dispose();
        base.Dispose();
    }
}
