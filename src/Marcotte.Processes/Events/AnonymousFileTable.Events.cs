using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <content>Files of events.</content>
internal sealed partial class AnonymousFileTable
{
    public override Errno Event(Process process, ulong value, bool semaphore, StatusFlags status, out OpenFile? file)
    {
        file = null;
        if (value == ulong.MaxValue)
        {
            return Errno.Inval;
        }

        file = new OpenFile(new EventCounter(value, semaphore), AccessModes.ReadWrite, status);
        return Errno.Success;
    }

    public override Errno Signals(Process process, SignalSet set, StatusFlags status, out OpenFile? file)
    {
        file = new OpenFile(new SignalFile(process, set), AccessModes.Read, status);
        return Errno.Success;
    }

    public override Errno SetSignals(OpenFile file, SignalSet set)
    {
        if (file.Operations is not SignalFile signals)
        {
            return Errno.Inval;
        }

        signals.Set = set;
        return Errno.Success;
    }

    public override Errno Timer(Process process, ClockId clock, StatusFlags status, out OpenFile? file)
    {
        file = null;
        if (clock is not (ClockId.Realtime or ClockId.Monotonic))
        {
            return Errno.Inval;
        }

        Errno errno = kernel.Clock.Resolution(clock, out _);
        if (errno == Errno.Success)
        {
            file = new OpenFile(new TimerFile(kernel.Clock, clock), AccessModes.Read, status);
        }

        return errno;
    }

    public override Errno SetTimer(OpenFile file, TimerSetting setting, bool absolute, out TimerSetting previous)
    {
        previous = default;
        return file.Operations is TimerFile timer ? timer.Set(setting, absolute, out previous) : Errno.Inval;
    }

    public override Errno GetTimer(OpenFile file, out TimerSetting setting)
    {
        TimerFile? timer = file.Operations as TimerFile;
        setting = timer?.Get() ?? default;
        return timer is null ? Errno.Inval : Errno.Success;
    }

    public override Errno Poller(Process process, out OpenFile? file)
    {
        file = new OpenFile(new Poller(kernel.Limits.Subscriptions), AccessModes.Read);
        return Errno.Success;
    }

    public override Errno Poll(OpenFile poller, PollChange change, int descriptor, OpenFile file, in PollInterest interest) =>
        poller.Operations is Poller set && !ReferenceEquals(poller, file) ? set.Change(change, descriptor, file, interest) : Errno.Inval;

    public override Errno WaitPoller(GuestThread thread, OpenFile poller, Span<PollInterest> events, Deadline deadline, out int count)
    {
        count = 0;
        if (poller.Operations is not Poller set || events.IsEmpty)
        {
            return Errno.Inval;
        }

        for (;;)
        {
            count = set.Collect(events);
            if (count > 0 || deadline.IsPast)
            {
                return Errno.Success;
            }

            Errno errno = thread.Waiter.WaitUntil(set.Waiters, set, static poller => poller.HasReady, deadline);
            if (errno != Errno.Success)
            {
                // What came together with the deadline is told of.
                count = set.Collect(events);
                return count > 0 || errno == Errno.Again ? Errno.Success : errno;
            }
        }
    }
}
