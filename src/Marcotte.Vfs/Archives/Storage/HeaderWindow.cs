namespace Marcotte.Vfs.Archives;

/// <summary>Reads what lies here and there in an archive, a few kilobytes at a time: what is between is skipped, not read.</summary>
internal sealed class HeaderWindow(ArchiveBytes bytes)
{
    private const int Ahead = 8192;
    private const int Alone = 1024;

    private byte[] _buffer = new byte[Ahead];
    private long _start;
    private int _length;

    /// <summary>A range, all of which is there; good until the next call.</summary>
    public ReadOnlySpan<byte> At(long offset, int length)
    {
        if (offset < _start || offset + length > _start + _length)
        {
            if (length > _buffer.Length)
            {
                _buffer = new byte[length];
            }

            // What lies close behind is followed by more of the kind; what lies far away stands alone.
            int ahead = offset >= _start && offset < _start + _length + Ahead ? Ahead : Alone;
            int count = (int)Math.Min(Math.Max(length, ahead), bytes.Length - offset);
            _length = 0;
            bytes.Read(_buffer.AsSpan(0, count), offset);
            _start = offset;
            _length = count;
        }

        return _buffer.AsSpan((int)(offset - _start), length);
    }
}
