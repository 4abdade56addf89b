using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Tests;

[TestFixture]
public sealed class ThreadTests
{
    /// <summary>Runs something as the first thread of a process that can have more, each of which runs what it is told by number.</summary>
    private static WaitStatus Run(Func<Crew, ProcessEnd?> main, Limits? limits = null, params Func<Crew, ProcessEnd?>[] threads)
    {
        WaitStatus status = default;
        TestBox.Run(
            context =>
            {
                Assert.That(context.Kernel.Processes.Fork(context.Thread, out Process? child), Is.EqualTo(Errno.Success));
                Crew crew = new(child!, child!.Id, new PinnedMemory(65_536), [main, .. threads], 0);
                context.Kernel.Processes.Start(child, crew);
                status = context.Await(child.Id);
                return 0;
            },
            limits).ShouldExit();
        return status;
    }

    [Test]
    public void Threads_are_numbered_with_processes_and_joined()
    {
        Run(
            crew =>
            {
                Assert.That(crew.Processes.StartThread(crew.Thread, 1, out int id), Is.EqualTo(Errno.Success));
                Assert.That(id, Is.GreaterThan(crew.Thread.Id));
                Assert.That(crew.Processes.JoinThread(crew.Thread, id), Is.EqualTo(Errno.Success));
                Assert.That(crew.Processes.JoinThread(crew.Thread, id), Is.EqualTo(Errno.Success), "joined late");
                Assert.That(crew.Processes.JoinThread(crew.Thread, crew.Thread.Id), Is.EqualTo(Errno.DeadLk));
                Assert.That(crew.Processes.JoinThread(crew.Thread, 999), Is.EqualTo(Errno.Srch));
                return new ExitedEnd(6);
            },
            null,
            _ => null).ShouldBe(WaitStatus.Exited(6));
    }

    [Test]
    public void There_are_no_more_threads_than_the_limit()
    {
        Run(
            crew =>
            {
                Assert.That(crew.Processes.StartThread(crew.Thread, 1, out int id), Is.EqualTo(Errno.Success));
                Assert.That(crew.Processes.StartThread(crew.Thread, 1, out _), Is.EqualTo(Errno.Again));
                crew.Processes.FutexWake(crew.Thread, 0, 1);
                System.Runtime.InteropServices.MemoryMarshal.Write(crew.Memory.Bytes, 1);
                Asking.Until(() => crew.Processes.FutexWake(crew.Thread, 0, 1) == 1 || crew.Thread.Process.Threads.Length == 1);
                crew.Processes.JoinThread(crew.Thread, id);
                Assert.That(crew.Processes.StartThread(crew.Thread, 1, out id), Is.EqualTo(Errno.Success));
                crew.Processes.JoinThread(crew.Thread, id);
                return new ExitedEnd(0);
            },
            Limits.Default with { Threads = 3 },
            crew =>
            {
                crew.Processes.FutexWait(crew.Thread, 0, 0, Deadline.Never);
                return null;
            }).ShouldBe(WaitStatus.Exited(0));
    }

    [Test]
    public void A_fault_in_one_thread_ends_the_process_whatever_the_others_do()
    {
        Run(
            crew =>
            {
                crew.Processes.StartThread(crew.Thread, 2, out _);
                crew.Processes.StartThread(crew.Thread, 1, out _);
                crew.Processes.FutexWait(crew.Thread, 4, 0, Deadline.Never);
                return new ExitedEnd(0);
            },
            null,
            _ => new SignaledEnd(Signal.Segment),
            crew =>
            {
                crew.Processes.Wait(crew.Thread, new WaitRequest(WaitScope.All, 0, WaitOptions.Ended), out _);
                crew.Kernel.Signals.Suspend(crew.Thread, SignalSet.Empty);
                return null;
            }).ShouldBe(WaitStatus.Signaled(Signal.Segment));
    }

    [Test]
    public void The_last_thread_ends_the_process()
    {
        Run(
            crew =>
            {
                crew.Processes.StartThread(crew.Thread, 1, out _);
                return null;
            },
            null,
            crew =>
            {
                Asking.Until(() => crew.Thread.Process.Threads.Length == 1);
                return null;
            }).ShouldBe(WaitStatus.Exited(0));
    }

    [Test]
    public void Any_thread_can_exec_and_the_program_is_the_process()
    {
        Run(
            crew =>
            {
                crew.Processes.StartThread(crew.Thread, 1, out _);
                crew.Processes.FutexWait(crew.Thread, 0, 0, Deadline.Never);
                return null;
            },
            null,
            crew =>
            {
                ((TestFiles)crew.Kernel.Files).Add("/next", next => next.Thread.Id == next.Process.Id && next.Process.Threads.Length == 1 ? 8 : 1);
                crew.Processes.Execute(crew.Thread, new ExecRequest { Path = "/next"u8.ToArray(), Arguments = new ByteStrings(["next"]) });
                return new ExitedEnd(2);
            }).ShouldBe(WaitStatus.Exited(8));
    }

