using System.Buffers;

namespace Marcotte.Guests.Tests;

/// <summary>What a guest has written, up to a cap, and a way to wait for it.</summary>
internal sealed class OutputLog(int cap)
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted = int.MaxValue;

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _bytes.Write(bytes[..Math.Min(bytes.Length, cap - _bytes.WrittenCount)]);
            CompleteLocked();
        }
    }

    /// <summary>Waits until there are so many bytes, or the run has ended without.</summary>
    internal Task Wait(int count, Task run)
    {
        lock (_lock)
        {
            _wanted = count;
            CompleteLocked();
        }

        return Task.WhenAny(_reached.Task, run);
    }

    internal byte[] ToArray()
    {
        lock (_lock)
        {
            return _bytes.WrittenSpan.ToArray();
        }
    }

    private void CompleteLocked()
    {
        if (_bytes.WrittenCount >= _wanted)
        {
            _reached.TrySetResult();
        }
    }
}
