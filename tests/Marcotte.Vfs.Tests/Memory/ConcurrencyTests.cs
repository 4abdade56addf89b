using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Several threads at one tree: bounded in time, and exact in what they must find.</summary>
internal sealed class ConcurrencyTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(600);

    [Test]
    public void AppendsOfManyThreadsLoseNothing()
    {
        using TestBox box = new();
        box.Create("/log").Release();
        const int Records = 5_000;
        Run(4, thread =>
        {
            PathReference path = new(box.Process, null, "/log"u8, PathFlags.None);
            box.Files.Open(path, new OpenRequest(OpenFlags.None, AccessModes.Write, StatusFlags.Append), out OpenFile? file);
            byte[] record = new byte[16];
            record.AsSpan().Fill((byte)(thread + 1));
            for (int i = 0; i < Records; i++)
            {
                file!.Write(record, out _);
            }

            file!.Release();
        });
        byte[] all = new byte[4 * Records * 16];
        OpenFile read = box.Open("/log");
        Assert.That(read.ReadAt(all, 0, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(all.Length));
        int[] counts = new int[5];
        for (int i = 0; i < all.Length; i += 16)
        {
            Assert.That(all.AsSpan(i, 16).IndexOfAnyExcept(all[i]), Is.EqualTo(-1), "a record is whole");
            counts[all[i]]++;
        }

        Assert.That(counts[1..], Is.All.EqualTo(Records));
    }

    [Test]
    public void WritesAreSeenWholeByReaders()
    {
        using TestBox box = new();
        OpenFile file = box.Create("/file");
        file.WriteAt(new byte[6_000], 0, out _);
        int torn = 0;
        RunFor(3, (thread, random) =>
        {
            byte[] buffer = new byte[6_000];
            if (thread == 0)
            {
                buffer.AsSpan().Fill((byte)random.Next(256));
                file.WriteAt(buffer, 0, out _);
            }
            else
            {
                file.ReadAt(buffer, 0, out int count);
                torn += count == 6_000 && buffer.AsSpan().IndexOfAnyExcept(buffer[0]) < 0 ? 0 : 1;
            }
        });
        Assert.That(torn, Is.Zero);
    }

    [Test]
    public void NameThatIsAlwaysThereIsAlwaysFound()
    {
        using TestBox box = new();
        box.MakeDirectory("/dir");
        box.Write("/dir/constant", "constant");
        box.Write("/dir/replaced", "x");
        int misses = 0;
        RunFor(3, (thread, random) =>
        {
            if (thread == 0)
            {
                // Grows, shrinks and rebuilds the table, and replaces one of its names.
                string name = $"/dir/n{random.Next(3_000)}";
                if (box.TryOpen(name, OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write) != Errno.Success)
                {
                    box.Unlink(name);
                }

                box.TryOpen("/fresh", OpenFlags.Create, AccessModes.Write);
                box.Rename("/fresh", "/dir/replaced");
            }
            else if (box.TryStat("/dir/constant") != Errno.Success || box.TryStat("/dir/replaced") != Errno.Success)
            {
                Interlocked.Increment(ref misses);
            }
        });
        Assert.That(misses, Is.Zero);
    }

    [Test]
    public void ListingWhileOthersChangeHasWhatStays()
    {
        using TestBox box = new();
        box.MakeDirectory("/dir");
        for (int i = 0; i < 200; i++)
        {
            box.Write($"/dir/stays{i}", "");
        }

        int wrong = 0;
        RunFor(3, (thread, random) =>
        {
            if (thread == 0)
            {
                string name = $"/dir/n{random.Next(2_000)}";
                if (box.TryOpen(name, OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write) != Errno.Success)
                {
                    box.Unlink(name);
                }
            }
            else
            {
                // A name that goes and comes back meanwhile may be listed twice; one that stays is listed once.
                List<string> names = [.. box.List("/dir").Where(name => name.StartsWith("stays", StringComparison.Ordinal))];
                Interlocked.Add(ref wrong, names.Count == 200 && names.Distinct().Count() == 200 ? 0 : 1);
            }
        });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void CrossingRenamesKeepATree()
    {
        using TestBox box = new();
        foreach (string path in new[] { "/a", "/b", "/a/x", "/b/y", "/a/x/p", "/b/y/q" })
        {
            box.MakeDirectory(path);
        }

        string[] places = ["/a/x", "/b/x", "/a/y", "/b/y", "/a/x/y", "/b/y/x", "/a/x/p", "/b/y/q", "/a/p", "/b/q"];
        RunFor(3, (_, random) => box.Rename(places[random.Next(places.Length)], places[random.Next(places.Length)]));

        // Whatever happened, each directory is reached from the top, so nothing lies within itself.
        int found = 0;
        Stack<string> open = new(["/a", "/b"]);
        while (open.TryPop(out string? path))
        {
            found++;
            Assert.That(path, Has.Length.LessThan(40));
            uint links = box.Stat(path).Links;
            List<string> names = [.. box.List(path).Skip(2)];
            Assert.That(links, Is.EqualTo(2 + names.Count));
            names.ForEach(name => open.Push($"{path}/{name}"));
        }

        Assert.That(box.Kernel.Inodes.Used, Is.EqualTo(found));
    }

    [Test]
    public void FilesThatComeAndGoAreGivenBack()
    {
        using TestBox box = new();
        RunFor(4, (_, random) =>
        {
            string name = $"/n{random.Next(4)}";
            if (random.Next(3) == 0)
            {
                box.Unlink(name);
            }
            else if (random.Next(3) == 0)
            {
                box.Link(name, $"/n{random.Next(4)}");
            }
            else if (box.TryOpen(name, out OpenFile? file, OpenFlags.Create, AccessModes.ReadWrite) == Errno.Success)
            {
                file!.Write(new byte[100], out _);
                file.Release();
            }
        });
        for (int i = 0; i < 4; i++)
        {
            box.Unlink($"/n{i}");
        }

        Assert.That(box.Kernel.Inodes.Used, Is.Zero);
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
    }

    private static void Run(int threads, Action<int> body)
    {
        List<Exception> failures = [];
        Thread[] all = [.. Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            try
            {
                body(number);
            }
            catch (Exception failure)
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }
        }))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
        Assert.That(failures, Is.Empty);
    }

    private static void RunFor(int threads, Action<int, Random> body)
    {
        using CancellationTokenSource stop = new(Duration);
        Run(threads, number =>
        {
            Random random = new(number);
            while (!stop.IsCancellationRequested)
            {
                body(number, random);
            }
        });
    }
}
