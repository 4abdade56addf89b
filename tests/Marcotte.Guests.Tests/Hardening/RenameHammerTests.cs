using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Marcotte.Vfs;
using Microsoft.Win32.SafeHandles;

namespace Marcotte.Guests.Tests;

/// <summary>
/// Programs of the host's swap directories for links outward, each in one step, and move a directory out and back, while
/// guests read, write, make, remove, move, link and list through them, on the directory itself, on a read-only mount of it and
/// on an overlay above it. Nothing outside is ever read or changed.
/// </summary>
[Platform("Linux")]
[Category("security: rename race")]
[NonParallelizable]
internal sealed partial class RenameHammerTests
{
    private const int Milliseconds = 6000;
    private const int WorkingDirectory = -100;
    private const uint Exchange = 2;
    private const int PathOnly = 0x200000;

    [Test]
    public void Directories_swapped_for_links_outward_never_lead_out()
    {
        string top = Directory.CreateTempSubdirectory("marcotte-hammer-").FullName;
        string inside = top + "/inside";
        string outside = top + "/outside";
        Make(inside, outside);
        string before = Hash(outside);
        using SafeFileHandle swapped = OpenDirectory(inside + "/d", PathOnly);
        Assert.That(swapped.IsInvalid, Is.False);
        bool stop = false;
        long[] swaps = new long[2];
        Thread[] hammers =
        [
            Start(() => Swap(inside + "/d", inside + "/link"), 0),
            Start(
                () =>
                {
                    // Beneath the other swap, whatever the directory is called at the moment.
                    bool done = RenameAt((int)swapped.DangerousGetHandle(), "sub", (int)swapped.DangerousGetHandle(), "link", Exchange) == 0;
                    Rename(inside + "/e", outside + "/e");
                    return Rename(outside + "/e", inside + "/e") && done;
                },
                1),
        ];
        try
        {
            (string Mount, Action<VfsOptions> Grant)[] grants =
            [
                ("host", files => files.MountHostDirectory("/data", inside)),
                ("read-only", files => files.MountHostDirectory("/data", inside, readOnly: true)),
                ("overlay", files => files.MountOverlay("/data", overlay => overlay.LowerHostDirectory(inside))),
            ];
            Task<string>[] guests = [.. grants.Select(grant => Task.Factory.StartNew(() => Run(grant.Grant), TaskCreationOptions.LongRunning))];
            for (int i = 0; i < guests.Length; i++)
            {
                string[] counts = guests[i].GetAwaiter().GetResult().Split(' ');
                TestContext.Out.WriteLine($"{grants[i].Mount}: {counts[0]} read, {counts[1]} refused, {counts[2].Trim()} changed");
                Assert.That(counts.Take(2).Select(long.Parse), Has.All.GreaterThan(10), $"both sides of the swap were met on {grants[i].Mount}");
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            Array.ForEach(hammers, static hammer => hammer.Join());
        }

        TestContext.Out.WriteLine($"{swaps[0]} and {swaps[1]} swaps");
        Assert.That(swaps, Has.All.GreaterThan(100));
        Assert.That(Hash(outside), Is.EqualTo(before), "what lies outside");
        Assert.That(File.Exists(inside + "/stolen") ? File.ReadAllText(inside + "/stolen") : "inside", Is.EqualTo("inside"));
        Directory.Delete(top, recursive: true);

        Thread Start(Func<bool> swap, int index)
        {
            Thread thread = new(() =>
            {
                while (!Volatile.Read(ref stop))
                {
                    swaps[index] += swap() ? 1 : 0;
                }
            });
            thread.Start();
            return thread;
        }
    }

    private static void Make(string inside, string outside)
    {
        Directory.CreateDirectory(inside + "/d/sub/deep");
        Directory.CreateDirectory(inside + "/e/f");
        foreach (string file in new[] { "/d/secret", "/d/w", "/d/sub/secret" })
        {
            File.WriteAllText(inside + file, "inside");
        }

        // What is outside has every name that the guest asks for, so that whatever leads there finds something.
        Directory.CreateDirectory(outside + "/sub/deep");
        Directory.CreateDirectory(outside + "/empty");
        foreach (string file in new[] { "/secret", "/canary", "/w", "/sub/secret", "/sub/canary" })
        {
            File.WriteAllText(outside + file, "outside");
        }

        File.CreateSymbolicLink(inside + "/link", "../outside");
        File.CreateSymbolicLink(inside + "/d/link", outside);
    }

    private static string Run(Action<VfsOptions> grant)
    {
        OutputLog output = new(4096);
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithOutput(StandardOutput.To(output.Add))
            .UseClock()
            .UseEnv(environment => environment.ProgramName("race").Arguments("/data", $"{Milliseconds}"))
            .UseVfs(grant)
            .UseWasi(wasi => wasi.Preopen("/data"))
            .Build(GuestModule.FromFile(Repository.Built(GuestCases.Named("attack_rename_race").Module)));
        using Box box = template.Create();
        Outcome outcome = box.Run();
        Assert.That(outcome, Is.TypeOf<Exited>().With.Property(nameof(Exited.Code)).Zero, $"{box.Error}");
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>All there is: names, kinds, contents and times of change; not what was moved there.</summary>
    private static string Hash(string directory)
    {
        StringBuilder text = new();
        foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(static entry => entry.FullName, StringComparer.Ordinal))
        {
            string content = entry is FileInfo file ? File.ReadAllText(file.FullName) : string.Empty;
            text.AppendLine(CultureInfo.InvariantCulture, $"{entry.FullName} {entry.Attributes} {entry.UnixFileMode} {entry.LastWriteTimeUtc.Ticks} {content}");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static bool Swap(string one, string other) => RenameAt(WorkingDirectory, one, WorkingDirectory, other, Exchange) == 0;

    private static bool Rename(string from, string to) => RenameAt(WorkingDirectory, from, WorkingDirectory, to, 0) == 0;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenDirectory(string path, int flags);

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromDirectory, string from, int toDirectory, string to, uint flags);
}
