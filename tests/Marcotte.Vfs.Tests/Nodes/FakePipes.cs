using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Vfs.Tests.Nodes;

/// <summary>As much of a process layer's pipes as a tree needs.</summary>
internal sealed class FakePipes : AnonymousFiles
{
    public int Made { get; private set; }

    public override SpecialFile? Fifo(Kernel kernel)
    {
        Made++;
        return new FakeFifo();
    }
}

/// <summary>A FIFO whose bytes are a queue.</summary>
internal sealed class FakeFifo : SpecialFile
{
    private readonly Queue<byte> _bytes = new();
    private readonly WaitQueue _queue = new();

    public int Readers { get; private set; }

    public int Writers { get; private set; }

    public override FileType Type => FileType.Fifo;

    public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
    {
        operations = null;
        if (access == AccessModes.Write && Readers == 0 && (status & StatusFlags.NonBlocking) != 0)
        {
            return Errno.NxIO;
        }

        Readers += (access & AccessModes.Read) != 0 ? 1 : 0;
        Writers += (access & AccessModes.Write) != 0 ? 1 : 0;
        operations = new End(this);
        _queue.Wake();
        return Errno.Success;
    }

    private sealed class End(FakeFifo fifo) : FileOperations
    {
        public override FileType Type => FileType.Fifo;

        public override Errno Opening(OpenFile file) => fifo.Readers > 0 && fifo.Writers > 0 ? Errno.Success : Errno.Again;

        public override WaitQueue? Queue(OpenFile file) => fifo._queue;

        public override Readiness Poll(OpenFile file) => fifo._bytes.Count > 0 ? Readiness.In | Readiness.Out : Readiness.Out;

        public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
        {
            lock (fifo._bytes)
            {
                foreach (byte value in buffer)
                {
                    fifo._bytes.Enqueue(value);
                }
            }

            count = buffer.Length;
            fifo._queue.Wake();
            return Errno.Success;
        }

        public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
        {
            count = 0;
            lock (fifo._bytes)
            {
                while (count < buffer.Length && fifo._bytes.TryDequeue(out byte value))
                {
                    buffer[count++] = value;
                }
            }

            return count > 0 || fifo.Writers == 0 ? Errno.Success : Errno.Again;
        }

        public override void Release(OpenFile file)
        {
            fifo.Readers -= (file.Access & AccessModes.Read) != 0 ? 1 : 0;
            fifo.Writers -= (file.Access & AccessModes.Write) != 0 ? 1 : 0;
            fifo._queue.Wake();
        }
    }
}

/// <summary>A program that never runs.</summary>
internal sealed class FakeProgram : Program
{
    public override string Name => "fake";

    public override Errno Prepare(Process process, out Execution? execution)
    {
        execution = null;
        return Errno.NoMem;
    }
}
