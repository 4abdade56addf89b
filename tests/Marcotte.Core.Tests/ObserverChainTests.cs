namespace Marcotte.Core.Tests;

internal sealed class ObserverChainTests
{
    [Test]
    public void None_make_none_and_one_is_itself()
    {
        Watcher one = new(SyscallDecision.Allow);

        Assert.That(SyscallObserver.Combine(null, null), Is.Null);
        Assert.That(SyscallObserver.Combine(null, one), Is.SameAs(one));
    }

    [Test]
    public void All_are_asked_and_told_in_order_and_each_gets_its_own_mark()
    {
        List<string> order = [];
        Watcher first = new(SyscallDecision.Observe.WithMark("a")) { Name = "first", Order = order };
        Watcher second = new(SyscallDecision.Observe) { Name = "second", Order = order };
        SyscallObserver chain = SyscallObserver.Combine(first, second)!;

        Go(chain);

        Assert.That(order, Is.EqualTo(new[] { "first?", "second?", "first!", "second!" }));
        Assert.That(first.Mark, Is.EqualTo("a"));
        Assert.That(second.Mark, Is.Null);
    }

    [Test]
    public void The_strictest_decision_counts_and_of_two_alike_the_first()
    {
        Assert.That(Joint(SyscallDecision.Deny(Errno.Perm), SyscallDecision.Kill()).IsKill, Is.True);
        Assert.That(Joint(SyscallDecision.Kill(), SyscallDecision.Deny(Errno.Perm)).IsKill, Is.True);
        Assert.That(Joint(SyscallDecision.Observe, SyscallDecision.Deny(Errno.NoSys)).Errno, Is.EqualTo(Errno.NoSys));
        Assert.That(Joint(SyscallDecision.Deny(Errno.NoSys), SyscallDecision.Deny(Errno.Perm)).Errno, Is.EqualTo(Errno.NoSys));
    }

    [Test]
    public void Who_wants_to_measure_is_measured_for_though_another_does_not()
    {
        Assert.That(Joint(SyscallDecision.Allow, SyscallDecision.Measure).IsMeasured, Is.True);
        Assert.That(Joint(SyscallDecision.Allow, SyscallDecision.Observe).IsMeasured, Is.False);
        Assert.That(Joint(SyscallDecision.Allow, SyscallDecision.Allow).IsObserved, Is.False);
    }

    private static SyscallDecision Joint(SyscallDecision one, SyscallDecision other) =>
        Go(SyscallObserver.Combine(new Watcher(one), new Watcher(other))!);

    private static SyscallDecision Go(SyscallObserver observer)
    {
        GuestThread thread = Surface.Thread();
        GuestMemory memory = new(thread.Memory);
        SyscallDecision decision = observer.Entering(new SyscallEntry { Syscall = Surface.All[0], Thread = thread, Arguments = [], Memory = memory });
        observer.Completed(new SyscallEvent { Syscall = Surface.All[0], Thread = thread, Arguments = [], Memory = memory, Mark = decision.Mark });
        return decision;
    }

    private sealed class Watcher(SyscallDecision decision) : SyscallObserver
    {
        internal string Name { get; init; } = "";

        internal List<string> Order { get; init; } = [];

        internal object? Mark { get; private set; }

        public override SyscallDecision Entering(in SyscallEntry call)
        {
            Order.Add(Name + "?");
            return decision;
        }

        public override void Completed(in SyscallEvent call)
        {
            Order.Add(Name + "!");
            Mark = call.Mark;
        }
    }
}
