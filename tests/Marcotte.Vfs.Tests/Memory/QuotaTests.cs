using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>What a guest may hold: charged before it is made, given back when it goes (SECURITY-CASES: limits).</summary>
internal sealed class QuotaTests
{
    [Test]
    public void BytesOfTheBoxEnd()
    {
        using TestBox box = new(limits: Limits.Default with { FileBytes = 3 * 4096 });
        OpenFile file = box.Create("/file");
        byte[] page = new byte[4096];
        Assert.That(file.Write(new byte[5 * 4096], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(3 * 4096), "as much as there is room for");
        Assert.That(file.Write(page, out count), Is.EqualTo(Errno.NoSpc));
        Assert.That(count, Is.Zero);
        Assert.That(file.WriteAt(page, 0, out _), Is.EqualTo(Errno.Success), "what is there can be written over");
        OpenFile other = box.Create("/other");
        Assert.That(other.Write("x"u8, out _), Is.EqualTo(Errno.NoSpc));
        Assert.That(file.SetSize(4096), Is.EqualTo(Errno.Success));
        Assert.That(other.Write(page, out _), Is.EqualTo(Errno.Success));
        Assert.That(box.Kernel.FileBytes.Used, Is.EqualTo(2 * 4096));
    }

    [Test]
    public void AFileThatFitsToTheByteIsTaken()
    {
        using TestBox box = new(options => options.MountMemory("/", maxBytes: 1000));
        OpenFile file = box.Create("/file");
        Assert.That(file.Write(new byte[1000], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(1000));
        Assert.That(file.Write("x"u8, out _), Is.EqualTo(Errno.NoSpc));
        Assert.That(box.Kernel.FileBytes.Used, Is.EqualTo(1000));
    }

    [Test]
    public void MountHasItsOwnBound()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/small", maxBytes: 8192));
        OpenFile small = box.Create("/small/file");
        Assert.That(small.Write(new byte[10_000], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(8192));
        Assert.That(box.Create("/large").Write(new byte[10_000], out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(10_000));
        Assert.That(small.SetSize(1L << 40), Is.EqualTo(Errno.Success), "a hole takes no room");
        Assert.That(small.Allocate(0, 1L << 40), Is.EqualTo(Errno.NoSpc));
        Assert.That(small.Allocate(0, 8193), Is.EqualTo(Errno.NoSpc));
        Assert.That(box.SymbolicLink("x", "/small/link"), Is.EqualTo(Errno.NoSpc));
        Assert.That(box.TryStat("/small/link"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void HugeRequestsTakeNothing()
    {
        using TestBox box = new();
        OpenFile file = box.Create("/file");
        long before = GC.GetTotalAllocatedBytes();
        Assert.That(file.Allocate(0, (1L << 44) - 1), Is.EqualTo(Errno.NoSpc));
        Assert.That(file.Allocate(1L << 40, 1L << 40), Is.EqualTo(Errno.NoSpc));
        Assert.That(file.SetSize(1L << 44), Is.EqualTo(Errno.Success));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(10_000_000));
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
    }

    [Test]
    public void InodesEnd()
    {
        using TestBox box = new(limits: Limits.Default with { Inodes = 3 });
        box.Write("/file", "");
        Assert.That(box.MakeDirectory("/dir"), Is.EqualTo(Errno.Success));
        Assert.That(box.SymbolicLink("x", "/link"), Is.EqualTo(Errno.Success));
        Assert.That(box.TryOpen("/new", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.NoSpc));
        Assert.That(box.MakeDirectory("/new"), Is.EqualTo(Errno.NoSpc));
        Assert.That(box.SymbolicLink("x", "/new"), Is.EqualTo(Errno.NoSpc));
        Assert.That(box.Link("/file", "/new"), Is.EqualTo(Errno.NoSpc), "a further name counts, or there could be any number");
        Assert.That(box.RemoveDirectory("/dir"), Is.EqualTo(Errno.Success));
        Assert.That(box.Link("/file", "/new"), Is.EqualTo(Errno.Success));
        Assert.That(box.Unlink("/file"), Is.EqualTo(Errno.Success));
        Assert.That(box.Unlink("/new"), Is.EqualTo(Errno.Success));
        Assert.That(box.Unlink("/link"), Is.EqualTo(Errno.Success));
        Assert.That(box.Kernel.Inodes.Used, Is.Zero);
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
    }

    [Test]
    public void AllIsGivenBackWhenLastNameAndLastOpeningAreGone()
    {
        using TestBox box = new();
        OpenFile first = box.Create("/file");
        OpenFile second = box.Open("/file");
        first.Write(new byte[100_000], out _);
        box.Link("/file", "/second");
        Assert.That(box.Kernel.Inodes.Used, Is.EqualTo(2));
        box.Unlink("/file");
        box.Unlink("/second");
        first.Release();
        Assert.That(box.Kernel.Inodes.Used, Is.EqualTo(1));
        Assert.That(box.Kernel.FileBytes.Used, Is.GreaterThanOrEqualTo(100_000));
        second.Release();
        Assert.That(box.Kernel.Inodes.Used, Is.Zero);
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
    }

    [Test]
    public void RenamingOverAFileGivesItBack()
    {
        using TestBox box = new();
        box.Write("/a", "aaaa");
        box.Write("/b", "bbbb");
        box.MakeDirectory("/c");
        box.MakeDirectory("/d");
        long bytes = box.Kernel.FileBytes.Used;
        box.Rename("/a", "/b");
        box.Rename("/c", "/d");
        Assert.That(box.Kernel.Inodes.Used, Is.EqualTo(2));
        Assert.That(box.Kernel.FileBytes.Used, Is.EqualTo(bytes / 2));
    }

    [Test]
    public void EverythingRandomlyMadeAndRemovedLeavesNothingBehind()
    {
        using TestBox box = new();
        Random random = new(5);
        string Name() => $"/{(char)('a' + random.Next(6))}{(random.Next(2) == 0 ? "" : $"/{(char)('a' + random.Next(6))}")}";
        for (int i = 0; i < 20_000; i++)
        {
            string name = Name();
            switch (random.Next(9))
            {
                case 0: box.MakeDirectory(name); break;
                case 1: box.RemoveDirectory(name); break;
                case 2: box.Unlink(name); break;
                case 3: box.Rename(name, Name()); break;
                case 4: box.Link(name, Name()); break;
                case 5: box.SymbolicLink("t", name); break;
                default:
                    if (box.TryOpen(name, out OpenFile? file, OpenFlags.Create, AccessModes.ReadWrite) == Errno.Success)
                    {
                        file!.WriteAt(new byte[random.Next(1, 200)], random.Next(20_000), out _);
                        file.SetSize(random.Next(20_000));
                        file.Release();
                    }

                    break;
            }
        }

        Clear(box, "");
        Assert.That(box.List("/"), Has.Count.EqualTo(2));
        Assert.That(box.Kernel.Inodes.Used, Is.Zero);
        Assert.That(box.Kernel.FileBytes.Used, Is.Zero);
        Assert.That(box.Stat("/").Links, Is.EqualTo(2));
    }

    private static void Clear(TestBox box, string path)
    {
        foreach (string name in box.List(path + "/").Skip(2))
        {
            string child = $"{path}/{name}";
            if (box.LinkStat(child).Type == FileType.Directory)
            {
                Clear(box, child);
                Assert.That(box.RemoveDirectory(child), Is.EqualTo(Errno.Success));
            }
            else
            {
                Assert.That(box.Unlink(child), Is.EqualTo(Errno.Success));
            }
        }
    }
}
