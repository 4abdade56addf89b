using Marcotte.Core;

namespace Marcotte.Processes.Tests;

[TestFixture]
public sealed class FamilyTests
{
    [Test]
    public void A_child_has_the_next_number_and_its_end_is_told()
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child =>
            {
                child.Kernel.Processes.Parent(child.Process.Id, out int parent);
                return 40 + parent;
            });
            Assert.That(id, Is.EqualTo(2));
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Exited(41)));
            Assert.That(context.Wait(WaitScope.Process, id, WaitOptions.Ended, out _), Is.EqualTo(Errno.Child));
            Assert.That(context.Kernel.Processes.Parent(id, out _), Is.EqualTo(Errno.Srch));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_zombie_is_listed_until_it_is_waited_for_and_not_found()
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(_ => 3);
            Asking.Until(() => context.Kernel.Processes.List().Single(stat => stat.Id == id).State == 'Z');
            Assert.That(context.Kernel.Processes.Find(id), Is.Null);
            Assert.That(context.Kill(id, Signal.Terminate), Is.EqualTo(Errno.Success));
            Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.Ended | WaitOptions.Keep, out WaitReport kept), Is.EqualTo(Errno.Success));
            Assert.That(kept.ProcessId, Is.EqualTo(id));
            Assert.That(context.Await(id).Code, Is.EqualTo(3));
            Assert.That(context.Kernel.Processes.List(), Has.Count.EqualTo(1));
            Assert.That(context.Kill(id, Signal.None), Is.EqualTo(Errno.Srch));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Looking_for_a_child_that_runs_finds_nothing_and_does_not_wait()
    {
        TestBox.Run(context =>
        {
            Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.Ended, out _), Is.EqualTo(Errno.Child));
            Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.NoWait, out _), Is.EqualTo(Errno.Inval));
            int id = context.Fork(child => child.PauseForever());
            Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.Ended | WaitOptions.NoWait, out WaitReport report), Is.EqualTo(Errno.Success));
            Assert.That(report.ProcessId, Is.Zero);
            Assert.That(context.Wait(WaitScope.Process, 99, WaitOptions.Ended, out _), Is.EqualTo(Errno.Child));
            Assert.That(context.Wait(WaitScope.Group, 1, WaitOptions.Ended | WaitOptions.NoWait, out _), Is.EqualTo(Errno.Success));
            Assert.That(context.Wait(WaitScope.Group, id, WaitOptions.Ended | WaitOptions.NoWait, out _), Is.EqualTo(Errno.Child));
            context.Kill(id, Signal.Kill);
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(Signal.Kill)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Orphans_are_the_first_processs()
    {
        TestBox.Run(context =>
        {
            int grandchild = 0;
            int id = context.Fork(child =>
            {
                grandchild = child.Fork(last => last.Pause());
                return 0;
            });
            context.Await(id);
            context.Kernel.Processes.Parent(grandchild, out int parent);
            Assert.That(parent, Is.EqualTo(1));
            context.Kill(grandchild, Signal.Terminate);
            Assert.That(context.Await(grandchild).Signal, Is.EqualTo(Signal.Terminate));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void When_the_first_process_ends_all_end()
    {
        using TestBox box = new(context =>
        {
            for (int i = 0; i < 20; i++)
            {
                context.Fork(child =>
                {
                    child.Fork(last => last.PauseForever());
                    return child.PauseForever();
                });
            }

            return 7;
        });
        Assert.That(box.Run(), Is.EqualTo(new ExitedEnd(7)));
        Assert.That(box.Kernel.Processes.List().Where(stat => stat.State != 'Z'), Is.Empty);
    }

    [Test]
    public void There_are_no_more_processes_than_the_limit_zombies_included()
    {
        TestBox.Run(
            context =>
            {
                for (int i = 0; i < 3; i++)
                {
                    context.Fork(_ => 0);
                }

                Assert.That(context.TryFork(_ => 0, out _), Is.EqualTo(Errno.Again));
                Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.Ended, out _), Is.EqualTo(Errno.Success));
                Assert.That(context.TryFork(_ => 0, out _), Is.EqualTo(Errno.Success));
                return 0;
            },
            Limits.Default with { Processes = 4 }).ShouldExit();
    }

    [Test]
    public void Orphans_that_nobody_waits_for_make_room()
    {
        TestBox.Run(
            context =>
            {
                for (int i = 0; i < 50; i++)
                {
                    int id = context.Fork(child =>
                    {
                        child.Fork(_ => 0);
                        return 0;
                    });
                    Assert.That(context.Await(id).State, Is.EqualTo(ChildState.Exited));
                    Asking.Until(() => context.Kernel.Processes.List().All(stat => stat.Id == 1 || stat.State == 'Z'));
                }

                return 0;
            },
            Limits.Default with { Processes = 4 }).ShouldExit();
    }

    [Test]
    public void A_user_has_no_more_processes_than_its_limit()
    {
        TestBox.Run(context =>
        {
            context.Kernel.Processes.SetLimit(context.Process, 0, Resource.Processes, new ResourceLimit(2, 2));
            int id = context.Fork(child =>
            {
                child.Process.Credentials = new Credentials(5, 5);
                int second = child.Fork(last => last.Pause());
                Errno errno = child.TryFork(_ => 0, out _);
                child.Kill(second, Signal.Kill);
                return (int)errno;
            });
            Assert.That(context.Await(id).Code, Is.EqualTo((int)Errno.Again));
            return 0;
        }).ShouldExit();
    }

    [TestCase(Disposition.Ignore, SignalFlags.None)]
    [TestCase(Disposition.Default, SignalFlags.NoChildWait)]
    public void Who_does_not_want_to_wait_waits_until_none_is_left(Disposition disposition, SignalFlags flags)
    {
        TestBox.Run(context =>
        {
            context.Kernel.Signals.SetAction(context.Process, Signal.Child, new SignalAction(disposition, flags));
            int id = context.Fork(child => child.Pause());
            Task kill = Task.Run(() =>
            {
                context.UntilWaits(1);
                context.Kernel.Signals.Raise(context.Kernel.Processes.Find(id)!, new SignalInfo(Signal.Terminate, SignalCause.Kernel));
            });
            Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.Ended, out _), Is.EqualTo(Errno.Child));
            kill.Wait();
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void What_children_used_is_added_up_when_they_are_waited_for()
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child =>
            {
                child.Thread.Calls = 11;
                return 0;
            });
            context.Await(id);
            context.Kernel.Processes.Usage(context.Thread, UsageScope.Children, out ResourceUsage usage);
            Assert.That(usage.Calls, Is.EqualTo(11));
            Assert.That(context.Kernel.Processes.Usage(context.Thread, (UsageScope)9, out _), Is.EqualTo(Errno.Inval));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void An_unborn_child_is_given_up()
    {
        TestBox.Run(context =>
        {
            context.Kernel.Processes.Fork(context.Thread, out Process? child);
            context.Kernel.Processes.Abandon(child!);
            Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.Ended, out _), Is.EqualTo(Errno.Child));
            context.Kernel.Processes.Fork(context.Thread, out _);
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Numbers_are_reused_late()
    {
        TestBox.Run(context =>
        {
            HashSet<int> seen = [];
            for (int i = 0; i < 2000; i++)
            {
                int id = context.Fork(_ => 0);
                Assert.That(seen.Add(id), Is.True);
                context.Await(id);
            }

            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Many_fork_kill_and_wait_at_once()
    {
        const int families = 8;
        const int rounds = 150;
        TestBox.Run(context =>
        {
            List<int> ids = [];
            for (int family = 0; family < families; family++)
            {
                ids.Add(context.Fork(child =>
                {
                    for (int round = 0; round < rounds; round++)
                    {
                        int first = child.Fork(last => last.PauseForever());
                        int second = child.Fork(_ => 5);
                        child.Kill(first, round % 2 == 0 ? Signal.Kill : Signal.Terminate);
                        if (child.Await(first).State != ChildState.Signaled || child.Await(second).Code != 5)
                        {
                            return 1;
                        }
                    }

                    return child.Wait(WaitScope.All, 0, WaitOptions.Ended, out _) == Errno.Child ? 0 : 2;
                }));
            }

            foreach (int id in ids)
            {
                Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Exited(0)));
            }

            Assert.That(context.Kernel.Processes.List(), Has.Count.EqualTo(1));
            return 0;
        }).ShouldExit();
    }
}

internal static class Ends
{
    /// <summary>The program came to its end; what it asserted holds.</summary>
    internal static void ShouldExit(this ProcessEnd end)
    {
        if (end is HostProgramFault fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault.Exception);
        }

        Assert.That(end, Is.EqualTo(new ExitedEnd(0)));
    }
}
