using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Snapshots that are taken and used while guests run.</summary>
internal sealed class SnapshotConcurrencyTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(800);

    [Test]
    public void WriteIsInASnapshotWholeOrNot()
    {
        using Tree tree = new();
        tree.Write("/file", new byte[9_000]);
        int wrong = 0;
        RunFor(
            random =>
            {
                OpenFile file = tree.Open("/file");
                byte[] bytes = new byte[9_000];
                bytes.AsSpan().Fill((byte)random.Next(256));
                file.WriteAt(bytes, 0, out _);
                file.Release();
            },
            random =>
            {
                TreeSnapshot snapshot = tree.Files.Snapshot();
                using Tree copy = new(snapshot);
                using Tree second = new(snapshot);
                byte[] bytes = copy.ReadBytes("/file");
                bool isRight = bytes.AsSpan().IndexOfAnyExcept(bytes[0]) < 0 && bytes.AsSpan().SequenceEqual(second.ReadBytes("/file"));
                Interlocked.Add(ref wrong, isRight ? 0 : 1);
            },
            random =>
            {
                byte[] bytes = tree.ReadBytes("/file");
                Interlocked.Add(ref wrong, bytes.Length == 9_000 && bytes.AsSpan().IndexOfAnyExcept(bytes[0]) < 0 ? 0 : 1);
            });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void NamesAreOfOneMoment()
    {
        // One file goes round: a snapshot that was put together from two moments has it twice or not at all.
        using Tree tree = new();
        string[] places = ["/a", "/b", "/c", "/d"];
        Array.ForEach(places, place => tree.MakeDirectory(place));
        tree.Write("/a/file", "file");
        int place = 0;
        int wrong = 0;
        RunFor(
            _ =>
            {
                tree.Rename($"{places[place]}/file", $"{places[(place + 1) % 4]}/file");
                place = (place + 1) % 4;
            },
            _ =>
            {
                TreeSnapshot snapshot = tree.Files.Snapshot();
                using Tree copy = new(snapshot);
                wrong += places.Count(path => copy.Find(path + "/file") is not null) == 1 && snapshot.Count == 5 ? 0 : 1;
            });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void LaterWriteIsInNoSnapshotThatMissesAnEarlierOne()
    {
        using Tree tree = new();
        tree.Write("/first", new byte[8]);
        tree.Write("/second", new byte[8]);
        OpenFile first = tree.Open("/first");
        OpenFile second = tree.Open("/second");
        long count = 0;
        int wrong = 0;
        RunFor(
            random =>
            {
                first.WriteAt(BitConverter.GetBytes(++count), 0, out _);
                second.WriteAt(BitConverter.GetBytes(count), 0, out _);
            },
            _ =>
            {
                using Tree copy = new(tree.Files.Snapshot());
                wrong += BitConverter.ToInt64(copy.ReadBytes("/first")) >= BitConverter.ToInt64(copy.ReadBytes("/second")) ? 0 : 1;
            });
        Assert.That(wrong, Is.Zero);
        first.Release();
        second.Release();
    }

    [Test]
    public void TreesOfOneSnapshotDoNotMeet()
    {
        using Tree image = new();
        for (int i = 0; i < 50; i++)
        {
            image.Write($"/n{i}", new byte[5_000]);
        }

        TreeSnapshot snapshot = image.Files.Snapshot();
        string before = image.Describe();
        Action<Random>[] guests = [.. Enumerable.Range(1, 3).Select(number =>
        {
            Tree tree = new(snapshot);
            return (Action<Random>)(random =>
            {
                string path = $"/n{random.Next(50)}";
                if (random.Next(10) == 0)
                {
                    tree.Files.Restore(snapshot);
                }
                else if (random.Next(3) == 0)
                {
                    tree.Unlink(path);
                }
                else if (tree.Find(path) is not null)
                {
                    byte[] bytes = tree.ReadBytes(path);
                    Assert.That(bytes.All(value => value == 0 || value == number), Is.True);
                    OpenFile file = tree.Open(path);
                    file.WriteAt([(byte)number], random.Next(5_000), out _);
                    file.Release();
                }
            });
        })];
        RunFor(guests);
        Assert.That(image.Describe(), Is.EqualTo(before));
    }

    [Test]
    public void LookUpsOfOneTreeFindOneHandle()
    {
        using Tree image = new();
        image.MakeDirectory("/dir");
        for (int i = 0; i < 300; i++)
        {
            image.Write($"/dir/n{i}", "");
        }

        TreeSnapshot snapshot = image.Files.Snapshot();
        for (int round = 0; round < 20; round++)
        {
            using Tree tree = new(snapshot);
            Inode?[][] found = [new Inode?[300], new Inode?[300], new Inode?[300]];
            Thread[] threads = [.. found.Select(inodes => new Thread(() =>
            {
                for (int i = 0; i < inodes.Length; i++)
                {
                    inodes[i] = tree.Find($"/dir/n{i}");
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.That(found[0], Is.All.Not.Null);
            Assert.That(found[1].Zip(found[0]).All(pair => ReferenceEquals(pair.First, pair.Second)), Is.True);
            Assert.That(found[2].Zip(found[0]).All(pair => ReferenceEquals(pair.First, pair.Second)), Is.True);
        }
    }

    private static void RunFor(params Action<Random>[] bodies)
    {
        using CancellationTokenSource stop = new(Duration);
        List<Exception> failures = [];
        Thread[] threads = [.. bodies.Select((body, number) => new Thread(() =>
        {
            try
            {
                for (Random random = new(number); !stop.IsCancellationRequested;)
                {
                    body(random);
                }
            }
            catch (Exception failure)
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.That(failures, Is.Empty);
    }
}
