namespace Marcotte.Core.Tests;

internal sealed class CallPolicyTests
{
    [Test]
    public void What_no_rule_speaks_of_is_allowed_and_not_told_of()
    {
        SyscallDecision decision = Decide(policy => policy.Deny("sock_*"), "fd_read");

        Assert.That(decision.IsRefused, Is.False);
        Assert.That(decision.IsObserved, Is.False);
    }

    [TestCase("fd_read", Errno.Perm)]
    [TestCase("one.fd_*", Errno.Perm)]
    [TestCase("f?_read", Errno.Perm)]
    public void A_pattern_denies_what_it_matches(string pattern, Errno errno) =>
        Assert.That(Decide(policy => policy.Deny(pattern), "fd_read").Errno, Is.EqualTo(errno));

    [Test]
    public void A_name_without_module_is_denied_in_every_module()
    {
        CallPolicy policy = new PolicyOptions().Deny("fd_read").BuildCalls(Surface.All)!;

        Assert.That(Ask(policy, Surface.Get("fd_read", "one"), 0).IsRefused, Is.True);
        Assert.That(Ask(policy, Surface.Get("fd_read", "two"), 0).IsRefused, Is.True);
    }

    [Test]
    public void A_name_with_module_is_denied_there_alone()
    {
        CallPolicy policy = new PolicyOptions().Deny("two.fd_read").BuildCalls(Surface.All)!;

        Assert.That(Ask(policy, Surface.Get("fd_read", "one"), 0).IsRefused, Is.False);
        Assert.That(Ask(policy, Surface.Get("fd_read", "two"), 0).IsRefused, Is.True);
    }

    [Test]
    public void A_denial_by_name_gives_the_errno_in_whatever_order_rules_come()
    {
        Assert.That(Decide(policy => policy.Deny("fd_*").Deny("fd_read", Errno.NoSys), "fd_read").Errno, Is.EqualTo(Errno.NoSys));
        Assert.That(Decide(policy => policy.Deny("fd_read", Errno.NoSys).Deny("fd_*"), "fd_read").Errno, Is.EqualTo(Errno.NoSys));
    }

    [Test]
    public void A_denial_wins_over_an_observation_and_an_end_over_a_denial()
    {
        Assert.That(Decide(policy => policy.Observe("fd_read").Deny("fd_*"), "fd_read").IsRefused, Is.True);
        Assert.That(Decide(policy => policy.Kill("fd_*").Deny("fd_read"), "fd_read").IsKill, Is.True);
    }

