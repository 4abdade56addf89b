using System.Buffers;
using System.Text;

namespace Marcotte.Vfs.HostAccess;

/// <summary>A host's path as the bytes that a box takes, in the caller's buffer when they fit.</summary>
internal ref struct EncodedPath
{
    /// <summary>A good size for the caller's buffer.</summary>
    internal const int UsualBytes = 256;

    private readonly Span<byte> _bytes;
    private byte[]? _rented;

    internal EncodedPath(string path, Span<byte> buffer)
    {
        int most = Encoding.UTF8.GetMaxByteCount(path.Length);
        if (most > buffer.Length)
        {
            _rented = ArrayPool<byte>.Shared.Rent(most);
            buffer = _rented;
        }

        // Half a surrogate pair becomes a replacement character, as it does where .NET calls a real kernel.
        _bytes = buffer[..Encoding.UTF8.GetBytes(path, buffer)];
    }

    internal readonly ReadOnlySpan<byte> Bytes => _bytes;

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }
}
