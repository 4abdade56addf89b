using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte;

/// <summary>Standard output into a callback.</summary>
internal sealed class CallbackOutputFile(OutputCallback write, bool isTerminal) : FileOperations
{
    internal static readonly CallbackOutputFile Discard = new(static _ => { }, isTerminal: false);

    public override FileType Type => isTerminal ? FileType.CharacterDevice : FileType.Fifo;

    public override bool IsTerminal => isTerminal;

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
    {
        write(buffer);
        count = buffer.Length;
        return Errno.Success;
    }
}

/// <summary>Standard output into a stream: one write at a time is under way, out of a buffer of this file's own.</summary>
internal sealed class StreamOutputFile(Stream stream, bool isTerminal) : FileOperations
{
    private const int BufferBytes = 64 * 1024;
    private const int KillCheckMilliseconds = 20;

    private readonly Lock _lock = new();
    private readonly WaitQueue _queue = new();
    private byte[] _buffer = [];
    private Task? _pending;
    private Errno _error;

    public override FileType Type => isTerminal ? FileType.CharacterDevice : FileType.Fifo;

    public override bool IsTerminal => isTerminal;

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
    {
        count = 0;
        lock (_lock)
        {
            if (_error != Errno.Success)
            {
                return _error;
            }

            if (_pending is not null)
            {
                return Errno.Again;
            }

            if (_buffer.Length < buffer.Length && _buffer.Length < BufferBytes)
            {
                _buffer = new byte[Math.Min(BufferBytes, Math.Max(4096, buffer.Length))];
            }

            int length = Math.Min(buffer.Length, _buffer.Length);
            buffer[..length].CopyTo(_buffer);
            BeginLocked(length);
            if (_error != Errno.Success)
            {
                return _error;
            }

            count = length;
            return Errno.Success;
        }
    }

    public override Readiness Poll(OpenFile file)
    {
        lock (_lock)
        {
            return _error != Errno.Success ? Readiness.Out | Readiness.Error : _pending is null ? Readiness.Out : Readiness.None;
        }
    }

    public override WaitQueue? Queue(OpenFile file) => _queue;

    /// <summary>Waits until what was written has reached the stream and the stream is flushed, or has failed, or the process was killed.</summary>
    internal void Drain(Process process)
    {
        Task drained = DrainAsync();
        while (process.Killed is null && !drained.Wait(KillCheckMilliseconds))
        {
        }
    }

    private async Task DrainAsync()
    {
        Task? pending;
        lock (_lock)
        {
            pending = _pending;
        }

        if (pending is not null)
        {
            await pending.ConfigureAwait(false);
        }

        try
        {
            await stream.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever a stream of the host's may throw, such as a connection that was aborted. The stream is its owner's; the program was told of failures that came while it ran.
        }
    }

    private void BeginLocked(int length)
    {
        ValueTask write;
        try
        {
            write = stream.WriteAsync(_buffer.AsMemory(0, length));
        }
        catch (Exception)
        {
            _error = Errno.IO;
            return;
        }

        if (!write.IsCompletedSuccessfully)
        {
            _pending = FinishAsync(write);
            if (_pending.IsCompleted)
            {
                _pending = null;
            }
        }
    }

    private async Task FinishAsync(ValueTask write)
    {
        Errno error = Errno.Success;
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (Exception)
        {
            error = Errno.IO;
        }

        lock (_lock)
        {
            _pending = null;
            _error = error;
        }

        _queue.Wake();
    }
}