    [Test]
    public void What_a_list_leaves_out_is_denied()
    {
        void Configure(PolicyOptions policy) => policy.AllowOnly("fd_*", "exit").Deny("fd_write", Errno.NoSys);

        Assert.That(Decide(Configure, "fd_read").IsRefused, Is.False);
        Assert.That(Decide(Configure, "exit").IsRefused, Is.False);
        Assert.That(Decide(Configure, "fd_write").Errno, Is.EqualTo(Errno.NoSys));
        Assert.That(Decide(Configure, "sock_send").Errno, Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void A_pattern_that_denies_a_call_without_errno_ends_the_guest() =>
        Assert.That(Decide(policy => policy.Deny("*"), "exit").IsKill, Is.True);

    [Test]
    public void A_name_that_denies_a_call_without_errno_is_refused()
    {
        PolicyOptions policy = new PolicyOptions().Deny("exit", Errno.Perm);

        Assert.That(() => policy.BuildCalls(Surface.All), Throws.InvalidOperationException.With.Message.Contains("use Kill(\"exit\")"));
    }

    [Test]
    public void Two_errnos_for_one_call_are_refused_by_name()
    {
        PolicyOptions policy = new PolicyOptions().Deny("fd_*", Errno.Perm).Deny("*_read", Errno.NoSys);

        Assert.That(() => policy.BuildCalls(Surface.All), Throws.InvalidOperationException.With.Message.Contains("fd_read with EPERM (\"fd_*\") and with ENOSYS (\"*_read\")"));
    }

    [TestCase("fd_raed", "did you mean fd_read?")]
    [TestCase("sokc_*", "did you mean sock_send?")]
    [TestCase("one.fd_reed", "did you mean one.fd_read")]
    [TestCase("nothing_like_it", "see HostSurface.Imports")]
    [Category("security: open rule")]
    public void Open_rule_a_pattern_that_matches_nothing_is_an_error_that_names_near_ones(string pattern, string hint)
    {
        PolicyOptions policy = new PolicyOptions().Deny(pattern);

        Assert.That(() => policy.BuildCalls(Surface.All), Throws.ArgumentException.With.Message.Contains(pattern).And.Message.Contains(hint));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("fd_read fd_write")]
    [TestCase("fd_read,fd_write")]
    [TestCase("fd_\\*")]
    [Category("security: open rule")]
    public void Open_rule_what_is_no_pattern_is_an_error_at_once(string pattern) =>
        Assert.That(() => new PolicyOptions().Deny(pattern), Throws.InstanceOf<ArgumentException>());

    [Test]
    [Category("security: open rule")]
    public void Open_rule_an_empty_list_is_an_error() =>
        Assert.That(() => new PolicyOptions().AllowOnly(), Throws.ArgumentException);

    [Test]
    public void Nothing_is_denied_with_success()
    {
        Assert.That(() => new PolicyOptions().Deny("fd_read", Errno.Success), Throws.ArgumentException);
        Assert.That(() => SyscallDecision.Deny(Errno.Success), Throws.ArgumentException);
    }

    [Test]
    public void Without_rules_there_is_no_policy() => Assert.That(new PolicyOptions().BuildCalls(Surface.All), Is.Null);

    [Test]
    public void A_descriptor_is_denied_by_its_kind()
    {
        static void Configure(PolicyOptions policy) => policy.DenyDescriptors(DescriptorMatch.OfType(FileType.Fifo), "fd_*", Errno.Access);

        Assert.That(Decide(Configure, "fd_read", 0).Errno, Is.EqualTo(Errno.Access));
        Assert.That(Decide(Configure, "fd_read", 9).IsRefused, Is.False, "What is not open is for the call to refuse.");
        Assert.That(Decide(Configure, "sock_send", 0).IsRefused, Is.False);
    }

    [Test]
    public void Every_descriptor_of_a_call_is_looked_at()
    {
        static void Configure(PolicyOptions policy) => policy.DenyDescriptors(DescriptorMatch.Numbered(1, 1));

        Assert.That(Decide(Configure, "fd_renumber", 0, 1).IsRefused, Is.True);
        Assert.That(Decide(Configure, "fd_renumber", 0, 0).IsRefused, Is.False);
    }

    [Test]
    public void Of_several_rules_on_descriptors_the_strictest_counts_in_whatever_order()
    {
        DescriptorMatch all = DescriptorMatch.Any;

        Assert.That(Decide(policy => policy.ObserveDescriptors(all).DenyDescriptors(all, "*", Errno.BadF).DenyDescriptors(all), "fd_read", 0).Errno, Is.EqualTo(Errno.Perm));
        Assert.That(Decide(policy => policy.DenyDescriptors(all).DenyDescriptors(all, "*", Errno.BadF).ObserveDescriptors(all), "fd_read", 0).Errno, Is.EqualTo(Errno.Perm));
    }

    [Test]
    [Category("security: open rule")]
    public void Open_rule_a_rule_on_descriptors_of_calls_that_take_none_is_an_error()
    {
        PolicyOptions policy = new PolicyOptions().DenyDescriptors(DescriptorMatch.Any, "exit");

        Assert.That(() => policy.BuildCalls(Surface.All), Throws.ArgumentException.With.Message.Contains("none takes a descriptor"));
    }

    [Test]
    [Category("security: open rule")]
    public void Open_rule_a_match_of_nothing_is_an_error()
    {
        Assert.That(() => DescriptorMatch.OfType(), Throws.ArgumentException);
        Assert.That(() => DescriptorMatch.Numbered(3, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => DescriptorMatch.Numbered(-1, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => DescriptorMatch.Numbered(0, 2).And(DescriptorMatch.Numbered(3, 4)), Throws.ArgumentException);
        Assert.That(() => DescriptorMatch.OfType((FileType)99), Throws.ArgumentException);
    }

    [Test]
    public void Deciding_allocates_nothing()
    {
        CallPolicy policy = new PolicyOptions().Deny("fd_write").Observe("fd_read").DenyDescriptors(DescriptorMatch.OfType(FileType.Directory)).BuildCalls(Surface.All)!;
        GuestThread thread = Surface.Thread();
        Syscall[] calls = [.. Surface.All];
        Ask(policy, calls[0], 0, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Syscall call in calls)
        {
            AskOn(thread, policy, call);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static SyscallDecision Decide(Action<PolicyOptions> configure, string name, params ulong[] arguments)
    {
        PolicyOptions options = new();
        configure(options);
        return Ask(options.BuildCalls(Surface.All)!, Surface.Get(name), arguments.Length > 0 ? arguments : [0, 0]);
    }

    private static SyscallDecision Ask(CallPolicy policy, Syscall syscall, params ulong[] arguments)
    {
        GuestThread thread = Surface.Thread();
        thread.Kernel.Audit = new AuditList();
        return policy.Entering(new SyscallEntry { Syscall = syscall, Thread = thread, Arguments = arguments, Memory = new GuestMemory(thread.Memory) });
    }

    private static void AskOn(GuestThread thread, CallPolicy policy, Syscall syscall)
    {
        ReadOnlySpan<ulong> arguments = [0, 1];
        policy.Entering(new SyscallEntry { Syscall = syscall, Thread = thread, Arguments = arguments, Memory = new GuestMemory(thread.Memory) });
    }
}
