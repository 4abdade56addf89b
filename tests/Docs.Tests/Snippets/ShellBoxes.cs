using Marcotte;
using Marcotte.Core;
using Marcotte.Processes;

namespace Docs.Tests.Snippets;

internal sealed class ShellBoxes
{
    private static readonly GuestModule Becomes = GuestModule.FromText("becomes", """
        (module
          (import "wasix_32v1" "proc_exec" (func $exec (param i32 i32 i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "/bin/main")
          (func (export "_start") (call $exec (i32.const 64) (i32.const 9) (i32.const 64) (i32.const 9))))
        """);

    [Test]
    public void Shell()
    {
        string script = "ls | wc -l";
        GuestModule dash = GuestModule.FromText("dash", "(module (memory (export \"memory\") 1) (func (export \"_start\")))");
        GuestModule busybox = dash;

        #region shell
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountMemory("/").MountMemory("/tmp"))
            .UseClock()
            .UseEnv(environment => environment.Variable("PATH", "/bin"))
            .UseProcesses(processes => processes
                .Program("/bin/sh", dash)
                .Program("/bin/ls", busybox)
                .Program("/bin/wc", busybox))
            .UseWasi()
            .UseWasix()
            .Build(dash);

        BoxResult result = template.Run(new BoxStart { Arguments = ["-c", script] });
        #endregion

        Assert.That(result.Outcome.ExitCode, Is.Zero);
    }

    [Test]
    public void Program()
    {
        #region program
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountMemory("/"))
            .UseClock()
            .UseEnv()
            .UseWasix()
            .UseWasi()
            .UseProcesses(processes => processes
                .Program("/bin/hello", context =>
                {
                    context.Out.Write("hello\n"u8);
                    return 0;
                })
                .Program("/bin/main", context =>
                {
                    // As posix_spawn and waitpid: the child has this process's descriptors, directory and user.
                    Errno errno = context.Spawn("/bin/hello", ["hello"], out int child);
                    return errno == Errno.Success && context.Wait(child, out WaitStatus status) == Errno.Success ? status.Code : 1;
                }))
            .Build(Becomes);
        #endregion

        Assert.That(template.Run().Output!.ToString(), Is.EqualTo("hello\n"));
    }

    [Test]
    public async Task Signals()
    {
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountMemory("/")).UseClock().UseEnv().UseWasi().UseWasix()
            .UseProcesses(processes => processes.Program("/bin/main", context =>
            {
                context.CancellationToken.WaitHandle.WaitOne();
                return 0;
            }))
            .Build(Becomes);

        #region signals
        await using Box box = template.Create();
        box.Processes.Started += (_, start) => Console.WriteLine($"{start.Id} runs {start.Program}");
        box.Processes.Exited += (_, exit) => Console.WriteLine($"{exit.Id}: {exit.End}, {exit.Usage.CpuNanoseconds / 1e6} ms");

        Task<Outcome> run = box.RunAsync();
        foreach (ProcessStat process in box.Processes.List())
        {
            box.Processes.Signal(process.Id, Signal.Terminate);
        }
        #endregion

        Assert.That(await run, Is.InstanceOf<Signaled>());
    }

    [Test]
    public void Bounds()
    {
        #region limits
        BoxBuilder builder = new BoxBuilder()
            .UseProcesses(processes => processes.MaxProcesses(32))
            .WithLimits(limits => limits with
            {
                Threads = 64,
                Pipes = 128,
                PipeBytes = 16 * 1024,
                MemoryBytes = 64 << 20,
                WallClock = TimeSpan.FromSeconds(30),
            });
        #endregion

        Assert.That(builder, Is.Not.Null);
    }

    [Test]
    public async Task Terminals()
    {
        using BoxTemplate template = new BoxBuilder()
            .UseVfs(files => files.MountMemory("/")).UseClock().UseEnv().UseWasi().UseWasix()
            .UseProcesses(processes => processes.Program("/bin/main", context =>
            {
                context.Out.Write("$ "u8);
                return 0;
            }))
            .Build(Becomes);

        #region terminal
        await using Box box = template.Create(new BoxStart { Terminal = new WindowSize(24, 80) });
        Task<Outcome> run = box.RunAsync();
        PseudoTerminal terminal = box.Terminal!;
        #endregion

        Assert.That((await run).IsSuccess, Is.True);
        Assert.That(terminal, Is.Not.Null);
    }
}
