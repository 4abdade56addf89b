using System.Globalization;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Fuzz.Tests;

/// <summary>
/// Random arguments to every import of a live box. A call may answer whatever it likes, but it must answer: nothing is thrown
/// out of a thunk, nothing outside changes, nothing grows. <c>MARCOTTE_FUZZ_CALLS</c> and <c>MARCOTTE_FUZZ_SEED</c> say how many and which.
/// </summary>
[NonParallelizable]
internal sealed class FuzzTests
{
    private const int CallsPerBox = 5_000;

    // The runtime's own threads come and go; a leak would be one handle for each of hundreds of boxes.
    private const int HandleSlack = 32;

    // Nothing behind these can succeed: there are neither signals nor sockets.
    private static readonly string[] Refused = ["proc_raise", "sock_accept", "sock_recv", "sock_send", "sock_shutdown"];

    private string _outside = null!;
    private string _shared = null!;

    private static int Calls => Setting("MARCOTTE_FUZZ_CALLS", 1_000_000);

    private static int Seed => Setting("MARCOTTE_FUZZ_SEED", 20_261_123);

    [SetUp]
    public void MakeOutside()
    {
        _outside = Directory.CreateTempSubdirectory("marcotte-fuzz-").FullName;
        _shared = Directory.CreateDirectory(Path.Combine(_outside, "shared")).FullName;
        File.WriteAllText(Path.Combine(_outside, "secret.txt"), "outside");
        File.WriteAllText(Path.Combine(_shared, "inside.txt"), "inside");
        Directory.CreateDirectory(Path.Combine(_shared, "sub"));
        File.CreateSymbolicLink(Path.Combine(_shared, "escape"), "..");
    }

    [TearDown]
    public void RemoveOutside() => Directory.Delete(_outside, recursive: true);

    [Test]
    public void A_million_calls_with_random_arguments_all_come_back()
    {
        int seed = Seed;
        string before = Listing();
        using HostSurface surface = Configure(new BoxBuilder()).BuildSurface();
        FuzzedGuest guest = new(surface.Imports);
        using BoxTemplate template = Configure(new BoxBuilder()).Build(guest.Module);
        Run(template, guest, seed, CallsPerBox);
        Footprint warm = Footprint.Take();

        Array.Clear(guest.Succeeded);
        int made = 0;
        for (int box = 1; made < Calls; box++)
        {
            made += Run(template, guest, seed + box, Math.Min(CallsPerBox, Calls - made));
        }

        Footprint after = Footprint.Take();
        TestContext.Out.WriteLine($"{made} calls to {guest.Imports.Length} imports, seed {seed}");
        Assert.That(guest.NeverSucceeded(), Is.EquivalentTo(Refused), "Arguments that are refused at the door test nothing behind it.");
        Assert.That(Listing(), Is.EqualTo(before));
        Assert.That(after.Handles, Is.LessThanOrEqualTo(warm.Handles + HandleSlack));
        Assert.That(after.Managed, Is.LessThanOrEqualTo(warm.Managed + (8 << 20)));
        Assert.That(after.Resident, Is.LessThanOrEqualTo(warm.Resident + (128 << 20)));
    }

    private static int Run(BoxTemplate template, FuzzedGuest guest, int seed, int calls)
    {
        ArgumentSource source = new(seed);
        using Box box = template.Create();
        box.Call("f0", source.Arguments(guest.Imports[0]));
        for (int i = 0; i < calls; i++)
        {
            if (i % 16 == 0)
            {
                Scatter(box, source);
            }

            int index = source.Next(guest.Imports.Length);
            object[] arguments = source.Arguments(guest.Imports[index]);
            try
            {
                guest.Succeeded[index] |= box.Call($"f{index}", arguments)[0] is 0;
            }
            catch (BoxFailedException exception)
            {
                Assert.Fail($"Call {i} of seed {seed}, {guest.Imports[index].Syscall.Name}({string.Join(", ", arguments)}): {exception}");
            }
        }

        return calls;
    }

    private static void Scatter(Box box, ArgumentSource source)
    {
        GuestMemory memory = new(box.Process.Threads[0].Memory);
        Assert.That(memory.TrySlice(0, FuzzedGuest.MemoryBytes, out Span<byte> bytes), Is.True);
        source.Scatter(bytes);
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : usual;

    private BoxBuilder Configure(BoxBuilder builder) => builder
        .WithLimits(limits => limits with { FileBytes = 16 << 20, Inodes = 2000, Descriptors = 64, WallClock = TimeSpan.FromSeconds(20) })
        .WithInput(StandardInput.From(new byte[10_000]))
        .UseWasi()
        .UseClock(clock => clock.Fixed(DateTimeOffset.UnixEpoch))
        .UseEnv(env => env.Arguments("one", "two").Variable("A", "B").SeededEntropy(1))
        .UseVfs(files => files
            .MountMemory("/")
            .MountDevices()
            .MountHostDirectory("/ro", _shared, readOnly: true)
            .WriteFile("/a/b", "content"));

    /// <summary>All that is outside of the box: names, kinds, lengths, times, contents.</summary>
    private string Listing() => string.Join('\n', new DirectoryInfo(_outside)
        .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
        .Select(entry => $"{entry.FullName} {entry.Attributes} {entry.LastWriteTimeUtc:O} {(entry is FileInfo { LinkTarget: null } file ? File.ReadAllText(file.FullName) : entry.LinkTarget)}"));

    private readonly record struct Footprint(int Handles, long Managed, long Resident)
    {
        internal static Footprint Take()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetCurrentProcess();
            int handles = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount;
            return new Footprint(handles, GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
        }
    }
}
