using System.Diagnostics;
using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>
/// A program of the host's swaps a directory for a link outward, again and again, while a guest opens through it. On Linux
/// no moment of it leads outside. (Elsewhere a window is left, which the driver's documentation names.)
/// </summary>
[Category("security: rename race")]
[TestFixtureSource(typeof(TestTree), nameof(TestTree.OfLinux))]
internal sealed partial class RenameRaceTests(Driver driver)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    [Test]
    public void RenameRaceNeverLeadsOutside()
    {
        using TestTree tree = new(driver);
        string inside = tree.Inside;
        Directory.CreateDirectory(inside + "/d");
        File.WriteAllText(inside + "/d/secret", "inside");
        File.CreateSymbolicLink(inside + "/link", tree.Outside);
        using MountedBox box = tree.Box();
        bool stop = false;
        int swaps = 0;
        Task swapper = Task.Factory.StartNew(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                Directory.Move(inside + "/d", inside + "/away");
                Directory.Move(inside + "/link", inside + "/d");
                Directory.Move(inside + "/d", inside + "/link");
                Directory.Move(inside + "/away", inside + "/d");

                // And in one step, so that no moment is without the name.
                Exchange(inside + "/d", inside + "/link");
                Exchange(inside + "/d", inside + "/link");
                swaps++;
            }
        }, TaskCreationOptions.LongRunning);
        int opened = 0;
        int outside = 0;
        HashSet<Errno> refusals = [];
        byte[] buffer = new byte[16];
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < Duration;)
        {
            Errno errno = box.Open("/d/secret", OpenFlags.None, AccessModes.ReadWrite, out OpenFile? file);
            if (errno == Errno.Success)
            {
                errno = file!.ReadAt(buffer, 0, out int count);
                outside += buffer.AsSpan(0, count).SequenceEqual("inside"u8) && errno == Errno.Success ? 0 : 1;
                opened++;
                file.Release();
            }
            else
            {
                refusals.Add(errno);
            }

            errno = box.Open("/d/made", OpenFlags.Create, AccessModes.Write, out file);
            file?.Release();
        }

        Volatile.Write(ref stop, true);
        swapper.Wait();
        Assert.That(outside, Is.Zero);
        Assert.That((opened, swaps), Is.GreaterThan((10, 10)), "both got somewhere");
        Assert.That(refusals, Is.SubsetOf(new[] { Errno.NoEnt, Errno.Loop, Errno.NotDir }));
        tree.AssertOutsideUntouched();
    }

    [Test]
    public void AtomicallyReplacedFileIsAlwaysThere()
    {
        using TestTree tree = new(driver);
        string path = tree.Inside + "/config";
        File.WriteAllText(path, "0");
        using MountedBox box = tree.Box();
        bool stop = false;
        Task writer = Task.Factory.StartNew(() =>
        {
            for (int i = 0; !Volatile.Read(ref stop); i++)
            {
                File.WriteAllText(path + ".new", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
                File.Move(path + ".new", path, overwrite: true);
            }
        }, TaskCreationOptions.LongRunning);
        HashSet<Errno> outcomes = [];
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < Duration / 3;)
        {
            outcomes.Add(box.TryOpen("/config"));
        }

        Volatile.Write(ref stop, true);
        writer.Wait();
        Assert.That(outcomes, Is.EqualTo(new[] { Errno.Success }));
    }

    private static void Exchange(string one, string other)
    {
        const int WorkingDirectory = -100;
        const uint Exchanging = 2;
        Assert.That(RenameAt(WorkingDirectory, one, WorkingDirectory, other, Exchanging), Is.Zero);
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromDirectory, string from, int toDirectory, string to, uint flags);
}
