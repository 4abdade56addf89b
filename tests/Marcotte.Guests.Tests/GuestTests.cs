using System.Collections.Concurrent;

namespace Marcotte.Guests.Tests;

/// <summary>Every guest of tests/guests, in a box and wherever else it says that it runs.</summary>
internal sealed class GuestTests
{
    /// <summary>What guests write in a box with everything in memory; others must write the same.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> Outputs = new();

    public static IEnumerable<string> All() => GuestCases.All.Select(guest => guest.Name);

    public static IEnumerable<string> OnHostDirectories() =>
        GuestCases.All.Where(guest => guest is { WantsMemory: false, Preopens.Count: > 0 }).Select(guest => guest.Name);

    /// <summary>Attacks on whatever else can be granted; other guests where the tree they begin with lies below the one they write to.</summary>
    public static IEnumerable<TestCaseData> OnOtherMounts() =>
        from guest in GuestCases.All
        where guest is { Preopens.Count: > 0, IsEndless: false }
        from kind in Enum.GetValues<MountKind>()
        where Applies(guest, kind)
        select new TestCaseData(guest.Name, kind);

    public static IEnumerable<string> ComparedWithBuiltin() => ComparedWith(Companions.Builtin);

    public static IEnumerable<string> ComparedWithNative() => ComparedWith(Companions.Native);

    [TestCaseSource(nameof(All))]
    public Task In_memory(string name) => Output(name);

    [TestCaseSource(nameof(OnHostDirectories))]
    public async Task On_host_directories(string name)
    {
        GuestCase guest = GuestCases.Named(name);
        using HostRoot root = new(guest);
        await RunAsync(guest, root, BoxRunner.RunAsync(guest, root)).ConfigureAwait(false);
    }

    [TestCaseSource(nameof(OnOtherMounts))]
    public async Task On_other_mounts(string name, MountKind kind)
    {
        GuestCase guest = GuestCases.Named(name);
        using MountedRoot root = new(guest, kind);
        await RunAsync(guest, root, BoxRunner.RunAsync(guest, root)).ConfigureAwait(false);
    }

    [TestCaseSource(nameof(ComparedWithBuiltin))]
    public async Task As_under_builtin_wasi(string name)
    {
        GuestCase guest = GuestCases.Named(name);
        using HostRoot root = new(guest);
        byte[] output = await RunAsync(guest, root, BuiltinRunner.RunAsync(guest, root)).ConfigureAwait(false);
        Verdict.Same(await Output(name).ConfigureAwait(false), output, "Ours, and the built-in's as expected");
    }

    [TestCaseSource(nameof(ComparedWithNative))]
    public async Task As_natively(string name)
    {
        GuestCase guest = GuestCases.Named(name);
        using HostRoot root = new(guest);
        byte[] output = await RunAsync(guest, root, NativeRunner.RunAsync(guest, root)).ConfigureAwait(false);
        Verdict.Same(await Output(name).ConfigureAwait(false), output, "Ours, and the native one's as expected");
    }

    private static bool Applies(GuestCase guest, MountKind kind) => kind switch
    {
        MountKind.Tar or MountKind.Zip => guest.OnArchives == ArchiveUse.Everything || guest.Preopens.Any(preopen => preopen.ReadOnly),
        MountKind.OverlayOnSnapshot => true,
        _ => guest.IsAttack,
    };

    private static IEnumerable<string> ComparedWith(Companions companion) =>
        GuestCases.All.Where(guest => guest.Companions.HasFlag(companion)).Select(guest => guest.Name);

    private static Task<byte[]> Output(string name) => Outputs.GetOrAdd(name, _ => new Lazy<Task<byte[]>>(() => RunInMemoryAsync(name))).Value;

    private static async Task<byte[]> RunInMemoryAsync(string name)
    {
        GuestCase guest = GuestCases.Named(name);
        using MemoryRoot root = new(guest);
        return await RunAsync(guest, root, BoxRunner.RunAsync(guest, root)).ConfigureAwait(false);
    }

    private static async Task<byte[]> RunAsync(GuestCase guest, GuestRoot root, Task<GuestEnding> run)
    {
        GuestEnding ending = await run.ConfigureAwait(false);
        Verdict.Check(guest, ending, root);
        if (guest is { IsAttack: true, Preopens.Count: > 0 })
        {
            IEnumerable<string> granted = guest.Preopens.Select(preopen => preopen.Path.Trim('/'));
            SortedDictionary<string, TreeEntry> before = GuestRoot.Plan(guest, root.Path);
            foreach (string inside in before.Keys.Where(path => granted.Any(directory => path.StartsWith(directory + "/", StringComparison.Ordinal))).ToArray())
            {
                before.Remove(inside);
            }

            Verdict.Untouched(root.Snapshot(granted), before);
        }

        return ending.Output;
    }
}
