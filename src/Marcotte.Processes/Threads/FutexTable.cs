using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Threads;

/// <summary>The threads of one process that wait for words of its memory, each word's in the order they came.</summary>
/// <remarks>A bucket's lock is a leaf but for the waiters' own.</remarks>
internal sealed class FutexTable
{
    private const int Buckets = 16;

    private readonly Bucket[] _buckets = [.. Enumerable.Range(0, Buckets).Select(_ => new Bucket())];

    internal Errno Wait(GuestThread thread, WaitQueue own, uint address, uint expected, Deadline deadline)
    {
        if ((address & 3) != 0)
        {
            return Errno.Inval;
        }

        if (!new GuestMemory(thread.Memory).TrySlice(address, sizeof(uint), out Span<byte> bytes))
        {
            return Errno.Fault;
        }

        Bucket bucket = Of(address);
        Waiting waiting = new(thread, address);
        lock (bucket)
        {
            // Whoever changes the word and then wakes takes the lock in between: it is either seen here, or wakes.
            if (Volatile.Read(ref System.Runtime.InteropServices.MemoryMarshal.AsRef<uint>(bytes)) != expected)
            {
                return Errno.Again;
            }

            waiting.Node = bucket.Waiting.AddLast(waiting);
        }

        Errno errno = Errno.Intr;
        try
        {
            errno = thread.Waiter.WaitUntil(own, waiting, static waiting => waiting.IsWoken, deadline);
        }
        finally
        {
            lock (bucket)
            {
                if (waiting.IsWoken)
                {
                    errno = Errno.Success;
                }
                else
                {
                    bucket.Waiting.Remove(waiting.Node!);
                }
            }
        }

        return errno == Errno.Again ? Errno.TimedOut : errno;
    }

    internal int Wake(uint address, int count)
    {
        Bucket bucket = Of(address);
        int woken = 0;
        lock (bucket)
        {
            for (LinkedListNode<Waiting>? node = bucket.Waiting.First; node is not null && woken < count;)
            {
                LinkedListNode<Waiting>? next = node.Next;
                if (node.Value.Address == address)
                {
                    bucket.Waiting.Remove(node);
                    node.Value.IsWoken = true;
                    node.Value.Thread.Waiter.Signal();
                    woken++;
                }

                node = next;
            }
        }

        return woken;
    }

    private Bucket Of(uint address) => _buckets[((address >> 2) * 0x9E37_79B1u) >> 28];

    private sealed class Bucket
    {
        internal LinkedList<Waiting> Waiting { get; } = new();
    }

    private sealed class Waiting(GuestThread thread, uint address)
    {
        internal volatile bool IsWoken;

        internal GuestThread Thread => thread;

        internal uint Address => address;

        internal LinkedListNode<Waiting>? Node { get; set; }
    }
}
