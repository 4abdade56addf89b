using System.Text;
using Marcotte.Core;

namespace Marcotte;

/// <summary>What a program has written, kept in memory up to a cap. May be read while the program runs.</summary>
public sealed class CapturedOutput : FileOperations
{
    private readonly Lock _lock = new();
    private readonly int _maximum;
    private byte[] _bytes = [];
    private int _length;
    private long _dropped;

    internal CapturedOutput(int maximum) => _maximum = maximum;

    /// <inheritdoc/>
    public override FileType Type => FileType.Fifo;

    /// <summary>Bytes that came after the cap was reached and were not kept.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
            {
                return _dropped;
            }
        }
    }

    /// <summary>What was kept.</summary>
    /// <returns>A copy.</returns>
    public byte[] ToArray()
    {
        lock (_lock)
        {
            return _bytes.AsSpan(0, _length).ToArray();
        }
    }

    /// <summary>What was kept, as UTF-8.</summary>
    /// <returns>The text; what is no UTF-8 is replaced.</returns>
    public override string ToString()
    {
        lock (_lock)
        {
            return Encoding.UTF8.GetString(_bytes.AsSpan(0, _length));
        }
    }

    /// <inheritdoc/>
    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.BadF;
    }

    /// <inheritdoc/>
    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
    {
        count = buffer.Length;
        lock (_lock)
        {
            int kept = Math.Min(buffer.Length, _maximum - _length);
            if (_length + kept > _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Min(_maximum, Math.Max(256, Math.Max(_bytes.Length * 2L, _length + kept))));
            }

            buffer[..kept].CopyTo(_bytes.AsSpan(_length));
            _length += kept;
            _dropped += buffer.Length - kept;
        }

        return Errno.Success;
    }
}
