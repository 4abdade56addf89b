using System.Globalization;
using Marcotte.Core;

namespace Marcotte.Tests;

/// <summary>Policies as a guest meets them.</summary>
internal sealed class PolicyTests
{
    /// <summary>Makes a directory, then exits with the errno of it, or with 100 more when the directory is not there after all.</summary>
    private const string MakesDirectory =
        """
        (import "wasi_snapshot_preview1" "path_create_directory" (func $mkdir (param i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "path_filestat_get" (func $stat (param i32 i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (data (i32.const 100) "tmp/new")
        (func (export "_start") (local $errno i32)
          (local.set $errno (call $mkdir (i32.const 3) (i32.const 100) (i32.const 7)))
          (if (call $stat (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 7) (i32.const 200))
            (then (local.set $errno (i32.add (local.get $errno) (i32.const 100)))))
          (call $exit (local.get $errno)))
        """;

    /// <summary>Writes five letters to standard output, and exits with the errno of it.</summary>
    private const string Writes =
        """
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_renumber" (func $renumber (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\64\00\00\00\05\00\00\00")
        (data (i32.const 100) "hello")
        (func (export "_start") (call $exit (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
        """;

    private const int Perm = 63;
    private const int Access = 2;

    [Test]
    public void A_denied_call_does_nothing_and_its_errno_arrives()
    {
        Assert.That(Run(MakesDirectory, _ => { }).Outcome.ExitCode, Is.Zero);
        Assert.That(Run(MakesDirectory, policy => policy.Deny("path_create_directory")).Outcome.ExitCode, Is.EqualTo(100 + Perm));
        Assert.That(Run(MakesDirectory, policy => policy.Deny("path_create_*", Errno.Access)).Outcome.ExitCode, Is.EqualTo(100 + Access));
    }

    [Test]
    public void A_descriptor_is_denied_by_what_it_is()
    {
        FileType type = OutputType();

        BoxResult denied = Run(Writes, policy => policy.DenyDescriptors(DescriptorMatch.OfType(type), "fd_write"));

        Assert.That((denied.Outcome.ExitCode, denied.Output!.ToString()), Is.EqualTo((Perm, "")));
        Assert.That(Run(Writes, policy => policy.DenyDescriptors(DescriptorMatch.OfType(FileType.Directory))).Output!.ToString(), Is.EqualTo("hello"));
    }

    [Test]
    public void A_call_that_ends_the_guest_ends_it_as_killed_and_names_itself()
    {
        Killed killed = (Killed)Run(MakesDirectory, policy => policy.Kill("path_create_directory")).Outcome;

        Assert.That((killed.Denied?.Name, killed.ExitCode), Is.EqualTo(("path_create_directory", 159)));
        Assert.That(killed.EnsureSuccess, Throws.InstanceOf<BoxFailedException>().With.Message.Contains("which denies wasi_snapshot_preview1.path_create_directory"));
    }

    [Test]
    public void What_a_list_leaves_out_is_denied_and_what_cannot_answer_ends_the_guest()
    {
        Assert.That(Run(Writes, policy => policy.AllowOnly("proc_exit")).Outcome.ExitCode, Is.EqualTo(Perm));
        Assert.That(((Killed)Run(Writes, policy => policy.AllowOnly("fd_*")).Outcome).Denied?.Name, Is.EqualTo("proc_exit"));
    }

    [Test]
    public void Denials_and_observations_are_told_in_order()
    {
        AuditChannel audit = new();

        Run(MakesDirectory, policy => policy.Deny("path_create_directory").Observe("path_*").Observe("proc_exit"), new BoxStart { Audit = audit, Name = "one" });

        audit.Complete();
        AuditEvent[] events = [.. audit.ReadAllAsync().ToBlockingEnumerable()];
        Assert.That(events.Select(audited => audited.Rule), Is.EqualTo(new[] { "deny path_create_directory", "observe path_*", "observe proc_exit" }));
        Assert.That(((SyscallDenied)events[0]).Errno, Is.EqualTo(Errno.Perm));
        Assert.That(((SyscallDenied)events[0]).Call.Texts, Is.EqualTo(new[] { "tmp/new" }));
        Assert.That(((SyscallObserved)events[1]).Errno, Is.EqualTo(Errno.NoEnt));
        Assert.That(((SyscallObserved)events[2]).Errno, Is.Null);
        Assert.That(events.Select(audited => (audited.Origin.Name, audited.Origin.Process)), Is.All.EqualTo(("one", 1)));
    }

    [Test]
    public void A_trace_shows_denied_calls_too_and_a_boxs_own_observer_leaves_the_policy_in_force()
    {
        StringWriter text = new(CultureInfo.InvariantCulture);

        BoxResult result = Run(Writes, policy => policy.Deny("fd_write"), new BoxStart { Observer = new TextTrace(text) });

        Assert.That(result.Output!.ToString(), Is.Empty);
        Assert.That(text.ToString(), Does.Match("^fd_write\\(1, 0x0\\[1\\]\\) = -1 EPERM <"));
    }

    [Test]
    public void Rules_of_several_calls_add_up_whatever_the_order_of_the_builder()
    {
        using BoxTemplate template = SharedEngine.Builder()
            .WithPolicy(policy => policy.Deny("sock_*")).UseVfs().UseWasi().WithPolicy(policy => policy.Deny("fd_write"))
            .Build(Wat.Module(Writes));

        Assert.That(template.Run().Outcome.ExitCode, Is.EqualTo(Perm));
    }

