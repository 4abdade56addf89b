using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Tests;

[TestFixture]
public sealed class SignalTests
{
    private static IEnumerable<Signal> Fatal() => Enum.GetValues<Signal>()
        .Except([Signal.None, Signal.Child, Signal.Continue, Signal.Urgent, Signal.Window, Signal.Stop, Signal.TerminalStop, Signal.TerminalInput, Signal.TerminalOutput]);

    [TestCaseSource(nameof(Fatal))]
    public void By_default_a_signal_ends_a_process(Signal signal)
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child => child.PauseForever());
            context.Kill(id, signal);
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(signal)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Some_signals_do_nothing_by_default()
    {
        TestBox.Run(context =>
        {
            foreach (Signal signal in new[] { Signal.Child, Signal.Continue, Signal.Urgent, Signal.Window })
            {
                Assert.That(context.Kill(1, signal), Is.EqualTo(Errno.Success));
            }

            return 0;
        }).ShouldExit();
    }

    [TestCase(Signal.Stop)]
    [TestCase(Signal.TerminalStop)]
    [TestCase(Signal.TerminalInput)]
    [TestCase(Signal.TerminalOutput)]
    public void A_process_stops_and_goes_on_and_its_parent_is_told(Signal signal)
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child => child.PauseForever());
            context.Kernel.Processes.SetGroup(context.Process, id, 0);
            context.Kill(id, signal);
            Assert.That(context.Await(id, WaitOptions.Stopped), Is.EqualTo(WaitStatus.Stopped(signal)));
            Assert.That(context.Kernel.Processes.List().Single(stat => stat.Id == id).State, Is.EqualTo('T'));
            Assert.That(context.Wait(WaitScope.Process, id, (WaitOptions)7 | WaitOptions.NoWait, out WaitReport none), Is.EqualTo(Errno.Success));
            Assert.That(none.ProcessId, Is.Zero, "told once");
            context.Kill(id, Signal.User1);
            Assert.That(context.Kernel.Processes.Find(id), Is.Not.Null, "it is seen to when it goes on");
            context.Kill(id, Signal.Continue);
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(Signal.User1)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Going_on_is_told_to_who_asks_for_it()
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child => child.PauseForever());
            context.Kill(id, Signal.Stop);
            context.Await(id, WaitOptions.Stopped);
            context.Kill(id, Signal.Continue);
            Assert.That(context.Await(id, WaitOptions.Continued), Is.EqualTo(WaitStatus.Continued));
            context.Kill(id, Signal.Stop);
            context.Await(id, WaitOptions.Stopped);
            context.Kill(id, Signal.Kill);
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(Signal.Kill)), "a stopped one can be killed");
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_stop_and_a_continue_take_each_other_back()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            signals.ChangeMask(context.Thread, MaskChange.Block, Asking.Set(Signal.TerminalStop, Signal.Continue));
            context.Kill(1, Signal.TerminalStop);
            Assert.That(signals.Pending(context.Thread), Is.EqualTo(Asking.Set(Signal.TerminalStop)));
            context.Kill(1, Signal.Continue);
            Assert.That(signals.Pending(context.Thread), Is.EqualTo(Asking.Set(Signal.Continue)));
            context.Kill(1, Signal.TerminalStop);
            Assert.That(signals.Pending(context.Thread), Is.EqualTo(Asking.Set(Signal.TerminalStop)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_handler_runs_before_kill_returns_with_its_signal_blocked()
    {
        TestBox.Run(context =>
        {
            List<string> log = [];
            SignalTable signals = context.Kernel.Signals;
            context.Handle(Signal.User1, signal =>
            {
                log.Add($"{signal} {signals.Mask(context.Thread).Contains(signal)} {signals.Current(context.Thread).ProcessId}");
                context.Kill(1, Signal.User1);
                log.Add("again");
            });
            signals.SetAction(context.Process, Signal.User1, new SignalAction(Disposition.Handle, SignalFlags.None, Asking.Set(Signal.User2)));
            int runs = 0;
            context.Handle(Signal.User1, _ =>
            {
                runs++;
                Assert.That(signals.Current(context.Thread).Signal, Is.EqualTo(Signal.User1));
                Assert.That(signals.Mask(context.Thread).Contains(Signal.User1), Is.True);
                if (runs == 1)
                {
                    context.Kill(1, Signal.User1);
                    context.Kill(1, Signal.User1);
                    Assert.That(runs, Is.EqualTo(1), "blocked meanwhile");
                }
            });
            context.Kill(1, Signal.User1);
            Assert.That(runs, Is.EqualTo(2), "two that came meanwhile are one");
            Assert.That(signals.Mask(context.Thread), Is.EqualTo(SignalSet.Empty));
            Assert.That(signals.Current(context.Thread).Signal, Is.EqualTo(Signal.None));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Flags_of_a_handler_say_how_it_runs()
    {
        TestBox.Run(context =>
        {
            int depth = 0;
            context.Handle(
                Signal.User1,
                _ =>
                {
                    if (++depth < 3)
                    {
                        context.Kill(1, Signal.User1);
                    }
                },
                SignalFlags.NoDefer);
            context.Kill(1, Signal.User1);
            Assert.That(depth, Is.EqualTo(3));

            int id = context.Fork(child =>
            {
                child.Handle(Signal.User2, _ => { }, SignalFlags.ResetHandler);
                child.Kill(child.Process.Id, Signal.User2);
                child.Kill(child.Process.Id, Signal.User2);
                return 0;
            });
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(Signal.User2)));
            return 0;
        }).ShouldExit();
    }

    [TestCase(SignalFlags.None, false, ExpectedResult = Errno.Intr)]
    [TestCase(SignalFlags.Restart, false, ExpectedResult = Errno.Success)]
    [TestCase(SignalFlags.Restart, true, ExpectedResult = Errno.Intr)]
    public Errno A_wait_ends_or_goes_on_after_a_handler(SignalFlags flags, bool never)
    {
        Errno errno = Errno.IO;
        TestBox.Run(context =>
        {
            bool handled = false;
            bool goesOn = flags == SignalFlags.Restart && !never;
            context.Handle(Signal.User1, _ => Volatile.Write(ref handled, true), flags);
            int id = context.Fork(child =>
            {
                child.UntilWaits(1);
                child.Kill(1, Signal.User1);
                return child.PauseForever();
            });
            context.Thread.NeverRestarts = never;
            Task kill = Task.Run(() =>
            {
                Asking.Until(() => handled);
                if (goesOn)
                {
                    context.Kernel.Signals.Raise(context.Kernel.Processes.Find(id)!, new SignalInfo(Signal.Terminate, SignalCause.Kernel));
                }
            });
            errno = context.Wait(WaitScope.Process, id, WaitOptions.Ended, out _);
            kill.Wait();
            return 0;
        }).ShouldExit();
        return errno;
    }

    [Test]
    public void Realtime_signals_queue_in_order_with_their_values_up_to_the_limit()
    {
        TestBox.Run(
            context =>
            {
                SignalTable signals = context.Kernel.Signals;
                const Signal low = (Signal)34;
                const Signal high = (Signal)40;
                List<long> values = [];
                context.Handle(low, _ => values.Add(signals.Current(context.Thread).Value));
                context.Handle(high, _ => values.Add(100 + signals.Current(context.Thread).Value));
                signals.ChangeMask(context.Thread, MaskChange.Block, Asking.Set(low, high));
                Assert.That(signals.Queue(context.Thread, 1, high, 1), Is.EqualTo(Errno.Success));
                Assert.That(signals.Queue(context.Thread, 1, low, 1), Is.EqualTo(Errno.Success));
                Assert.That(signals.Queue(context.Thread, 1, low, 2), Is.EqualTo(Errno.Success));
                Assert.That(signals.Queue(context.Thread, 1, low, 3), Is.EqualTo(Errno.Again));
                signals.ChangeMask(context.Thread, MaskChange.Set, SignalSet.Empty);
                Assert.That(values, Is.EqualTo(new long[] { 1, 2, 101 }));
                return 0;
            },
            Limits.Default with { PendingSignals = 3 }).ShouldExit();
    }

    [Test]
    public void What_is_ignored_leaves_nothing_pending()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            signals.ChangeMask(context.Thread, MaskChange.Block, Asking.Set(Signal.User1));
            context.Kill(1, Signal.User1);
            signals.SetAction(context.Process, Signal.User1, new SignalAction(Disposition.Ignore));
            Assert.That(signals.Pending(context.Thread), Is.EqualTo(SignalSet.Empty));
            signals.SetAction(context.Process, Signal.User1, new SignalAction(Disposition.Default));
            signals.ChangeMask(context.Thread, MaskChange.Set, SignalSet.Empty);
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void SIGKILL_and_SIGSTOP_are_nobodys_to_change()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            foreach (Signal signal in new[] { Signal.Kill, Signal.Stop, Signal.None, (Signal)65 })
            {
                Assert.That(signals.SetAction(context.Process, signal, new SignalAction(Disposition.Ignore)), Is.EqualTo(Errno.Inval));
            }

            signals.ChangeMask(context.Thread, MaskChange.Set, new SignalSet(ulong.MaxValue));
            Assert.That(signals.Mask(context.Thread), Is.EqualTo(SignalSet.Blockable));
            Assert.That(signals.ChangeMask(context.Thread, (MaskChange)9, default), Is.EqualTo(Errno.Inval));
            Assert.That(signals.GetAction(context.Process, (Signal)65, out _), Is.EqualTo(Errno.Inval));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Sending_refuses_what_POSIX_says()
    {
        TestBox.Run(context =>
        {
            Assert.That(context.Kill(77, Signal.User1), Is.EqualTo(Errno.Srch));
            Assert.That(context.Kill(-77, Signal.User1), Is.EqualTo(Errno.Srch));
            Assert.That(context.Kill(int.MinValue, Signal.User1), Is.EqualTo(Errno.Srch));
            Assert.That(context.Kill(1, (Signal)65), Is.EqualTo(Errno.Inval));
            Assert.That(context.Kill(-1, Signal.User1), Is.EqualTo(Errno.Srch), "there is nobody else");
            Assert.That(context.Kernel.Signals.SendToThread(context.Thread, 77, Signal.User1), Is.EqualTo(Errno.Srch));
            Assert.That(context.Kernel.Signals.SendToThread(context.Thread, 0, Signal.User1), Is.EqualTo(Errno.Inval));
            int id = context.Fork(child =>
            {
                child.Process.Credentials = new Credentials(5, 5);
                bool refused = child.Kill(1, Signal.User1) == Errno.Perm && child.Kill(1, Signal.None) == Errno.Perm;
                return refused && child.Kill(1, Signal.Continue) == Errno.Success ? 0 : 1;
            });
            Assert.That(context.Await(id).Code, Is.Zero);
            return 0;
        }).ShouldExit();
    }

    [TestCase(Signal.Kill)]
    [TestCase(Signal.Terminate)]
    [TestCase(Signal.Stop)]
    public void The_first_process_is_shielded_from_the_others(Signal signal)
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child => child.Kill(1, signal) == Errno.Success && child.Kill(-1, signal) == Errno.Srch ? 0 : 1);
            Assert.That(context.Await(id).Code, Is.Zero);
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void The_first_process_can_be_ended_by_itself_by_its_handler_and_by_the_kernel()
    {
        Assert.That(TestBox.Run(context => (int)context.Kill(1, Signal.Terminate)).Status, Is.EqualTo(WaitStatus.Signaled(Signal.Terminate)));
        Assert.That(
            TestBox.Run(context =>
            {
                context.Kernel.Signals.Raise(context.Process, new SignalInfo(Signal.Interrupt, SignalCause.Kernel));
                return context.Pause();
            }).Status,
            Is.EqualTo(WaitStatus.Signaled(Signal.Interrupt)));
        Assert.That(
            TestBox.Run(
                context =>
                {
                    context.Fork(child => (int)child.Kill(1, Signal.Kill));
                    return context.PauseForever();
                },
                configure: options => options.ShieldFirstProcess(false)).Status,
            Is.EqualTo(WaitStatus.Signaled(Signal.Kill)));
    }

    [Test]
    public void A_signal_can_be_taken_instead_of_handled()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            SignalSet set = Asking.Set(Signal.User1, Signal.Child);
            signals.ChangeMask(context.Thread, MaskChange.Block, set);
            Assert.That(signals.Take(context.Thread, set, Deadline.Past, out _), Is.EqualTo(Errno.Again));
            int id = context.Fork(child =>
            {
                child.UntilWaits(1);
                child.Kernel.Signals.Queue(child.Thread, 1, Signal.User1, 77);
                return 9;
            });
            Assert.That(signals.Take(context.Thread, Asking.Set(Signal.User1), Deadline.Never, out SignalInfo info), Is.EqualTo(Errno.Success));
            Assert.That(info, Is.EqualTo(new SignalInfo(Signal.User1, SignalCause.Queue, id, 0, 77)));
            Assert.That(signals.Take(context.Thread, set, Deadline.Never, out info), Is.EqualTo(Errno.Success));
            Assert.That(info, Is.EqualTo(new SignalInfo(Signal.Child, SignalCause.ChildExited, id, 0, 9)));

            int second = context.Fork(child =>
            {
                child.UntilWaits(1);
                return (int)child.Kill(1, Signal.User2);
            });
            context.Handle(Signal.User2, _ => { }, SignalFlags.Restart);
            Assert.That(signals.Take(context.Thread, Asking.Set(Signal.User1), Deadline.Never, out _), Is.EqualTo(Errno.Intr));
            context.Await(second);
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Suspending_waits_with_another_mask_and_puts_it_back()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            int runs = 0;
            context.Handle(Signal.User1, _ => runs++, SignalFlags.Restart);
            signals.ChangeMask(context.Thread, MaskChange.Block, Asking.Set(Signal.User1));
            context.Kill(1, Signal.User1);
            Assert.That(runs, Is.Zero);
            Assert.That(signals.Suspend(context.Thread, SignalSet.Empty), Is.EqualTo(Errno.Intr));
            Assert.That(runs, Is.EqualTo(1));
            Assert.That(signals.Mask(context.Thread), Is.EqualTo(Asking.Set(Signal.User1)));

            context.Kill(1, Signal.User1);
            using (signals.WithMask(context.Thread, SignalSet.Empty))
            {
                Assert.That(context.Thread.Waiter.WaitAny([], Deadline.Never), Is.EqualTo(Errno.Intr));
            }

            Assert.That(runs, Is.EqualTo(2));
            Assert.That(signals.Mask(context.Thread), Is.EqualTo(Asking.Set(Signal.User1)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void What_was_sent_to_a_process_can_be_taken_for_a_file()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            signals.ChangeMask(context.Thread, MaskChange.Block, Asking.Set(Signal.User1));
            context.Kill(1, Signal.User1);
            Assert.That(signals.Pending(context.Process), Is.EqualTo(Asking.Set(Signal.User1)));
            Assert.That(signals.TakePending(context.Process, Asking.Set(Signal.User2), out _), Is.EqualTo(Errno.Again));
            Assert.That(signals.TakePending(context.Process, Asking.Set(Signal.User1), out SignalInfo info), Is.EqualTo(Errno.Success));
            Assert.That(info.Signal, Is.EqualTo(Signal.User1));
            Assert.That(signals.Pending(context.Process), Is.EqualTo(SignalSet.Empty));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void What_a_lone_thread_sends_itself_can_be_taken_for_a_file()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            signals.ChangeMask(context.Thread, MaskChange.Block, Asking.Set(Signal.User1));
            Assert.That(signals.SendToThread(context.Thread, context.Thread.Id, Signal.User1), Is.EqualTo(Errno.Success));
            Assert.That(signals.Pending(context.Process), Is.EqualTo(Asking.Set(Signal.User1)));
            Assert.That(signals.TakePending(context.Process, Asking.Set(Signal.User1), out SignalInfo info), Is.EqualTo(Errno.Success));
            Assert.That((info.Signal, info.Cause), Is.EqualTo((Signal.User1, SignalCause.Thread)));
            Assert.That(signals.Pending(context.Thread), Is.EqualTo(SignalSet.Empty));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_handler_that_jumps_leaves_the_mask_and_its_frames()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            context.Handle(Signal.User1, _ => throw new CheckpointRestoredException());
            Assert.That(() => context.Kill(1, Signal.User1), Throws.TypeOf<CheckpointRestoredException>());
            Assert.That(signals.Current(context.Thread).Signal, Is.EqualTo(Signal.None));
            Assert.That(signals.Mask(context.Thread), Is.EqualTo(Asking.Set(Signal.User1)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void SIGCHLD_tells_of_stops_unless_they_are_not_wanted()
    {
        TestBox.Run(context =>
        {
            List<SignalCause> causes = [];
            SignalTable signals = context.Kernel.Signals;
            context.Handle(Signal.Child, _ => causes.Add(signals.Current(context.Thread).Cause), SignalFlags.Restart);
            int id = context.Fork(child => child.PauseForever());
            context.Kill(id, Signal.Stop);
            context.Await(id, WaitOptions.Stopped);
            context.Attend();
            context.Kill(id, Signal.Continue);
            context.Attend();
            signals.SetAction(context.Process, Signal.Child, new SignalAction(Disposition.Handle, SignalFlags.Restart | SignalFlags.NoChildStop));
            context.Kill(id, Signal.Stop);
            context.Await(id, WaitOptions.Stopped);
            context.Kill(id, Signal.Kill);
            context.Await(id);
            context.Attend();
            Assert.That(causes, Is.EqualTo(new[] { SignalCause.ChildStopped, SignalCause.ChildContinued, SignalCause.ChildKilled }));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_child_blocks_what_its_parent_blocks_and_has_its_actions_but_nothing_pending()
    {
        TestBox.Run(context =>
        {
            SignalTable signals = context.Kernel.Signals;
            signals.SetAction(context.Process, Signal.User2, new SignalAction(Disposition.Ignore));
            signals.ChangeMask(context.Thread, MaskChange.Block, Asking.Set(Signal.User1));
            context.Kill(1, Signal.User1);
            int id = context.Fork(child =>
            {
                child.Kernel.Signals.GetAction(child.Process, Signal.User2, out SignalAction action);
                return child.Kernel.Signals.Mask(child.Thread) == Asking.Set(Signal.User1) && action.Disposition == Disposition.Ignore
                    && child.Kernel.Signals.Pending(child.Thread).IsEmpty ? 0 : 1;
            });
            Assert.That(context.Await(id).Code, Is.Zero);
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Writing_where_nobody_reads_raises_SIGPIPE()
    {
        TestBox.Run(context =>
        {
            context.Process.Descriptors.Set(new Descriptor(new OpenFile(new Broken(), AccessModes.ReadWrite)), 1);
            int id = context.Fork(child =>
            {
                child.Out.WriteByte(1);
                return 0;
            });
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(Signal.Pipe)));
            context.Kernel.Signals.SetAction(context.Process, Signal.Pipe, new SignalAction(Disposition.Ignore));
            Assert.That(() => context.Out.WriteByte(1), Throws.TypeOf<IOException>().With.Message.Contains("Pipe"));
            Assert.That(context.Read(55, new byte[1], out _), Is.EqualTo(Errno.BadF));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Signals_that_queue_are_not_lost_whoever_sends_at_once()
    {
        const int senders = 8;
        const int each = 5000;
        const Signal signal = (Signal)35;
        TestBox.Run(
            context =>
            {
                int got = 0;
                context.Handle(signal, _ => got++, SignalFlags.Restart);
                List<int> ids = [];
                for (int i = 0; i < senders; i++)
                {
                    ids.Add(context.Fork(child =>
                    {
                        for (int sent = 0; sent < each;)
                        {
                            if (child.Kernel.Signals.Queue(child.Thread, 1, signal, sent) == Errno.Success)
                            {
                                sent++;
                            }
                            else
                            {
                                Thread.Yield();
                            }
                        }

                        return 0;
                    }));
                }

                foreach (int id in ids)
                {
                    context.Await(id);
                }

                context.Attend();
                Assert.That(got, Is.EqualTo(senders * each));
                return 0;
            },
            Limits.Default with { PendingSignals = 64 }).ShouldExit();
    }

    [Test]
    public void A_million_deliveries_take_seconds()
    {
        const int count = 1_000_000;
        TestBox.Run(context =>
        {
            int got = 0;
            context.Handle(Signal.User1, _ => got++);
            long began = System.Diagnostics.Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                context.Kill(1, Signal.User1);
            }

            TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            TestContext.Progress.WriteLine($"{took.TotalNanoseconds / count:F0} ns a delivery");
            Assert.That(got, Is.EqualTo(count));
            Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(15)));
            return 0;
        }).ShouldExit();
    }

    private sealed class Broken : FileOperations
    {
        public override FileType Type => FileType.Fifo;

        public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
        {
            count = 0;
            return Errno.Pipe;
        }
    }
}
