using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>0x050A to 0x0510: files that tell of events, signals, timers and changes.</summary>
internal static class EventOperations
{
    private const uint Semaphore = 1;

    internal static Errno Event(ref Call call)
    {
        ulong value = call.Request.ULong();
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || !OpenBits.AreOfFile(flags, Semaphore) || value == ulong.MaxValue)
        {
            return Errno.Inval;
        }

        Errno errno = call.Kernel.Anonymous.Event(call.Process, value, (flags & Semaphore) != 0, OpenBits.ToStatus(flags), out OpenFile? file);
        return Install(ref call, errno, file, flags);
    }

    internal static Errno Signals(ref Call call)
    {
        int fd = call.Request.Int();
        SignalSet set = call.Request.Set() & SignalSet.Blockable;
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || !OpenBits.AreOfFile(flags) || fd < -1)
        {
            return Errno.Inval;
        }

        Errno errno;
        if (fd < 0)
        {
            errno = call.Kernel.Anonymous.Signals(call.Process, set, OpenBits.ToStatus(flags), out OpenFile? made);
            return Install(ref call, errno, made, flags);
        }

        errno = CallPath.Get(call.Process, fd, out OpenFile file);
        call.Reply.Int(fd);
        return errno != Errno.Success ? errno : call.Kernel.Anonymous.SetSignals(file, set);
    }

    internal static Errno Timer(ref Call call)
    {
        uint clock = call.Request.UInt();
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || !OpenBits.AreOfFile(flags) || clock > (uint)ClockId.Monotonic)
        {
            return Errno.Inval;
        }

        Errno errno = call.Kernel.Anonymous.Timer(call.Process, (ClockId)clock, OpenBits.ToStatus(flags), out OpenFile? file);
        return Install(ref call, errno, file, flags);
    }

    internal static Errno SetTimer(ref Call call)
    {
        int fd = call.Request.Int();
        uint set = call.Request.UInt();
        uint flags = call.Request.UInt();
        long interval = call.Request.Long();
        long value = call.Request.Long();
        if (!call.Request.IsComplete || flags > 1 || (set != 0 && (interval < 0 || value < 0)))
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(16))
        {
            return Errno.Range;
        }

        Errno errno = CallPath.Get(call.Process, fd, out OpenFile file);
        if (errno != Errno.Success)
        {
            return errno;
        }

        AnonymousFiles files = call.Kernel.Anonymous;
        errno = set != 0
            ? files.SetTimer(file, new TimerSetting(value, interval), flags != 0, out TimerSetting setting)
            : files.GetTimer(file, out setting);
        call.Reply.Long(setting.Interval);
        call.Reply.Long(setting.Value);
        return errno;
    }

    internal static Errno Watcher(ref Call call)
    {
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || !OpenBits.AreOfFile(flags))
        {
            return Errno.Inval;
        }

        Errno errno = call.Kernel.Files.OpenWatcher(call.Process, OpenBits.ToStatus(flags), out OpenFile? file);
        return Install(ref call, errno, file, flags);
    }

    internal static Errno Watch(ref Call call)
    {
        int fd = call.Request.Int();
        WatchEvents events = (WatchEvents)call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        Errno errno = CallPath.Get(call.Process, fd, out OpenFile watcher);
        if (errno != Errno.Success)
        {
            return errno;
        }

        PathFlags follow = (events & WatchEvents.NoFollow) != 0 ? PathFlags.None : PathFlags.Follow;
        errno = call.Kernel.Files.AddWatch(watcher, new PathReference(call.Process, null, path, follow), events, out int watch);
        call.Reply.Int(watch);
        return errno;
    }

    internal static Errno Unwatch(ref Call call)
    {
        int fd = call.Request.Int();
        int watch = call.Request.Int();
        OpenFile? watcher = null;
        Errno errno = call.Request.IsComplete ? CallPath.Get(call.Process, fd, out watcher) : Errno.Inval;
        return errno != Errno.Success ? errno : call.Kernel.Files.RemoveWatch(watcher!, watch);
    }

    private static Errno Install(ref Call call, Errno errno, OpenFile? file, uint flags)
    {
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (!call.Reply.Fits(4))
        {
            file!.Release();
            return Errno.Range;
        }

        errno = NewDescriptors.Install(call.Process, file!, (flags & OpenBits.CloseOnExec) != 0, out int number);
        call.Reply.Int(number);
        return errno;
    }
}
