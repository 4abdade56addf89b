using Marcotte.Core;
using Marcotte.Core.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Processes.Tests;

/// <summary>What processes are told they used.</summary>
internal sealed class UsageTests
{
    private static ResourceUsage Used(HostContext context)
    {
        Assert.That(context.Kernel.Processes.Usage(context.Thread, UsageScope.Self, out ResourceUsage usage), Is.EqualTo(Errno.Success));
        return usage;
    }

    [Test]
    public void A_wait_that_sleeps_counts_and_one_for_what_is_there_does_not()
    {
        TestBox.Run(context =>
        {
            long before = Used(context).Waits;
            WaitQueue queue = new();
            Assert.That(context.Thread.Waiter.WaitUntil(queue, 0, static _ => true, Deadline.Never), Is.EqualTo(Errno.Success));
            Assert.That(Used(context).Waits, Is.EqualTo(before));

            // A deadline that has come before it could sleep is none to sleep for.
            for (int i = 0; i < 100 && Used(context).Waits == before; i++)
            {
                Deadline soon = new(ClockId.Monotonic, context.Kernel.Clock.Monotonic() + 2_000_000);
                Assert.That(context.Thread.Waiter.WaitUntil(queue, 0, static _ => false, soon), Is.EqualTo(Errno.Again));
            }

            Assert.That(Used(context).Waits, Is.GreaterThan(before));
            return 0;
        });
    }

    [Test]
    public void A_program_s_compiling_is_no_CPU_time_of_who_runs_it()
    {
        FakeTimeProvider time = new();
        using TestBox box = new(
            context =>
            {
                time.Advance(TimeSpan.FromSeconds(3));
                Assert.That(context.Spawn("/slow", [], out int id), Is.EqualTo(Errno.Success));
                context.Wait(id, out _);
                context.Kernel.Processes.Usage(context.Thread, UsageScope.Children, out ResourceUsage children);
                Assert.That((Used(context).CpuNanoseconds, children.CpuNanoseconds), Is.EqualTo((3_000_000_000, 0)));
                return 0;
            },
            time: time);
        box.Files.Add("/slow", static _ => 0);
        box.Kernel.Programs = new SlowPrograms(time);
        Assert.That(box.Run(), Is.EqualTo(new ExitedEnd(0)));
    }

    [Test]
    public void A_thread_s_CPU_time_begins_when_it_runs()
    {
        FakeTimeProvider time = new();
        using TestBox box = new(context => (int)(Used(context).CpuNanoseconds / 1_000_000_000), time: time);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.That(box.Run(), Is.EqualTo(new ExitedEnd(0)));
    }

    private sealed class SlowPrograms(FakeTimeProvider time) : ProgramLoader
    {
        private readonly TestPrograms _programs = new();

        public override Errno Load(Process process, OpenFile file, out Program? program)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return _programs.Load(process, file, out program);
        }

        public override Errno Start(Execution execution) => _programs.Start(execution);
    }
}
