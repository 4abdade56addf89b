using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasi.Tests;

/// <summary>A stream: what was fed to it can be read, and what was written is kept apart write by write.</summary>
internal sealed class FakeStream : FileOperations
{
    private readonly Lock _lock = new();
    private readonly WaitQueue _queue = new();
    private readonly List<byte[]> _writes = [];
    private byte[] _input = [];
    private int _room = int.MaxValue;
    private bool _ended;

    public override FileType Type => Kind;

    public override bool IsTerminal => Tty;

    internal FileType Kind { get; init; } = FileType.Fifo;

    internal bool Tty { get; init; }

    /// <summary>What it is ready for beside what its bytes say.</summary>
    internal Readiness Extra { get; set; }

    internal WaitQueue Waiters => _queue;

    internal byte[][] Writes
    {
        get
        {
            lock (_lock)
            {
                return [.. _writes];
            }
        }
    }

    internal byte[] Written => [.. Writes.SelectMany(write => write)];

    /// <summary>Bytes it takes before it is full.</summary>
    internal int Room
    {
        set
        {
            lock (_lock)
            {
                _room = value;
            }

            _queue.Wake();
        }
    }

    internal void Feed(params byte[] bytes)
    {
        lock (_lock)
        {
            _input = [.. _input, .. bytes];
        }

        _queue.Wake();
    }

    internal void End()
    {
        lock (_lock)
        {
            _ended = true;
        }

        _queue.Wake();
    }

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        lock (_lock)
        {
            count = Math.Min(buffer.Length, _input.Length);
            _input.AsSpan(0, count).CopyTo(buffer);
            _input = _input[count..];
            return count == 0 && !_ended ? Errno.Again : Errno.Success;
        }
    }

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
    {
        lock (_lock)
        {
            count = 0;
            if (_ended)
            {
                return Errno.Pipe;
            }

            count = Math.Min(buffer.Length, _room);
            if (count == 0)
            {
                return Errno.Again;
            }

            _room -= count;
            _writes.Add(buffer[..count].ToArray());
            return Errno.Success;
        }
    }

    public override Readiness Poll(OpenFile file)
    {
        lock (_lock)
        {
            return Extra | (_input.Length > 0 ? Readiness.In : Readiness.None) | (_room > 0 ? Readiness.Out : Readiness.None);
        }
    }

    public override WaitQueue? Queue(OpenFile file) => _queue;
}
