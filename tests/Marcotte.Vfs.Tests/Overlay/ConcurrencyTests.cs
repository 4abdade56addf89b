using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Overlay;

/// <summary>Several threads at one overlay: bounded in time, and exact in what they must find.</summary>
[TestFixture(LowerKind.Memory)]
[TestFixture(LowerKind.Host)]
internal sealed class ConcurrencyTests(LowerKind kind)
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(700);

    [Test]
    public void ReadersSeeTheWholeFileWhileItIsCopiedUp()
    {
        string content = new('x', 200_000);
        for (int round = 0; round < 5; round++)
        {
            using OverlayBox overlay = new(kind, box => box.Write("/file", content));
            int wrong = 0;
            using Barrier start = new(3);
            Run(3, thread =>
            {
                start.SignalAndWait();
                if (thread == 0)
                {
                    overlay.Box.Open("/file", OpenFlags.None, AccessModes.ReadWrite).Release();
                    return;
                }

                for (int i = 0; i < 20; i++)
                {
                    bool isWhole = overlay.Box.Stat("/file").Size == content.Length && overlay.Box.Read("/file") == content &&
                        overlay.Box.List("/").SequenceEqual(["file"]);
                    Interlocked.Add(ref wrong, isWhole ? 0 : 1);
                }
            });
            Assert.That(wrong, Is.Zero);
        }
    }

    [Test]
    public void NamesThatAreAlwaysThereAreAlwaysFoundAndListedOnce()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            box.MakeDirectory("/dir");
            for (int i = 0; i < 20; i++)
            {
                box.Write($"/dir/stays{i}", "stays");
                box.Write($"/dir/goes{i}", "goes");
            }
        });
        MountedBox box = overlay.Box;
        int wrong = 0;
        RunFor(3, (thread, random) =>
        {
            if (thread == 0)
            {
                string name = $"/dir/goes{random.Next(20)}";
                switch (random.Next(5))
                {
                    case 0:
                        box.Unlink(name);
                        break;
                    case 1:
                        box.TryOpen(name, OpenFlags.Create, AccessModes.Write);
                        break;
                    case 2:
                        box.Rename(name, $"/dir/goes{random.Next(20)}");
                        break;
                    case 3:
                        box.SetTimes($"/dir/stays{random.Next(20)}", new TimeUpdate(1, 2));
                        break;
                    default:
                        box.Link(name, $"/dir/goes{random.Next(20)}");
                        break;
                }
            }
            else if (thread == 1)
            {
                bool isThere = box.Stat($"/dir/stays{random.Next(20)}", out FileStat stat) == Errno.Success && stat.Size == 5;
                Interlocked.Add(ref wrong, isThere ? 0 : 1);
            }
            else
            {
                List<string> names = [.. box.List("/dir").Where(static name => name.StartsWith("stays", StringComparison.Ordinal))];
                Interlocked.Add(ref wrong, names.Count == 20 && names.Distinct().Count() == 20 ? 0 : 1);
            }
        });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void DirectoryThatMovesToAndFroIsWholeWhereItIs()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            box.MakeDirectory("/a");
            box.MakeDirectory("/a/deep");
            box.Write("/a/deep/file", "deep");
        });
        MountedBox box = overlay.Box;
        int wrong = 0;
        RunFor(3, (thread, _) =>
        {
            if (thread == 0)
            {
                box.Rename("/a", "/b");
                box.Rename("/b", "/a");
                return;
            }

            foreach (string path in new[] { "/a/deep/file", "/b/deep/file" })
            {
                if (box.Open(path, OpenFlags.None, AccessModes.Read, out OpenFile? file) == Errno.Success)
                {
                    byte[] buffer = new byte[8];
                    file!.ReadAt(buffer, 0, out int count);
                    Interlocked.Add(ref wrong, Encoding.UTF8.GetString(buffer, 0, count) == "deep" ? 0 : 1);
                    file.Release();
                }
            }
        });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void FilesThatComeAndGoAreGivenBack()
    {
        using OverlayBox overlay = new(kind, static box =>
        {
            for (int i = 0; i < 4; i++)
            {
                box.Write($"/n{i}", "lower");
            }

            box.Link("/n0", "/m");
        });
        MountedBox box = overlay.Box;
        RunFor(4, (_, random) =>
        {
            string name = $"/n{random.Next(4)}";
            switch (random.Next(4))
            {
                case 0:
                    box.Unlink(name);
                    break;
                case 1:
                    box.Rename(name, $"/n{random.Next(4)}");
                    break;
                case 2:
                    box.Link(name, $"/n{random.Next(4)}");
                    break;
                default:
                    if (box.Open(name, OpenFlags.Create, AccessModes.ReadWrite, out OpenFile? file) == Errno.Success)
                    {
                        file!.Write(new byte[100], out int _);
                        file.ReadAt(new byte[10], 0, out int _);
                        file.Release();
                    }

                    break;
            }
        });
        foreach (string name in box.List("/"))
        {
            Assert.That(box.Unlink("/" + name), Is.EqualTo(Errno.Success));
        }

        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
        Assert.That(box.Kernel.Inodes.Used, Is.EqualTo(5), "a whiteout for each name below");
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
        Array.ForEach(all, static thread => thread.Start());
        Array.ForEach(all, static thread => thread.Join());
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
