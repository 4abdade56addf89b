using System.Buffers;
using System.Runtime.InteropServices;
using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Watching many files: <c>epoll_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Pollers
{
    private const int FewEvents = 64;

    /// <summary>epoll_create: makes a set of files that are watched.</summary>
    /// <returns><see cref="Errno.MFile"/>.</returns>
    [HostImport(WasixModules.Core, "epoll_create", Needs = typeof(AnonymousFiles))]
    internal static Errno EpollCreate(GuestThread thread, GuestMemory memory, GuestOut<int> newFd)
    {
        if (!memory.CanWrite(newFd))
        {
            return Errno.Fault;
        }

        Errno errno = thread.Kernel.Anonymous.Poller(thread.Process, out OpenFile? file);
        return errno != Errno.Success ? errno : Descriptors.Install(thread.Process, memory, file!, newFd);
    }

    /// <summary>epoll_ctl: changes what is watched.</summary>
    /// <returns>As epoll_ctl; <see cref="Errno.Inval"/> for unknown bits.</returns>
    [HostImport(WasixModules.Core, "epoll_ctl", Needs = typeof(AnonymousFiles))]
    internal static Errno EpollCtl(GuestThread thread, GuestMemory memory, [GuestDescriptor] int epfd, PollerChange op, [GuestDescriptor] int fd, GuestPtr<PollerEvent> @event)
    {
        DescriptorTable descriptors = thread.Process.Descriptors;
        if (!descriptors.TryGet(epfd, out Descriptor? poller) || !descriptors.TryGet(fd, out Descriptor? watched))
        {
            return Errno.BadF;
        }

        if (op > PollerChange.Remove)
        {
            return Errno.Inval;
        }

        PollerEvent interest = default;
        if (op != PollerChange.Remove && !memory.TryRead(@event, out interest))
        {
            return Errno.Fault;
        }

        return (interest.Events & ~PollerBitsMapping.All) != 0
            ? Errno.Inval
            : thread.Kernel.Anonymous.Poll(poller.File, (PollChange)op, fd, watched.File, interest.ToInterest());
    }

    /// <summary>epoll_wait: waits until a watched file is ready.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="epfd">The set.</param>
    /// <param name="event">Takes what is ready.</param>
    /// <param name="maxevents">How many at most.</param>
    /// <param name="timeout">Nanoseconds; 2^64 - 1 for ever.</param>
    /// <param name="size">Takes how many are; 0 when the time was over.</param>
    /// <returns>As epoll_wait.</returns>
    [HostImport(WasixModules.Core, "epoll_wait", Needs = typeof(AnonymousFiles))]
    internal static Errno EpollWait(GuestThread thread, GuestMemory memory, [GuestDescriptor] int epfd, GuestOut<PollerEvent> @event, uint maxevents, ulong timeout, GuestOut<uint> size)
    {
        if (!thread.Process.Descriptors.TryGet(epfd, out Descriptor? poller))
        {
            return Errno.BadF;
        }

        uint most = Math.Min(maxevents, (uint)thread.Kernel.Limits.Subscriptions);
        if (most == 0 || maxevents > int.MaxValue)
        {
            return Errno.Inval;
        }

        if (!memory.TrySliceBytes(new GuestSpan<PollerEvent>(@event.Address, most), out _) || !memory.CanWrite(size))
        {
            return Errno.Fault;
        }

        Deadline deadline = Deadline.Never;
        Errno errno = timeout == ulong.MaxValue ? Errno.Success : Deadlines.After(thread, timeout, out deadline);
        if (errno != Errno.Success)
        {
            return errno;
        }

        PollInterest[] found = ArrayPool<PollInterest>.Shared.Rent((int)Math.Min(most, FewEvents));
        try
        {
            using TemporaryMask unchanged = thread.Kernel.Signals.WithMask(thread, null);
            errno = thread.Kernel.Anonymous.WaitPoller(thread, poller.File, found.AsSpan(0, (int)Math.Min(most, (uint)found.Length)), deadline, out int count);
            return errno != Errno.Success ? errno : Write(memory, found.AsSpan(0, count), @event, size);
        }
        finally
        {
            ArrayPool<PollInterest>.Shared.Return(found);
        }
    }

    private static Errno Write(GuestMemory memory, ReadOnlySpan<PollInterest> found, GuestOut<PollerEvent> events, GuestOut<uint> size)
    {
        if (!memory.TrySliceBytes(new GuestSpan<PollerEvent>(events.Address, (uint)found.Length), out Span<byte> bytes))
        {
            return Errno.Fault;
        }

        for (int i = 0; i < found.Length; i++)
        {
            PollInterest interest = found[i];
            PollerEvent happened = new()
            {
                Events = interest.ToBits(),
                First = interest.Data.First,
                Second = interest.Data.Second,
                Third = interest.Data.Third,
            };
            MemoryMarshal.Write(bytes[(i * 32)..], in happened);
        }

        return memory.TryWrite(size, (uint)found.Length) ? Errno.Success : Errno.Fault;
    }
}
