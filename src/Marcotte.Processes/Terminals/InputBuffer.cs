namespace Marcotte.Processes;

/// <summary>What was typed: lines that can be read, and behind them the one that is being edited.</summary>
internal sealed class InputBuffer
{
    /// <summary>The longest line with its end (POSIX's MAX_CANON; 4096 on Linux).</summary>
    internal const int LineBytes = 4096;

    private const int Size = 2 * LineBytes;
    private const ushort EndsLine = 0x100;
    private const ushort EndOfFile = 0x200;

    private ushort[] _ring = [];
    private int _head;
    private int _count;

    /// <summary>Bytes of complete lines, or in raw mode all.</summary>
    internal int Committed { get; private set; }

    /// <summary>Bytes of the line that is being edited.</summary>
    internal int Editing => _count - Committed;

    internal bool IsFull => _count == Size;

    /// <summary>A byte of the line being edited.</summary>
    internal byte this[int index] => (byte)_ring[Position(Committed + index)];

    internal void Add(byte value)
    {
        if (_ring.Length == 0)
        {
            _ring = new ushort[Size];
        }

        _ring[Position(_count++)] = value;
    }

    /// <summary>The last byte that was added ends its line.</summary>
    internal void EndLine()
    {
        if (_count > 0)
        {
            _ring[Position(_count - 1)] |= EndsLine;
        }

        Committed = _count;
    }

    /// <summary>The line ends here with no byte: with nothing before, that is the end of the file.</summary>
    internal void EndFile()
    {
        Add(0);
        _ring[Position(_count - 1)] = EndOfFile | EndsLine;
        Committed = _count;
    }

    /// <summary>All can be read now.</summary>
    internal void Commit() => Committed = _count;

    /// <summary>Takes the last byte of the line being edited away.</summary>
    internal void Erase() => _count--;

    internal void Clear() => (_count, Committed, _head) = (0, 0, 0);

    /// <summary>Bytes that a read finds: of the first line, or all.</summary>
    internal int Readable(bool canonical)
    {
        if (!canonical)
        {
            return Committed;
        }

        for (int i = 0; i < Committed; i++)
        {
            ushort item = _ring[Position(i)];
            if ((item & EndsLine) != 0)
            {
                return i + ((item & EndOfFile) != 0 ? 0 : 1);
            }
        }

        return Committed;
    }

    internal int Read(Span<byte> target, bool canonical)
    {
        int count = 0;
        while (Committed > 0)
        {
            ushort item = _ring[_head];
            bool ends = canonical && (item & EndsLine) != 0;
            if ((item & EndOfFile) != 0)
            {
                // An end that follows what just filled the buffer belongs to it: the next read is not the end of the file.
                Take();
                if (ends)
                {
                    break;
                }

                continue;
            }

            if (count == target.Length)
            {
                break;
            }

            target[count++] = (byte)item;
            Take();
            if (ends)
            {
                break;
            }
        }

        return count;
    }

    private void Take()
    {
        _head = Position(1);
        _count--;
        Committed--;
    }

    private int Position(int index) => (_head + index) & (Size - 1);
}
