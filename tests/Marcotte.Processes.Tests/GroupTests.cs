using Marcotte.Core;

namespace Marcotte.Processes.Tests;

[TestFixture]
public sealed class GroupTests
{
    [Test]
    public void Children_are_in_their_parents_group_and_session()
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child => child.PauseForever());
            context.Kernel.Processes.Group(id, out int group);
            context.Kernel.Processes.Session(id, out int session);
            Assert.That((group, session), Is.EqualTo((1, 1)));
            Assert.That(context.Kernel.Processes.Group(77, out _), Is.EqualTo(Errno.Srch));
            Assert.That(context.Kernel.Processes.Session(77, out _), Is.EqualTo(Errno.Srch));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Setpgid_refuses_what_POSIX_says()
    {
        TestBox.Run(
            context =>
            {
                ProcessTable processes = context.Kernel.Processes;
                Process self = context.Process;
                int first = context.Fork(child => child.PauseForever());
                int second = context.Fork(child => child.PauseForever());
                int other = context.Fork(child =>
                {
                    child.Kernel.Processes.NewSession(child.Process);
                    return child.PauseForever();
                });
                Asking.Until(() => processes.Session(other, out int session) == Errno.Success && session == other);

                Assert.That(processes.SetGroup(self, first, -1), Is.EqualTo(Errno.Inval));
                Assert.That(processes.SetGroup(self, 77, 0), Is.EqualTo(Errno.Srch), "no such process");
                Assert.That(processes.SetGroup(processes.Find(first)!, second, 0), Is.EqualTo(Errno.Srch), "no child of it");
                Assert.That(processes.SetGroup(self, 0, 0), Is.EqualTo(Errno.Perm), "a session leader");
                Assert.That(processes.SetGroup(self, other, 1), Is.EqualTo(Errno.Perm), "in another session");
                Assert.That(processes.SetGroup(self, first, 999), Is.EqualTo(Errno.Perm), "no such group");
                Assert.That(processes.SetGroup(self, first, other), Is.EqualTo(Errno.Perm), "a group of another session");
                Assert.That(processes.SetGroup(self, first, 0), Is.EqualTo(Errno.Success));
                Assert.That(processes.SetGroup(self, second, first), Is.EqualTo(Errno.Success));
                processes.Group(second, out int group);
                Assert.That(group, Is.EqualTo(first));
                Assert.That(processes.NewSession(processes.Find(first)!), Is.EqualTo(Errno.Perm), "leads a group");

                Assert.That(context.Spawn("/bin/wait", ["wait"], out int spawned), Is.EqualTo(Errno.Success));
                Assert.That(processes.SetGroup(self, spawned, 0), Is.EqualTo(Errno.Access), "runs another program");
                return 0;
            },
            configure: options => options.Program("/bin/wait", child => child.PauseForever())).ShouldExit();
    }

    [Test]
    public void A_group_lives_as_long_as_one_in_it_that_was_not_waited_for()
    {
        TestBox.Run(context =>
        {
            ProcessTable processes = context.Kernel.Processes;
            int leader = context.Fork(child => child.Pause());
            processes.SetGroup(context.Process, leader, 0);
            int member = context.Fork(child => child.PauseForever());
            Assert.That(processes.SetGroup(context.Process, member, leader), Is.EqualTo(Errno.Success));
            context.Kill(leader, Signal.Terminate);
            context.Await(leader);
            Assert.That(context.Kill(-leader, Signal.None), Is.EqualTo(Errno.Success));
            context.Kill(-leader, Signal.Kill);
            Assert.That(context.Wait(WaitScope.Group, leader, WaitOptions.Ended, out WaitReport report), Is.EqualTo(Errno.Success));
            Assert.That(report.ProcessId, Is.EqualTo(member));
            Assert.That(context.Kill(-leader, Signal.None), Is.EqualTo(Errno.Srch));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_stopped_group_that_is_orphaned_is_hung_up_and_goes_on()
    {
        TestBox.Run(context =>
        {
            int stopped = 0;
            int shell = context.Fork(child =>
            {
                child.Kernel.Processes.NewSession(child.Process);
                stopped = child.Fork(last => last.PauseForever());
                child.Kernel.Processes.SetGroup(child.Process, stopped, 0);
                child.Kill(stopped, Signal.TerminalStop);
                return child.AwaitAny(stopped).State == ChildState.Stopped ? 0 : 1;
            });
            Assert.That(context.Await(shell).Code, Is.Zero);
            Assert.That(context.Await(stopped), Is.EqualTo(WaitStatus.Signaled(Signal.HangUp)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_terminals_stop_does_nothing_to_an_orphaned_group()
    {
        TestBox.Run(context =>
        {
            int id = context.Fork(child =>
            {
                child.Kernel.Processes.NewSession(child.Process);
                child.Kill(child.Process.Id, Signal.TerminalStop);
                return 4;
            });
            Assert.That(context.AwaitAny(id), Is.EqualTo(WaitStatus.Exited(4)));
            return 0;
        }).ShouldExit();
    }
}
