using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasix;

/// <summary>0x03: signals.</summary>
internal static class SignalOperations
{
    /// <summary>SA_ONSTACK, which is kept and told again, but has no effect: a guest has one stack.</summary>
    private const SignalFlags OnStack = (SignalFlags)0x0800_0000;

    private const SignalFlags Known = OnStack | SignalFlags.NoChildStop | SignalFlags.NoChildWait | SignalFlags.Info | SignalFlags.Restart | SignalFlags.NoDefer | SignalFlags.ResetHandler;
    private const int InfoBytes = 48;

    internal static readonly Operation?[] All = [null, Kill, Action, Mask, Pending, Suspend, TimedWait, Info, Timer, KillThread, CreateTimer, DeleteTimer, RunTimer];

    private static Errno Kill(ref Call call)
    {
        int id = call.Request.Int();
        uint number = call.Request.UInt();
        uint hasValue = call.Request.UInt();
        uint value = call.Request.UInt();
        Errno errno = SignalHandling.Check(number, out Signal signal);
        if (!call.Request.IsComplete || errno != Errno.Success)
        {
            return Errno.Inval;
        }

        return hasValue != 0
            ? call.Kernel.Signals.Queue(call.Thread, id, signal, value)
            : call.Kernel.Signals.Send(call.Thread, id, signal);
    }

    private static Errno KillThread(ref Call call)
    {
        int id = call.Request.Int();
        Errno errno = SignalHandling.Check(call.Request.UInt(), out Signal signal);
        return !call.Request.IsComplete || errno != Errno.Success
            ? Errno.Inval
            : call.Kernel.Signals.SendToThread(call.Thread, id, signal);
    }

    private static Errno Action(ref Call call)
    {
        Errno errno = SignalHandling.Check(call.Request.UInt(), out Signal signal);
        uint set = call.Request.UInt();
        uint disposition = call.Request.UInt();
        uint flags = call.Request.UInt();
        SignalSet mask = call.Request.Set();
        if (!call.Request.IsComplete || errno != Errno.Success || signal == Signal.None || disposition > (uint)Disposition.Handle)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(16))
        {
            return Errno.Range;
        }

        SignalTable signals = call.Kernel.Signals;
        errno = signals.GetAction(call.Process, signal, out SignalAction present);
        if (errno == Errno.Success && set != 0)
        {
            errno = signals.SetAction(call.Process, signal, new SignalAction((Disposition)disposition, (SignalFlags)flags & Known, mask & SignalSet.Blockable));
        }

        call.Reply.UInt((uint)present.Disposition);
        call.Reply.UInt((uint)present.Flags);
        call.Reply.ULong(present.Mask.Bits);
        return errno;
    }

    private static Errno Mask(ref Call call)
    {
        uint how = call.Request.UInt();
        SignalSet set = call.Request.Set();
        if (!call.Request.IsComplete || how > 3)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(8))
        {
            return Errno.Range;
        }

        SignalTable signals = call.Kernel.Signals;
        call.Reply.ULong(signals.Mask(call.Thread).Bits);
        return how == 3 ? Errno.Success : signals.ChangeMask(call.Thread, (MaskChange)how, set & SignalSet.Blockable);
    }

    private static Errno Pending(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        SignalTable signals = call.Kernel.Signals;
        call.Reply.ULong((signals.Pending(call.Thread) & signals.Mask(call.Thread)).Bits);
        return Errno.Success;
    }

    private static Errno Suspend(ref Call call)
    {
        SignalSet mask = call.Request.Set();
        return call.Request.IsComplete ? call.Kernel.Signals.Suspend(call.Thread, mask & SignalSet.Blockable) : Errno.Inval;
    }

    private static Errno TimedWait(ref Call call)
    {
        SignalSet set = call.Request.Set();
        long timeout = call.Request.Long();
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(InfoBytes))
        {
            return Errno.Range;
        }

        Errno errno = Deadlines.AfterOrNever(call.Thread, timeout, out Deadline deadline);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = call.Kernel.Signals.Take(call.Thread, set & SignalSet.Blockable, deadline, out SignalInfo info);
        Describe(ref call.Reply, info);
        return errno;
    }

    private static Errno Info(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        SignalInfo info = call.Kernel.Signals.Current(call.Thread);
        Describe(ref call.Reply, info);
        return info.Signal == Signal.None ? Errno.NoEnt : Errno.Success;
    }

    private static Errno Timer(ref Call call)
    {
        uint which = call.Request.UInt();
        uint set = call.Request.UInt();
        long interval = call.Request.Long();
        long value = call.Request.Long();
        if (!call.Request.IsComplete || which > (uint)IntervalTimer.Profile || (set != 0 && (interval < 0 || value < 0)))
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(16))
        {
            return Errno.Range;
        }

        SignalTable signals = call.Kernel.Signals;
        Errno errno = signals.GetTimer(call.Process, (IntervalTimer)which, out TimerSetting present);
        if (errno == Errno.Success && set != 0)
        {
            errno = signals.SetTimer(call.Process, (IntervalTimer)which, new TimerSetting(Nanoseconds(value), Nanoseconds(interval)));
        }

        call.Reply.Long(present.Interval / 1000);

        // What runs is never told as stopped.
        call.Reply.Long((present.Value / 1000) + (present.Value % 1000 > 0 ? 1 : 0));
        return errno;
    }

    private static Errno CreateTimer(ref Call call)
    {
        uint clock = call.Request.UInt();
        int signal = call.Request.Int();
        uint value = call.Request.UInt();
        if (!call.Request.IsComplete || clock > (uint)ClockId.ProcessCpu || signal is < 0 or > (int)Signal.Last)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        Errno errno = call.Kernel.Signals.CreateTimer(call.Process, (ClockId)clock, new TimerNotice((Signal)signal, value), out int timer);
        call.Reply.Int(timer);
        return errno;
    }

    private static Errno DeleteTimer(ref Call call)
    {
        int timer = call.Request.Int();
        return call.Request.IsComplete ? call.Kernel.Signals.DeleteTimer(call.Process, timer) : Errno.Inval;
    }

    private static Errno RunTimer(ref Call call)
    {
        int timer = call.Request.Int();
        uint set = call.Request.UInt();
        uint flags = call.Request.UInt();
        long interval = call.Request.Long();
        long value = call.Request.Long();
        if (!call.Request.IsComplete || flags > 1)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(20))
        {
            return Errno.Range;
        }

        SignalTable signals = call.Kernel.Signals;
        Errno errno = signals.ReadTimer(call.Process, timer, out TimerSetting setting, out int overruns);
        if (errno == Errno.Success && set != 0)
        {
            errno = signals.RunTimer(call.Process, timer, new TimerSetting(value, interval), flags != 0, out setting);
        }

        call.Reply.Long(setting.Interval);
        call.Reply.Long(setting.Value);
        call.Reply.Int(overruns);
        return errno;
    }

    private static long Nanoseconds(long microseconds) => microseconds > long.MaxValue / 1000 ? long.MaxValue - 1 : microseconds * 1000;

    private static void Describe(ref CallReply reply, in SignalInfo info)
    {
        bool isChild = info.Signal == Signal.Child;
        reply.Int((int)info.Signal);
        reply.Int((int)info.Cause);
        reply.Int(0);
        reply.Int(info.ProcessId);
        reply.UInt(info.UserId);
        reply.Int(isChild ? (int)info.Value : 0);
        reply.UInt(isChild ? 0 : (uint)info.Value);
        reply.Int(0);
        reply.Take(2 * sizeof(long)).Clear();
    }
}
