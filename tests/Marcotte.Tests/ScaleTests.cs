using System.Diagnostics;

namespace Marcotte.Tests;

/// <summary>Many boxes from one template, and nothing left behind.</summary>
[NonParallelizable]
internal sealed class ScaleTests
{
    private const long SlackBytes = 32 << 20;

    private static BoxTemplate Build() => SharedEngine.Builder()
        .UseWasi().UseClock().UseEnv(env => env.Arguments("a", "b"))
        .UseVfs(files => files.MountMemory("/tmp"))
        .Build(Wat.Program("(drop (memory.grow (i32.const 1)))"));

    [Test]
    public void A_thousand_boxes_live_at_once()
    {
        using BoxTemplate template = Build();
        Box[] boxes = [.. Enumerable.Range(0, 1000).Select(_ => template.Create())];
        try
        {
            Assert.That(boxes.Count(box => box.Run().IsSuccess), Is.EqualTo(1000));
        }
        finally
        {
            Array.ForEach(boxes, box => box.Dispose());
        }
    }

    [Test]
    public void Ten_thousand_boxes_in_sequence_leave_nothing_behind()
    {
        using BoxTemplate template = Build();
        RunMany(template, 1000);
        Footprint before = Footprint.Take();

        RunMany(template, 10_000);

        Footprint after = Footprint.Take();
        Assert.That(after.Handles, Is.LessThanOrEqualTo(before.Handles + 4));
        Assert.That(after.Threads, Is.LessThanOrEqualTo(before.Threads + 4));
        Assert.That(after.Managed, Is.LessThanOrEqualTo(before.Managed + (1 << 20)));
        Assert.That(after.Resident, Is.LessThanOrEqualTo(before.Resident + SlackBytes));
    }

    /// <summary>The runtime and Wasmtime each put a signal stack in the other's place, and one of them was never freed.</summary>
    [Test]
    [Platform("Linux")]
    public async Task Threads_of_boxes_leave_no_mapping_behind()
    {
        using BoxTemplate template = Build();
        await RunManyAsync(template, 100);
        long before = File.ReadLines("/proc/self/maps").LongCount();

        await RunManyAsync(template, 500);

        Assert.That(File.ReadLines("/proc/self/maps").LongCount(), Is.LessThan(before + 250));
    }

    private static async Task RunManyAsync(BoxTemplate template, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await using Box box = template.Create();
            Assert.That((await box.RunAsync()).IsSuccess, Is.True);
        }
    }

    private static void RunMany(BoxTemplate template, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.That(template.Run().Outcome.IsSuccess, Is.True);
        }
    }

    private readonly record struct Footprint(int Handles, int Threads, long Managed, long Resident)
    {
        internal static Footprint Take()
        {
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            using Process process = Process.GetCurrentProcess();
            int handles = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount;
            return new Footprint(handles, process.Threads.Count, GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
        }
    }
}
