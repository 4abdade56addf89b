using Marcotte.Core;
using Marcotte.Processes;

namespace Marcotte.Cli.Tests;

/// <summary>What --ps keeps of processes.</summary>
internal sealed class ProcessRecordsTests
{
    [Test]
    public void However_many_processes_there_were_the_last_thousand_that_ended_are_kept()
    {
        GuestModule becomes = GuestModule.FromText("becomes", """
            (module
              (import "wasix_32v1" "proc_exec" (func $exec (param i32 i32 i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 64) "/bin/main")
              (func (export "_start") (call $exec (i32.const 64) (i32.const 9) (i32.const 64) (i32.const 9))))
            """);
        using BoxTemplate template = new BoxBuilder().UseVfs(files => files.MountMemory("/")).UseClock().UseEnv().UseWasi().UseWasix().UseProcesses(options => options
            .Program("/bin/child", static _ => 0)
            .Program("/bin/main", static context =>
            {
                for (int i = 0; i < 1200; i++)
                {
                    Assert.That(context.Spawn("/bin/child", [], out int id), Is.EqualTo(Errno.Success));
                    context.Wait(id, out _);
                }

                return 0;
            })).Build(becomes);
        using Box box = template.Create();
        ProcessRecords records = new(box.Processes);
        box.Run();
        string[] lines = records.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(1003), "A header, the first process, a thousand, and the last line.");
        Assert.That(lines[^1].Trim(), Is.EqualTo("200 more had ended before these."));
        Assert.That(lines[^2], Does.Contain("/bin/child"));
    }
}
