using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasi;

/// <summary>One poll_oneoff: reads the subscriptions, waits once, and writes down what has come.</summary>
internal ref struct PollRequest
{
    private readonly GuestThread _thread;
    private readonly Span<Watch> _watches;
    private readonly Span<WaitItem> _items;
    private int _files;
    private int _earliest = -1;
    private long _remaining = long.MaxValue;
    private bool _settled;

    private PollRequest(GuestThread thread, Span<Watch> watches, Span<WaitItem> items)
    {
        _thread = thread;
        _watches = watches;
        _items = items;
    }

    /// <summary>Polls.</summary>
    /// <typeparam name="T">The layout of a subscription.</typeparam>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="subscriptions">What is waited for.</param>
    /// <param name="events">Takes what has come.</param>
    /// <param name="count">Takes how many have come.</param>
    /// <returns>The outcome.</returns>
    internal static Errno Run<T>(GuestThread thread, GuestMemory memory, GuestSpan<T> subscriptions, GuestOut<Event> events, GuestOut<uint> count)
        where T : unmanaged, ISubscription
    {
        if (subscriptions.Count == 0 || subscriptions.Count > (uint)thread.Kernel.Limits.Subscriptions)
        {
            return Errno.Inval;
        }

        GuestSpan<Event> room = new(events.Address, subscriptions.Count);
        if (!memory.TrySliceBytes(subscriptions, out Span<byte> bytes) || !memory.TrySliceBytes(room, out _) || !memory.CanWrite(count))
        {
            return Errno.Fault;
        }

        return subscriptions.Count <= FewItems.Length
            ? RunFew<T>(thread, memory, bytes, room, count)
            : RunMany<T>(thread, memory, bytes, room, count);
    }

    private static Errno RunFew<T>(GuestThread thread, GuestMemory memory, ReadOnlySpan<byte> bytes, GuestSpan<Event> events, GuestOut<uint> count)
        where T : unmanaged, ISubscription
    {
        FewItems items = default;
        Span<Watch> watches = stackalloc Watch[FewItems.Length];
        PollRequest request = new(thread, watches[..(int)events.Count], items);
        return request.Run<T>(memory, bytes, events, count);
    }

    private static Errno RunMany<T>(GuestThread thread, GuestMemory memory, ReadOnlySpan<byte> bytes, GuestSpan<Event> events, GuestOut<uint> count)
        where T : unmanaged, ISubscription
    {
        int length = (int)events.Count;
        Watch[] watches = ArrayPool<Watch>.Shared.Rent(length);
        WaitItem[] items = ArrayPool<WaitItem>.Shared.Rent(length);
        try
        {
            PollRequest request = new(thread, watches.AsSpan(0, length), items);
            return request.Run<T>(memory, bytes, events, count);
        }
        finally
        {
            ArrayPool<WaitItem>.Shared.Return(items, clearArray: true);
            ArrayPool<Watch>.Shared.Return(watches);
        }
    }

    private Errno Run<T>(GuestMemory memory, ReadOnlySpan<byte> bytes, GuestSpan<Event> events, GuestOut<uint> count)
        where T : unmanaged, ISubscription
    {
        for (int i = 0; i < _watches.Length; i++)
        {
            // Copied once: in shared memory it may change, and the events may be wanted where the subscriptions lie.
            T subscription = MemoryMarshal.Read<T>(bytes[(i * Unsafe.SizeOf<T>())..]);
            Errno errno = Subscribe(in subscription, i);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }

        Deadline deadline = _settled || _remaining <= 0 ? Deadline.Past
            : _earliest < 0 ? Deadline.Never
            : _watches[_earliest].Deadline;

        // Signals that are handled end poll whatever their handlers say of restarting (POSIX poll, nanosleep).
        using TemporaryMask unchanged = _thread.Kernel.Signals.WithMask(_thread, null);
        Errno waited = _thread.Waiter.WaitAny(_items[.._files], deadline);
        if (waited is not (Errno.Success or Errno.Again))
        {
            return waited;
        }

        return memory.TrySliceBytes(events, out Span<byte> room) && memory.TryWrite(count, Collect(room, expired: waited == Errno.Again && !_settled))
            ? Errno.Success
            : Errno.Fault;
    }

    private Errno Subscribe<T>(in T subscription, int index)
        where T : unmanaged, ISubscription
    {
        ref Watch watch = ref _watches[index];
        watch = new Watch { UserData = subscription.UserData, Type = subscription.Type, Item = -1, Deadline = Deadline.Never };
        if (subscription.Type > EventType.FdWrite)
        {
            return Errno.Inval;
        }

        if (subscription.Type != EventType.Clock)
        {
            watch.Error = SubscribeFile(ref watch, subscription.Descriptor);
        }
        else if (subscription.Clock > WasiClockId.ThreadCpuTime || subscription.ClockFlags > SubClockFlags.AbsTime)
        {
            return Errno.Inval;
        }
        else
        {
            watch.Error = SubscribeClock(ref watch, (ClockId)subscription.Clock, subscription.Timeout, subscription.ClockFlags, index);
        }

        _settled |= watch.Error != Errno.Success;
        return Errno.Success;
    }

    private Errno SubscribeFile(ref Watch watch, int fd)
    {
        if (!_thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        // A file not open for reading may be waited on for reading, as poll allows; a right that was given up is missing.
        Rights needed = watch.Type == EventType.FdRead ? Rights.FdRead : Rights.FdWrite;
        if (!descriptor.Has(Rights.PollFdReadWrite)
            || (!descriptor.Has(needed) && WasiRights.Refusal(descriptor, needed) == Errno.NotCapable))
        {
            return Errno.NotCapable;
        }

        watch.Item = _files++;
        _items[watch.Item] = new WaitItem
        {
            File = descriptor.File,
            Wanted = watch.Type == EventType.FdRead ? Readiness.In : Readiness.Out,
        };
        return Errno.Success;
    }

    private Errno SubscribeClock(ref Watch watch, ClockId clock, ulong timeout, SubClockFlags flags, int index)
    {
        Errno errno = PollDeadline.Of(_thread, clock, timeout, flags, out watch.Deadline);
        if (errno == Errno.Success)
        {
            long remaining = _thread.Kernel.Clock.Remaining(watch.Deadline, _thread);
            if (_earliest < 0 || remaining < _remaining)
            {
                (_earliest, _remaining) = (index, remaining);
            }
        }

        return errno;
    }

    /// <summary>Writes an event for all that has come.</summary>
    private readonly uint Collect(Span<byte> room, bool expired)
    {
        uint count = 0;
        for (int i = 0; i < _watches.Length; i++)
        {
            ref Watch watch = ref _watches[i];
            Event happened = new() { UserData = watch.UserData, Type = watch.Type, Error = (ushort)WasiErrno.Encode(watch.Error) };
            bool came = watch.Error != Errno.Success;
            if (!came && watch.Item >= 0)
            {
                came = Describe(in _items[watch.Item], ref happened);
            }
            else if (!came)
            {
                came = (expired && i == _earliest) || _thread.Kernel.Clock.Remaining(watch.Deadline, _thread) <= 0;
            }

            if (came)
            {
                MemoryMarshal.Write(room[((int)count * Unsafe.SizeOf<Event>())..], in happened);
                count++;
            }
        }

        return count;
    }

    private static bool Describe(in WaitItem item, ref Event happened)
    {
        if (item.Ready == Readiness.None)
        {
            return false;
        }

        bool wanted = (item.Ready & item.Wanted) != 0;
        happened.Bytes = wanted ? Available(in item) : 0;
        happened.Flags = (item.Ready & Readiness.HangUp) != 0 ? EventRwFlags.HangUp : EventRwFlags.None;

        // An error that the read or write itself will tell is left to it.
        if (!wanted && (item.Ready & Readiness.Error) != 0)
        {
            happened.Error = (ushort)WasiErrno.Encode(Errno.IO);
        }

        return true;
    }

    /// <summary>How many bytes there are to read, where a file can tell (libc's FIONREAD asks so); else 1.</summary>
    private static ulong Available(in WaitItem item)
    {
        OpenFile file = item.File;
        return item.Wanted == Readiness.In
            && file.Operations.Type == FileType.Regular
            && file.Operations.Stat(file, out FileStat stat) == Errno.Success
            && file.Seek(0, Whence.Current, out long position) == Errno.Success
                ? (ulong)Math.Max(0, stat.Size - position)
                : 1;
    }
}

/// <summary>Wait items on the stack: the few that nearly every poll is about.</summary>
[InlineArray(Length)]
internal struct FewItems
{
    internal const int Length = 8;

    private WaitItem _first;
}
