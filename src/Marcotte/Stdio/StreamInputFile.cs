using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte;

/// <summary>Standard input out of a stream: one read ahead, started when the program first wants something.</summary>
internal sealed class StreamInputFile(Stream stream, bool isTerminal) : FileOperations, IDisposable
{
    private const int ReadAhead = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly WaitQueue _queue = new();
    private readonly CancellationTokenSource _disposal = new();
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _reading;
    private bool _ended;
    private Errno _error;

    public override FileType Type => isTerminal ? FileType.CharacterDevice : FileType.Fifo;

    public override bool IsTerminal => isTerminal;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        lock (_lock)
        {
            ReadAheadLocked();
            count = Math.Min(buffer.Length, _end - _start);
            if (count == 0)
            {
                return _error != Errno.Success ? _error : _ended ? Errno.Success : Errno.Again;
            }

            _buffer.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return Errno.Success;
        }
    }

    public override Readiness Poll(OpenFile file)
    {
        lock (_lock)
        {
            ReadAheadLocked();
            return _end > _start ? Readiness.In
                : _error != Errno.Success ? Readiness.In | Readiness.Error
                : _ended ? Readiness.In | Readiness.HangUp
                : Readiness.None;
        }
    }

    public override WaitQueue? Queue(OpenFile file) => _queue;

    public void Dispose()
    {
        _disposal.Cancel();
        _disposal.Dispose();
    }

    private void ReadAheadLocked()
    {
        if (_end > _start || _ended || _reading || _error != Errno.Success)
        {
            return;
        }

        if (_buffer.Length == 0)
        {
            _buffer = new byte[ReadAhead];
        }

        _reading = true;
        ValueTask<int> read;
        try
        {
            read = stream.ReadAsync(_buffer, _disposal.Token);
        }
        catch (Exception exception)
        {
            FinishLocked(0, exception);
            return;
        }

        if (read.IsCompletedSuccessfully)
        {
            FinishLocked(read.Result, null);
            return;
        }

        _ = FinishAsync(read);
    }

    private async Task FinishAsync(ValueTask<int> read)
    {
        int count = 0;
        Exception? failure = null;
        try
        {
            count = await read.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_lock)
        {
            FinishLocked(count, failure);
        }

        _queue.Wake();
    }

    private void FinishLocked(int count, Exception? failure)
    {
        _reading = false;
        _start = 0;
        _end = count;
        _ended = count == 0;
        _error = failure is null ? Errno.Success : Errno.IO;
    }
}
