using System.Reflection;
using Marcotte.Core;
using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>
/// Limits that a guest comes up against, one by one: it hears an errno as often as it tries, the host's memory stays what
/// it was, and the same guest goes on. Alone, because memory is measured.
/// </summary>
[NonParallelizable]
[Category("security: limits")]
internal sealed class LimitTests
{
    private const string Prefix = "limit: ";
    private const int Attempts = 300;
    private const long Flat = 256 << 10;

    private static IEnumerable<string> Reachable => LimitCase.All.Select(static limit => limit.Name);

    private static IEnumerable<TestCaseData> OnMounts() =>
        from limit in LimitCase.All
        from kind in new[] { "memory", "overlay" }
        select new TestCaseData(limit, kind);

    [TestCaseSource(nameof(OnMounts))]
    public void A_guest_beyond_a_limit_hears_its_errno_and_goes_on(LimitCase limit, string kind)
    {
        using GuestDialog guest = new(
            files => _ = kind == "memory" ? files.MountMemory("/data") : files.MountOverlay("/data", static overlay => overlay.Lower(new EmptySource())),
            limit.Set);
        guest.Do(limit.Before);
        guest.Fails(limit.Fill ?? limit.Beyond, limit.Errno);
        guest.Fails(limit.Beyond, limit.Errno);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Attempts; i++)
        {
            guest.Fails(limit.Beyond, limit.Errno);
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(Flat), "the host's memory");
        guest.Do(limit.After);
    }

    [Test]
    public void Every_limit_has_a_test()
    {
        IEnumerable<string> limits = typeof(Limits).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.Name);
        Assert.That(limits, Is.EquivalentTo(Reachable.Concat(TaggedTests.Named(Prefix))));
    }

    [Test]
    [Category("limit: ArgumentBytes")]
    public void Arguments_beyond_the_limit_are_an_exception_that_names_it()
    {
        BoxBuilder Builder(int bytes) => new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithLimits(limits => limits with { ArgumentBytes = bytes })
            .UseWasi(wasi => wasi.WithoutPreopens())
            .UseEnv(environment => environment.ProgramName("p").Arguments(new string('a', 100)));
        GuestModule module = GuestModule.FromText("limits", """(module (memory (export "memory") 1) (func (export "_start")))""");

        Assert.That(() => Builder(100).Build(module), Throws.InstanceOf<ArgumentException>().With.Message.Contains("ArgumentBytes"));
        using BoxTemplate template = Builder(200).Build(module);
        Assert.That(template.Run().Outcome, Is.TypeOf<Exited>());
    }

    /// <summary>That was an exception out of Run once: whoever runs modules of others would have been ended by one of them.</summary>
    [TestCase("""(memory (export "memory") 1) (memory 1) (memory 1)""")]
    [TestCase("""(memory (export "memory") 1) (table 101 funcref)""")]
    [TestCase("""(memory (export "memory") 17)""")]
    [Category("limit: Memories")]
    public void A_module_that_starts_beyond_its_limits_is_an_outcome_and_no_exception(string definitions)
    {
        GuestModule module = GuestModule.FromText("limits", $"""(module {definitions} (func (export "_start")))""");
        Outcome Run(Limits limits)
        {
            using BoxTemplate template = new BoxBuilder().WithEngine(SharedEngine.Engine).WithLimits(_ => limits).Build(module);
            return template.Run().Outcome;
        }

        Assert.That(Run(new Limits { Memories = 2, TableElements = 100, MemoryBytes = 16 << 16 }), Is.TypeOf<OutOfMemory>());
        Assert.That(Run(new Limits { Memories = 3, TableElements = 101, MemoryBytes = 17 << 16 }), Is.TypeOf<Exited>());
    }

    [Test]
    [Category("limit: StackBytes")]
    public void A_guest_that_recurses_without_end_traps_and_the_next_box_runs()
    {
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .Build(GuestModule.FromText("limits", """
                (module (memory (export "memory") 1)
                  (func $down (export "down") (param i32) (result i32)
                    (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 7)) (else (call $down (i32.sub (local.get 0) (i32.const 1)))))))
                """));
        for (int i = 0; i < 3; i++)
        {
            using Box box = template.Create();
            Assert.That(() => box.Call("down", -1), Throws.TypeOf<BoxFailedException>());
        }

        using Box shallow = template.Create();
        Assert.That(shallow.Call("down", 100)[0], Is.EqualTo(7));
    }

    /// <summary>No call of preview 1 watches files: the contract is asked as another ABI would. A namespace without watching says so.</summary>
    [Test]
    [Category("limit: Watchers")]
    [Category("limit: Watches")]
    [Category("limit: WatchEvents")]
    public void Watches_beyond_the_limit_are_ENOSPC()
    {
        using GuestDialog guest = new(static files => files.MountMemory("/data"), static limits => limits with { Watchers = 1, Watches = 2, WatchEvents = 4 });
        Process process = guest.Box.Process;
        FileNamespace files = process.Kernel.Files;

        // What is open before the box's first watcher comes is told of by its path alone.
        Assert.That(files.OpenWatcher(process, StatusFlags.None, out OpenFile? watcher), Is.EqualTo(Errno.Success));
        Assert.That(files.OpenWatcher(process, StatusFlags.None, out _), Is.EqualTo(Errno.MFile));
        guest.Do("open /data/a wc", "open /data/b wc", "open /data/c wc");
        Errno Watch(ReadOnlySpan<byte> path, out int number) =>
            files.AddWatch(watcher!, new PathReference(process, null, path, PathFlags.Follow), WatchEvents.Modify, out number);
        Assert.That(Watch("/data/a"u8, out int first), Is.EqualTo(Errno.Success));
        Assert.That(Watch("/data/b"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(Watch("/data/c"u8, out _), Is.EqualTo(Errno.NoSpc));
        Assert.That(Watch("/data/a"u8, out int again), Is.EqualTo(Errno.Success), "changing one takes no other");
        Assert.That(again, Is.EqualTo(first));
        for (int i = 0; i < Attempts; i++)
        {
            guest.Do(i % 2 == 0 ? "append 4 1" : "append 5 1");
        }

        byte[] events = new byte[4096];
        Assert.That(watcher!.Read(events, out int length), Is.EqualTo(Errno.Success));
        Assert.That(length, Is.LessThanOrEqualTo(5 * 32), "four events and the one that tells of those lost");
        Assert.That(files.RemoveWatch(watcher, first), Is.EqualTo(Errno.Success));
        Assert.That(Watch("/data/c"u8, out _), Is.EqualTo(Errno.Success));
        watcher.Release();
        Assert.That(files.OpenWatcher(process, StatusFlags.None, out watcher), Is.EqualTo(Errno.Success), "one that was closed makes room");
        watcher!.Release();
    }

    /// <summary>A tree with nothing in it.</summary>
    private sealed class EmptySource : FileSystemSource
    {
        public override FileSystem Open(Kernel kernel) => new Vfs.Memory.MemoryFileSystem(kernel);
    }
}
