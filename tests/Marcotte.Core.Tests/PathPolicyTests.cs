namespace Marcotte.Core.Tests;

internal sealed class PathPolicyTests
{
    [Test]
    public void A_guard_denies_the_verbs_of_its_rule_and_no_other()
    {
        PathGuard guard = Guards(new PathRule("/etc", PathAction.Deny, PathVerbs.Modify, Errno.RoFs)).Single();

        Assert.That(Check(guard, PathVerbs.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(Check(guard, PathVerbs.Read | PathVerbs.Create), Is.EqualTo(Errno.RoFs));
        Assert.That(Check(guard, PathVerbs.Read), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Guards_come_top_first_and_the_nearest_that_speaks_of_a_verb_counts()
    {
        IReadOnlyList<PathGuard> guards = Guards(
            new PathRule("/a/b", PathAction.Allow, PathVerbs.Read),
            new PathRule("/a-b", PathAction.Observe),
            new PathRule("//a/", PathAction.Deny));

        Assert.That(guards.Select(guard => guard.Path), Is.EqualTo(new[] { "/a", "/a-b", "/a/b" }));
        Assert.That(Check(guards[2], PathVerbs.Read), Is.EqualTo(Errno.Success));
        Assert.That(Check(guards[2], PathVerbs.Write), Is.EqualTo(Errno.Access), "inherited");
        Assert.That(Check(guards[1], PathVerbs.Write), Is.EqualTo(Errno.Success), "/a-b is not beneath /a");
    }

    [Test]
    public void The_top_is_guarded_when_a_rule_names_it()
    {
        Assert.That(new PathPolicy([new PathRule("/", PathAction.Deny), new PathRule("/tmp", PathAction.Allow)]).Top!.Path, Is.EqualTo("/"));
        Assert.That(new PathPolicy([new PathRule("/tmp", PathAction.Deny)]).Top, Is.Null);
    }

    [Test]
    public void A_guard_that_only_allows_is_open()
    {
        IReadOnlyList<PathGuard> guards = Guards(new PathRule("/", PathAction.Deny), new PathRule("/tmp", PathAction.Allow));

        Assert.That(guards.Select(guard => guard.IsOpen), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void Rules_that_contradict_each_other_are_refused()
    {
        PathRule deny = new("/a", PathAction.Deny, PathVerbs.Look);

        Assert.That(() => Guards(deny, new PathRule("/a/", PathAction.Allow, PathVerbs.Read)), Throws.InvalidOperationException.With.Message.Contains("contradict"));
        Assert.That(() => Guards(deny, new PathRule("/a", PathAction.Deny, PathVerbs.Read, Errno.Perm)), Throws.InvalidOperationException);
        Assert.That(() => Guards(deny, new PathRule("/a", PathAction.Observe, PathVerbs.Write)), Throws.Nothing);
    }

    [TestCase("")]
    [TestCase("etc")]
    [TestCase("/etc/../root")]
    [TestCase("/./etc")]
    [TestCase("/etc/*")]
    [TestCase("/etc\0")]
    [Category("security: open rule")]
    public void Open_rule_what_is_no_path_is_an_error(string path) =>
        Assert.That(() => new PathRule(path, PathAction.Deny), Throws.ArgumentException);

    [Test]
    [Category("security: open rule")]
    public void Open_rule_a_rule_about_nothing_is_an_error()
    {
        Assert.That(() => new PathRule("/etc", PathAction.Deny, PathVerbs.None), Throws.ArgumentException);
        Assert.That(() => new PathRule("/etc", PathAction.Deny, PathVerbs.All, Errno.Success), Throws.ArgumentException);
        Assert.That(() => new PathPolicy([]), Throws.ArgumentException);
    }

    [Test]
    public void A_denial_is_told_with_where_and_what()
    {
        AuditList sink = new();
        PathGuard guard = Guards(new PathRule("/etc", PathAction.Deny), new PathRule("/etc/x", PathAction.Observe, PathVerbs.Stat))[0];

        Check(guard, PathVerbs.Read, sink);

        PathDenied denied = (PathDenied)sink.Events.Single();
        Assert.That(denied.Rule, Is.EqualTo("deny /etc"));
        Assert.That(denied.Path, Is.EqualTo(new AuditedPath("/etc", "../etc/passwd")));
        Assert.That((denied.Verbs, denied.Errno, denied.IsDenial), Is.EqualTo((PathVerbs.Read, Errno.Access, true)));
    }

    [Test]
    public void What_is_observed_is_told_and_allowed()
    {
        AuditList sink = new();

        Errno errno = Check(Guards(new PathRule("/etc", PathAction.Observe, PathVerbs.Read))[0], PathVerbs.Read | PathVerbs.Write, sink);

        Assert.That(errno, Is.EqualTo(Errno.Success));
        PathObserved observed = (PathObserved)sink.Events.Single();
        Assert.That((observed.Verbs, observed.Rule), Is.EqualTo((PathVerbs.Read, "observe /etc (read)")));
    }

    [Test]
    public void A_check_that_no_rule_answers_allocates_nothing()
    {
        PathGuard guard = Guards(new PathRule("/etc", PathAction.Deny, PathVerbs.Write))[0];
        Process process = new(new Kernel(Limits.Default), 1);
        PathReference asked = new(process, null, "a"u8, PathFlags.None);
        guard.Check(PathVerbs.Read, in asked);
        long before = GC.GetAllocatedBytesForCurrentThread();
        guard.Check(PathVerbs.Read, in asked);
        guard.Check(PathVerbs.Write, in asked);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static IReadOnlyList<PathGuard> Guards(params PathRule[] rules) => new PathPolicy(rules).Guards;

    private static Errno Check(PathGuard guard, PathVerbs verbs, AuditSink? sink = null)
    {
        Process process = new(new Kernel(Limits.Default) { Audit = sink }, 1);
        return guard.Check(verbs, new PathReference(process, null, "../etc/passwd"u8, PathFlags.Follow));
    }
}
