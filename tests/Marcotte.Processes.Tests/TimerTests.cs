using Marcotte.Core;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Processes.Tests;

[TestFixture]
public sealed class TimerTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void An_alarm_comes_when_its_time_has_come()
    {
        FakeTimeProvider time = new();
        TestBox.Run(
            context =>
            {
                int runs = 0;
                SignalTable signals = context.Kernel.Signals;
                context.Handle(Signal.Alarm, _ => runs++);
                Assert.That(signals.SetTimer(context.Process, IntervalTimer.Real, new TimerSetting(5 * Second, 0)), Is.EqualTo(Errno.Success));
                time.Advance(TimeSpan.FromSeconds(2));
                context.Attend();
                signals.GetTimer(context.Process, IntervalTimer.Real, out TimerSetting setting);
                Assert.That(setting, Is.EqualTo(new TimerSetting(3 * Second, 0)));
                Assert.That(runs, Is.Zero);
                time.Advance(TimeSpan.FromSeconds(3));
                context.Attend();
                Assert.That(runs, Is.EqualTo(1));
                signals.GetTimer(context.Process, IntervalTimer.Real, out setting);
                Assert.That(setting, Is.EqualTo(default(TimerSetting)));
                return 0;
            },
            time: time).ShouldExit();
    }

    [Test]
    public void A_process_makes_no_more_timers_than_signals_may_wait() =>
        TestBox.Run(
            context =>
            {
                SignalTable signals = context.Kernel.Signals;
                TimerNotice nobody = new(Signal.None, 0);
                Assert.That(signals.CreateTimer(context.Process, ClockId.Monotonic, nobody, out int first), Is.EqualTo(Errno.Success));
                Assert.That(signals.CreateTimer(context.Process, ClockId.Monotonic, nobody, out int second), Is.EqualTo(Errno.Success));
                Assert.That(signals.CreateTimer(context.Process, ClockId.Monotonic, nobody, out _), Is.EqualTo(Errno.Again));
                Assert.That(signals.DeleteTimer(context.Process, first), Is.EqualTo(Errno.Success));
                Assert.That(signals.CreateTimer(context.Process, ClockId.Monotonic, nobody, out int third), Is.EqualTo(Errno.Success));
                Assert.That(new[] { first, second, third }, Is.Unique);
                Assert.That(signals.RunTimer(context.Process, first, new TimerSetting(1, 0), absolute: false, out _), Is.EqualTo(Errno.Inval));
                Assert.That(signals.RunTimer(context.Process, third, new TimerSetting(-1, 0), absolute: false, out _), Is.EqualTo(Errno.Inval));
                Assert.That(signals.CreateTimer(context.Process, ClockId.ThreadCpu, nobody, out _), Is.EqualTo(Errno.NotSup));
                return 0;
            },
            new Limits { PendingSignals = 2 }).ShouldExit();

    [Test]
    public void Ends_that_nobody_heard_are_told_with_the_signal()
    {
        FakeTimeProvider time = new();
        TestBox.Run(
            context =>
            {
                SignalTable signals = context.Kernel.Signals;
                Signal realtime = (Signal)40;
                signals.ChangeMask(context.Thread, MaskChange.Block, SignalSet.Of(realtime));
                signals.CreateTimer(context.Process, ClockId.Monotonic, new TimerNotice(realtime, 7), out int timer);
                signals.RunTimer(context.Process, timer, new TimerSetting(Second, Second), absolute: false, out _);
                time.Advance(TimeSpan.FromSeconds(1));
                time.Advance(TimeSpan.FromSeconds(3));
                Assert.That(signals.TakePending(context.Process, SignalSet.Of(realtime), out SignalInfo info), Is.EqualTo(Errno.Success));
                Assert.That(info, Is.EqualTo(new SignalInfo(realtime, SignalCause.Timer, timer, 3, 7)));
                Assert.That(signals.TakePending(context.Process, SignalSet.Of(realtime), out _), Is.EqualTo(Errno.Again));
                signals.ReadTimer(context.Process, timer, out TimerSetting setting, out int overruns);
                Assert.That((setting, overruns), Is.EqualTo((new TimerSetting(Second, Second), 3)));
                return 0;
            },
            time: time).ShouldExit();
    }

    [Test]
    public void An_interval_comes_again_and_again_until_it_is_cancelled()
    {
        FakeTimeProvider time = new();
        TestBox.Run(
            context =>
            {
                int runs = 0;
                context.Handle(Signal.Alarm, _ => runs++);
                context.Kernel.Signals.SetTimer(context.Process, IntervalTimer.Real, new TimerSetting(Second, 2 * Second));
                for (int i = 0; i < 9; i++)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    context.Attend();
                }

                Assert.That(runs, Is.EqualTo(5));
                context.Kernel.Signals.SetTimer(context.Process, IntervalTimer.Real, default);
                time.Advance(TimeSpan.FromSeconds(10));
                context.Attend();
                Assert.That(runs, Is.EqualTo(5));
                return 0;
            },
            time: time).ShouldExit();
    }

    [Test]
    public void An_alarm_ends_a_process_that_waits()
    {
        FakeTimeProvider time = new();
        TestBox.Run(
            context =>
            {
                int id = context.Fork(child =>
                {
                    child.Kernel.Signals.SetTimer(child.Process, IntervalTimer.Real, new TimerSetting(Second, 0));
                    return child.PauseForever();
                });
                context.UntilWaits(id);
                time.Advance(TimeSpan.FromSeconds(1));
                Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(Signal.Alarm)));
                return 0;
            },
            time: time).ShouldExit();
    }

    [Test]
    public void A_child_has_no_timer_and_an_exec_keeps_it()
    {
        FakeTimeProvider time = new();
        TestBox.Run(
            context =>
            {
                context.Kernel.Signals.SetTimer(context.Process, IntervalTimer.Real, new TimerSetting(Second, 0));
                int id = context.Fork(child =>
                {
                    child.Kernel.Signals.GetTimer(child.Process, IntervalTimer.Real, out TimerSetting setting);
                    child.Kernel.Signals.SetTimer(child.Process, IntervalTimer.Real, new TimerSetting(Second, 0));
                    return setting == default ? (int)child.Kernel.Processes.Execute(child.Thread, new ExecRequest { Path = "/look"u8.ToArray(), Arguments = ByteStrings.Empty }) : 9;
                });
                Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Exited(1)));
                return 0;
            },
            time: time,
            configure: options => options.Program("/look", child =>
            {
                child.Kernel.Signals.GetTimer(child.Process, IntervalTimer.Real, out TimerSetting setting);
                return setting.Value == Second && child.Arguments.Count == 1 ? 1 : 0;
            })).ShouldExit();
    }

    [TestCase(IntervalTimer.Virtual, Signal.VirtualAlarm)]
    [TestCase(IntervalTimer.Profile, Signal.Profile)]
    public void A_timer_of_CPU_time_comes_to_who_computes(IntervalTimer timer, Signal signal)
    {
        TestBox.Run(context =>
        {
            bool came = false;
            context.Handle(signal, _ => came = true);
            context.Kernel.Signals.SetTimer(context.Process, timer, new TimerSetting(5_000_000, 0));
            Asking.Until(() =>
            {
                context.Attend();
                return came;
            });
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void More_CPU_time_than_allowed_raises_SIGXCPU()
    {
        FakeTimeProvider time = new();
        TestBox.Run(
            context =>
            {
                bool came = false;
                context.Handle(Signal.CpuLimit, _ => came = true);
                context.Kernel.Processes.SetLimit(context.Process, 0, Resource.Cpu, new ResourceLimit(1, 10));
                time.Advance(TimeSpan.FromMilliseconds(900));
                context.Attend();
                Assert.That(came, Is.False);
                time.Advance(TimeSpan.FromMilliseconds(200));
                context.Attend();
                Assert.That(came, Is.True);
                time.Advance(TimeSpan.FromSeconds(10));
                context.Attend();
                return 1;
            },
            time: time).Status.ShouldBe(WaitStatus.Signaled(Signal.Kill));
    }

    [Test]
    public void Timers_refuse_what_makes_no_sense()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            Assert.That(signals.SetTimer(context.Process, (IntervalTimer)3, default), Is.EqualTo(Errno.Inval));
            Assert.That(signals.SetTimer(context.Process, IntervalTimer.Real, new TimerSetting(-1, 0)), Is.EqualTo(Errno.Inval));
            Assert.That(signals.SetTimer(context.Process, IntervalTimer.Real, new TimerSetting(1, -1)), Is.EqualTo(Errno.Inval));
            Assert.That(signals.GetTimer(context.Process, (IntervalTimer)3, out _), Is.EqualTo(Errno.Inval));
            Assert.That(signals.SetTimer(context.Process, IntervalTimer.Real, new TimerSetting(long.MaxValue, long.MaxValue)), Is.EqualTo(Errno.Success));
            return 0;
        }).ShouldExit();
    }
}

internal static class StatusAssertions
{
    internal static void ShouldBe(this WaitStatus status, WaitStatus expected) => Assert.That(status, Is.EqualTo(expected));
}
