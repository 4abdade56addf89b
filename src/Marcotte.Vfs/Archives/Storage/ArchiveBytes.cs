namespace Marcotte.Vfs.Archives;

/// <summary>Bytes that do not change, read at any position from any thread.</summary>
internal abstract class ArchiveBytes : IDisposable
{
    public abstract long Length { get; }

    /// <summary>Reads a range, all of which lies within <see cref="Length"/>.</summary>
    /// <exception cref="IOException">The range cannot be read, or what it comes from has become shorter.</exception>
    /// <exception cref="InvalidDataException">It is compressed, and the compressed bytes make no sense.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public abstract void Read(Span<byte> buffer, long offset);

    public virtual void Dispose()
    {
    }
}
