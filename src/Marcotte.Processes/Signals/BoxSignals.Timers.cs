using Marcotte.Core;
using Marcotte.Processes.Table;
using Marcotte.Processes.Timers;

namespace Marcotte.Processes;

/// <content>The timers of processes.</content>
internal sealed partial class BoxSignals
{
    public override Errno GetTimer(Process process, IntervalTimer timer, out TimerSetting setting)
    {
        setting = default;
        if (timer > IntervalTimer.Profile || Member.Of(process) is not { } member)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            setting = member.Signals.Timers?[timer].SettingLocked() ?? default;
        }

        return Errno.Success;
    }

    public override Errno SetTimer(Process process, IntervalTimer timer, TimerSetting setting)
    {
        if (timer > IntervalTimer.Profile || setting.Value < 0 || setting.Interval < 0 || Member.Of(process) is not { } member)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            if (member.IsAlive)
            {
                TimersLocked(member)[timer].SetLocked(setting);
            }
        }

        return Errno.Success;
    }

    internal ProcessTimers TimersLocked(Member member) => member.Signals.Timers ??= new ProcessTimers(tree, this, member);

    public override Errno CreateTimer(Process process, ClockId clock, TimerNotice notice, out int timer)
    {
        timer = 0;
        if (notice.Signal > Signal.Last || Member.Of(process) is not { } member)
        {
            return Errno.Inval;
        }

        if (clock is not (ClockId.Realtime or ClockId.Monotonic or ClockId.ProcessCpu))
        {
            return Errno.NotSup;
        }

        lock (tree.Gate)
        {
            return member.IsAlive && TimersLocked(member).TryCreateLocked(clock, notice, out timer) ? Errno.Success : Errno.Again;
        }
    }

    public override Errno DeleteTimer(Process process, int timer)
    {
        lock (tree.Gate)
        {
            return Member.Of(process)?.Signals.Timers?.TryDeleteLocked(timer) == true ? Errno.Success : Errno.Inval;
        }
    }

    public override Errno RunTimer(Process process, int timer, TimerSetting setting, bool absolute, out TimerSetting previous)
    {
        previous = default;
        if (setting.Value < 0 || setting.Interval < 0)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            if (Member.Of(process)?.Signals.Timers?.FindLocked(timer) is not { } found)
            {
                return Errno.Inval;
            }

            previous = found.Timer.SettingLocked();
            long now = found.Clock == ClockId.Realtime ? process.Kernel.Clock.Realtime() : found.Timer.Now();
            found.Timer.SetLocked(absolute && setting.Value > 0 ? setting with { Value = Math.Max(1, setting.Value - now) } : setting);
            return Errno.Success;
        }
    }

    public override Errno ReadTimer(Process process, int timer, out TimerSetting setting, out int overruns)
    {
        lock (tree.Gate)
        {
            CreatedTimer? found = Member.Of(process)?.Signals.Timers?.FindLocked(timer);
            setting = found?.Timer.SettingLocked() ?? default;
            overruns = found?.Timer.Overruns ?? 0;
            return found is null ? Errno.Inval : Errno.Success;
        }
    }
}
