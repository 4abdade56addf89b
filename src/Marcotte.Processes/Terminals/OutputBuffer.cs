using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>What was written to a terminal and not taken by its person yet, as it is to be shown.</summary>
internal sealed class OutputBuffer
{
    /// <summary>What programs may write ahead.</summary>
    private const int WrittenBytes = 16 * 1024;

    /// <summary>What echoes may take beyond: more is lost, since nobody could be made to wait for it.</summary>
    private const int EchoBytes = 4096;

    private readonly Queue<byte> _bytes = new();

    internal int Count => _bytes.Count;

    /// <summary>Where the cursor is.</summary>
    internal int Column { get; private set; }

    internal bool HasRoom => _bytes.Count < WrittenBytes;

    internal int Read(Span<byte> target)
    {
        int count = Math.Min(target.Length, _bytes.Count);
        for (int i = 0; i < count; i++)
        {
            target[i] = _bytes.Dequeue();
        }

        if (_bytes.Count == 0 && count > 0)
        {
            _bytes.TrimExcess(64);
        }

        return count;
    }

    internal void Clear() => _bytes.Clear();

    /// <summary>Writes what a program wrote, as far as there is room.</summary>
    internal int Write(in TerminalSettings settings, ReadOnlySpan<byte> source)
    {
        int count = 0;
        while (count < source.Length && HasRoom)
        {
            Put(settings, source[count++]);
        }

        return count;
    }

    /// <summary>Shows a byte that was typed.</summary>
    internal void Echo(in TerminalSettings settings, byte value)
    {
        if (_bytes.Count < WrittenBytes + EchoBytes)
        {
            Put(settings, value);
        }
    }

    /// <summary>Sends a byte as it is, even while the person holds what is written.</summary>
    internal void Send(byte value)
    {
        if (_bytes.Count < WrittenBytes + EchoBytes)
        {
            _bytes.Enqueue(value);
        }
    }

    private void Put(in TerminalSettings settings, byte value)
    {
        uint flags = settings.Output;
        if ((flags & OutputBits.Process) == 0)
        {
            _bytes.Enqueue(value);
            return;
        }

        switch (value)
        {
            case (byte)'\n':
                if ((flags & OutputBits.NewLineToReturnNewLine) != 0)
                {
                    _bytes.Enqueue((byte)'\r');
                    Column = 0;
                }
                else if ((flags & OutputBits.NewLineReturns) != 0)
                {
                    Column = 0;
                }

                break;
            case (byte)'\r':
                if ((flags & OutputBits.NoReturnAtStart) != 0 && Column == 0)
                {
                    return;
                }

                if ((flags & OutputBits.ReturnToNewLine) != 0)
                {
                    value = (byte)'\n';
                    Column = (flags & OutputBits.NewLineReturns) != 0 ? 0 : Column;
                    break;
                }

                Column = 0;
                break;
            case (byte)'\t':
                int spaces = 8 - (Column & 7);
                Column += spaces;
                if ((flags & OutputBits.ExpandTabs) == OutputBits.ExpandTabs)
                {
                    for (; spaces > 0; spaces--)
                    {
                        _bytes.Enqueue((byte)' ');
                    }

                    return;
                }

                break;
            case (byte)'\b':
                Column = Math.Max(0, Column - 1);
                break;
            default:
                value = (flags & OutputBits.UpperCase) != 0 && value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 32) : value;
                bool continues = (settings.Input & InputBits.Utf8) != 0 && (value & 0xC0) == 0x80;
                Column += value < 0x20 || value == 0x7F || continues ? 0 : 1;
                break;
        }

        _bytes.Enqueue(value);
    }
}
