using CsCheck;
using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Model.Tests;

/// <summary>Several threads run random programs on one tree: nobody knows what comes of it, but it is a tree, and nothing is lost.</summary>
internal sealed class HammerTests
{
    private const int Threads = 4;
    private const int Length = 40;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    [Test]
    public void MemoryStaysWhole() => Hammer(static options => options.MountMemory("/"), Prepared.All, lowerNames: 0);

    [Test]
    public void TreeFromASnapshotStaysWhole()
    {
        TreeSnapshot snapshot = Snapshot();
        Hammer(options => options.MountSnapshot("/", snapshot), static _ => { }, lowerNames: 0);
    }

    [Test]
    public void OverlayStaysWhole()
    {
        TreeSnapshot snapshot = Snapshot();
        Hammer(
            options => options.MountOverlay("/", overlay => overlay.Lower(new Lower(snapshot))),
            Prepared.OfRoot,
            lowerNames: Prepared.TopNames);
    }

    private static void Hammer(Action<VfsOptions> configure, Action<Side> prepare, int lowerNames)
    {
        VfsOptions options = new();
        configure(options);
        using Layer layer = options.Build(Limits.Default);
        using BoxSide box = new("box", layer);
        prepare(box);
        Run(box);

        string tree = TreeText.Of(box);
        Assert.That(TreeText.Of(box), Is.EqualTo(tree), "a tree at rest");
        AssertLinks(box, areLowerCounted: lowerNames == 0);
        Assert.That(TreeText.Clear(box), Is.EqualTo(Errno.Success), tree);
        Assert.That(box.List(new Place(-1, "/")).Value, Is.EqualTo(2), "the dots");
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero, tree);

        // What an overlay keeps is a whiteout for each name at the top of its lower layer.
        Assert.That(box.Kernel.Inodes.Used, Is.EqualTo(lowerNames), tree);
    }

    private static void Run(BoxSide box)
    {
        List<string> failures = [];
        using CancellationTokenSource stop = new(Duration);
        Gen<Call[]> programs = Calling.OfMany(Length);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() => Work(number)))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.That(failures, Is.Empty, $"MARCOTTE_MODEL_SEED={Settings.Seed}");

        void Work(int number)
        {
            try
            {
                using BoxSide mine = box.Fork(number + 2);
                PCG random = new((uint)number + 10, Settings.Seed);
                while (!stop.IsCancellationRequested)
                {
                    foreach (Call call in programs.Generate(random, null, out _))
                    {
                        Errno errno = call.Run(mine).Errno;
                        if (errno is Errno.IO or Errno.NoMem or Errno.Fault or Errno.NoSys)
                        {
                            throw new InvalidOperationException($"{call} is {errno}.");
                        }
                    }
                }
            }
            catch (Exception exception)
            {
                lock (failures)
                {
                    failures.Add(exception.ToString());
                }
            }
        }
    }

    /// <summary>Each file has as many links as it has names, and each directory as many as its directories make.</summary>
    private static void AssertLinks(BoxSide box, bool areLowerCounted)
    {
        Dictionary<ulong, (uint Links, int Names)> files = [];
        Stack<string> open = new(["/"]);
        while (open.TryPop(out string? path))
        {
            List<(string Name, bool IsDirectory)> names = [.. TreeText.Names(box.List(new Place(-1, path)))];
            Assert.That(names.Select(static entry => entry.Name), Is.Unique, path);
            if (areLowerCounted)
            {
                Assert.That(box.Describe(path).Links, Is.EqualTo(2 + names.Count(static entry => entry.IsDirectory)), path);
            }

            foreach ((string name, bool isDirectory) in names)
            {
                if (isDirectory)
                {
                    open.Push(path + name + "/");
                    continue;
                }

                FileStat stat = box.Describe(path + name);
                files[stat.Inode] = (stat.Links, files.GetValueOrDefault(stat.Inode).Names + 1);
            }
        }

        Assert.That(files.Values.Where(static file => file.Links != file.Names), Is.Empty);
    }

    private static TreeSnapshot Snapshot()
    {
        MemoryFileSystem? tree = null;
        using Layer layer = new VfsOptions().Mount("/", new Made(kernel => tree = new MemoryFileSystem(kernel))).Build(Limits.Default);
        using BoxSide box = new("prepared", layer);
        Prepared.All(box);
        return tree!.Snapshot();
    }

    private sealed class Lower(TreeSnapshot snapshot) : FileSystemSource
    {
        /// <summary>Of a kernel of its own, so that what the box itself holds can be counted.</summary>
        public override FileSystem Open(Kernel kernel) => MemoryFileSystem.Detached(snapshot);
    }

    private sealed class Made(Func<Kernel, FileSystem> make) : FileSystemSource
    {
        public override FileSystem Open(Kernel kernel) => make(kernel);
    }
}