    [Test]
    public void A_word_is_waited_for_only_while_it_is_as_expected()
    {
        Run(crew =>
        {
            ProcessTable processes = crew.Processes;
            System.Runtime.InteropServices.MemoryMarshal.Write(crew.Memory.Bytes[8..], 5u);
            Assert.That(processes.FutexWait(crew.Thread, 8, 4, Deadline.Never), Is.EqualTo(Errno.Again));
            Assert.That(processes.FutexWait(crew.Thread, 8, 5, Deadline.Past), Is.EqualTo(Errno.TimedOut));
            Assert.That(processes.FutexWait(crew.Thread, 9, 5, Deadline.Past), Is.EqualTo(Errno.Inval));
            Assert.That(processes.FutexWait(crew.Thread, 65_536, 5, Deadline.Past), Is.EqualTo(Errno.Fault));
            Assert.That(processes.FutexWait(crew.Thread, uint.MaxValue - 3, 5, Deadline.Past), Is.EqualTo(Errno.Fault));
            Assert.That(processes.FutexWake(crew.Thread, 8, 1), Is.Zero);
            return new ExitedEnd(0);
        }).ShouldBe(WaitStatus.Exited(0));
    }

    [Test]
    public void Who_waited_longest_is_woken_first()
    {
        List<int> order = [];
        ProcessEnd? Waits(Crew crew)
        {
            crew.Processes.FutexWait(crew.Thread, 0, 0, Deadline.Never);
            lock (order)
            {
                order.Add(crew.Thread.Id);
            }

            return null;
        }

        Run(
            crew =>
            {
                List<int> ids = [];
                for (int i = 0; i < 4; i++)
                {
                    crew.Processes.StartThread(crew.Thread, 1, out int id);
                    ids.Add(id);
                    Asking.Until(() => crew.Thread.Process.Threads[^1].Waiter.IsWaiting);
                }

                for (int i = 0; i < 3; i++)
                {
                    Assert.That(crew.Processes.FutexWake(crew.Thread, 0, 1), Is.EqualTo(1));
                    crew.Processes.JoinThread(crew.Thread, ids[i]);
                }

                Assert.That(order, Is.EqualTo(ids[..3]));
                Assert.That(crew.Processes.FutexWake(crew.Thread, 0, int.MaxValue), Is.EqualTo(1));
                return new ExitedEnd(0);
            },
            null,
            Waits).ShouldBe(WaitStatus.Exited(0));
    }

    [Test]
    public void A_signal_goes_to_a_thread_that_does_not_block_it()
    {
        int handled = 0;
        Run(
            crew =>
            {
                SignalTable signals = crew.Kernel.Signals;
                signals.SetAction(crew.Thread.Process, Signal.User1, new SignalAction(Disposition.Handle, SignalFlags.Restart));
                crew.Handler = id => Volatile.Write(ref handled, id);
                crew.Processes.StartThread(crew.Thread, 1, out int other);
                signals.ChangeMask(crew.Thread, MaskChange.Block, Asking.Set(Signal.User1));
                signals.Send(crew.Thread, crew.Thread.Process.Id, Signal.User1);
                Asking.Until(() => Volatile.Read(ref handled) != 0);
                Assert.That(handled, Is.EqualTo(other));
                Assert.That(signals.SendToThread(crew.Thread, other, Signal.None), Is.EqualTo(Errno.Success));
                return new ExitedEnd(0);
            },
            null,
            crew =>
            {
                crew.Processes.FutexWait(crew.Thread, 0, 0, Deadline.Never);
                return null;
            }).ShouldBe(WaitStatus.Exited(0));
    }

    [Test]
    public void What_a_thread_blocks_from_now_on_goes_to_another()
    {
        Run(
            crew =>
            {
                SignalTable signals = crew.Kernel.Signals;
                Process process = crew.Thread.Process;
                signals.SetAction(process, Signal.User1, new SignalAction(Disposition.Handle, SignalFlags.Restart));
                signals.ChangeMask(crew.Thread, MaskChange.Block, Asking.Set(Signal.User1));
                crew.Processes.StartThread(crew.Thread, 1, out int id);
                signals.Raise(process, new SignalInfo(Signal.User1, SignalCause.Kernel));
                Assert.That(signals.Pending(crew.Thread).Contains(Signal.User1), Is.True, "a thread begins with its maker's mask");
                int handled = 0;
                crew.Handler = who => handled = who;
                signals.ChangeMask(crew.Thread, MaskChange.Unblock, Asking.Set(Signal.User1));
                Assert.That(handled, Is.EqualTo(crew.Thread.Id));
                crew.Processes.FutexWake(crew.Thread, 0, 1);
                System.Runtime.InteropServices.MemoryMarshal.Write(crew.Memory.Bytes, 1);
                return new ExitedEnd(0);
            },
            null,
            crew =>
            {
                crew.Processes.FutexWait(crew.Thread, 0, 0, Deadline.Never);
                return null;
            }).ShouldBe(WaitStatus.Exited(0));
    }

