using System.Buffers.Binary;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>A counter that wakes (eventfd(2)).</summary>
internal sealed class EventCounter(ulong value, bool semaphore) : FileOperations
{
    /// <summary>The most it counts to; one more would be an overflow.</summary>
    private const ulong Most = ulong.MaxValue - 1;

    private readonly Lock _lock = new();
    private readonly WaitQueue _queue = new();
    private ulong _value = value;

    public override FileType Type => FileType.Unknown;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = 0;
        if (buffer.Length < sizeof(ulong))
        {
            return Errno.Inval;
        }

        lock (_lock)
        {
            if (_value == 0)
            {
                return Errno.Again;
            }

            ulong taken = semaphore ? 1 : _value;
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, taken);
            Volatile.Write(ref _value, _value - taken);
        }

        count = sizeof(ulong);
        _queue.Wake();
        return Errno.Success;
    }

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
    {
        count = 0;
        if (buffer.Length < sizeof(ulong))
        {
            return Errno.Inval;
        }

        ulong added = BinaryPrimitives.ReadUInt64LittleEndian(buffer);
        if (added == ulong.MaxValue)
        {
            return Errno.Inval;
        }

        lock (_lock)
        {
            if (added > Most - _value)
            {
                return Errno.Again;
            }

            Volatile.Write(ref _value, _value + added);
        }

        count = sizeof(ulong);
        _queue.Wake();
        return Errno.Success;
    }

    /// <remarks>A write of more than one may have to wait although it polls writable: the next read wakes it.</remarks>
    public override Readiness Poll(OpenFile file) => Volatile.Read(ref _value) switch
    {
        0 => Readiness.Out,
        Most => Readiness.In,
        _ => Readiness.In | Readiness.Out,
    };

    public override WaitQueue? Queue(OpenFile file) => _queue;
}
