using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>What a guest does over and over allocates nothing on the host.</summary>
internal sealed class AllocationTests
{
    private const int Rounds = 1_000;

    private TestBox _box = null!;
    private OpenFile _start = null!;
    private OpenFile _file = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(options => options.MountMemory("/").MountMemory("/mnt").MountDevices());
        string path = "/mnt";
        for (int i = 0; i < 7; i++)
        {
            path += "/d" + i;
            _box.MakeDirectory(path);
        }

        _box.Write(path + "/file", "content");
        _box.SymbolicLink("d0/d1/d2/d3/d4/d5/d6/file", "/mnt/link");
        _start = _box.OpenDirectory("/mnt");
        _file = _box.Create("/mnt/large");
        _file.Write(new byte[100_000], out _);
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("d0")]
    [TestCase("d0/d1/d2/d3/d4/d5/d6/file")]
    [TestCase("d0/../d0/./d1/../d1")]
    [TestCase("link")]
    [TestCase("nowhere")]
    [TestCase("d0/d1/../../../x")]
    public void Stat(string path)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(path);
        Assert.That(Allocated(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                _box.Files.Stat(new PathReference(_box.Process, _start, bytes, PathFlags.Follow | PathFlags.Beneath), out _);
            }
        }), Is.LessThan(Rounds));
    }

    [Test]
    public void ReadingAndWriting()
    {
        byte[] buffer = new byte[4096];
        Assert.That(Allocated(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                _file.ReadAt(buffer, i * 50, out _);
                _file.WriteAt(buffer, i * 50, out _);
                _file.Seek(0, Whence.Start, out _);
                _file.Read(buffer, out _);
                _file.Write(buffer, out _);
                _file.Operations.Stat(_file, out _);
            }
        }), Is.LessThan(Rounds));
    }

    [Test]
    public void Listing()
    {
        OpenFile directory = _box.OpenDirectory("/mnt");
        Assert.That(Allocated(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                for (ulong cookie = 0; ;)
                {
                    directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry);
                    if (entry.IsEnd)
                    {
                        break;
                    }

                    cookie = entry.Next;
                }
            }
        }), Is.LessThan(Rounds));
    }

    [Test]
    public void OpeningAllocatesTheOpenFileAlone()
    {
        Assert.That(Allocated(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                _box.Files.Open(
                    new PathReference(_box.Process, _start, "large"u8, PathFlags.Beneath), new OpenRequest(OpenFlags.None, AccessModes.Read), out OpenFile? file);
                file!.Release();
            }
        }), Is.LessThan(150 * Rounds));
    }

    /// <summary>Bytes that this thread allocates, the second time around.</summary>
    private static long Allocated(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