    [Test]
    public void All_threads_stop_before_the_parent_is_told()
    {
        TestBox.Run(context =>
        {
            context.Kernel.Processes.Fork(context.Thread, out Process? child);
            static ProcessEnd? Waits(Crew crew)
            {
                crew.Processes.FutexWait(crew.Thread, 0, 0, Deadline.Never);
                return null;
            }

            Crew crew = new(
                child!, child!.Id, new PinnedMemory(64),
                [
                    crew =>
                    {
                        crew.Processes.StartThread(crew.Thread, 1, out _);
                        crew.Processes.StartThread(crew.Thread, 1, out _);
                        return Waits(crew);
                    },
                    Waits,
                ],
                0);
            context.Kernel.Processes.Start(child, crew);
            Asking.Until(() => child.Threads.Length == 3 && child.Threads.ToArray().All(thread => thread.Waiter.IsWaiting));
            context.Kill(child.Id, Signal.Stop);
            Assert.That(context.Await(child.Id, WaitOptions.Stopped).Signal, Is.EqualTo(Signal.Stop));
            Assert.That(context.Kernel.Processes.FutexWake(child.Threads[0], 0, 1), Is.EqualTo(1));
            context.Kill(child.Id, Signal.Continue);
            Asking.Until(() => child.Threads.Length == 2);
            context.Kill(child.Id, Signal.Kill);
            Assert.That(context.Await(child.Id), Is.EqualTo(WaitStatus.Signaled(Signal.Kill)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_mutex_of_futexes_holds_under_many_threads()
    {
        const int each = 5000;
        int counter = 0;
        ProcessEnd? Hammer(Crew crew)
        {
            ref uint word = ref System.Runtime.InteropServices.MemoryMarshal.AsRef<uint>(crew.Memory.Bytes);
            for (int i = 0; i < each; i++)
            {
                while (Interlocked.Exchange(ref word, 1) != 0)
                {
                    crew.Processes.FutexWait(crew.Thread, 0, 1, Deadline.Never);
                }

                counter++;
                Volatile.Write(ref word, 0);
                crew.Processes.FutexWake(crew.Thread, 0, 1);
            }

            return null;
        }

        Run(
            crew =>
            {
                List<int> ids = [];
                for (int i = 0; i < 8; i++)
                {
                    crew.Processes.StartThread(crew.Thread, 1, out int id);
                    ids.Add(id);
                }

                foreach (int id in ids)
                {
                    crew.Processes.JoinThread(crew.Thread, id);
                }

                return new ExitedEnd(0);
            },
            null,
            Hammer).ShouldBe(WaitStatus.Exited(0));
        Assert.That(counter, Is.EqualTo(8 * each));
    }

    /// <summary>A thread of a process that can have more.</summary>
    private sealed class Crew(Process process, int id, PinnedMemory memory, Func<Crew, ProcessEnd?>[] mains, uint argument) : Execution
    {
        private readonly Shared _shared = new();

        private Crew(Process process, int id, PinnedMemory memory, Func<Crew, ProcessEnd?>[] mains, uint argument, Shared shared)
            : this(process, id, memory, mains, argument) => _shared = shared;

        internal PinnedMemory Memory => memory;

        internal Kernel Kernel => process.Kernel;

        internal ProcessTable Processes => process.Kernel.Processes;

        internal Action<int> Handler { set => _shared.Handler = value; }

        public override GuestThread Thread { get; } = new(process, id, memory);

        public override bool AcceptsSignals => true;

        public override ProcessEnd? Run()
        {
            Thread.Execution = this;
            try
            {
                return mains[argument](this);
            }
            catch (ImageReplacedException replaced)
            {
                return new ReplacedEnd(replaced.Image);
            }
            catch (GuestKilledException)
            {
                return null;
            }
            catch (Exception exception)
            {
                TestContext.Progress.WriteLine(exception);
                return new HostProgramFault(exception);
            }
        }

        public override Errno NewThread(int id, uint argument, out Execution? thread)
        {
            thread = new Crew(process, id, memory, mains, argument, _shared);
            thread.Thread.Execution = thread;
            return Errno.Success;
        }

        public override void Deliver(Signal signal) => _shared.Handler(Thread.Id);

        private sealed class Shared
        {
            internal Action<int> Handler = _ => { };
        }
    }
}
