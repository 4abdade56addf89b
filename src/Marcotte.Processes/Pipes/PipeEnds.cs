using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>Who has a pipe open, and who waits at its ends.</summary>
/// <remarks>Its lock guards the counts; they are read without it.</remarks>
internal sealed class PipeEnds(Pipe pipe)
{
    private readonly Lock _lock = new();
    private volatile int _readers;
    private volatile int _writers;
    private volatile int _readersEver;
    private volatile int _writersEver;
    private volatile WaitQueue? _either;

    internal int Readers => _readers;

    internal int Writers => _writers;

    /// <summary>How often the reading end was opened so far.</summary>
    internal int ReadersEver => _readersEver;

    /// <summary>How often the writing end was opened so far.</summary>
    internal int WritersEver => _writersEver;

    /// <summary>Woken when there is something to read.</summary>
    internal WaitQueue Readable { get; } = new();

    /// <summary>Woken when there is room.</summary>
    internal WaitQueue Writable { get; } = new();

    /// <summary>Where an opening waits.</summary>
    internal WaitQueue Queue(AccessModes access)
    {
        if (access != AccessModes.ReadWrite)
        {
            return access == AccessModes.Write ? Writable : Readable;
        }

        lock (_lock)
        {
            return _either ??= new WaitQueue();
        }
    }

    /// <summary>One reader: it wakes the next when it leaves something.</summary>
    internal void WakeReaders()
    {
        Readable.WakeOne();
        _either?.Wake();
    }

    /// <summary>One writer: it wakes the next when it leaves room.</summary>
    internal void WakeWriters()
    {
        Writable.WakeOne();
        _either?.Wake();
    }

    internal void Open(AccessModes access)
    {
        lock (_lock)
        {
            if ((access & AccessModes.Read) != 0)
            {
                _readers++;
                _readersEver++;
            }

            if ((access & AccessModes.Write) != 0)
            {
                _writers++;
                _writersEver++;
            }
        }

        WakeAll();
    }

    /// <summary>An end goes.</summary>
    /// <returns>Whether it was the last.</returns>
    internal bool Close(AccessModes access)
    {
        bool last;
        lock (_lock)
        {
            // A pipe's locks are taken under this one, never the other way round.
            _readers -= (access & AccessModes.Read) != 0 ? 1 : 0;
            _writers -= (access & AccessModes.Write) != 0 ? 1 : 0;
            last = _readers + _writers == 0;
            if (last)
            {
                pipe.Clear();
            }
        }

        WakeAll();
        return last;
    }

    private void WakeAll()
    {
        Readable.Wake();
        Writable.Wake();
        _either?.Wake();
    }
}
