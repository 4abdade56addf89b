using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasix;

/// <summary>0x0511: poll and ppoll.</summary>
internal static class PollOperation
{
    private const uint ReadBits = 0x1 | 0x40;
    private const uint WriteBits = 0x4 | 0x100;
    private const uint ErrorBit = 0x8;
    private const uint HangUpBit = 0x10;
    private const uint InvalidBit = 0x20;

    /// <summary>Marks, while the reply is in the making, what a file is waited for.</summary>
    private const uint Pending = 0x8000_0000;

    internal static Errno Poll(ref Call call)
    {
        long timeout = call.Request.Long();
        uint hasMask = call.Request.UInt();
        SignalSet mask = call.Request.Set();
        uint count = call.Request.UInt();
        ReadOnlySpan<byte> entries = call.Request.Bytes(count * 8UL);
        if (!call.Request.IsComplete || count > (uint)call.Kernel.Limits.Subscriptions)
        {
            return Errno.Inval;
        }

        int length = (int)(count + 1) * sizeof(uint);
        if (!call.Reply.Fits(length))
        {
            return Errno.Range;
        }

        Errno errno = Deadlines.AfterOrNever(call.Thread, timeout, out Deadline deadline);
        if (errno != Errno.Success)
        {
            return errno;
        }

        SignalSet? blocked = hasMask != 0 ? mask & SignalSet.Blockable : null;
        Span<byte> words = call.Reply.Take(length);
        if (count <= FewItems.Length)
        {
            FewItems few = default;
            return Run(call.Thread, entries, words, few, blocked, deadline);
        }

        WaitItem[] items = ArrayPool<WaitItem>.Shared.Rent((int)count);
        try
        {
            return Run(call.Thread, entries, words, items, blocked, deadline);
        }
        finally
        {
            ArrayPool<WaitItem>.Shared.Return(items, clearArray: true);
        }
    }

    private static Errno Run(GuestThread thread, ReadOnlySpan<byte> entries, Span<byte> words, Span<WaitItem> items, SignalSet? mask, Deadline deadline)
    {
        Span<byte> results = words[sizeof(uint)..];
        int files = Subscribe(thread.Process, entries, results, items, out bool settled);
        Errno errno = Wait(thread, items[..files], mask, settled ? Deadline.Past : deadline);
        if (errno is not (Errno.Success or Errno.Again))
        {
            return errno;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(words, Collect(results, items));
        return Errno.Success;
    }

    private static Errno Wait(GuestThread thread, Span<WaitItem> items, SignalSet? mask, Deadline deadline)
    {
        using TemporaryMask blocked = thread.Kernel.Signals.WithMask(thread, mask);
        return thread.Waiter.WaitAny(items, deadline);
    }

    private static int Subscribe(Process process, ReadOnlySpan<byte> entries, Span<byte> results, Span<WaitItem> items, out bool settled)
    {
        int files = 0;
        settled = false;
        for (; !entries.IsEmpty; entries = entries[8..], results = results[4..])
        {
            int fd = BinaryPrimitives.ReadInt32LittleEndian(entries);
            uint events = BinaryPrimitives.ReadUInt32LittleEndian(entries[4..]) & (ReadBits | WriteBits);
            uint result = 0;
            if (fd >= 0 && process.Descriptors.TryGet(fd, out Descriptor? descriptor))
            {
                Readiness wanted = ((events & ReadBits) != 0 ? Readiness.In : Readiness.None) | ((events & WriteBits) != 0 ? Readiness.Out : Readiness.None);
                items[files++] = new WaitItem { File = descriptor.File, Wanted = wanted };
                result = Pending | events;
            }
            else if (fd >= 0)
            {
                result = InvalidBit;
                settled = true;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(results, result);
        }

        return files;
    }

    private static uint Collect(Span<byte> results, ReadOnlySpan<WaitItem> items)
    {
        uint ready = 0;
        for (; !results.IsEmpty; results = results[4..])
        {
            uint result = BinaryPrimitives.ReadUInt32LittleEndian(results);
            if ((result & Pending) != 0)
            {
                Readiness found = items[0].Ready;
                items = items[1..];
                result = ((found & Readiness.In) != 0 ? result & ReadBits : 0)
                    | ((found & Readiness.Out) != 0 ? result & WriteBits : 0)
                    | ((found & Readiness.Error) != 0 ? ErrorBit : 0)
                    | ((found & Readiness.HangUp) != 0 ? HangUpBit : 0);
                BinaryPrimitives.WriteUInt32LittleEndian(results, result);
            }

            ready += result != 0 ? 1u : 0;
        }

        return ready;
    }

    /// <summary>Wait items on the stack: the few that nearly every poll is about.</summary>
    [InlineArray(Length)]
    private struct FewItems
    {
        internal const int Length = 8;

        private WaitItem _first;
    }
}
