using Marcotte.Core;
using Marcotte.Processes;

namespace Marcotte.Tests;

/// <summary>A box's processes as its host sees them, and the programs that it places there.</summary>
internal sealed class BoxProcessesTests
{
    private static GuestModule Exits(int code) => Wat.Module(
        $$"""
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (func (export "_start") (call $exit (i32.const {{code}})))
        """);

    /// <summary>Becomes another program.</summary>
    private static GuestModule Becomes(string path) => Wat.Module(
        $$"""
        (import "wasix_32v1" "proc_exec" (func $exec (param i32 i32 i32 i32)))
        (memory (export "memory") 1)
        (data (i32.const 64) "{{path}}")
        (func (export "_start") (call $exec (i32.const 64) (i32.const {{path.Length}}) (i32.const 64) (i32.const {{path.Length}})))
        """);

    private static BoxTemplate Build(GuestModule module, Action<ProcessOptions> processes) => SharedEngine.Builder()
        .WithName("first").UseVfs(files => files.MountMemory("/")).UseClock().UseEnv().UseProcesses(processes).UseWasi().UseWasix().Build(module);

    /// <summary>Boxes whose first process, in C#, runs another one and answers what that ended with.</summary>
    private static BoxTemplate Build(Func<HostContext, int> child, Action<int>? awaited = null) => Build(Becomes("/bin/main"), processes => processes
        .Program("/bin/child", child)
        .Program("/bin/main", context =>
        {
            Assert.That(context.Spawn("/bin/child", [], out int id), Is.EqualTo(Errno.Success));
            Assert.That(context.Wait(id, out WaitStatus status), Is.EqualTo(Errno.Success));
            int ended = status.Code + (int)status.Signal;
            awaited?.Invoke(ended);
            return ended;
        }));

    [Test]
    public void A_module_that_the_host_places_is_a_program_of_each_box()
    {
        using BoxTemplate template = Build(Becomes("/bin/three"), processes => processes.Program("/bin/three", Exits(3)));
        Assert.That(template.Run().Outcome, Is.InstanceOf<Exited>().With.Property(nameof(Exited.Code)).EqualTo(3));
        Assert.That(template.Run().Outcome, Is.InstanceOf<Exited>().With.Property(nameof(Exited.Code)).EqualTo(3));
    }

    [Test]
    public void A_box_that_outlives_its_template_runs_what_the_host_placed()
    {
        BoxTemplate template = Build(Becomes("/bin/three"), processes => processes.Program("/bin/three", Exits(3)));
        using Box box = template.Create();
        template.Dispose();
        Assert.That(box.Run().ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void A_placed_module_that_imports_what_nothing_backs_is_refused_as_the_template_is_built()
    {
        GuestModule stranger = GuestModule.FromText("stranger", """(module (import "env" "launch" (func)) (memory (export "memory") 1) (func (export "_start")))""");
        SurfaceException refused = Assert.Throws<SurfaceException>(() => Build(Wat.Empty, processes => processes.Program("/bin/stranger", stranger)))!;
        Assert.That(refused.Message, Does.Contain("'stranger'"));
        Assert.That(refused.Missing.Single().Name, Is.EqualTo("launch"));
    }

    [Test]
    public void A_placed_module_that_is_no_command_is_refused_as_the_template_is_built() =>
        Assert.That(
            () => Build(Wat.Empty, processes => processes.Program("/bin/library", Wat.Reactor)),
            Throws.InvalidOperationException.With.Message.Contains("_start"));

    [Test]
    public void The_host_is_told_of_starts_and_ends_before_the_parent_is()
    {
        List<string> told = [];
        using BoxTemplate template = Build(child => 7, code => Add($"awaited {code}"));
        using Box box = template.Create();
        box.Processes.Started += (_, start) => Add($"started {start.Id} of {start.Parent}: {start.Program}");
        box.Processes.Exited += (_, exit) => Add($"exited {exit.Id} of {exit.Parent}: {exit.Program} {exit.End.Status.Code}");
        box.Run();
        Assert.That(told, Is.EqualTo(new[]
        {
            "started 2 of 1: /bin/child", "exited 2 of 1: /bin/child 7", "awaited 7", "exited 1 of 0: /bin/main 7",
        }));

        void Add(string line)
        {
            lock (told)
            {
                told.Add(line);
            }
        }
    }

    [Test]
    public void An_exit_tells_what_the_process_used()
    {
        using BoxTemplate template = Build(Exits(0), _ => { });
        using Box box = template.Create();
        ProcessExitedEventArgs? exit = null;
        box.Processes.Exited += (_, told) => exit = told;
        box.Run();
        Assert.That((exit!.Id, exit.Program, exit.End), Is.EqualTo((1, "first", new ExitedEnd(0))));
        Assert.That(exit.Usage.Calls, Is.EqualTo(1));
        Assert.That(exit.Usage.PeakBytes, Is.EqualTo(65536));
    }

    [Test]
    public async Task The_host_lists_processes_and_signals_one()
    {
        using BoxTemplate template = Build(child =>
        {
            child.CancellationToken.WaitHandle.WaitOne();
            return 0;
        });
        await using Box box = template.Create();
        TaskCompletionSource<int> born = new(TaskCreationOptions.RunContinuationsAsynchronously);
        box.Processes.Started += (_, start) => born.SetResult(start.Id);
        Task<Outcome> run = box.RunAsync();
        int child = await born.Task;
        Assert.That(box.Processes.List().Select(process => (process.Id, process.Parent)), Is.EqualTo(new[] { (1, 0), (child, 1) }));
        Assert.That(box.Processes.Signal(child + 1, Signal.Terminate), Is.False);
        Assert.That(box.Processes.Signal(child, Signal.Terminate), Is.True);
        Assert.That((await run).ExitCode, Is.EqualTo((int)Signal.Terminate));
    }

    [Test]
    public async Task The_host_ends_the_first_process_by_a_signal_though_others_cannot()
    {
        using BoxTemplate template = Build(Wat.Spin, _ => { });
        await using Box box = template.Create();
        Task<Outcome> run = box.RunAsync();
        Assert.That(box.Processes.SignalGroup(1, Signal.Kill), Is.True);
        Assert.That(box.Processes.SignalGroup(2, Signal.Kill), Is.False);
        Assert.That(await run, Is.InstanceOf<Signaled>().With.Property(nameof(Signaled.Signal)).EqualTo(Signal.Kill));
    }

    [Test]
    public void What_is_no_signal_is_the_hosts_mistake()
    {
        using BoxTemplate template = Build(Wat.Empty, _ => { });
        using Box box = template.Create();
        Assert.That(() => box.Processes.Signal(1, Signal.None), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => box.Processes.SignalGroup(1, (Signal)65), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_box_without_a_process_layer_says_which_one_to_add()
    {
        using BoxTemplate template = SharedEngine.Builder().Build(Wat.Empty);
        using Box box = template.Create();
        Assert.That(() => box.Processes, Throws.InvalidOperationException.With.Message.Contains("UseProcesses()"));
    }
}