    [Test]
    public void A_box_has_rules_of_its_own_that_tighten_its_templates_and_no_more()
    {
        using BoxTemplate template = Builder(policy => policy.AllowOnly("fd_write", "proc_exit")).Build(Wat.Module(Writes));

        Assert.That(template.Run(new BoxStart { Policy = policy => policy.Deny("fd_write", Errno.Access) }).Outcome.ExitCode, Is.EqualTo(Access));
        Assert.That(template.Run(new BoxStart { Policy = policy => policy.AllowOnly("*") }).Outcome.ExitCode, Is.Zero);
        Assert.That(((Killed)template.Run(new BoxStart { Policy = policy => policy.AllowOnly("fd_write") }).Outcome).Denied?.Name, Is.EqualTo("proc_exit"));
        Assert.That(template.Run().Outcome.ExitCode, Is.Zero);
    }

    [Test]
    [Category("security: open rule")]
    public void Open_rule_a_boxs_own_rule_is_checked_when_it_is_made()
    {
        using BoxTemplate template = Builder(_ => { }).Build(Wat.Module(Writes));

        Assert.That(() => template.Create(new BoxStart { Policy = policy => policy.Deny("fd_wirte") }), Throws.ArgumentException);
        Assert.That(() => template.Create(new BoxStart { Policy = policy => policy.DenyPath("/") }), Throws.InvalidOperationException);
    }

    [Test]
    public void What_was_built_does_not_change_with_the_builder()
    {
        BoxBuilder builder = Builder(policy => policy.Deny("sock_*"));
        using BoxTemplate template = builder.Build(Wat.Module(Writes));
        builder.WithPolicy(policy => policy.Deny("fd_write"));

        Assert.That(template.Run().Outcome.ExitCode, Is.Zero);
    }

    [Test]
    [Category("security: open rule")]
    public void Open_rule_a_pattern_that_matches_nothing_is_an_exception_at_build()
    {
        Assert.That(
            () => Builder(policy => policy.Deny("fd_wirte")).Build(Wat.Module(Writes)),
            Throws.ArgumentException.With.Message.Contains("did you mean fd_write"));
        Assert.That(() => Builder(policy => policy.Deny("fd_wirte")).BuildSurface(), Throws.ArgumentException);
    }

    [Test]
    [Category("security: open rule")]
    public void Open_rule_a_path_rule_that_no_layer_checks_is_an_exception_at_build() => Assert.That(
        () => SharedEngine.Builder().UseWasi().WithPolicy(policy => policy.DenyPath("/etc")).Build(Wat.Empty),
        Throws.InvalidOperationException.With.Message.Contains("call UseVfs()"));

    [Test]
    public void The_second_door_has_the_policy_too()
    {
        using Wasmtime.Config config = new Wasmtime.Config().WithMemoryMayMove(false);
        using Wasmtime.Engine engine = new(config);
        using Wasmtime.Module module = Wasmtime.Module.FromText(engine, "own", $"(module {Writes})");
        using Wasmtime.Linker linker = new(engine);
        using HostSurface surface = new BoxBuilder().UseWasi().UseVfs().WithPolicy(policy => policy.Deny("fd_write")).BuildSurface();
        surface.Define(linker);
        using Wasmtime.Store store = new(engine);
        using AttachedStore attached = surface.Attach(store);
        Wasmtime.Instance instance = linker.Instantiate(store, module);

        Assert.That(() => instance.GetAction("_start")!.Invoke(), Throws.InstanceOf<Wasmtime.WasmtimeException>());

        Assert.That((attached.ExitCode, attached.Output!.ToString()), Is.EqualTo(((int?)Perm, "")));
    }

    [Test]
    public void A_sink_that_fails_traps_its_guest_and_nothing_else()
    {
        Trapped trapped = (Trapped)Run(Writes, policy => policy.Observe("fd_write"), new BoxStart { Audit = new BrokenSink() }).Outcome;

        Assert.That(trapped.Cause, Is.TypeOf<IOException>());
    }

    [Test]
    public void A_guest_that_provokes_events_without_end_costs_the_host_no_more_than_the_channel()
    {
        AuditChannel audit = new(16);

        Run(
            """
            (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
            (memory (export "memory") 1)
            (func (export "_start") (local $n i32)
              (loop (drop (call $yield))
                (br_if 0 (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000)))))
            """,
            policy => policy.Deny("sched_yield"),
            new BoxStart { Audit = audit });

        audit.Complete();
        Assert.That(audit.Dropped, Is.EqualTo(10000 - 16));
        Assert.That(audit.ReadAllAsync().ToBlockingEnumerable().Count(), Is.EqualTo(16));
    }

    private static BoxResult Run(string program, Action<PolicyOptions> policy, BoxStart? start = null)
    {
        using BoxTemplate template = Builder(policy).Build(Wat.Module(program));
        return template.Run(start);
    }

    private static BoxBuilder Builder(Action<PolicyOptions> policy) =>
        SharedEngine.Builder().UseWasi().UseVfs(files => files.MountMemory("/tmp")).WithPolicy(policy);

    private static FileType OutputType()
    {
        using BoxTemplate template = Builder(_ => { }).Build(Wat.Empty);
        using Box box = template.Create();
        Assert.That(box.Process.Descriptors.TryGet(1, out Descriptor? output), Is.True);
        return output!.File.Operations.Type;
    }

    private sealed class BrokenSink : AuditSink
    {
        public override void Write(AuditEvent audited) => throw new IOException("full");
    }
}
