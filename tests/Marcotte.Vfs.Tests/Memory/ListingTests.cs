using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Listing directories while entries come and go (readdir(3); abi/wasi-preview1 5.3).</summary>
internal sealed class ListingTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.MakeDirectory("/dir");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void EmptyDirectoryHasDotAndDotDot()
    {
        List<DirectoryEntry> entries = TestBox.Entries(_box.OpenDirectory("/dir"));
        Assert.That(entries.Select(TestBox.NameOf), Is.EqualTo(new[] { ".", ".." }));
        Assert.That(entries.Select(entry => entry.Next), Is.EqualTo(new ulong[] { 1, 2 }));
        Assert.That(entries[0].Inode, Is.EqualTo(_box.Stat("/dir").Inode));
        Assert.That(entries[1].Inode, Is.EqualTo(_box.Stat("/").Inode));
        Assert.That(TestBox.Entries(_box.OpenDirectory("/"))[1].Inode, Is.EqualTo(_box.Stat("/").Inode), ".. of the top is the top");
    }

    [Test]
    public void EntriesHaveInodeAndTypeAsStatSays()
    {
        _box.Write("/dir/file", "x");
        _box.MakeDirectory("/dir/sub");
        _box.SymbolicLink("file", "/dir/link");
        List<DirectoryEntry> entries = TestBox.Entries(_box.OpenDirectory("/dir"));
        Assert.That(entries, Has.Count.EqualTo(5));
        foreach (DirectoryEntry entry in entries.Skip(2))
        {
            FileStat stat = _box.LinkStat("/dir/" + TestBox.NameOf(entry));
            Assert.That((entry.Inode, entry.Type), Is.EqualTo((stat.Inode, stat.Type)));
        }
    }

    [Test]
    public void EachCookieResumesAfterItsEntry()
    {
        Make(0, 50);
        OpenFile directory = _box.OpenDirectory("/dir");
        List<DirectoryEntry> all = TestBox.Entries(directory);
        for (int i = all.Count - 1; i >= 0; i--)
        {
            Assert.That(TestBox.Entries(directory, all[i].Next).Select(TestBox.NameOf), Is.EqualTo(all.Skip(i + 1).Select(TestBox.NameOf)));
        }
    }

    [Test]
    public void CookieOfARemovedEntryResumesWhereItWas()
    {
        Make(0, 100);
        OpenFile directory = _box.OpenDirectory("/dir");
        List<DirectoryEntry> all = TestBox.Entries(directory);
        for (int i = 10; i < 60; i++)
        {
            _box.Unlink($"/dir/n{i}");
        }

        // n30 is gone with its neighbours; what comes after it is n60.
        DirectoryEntry gone = all.Single(entry => TestBox.NameOf(entry) == "n30");
        Assert.That(TestBox.NameOf(TestBox.Entries(directory, gone.Next)[0]), Is.EqualTo("n60"));
    }

    [Test]
    public void RemovingWhileListingSkipsNothing()
    {
        Make(0, 5_000);
        OpenFile directory = _box.OpenDirectory("/dir");
        ulong cookie = 2;
        int removed = 0;
        for (;;)
        {
            directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry);
            if (entry.IsEnd)
            {
                break;
            }

            cookie = entry.Next;
            Assert.That(_box.Unlink("/dir/" + TestBox.NameOf(entry)), Is.EqualTo(Errno.Success));
            removed++;
        }

        Assert.That(removed, Is.EqualTo(5_000));
        Assert.That(_box.RemoveDirectory("/dir"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void RestartSeesWhatIsNew()
    {
        Make(0, 3);
        OpenFile directory = _box.OpenDirectory("/dir");
        Assert.That(TestBox.Entries(directory), Has.Count.EqualTo(5));
        Make(3, 4);
        Assert.That(TestBox.NameOf(TestBox.Entries(directory)[^1]), Is.EqualTo("n3"));
    }

    [Test]
    public void ReplacedNameKeepsItsPlace()
    {
        Make(0, 10);
        OpenFile directory = _box.OpenDirectory("/dir");
        List<DirectoryEntry> all = TestBox.Entries(directory);
        _box.Write("/fresh", "x");
        Assert.That(_box.Rename("/fresh", "/dir/n4"), Is.EqualTo(Errno.Success));
        List<DirectoryEntry> again = TestBox.Entries(directory);
        Assert.That(again.Select(TestBox.NameOf), Is.EqualTo(all.Select(TestBox.NameOf)));
        Assert.That(again[6].Inode, Is.EqualTo(_box.Stat("/dir/n4").Inode));
    }

    [TestCase(1UL << 40)]
    [TestCase(1UL << 63)]
    [TestCase(ulong.MaxValue)]
    public void CookieThatWasNeverGivenEndsTheListing(ulong cookie)
    {
        Make(0, 3);
        Assert.That(TestBox.Entries(_box.OpenDirectory("/dir"), cookie), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void ListingUnderRandomChangeHasWhatWasThereThroughoutOnce(int seed)
    {
        Random random = new(seed);
        HashSet<string> present = [];
        for (int i = 0; i < 300; i++)
        {
            Toggle($"k{i}", present, add: true);
        }

        OpenFile directory = _box.OpenDirectory("/dir");
        for (int round = 0; round < 40; round++)
        {
            HashSet<string> throughout = [.. present];
            HashSet<string> ever = [.. present];
            List<string> seen = [];
            ulong cookie = 2;
            for (;;)
            {
                directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry);
                if (entry.IsEnd)
                {
                    break;
                }

                seen.Add(TestBox.NameOf(entry));
                cookie = entry.Next;
                for (int change = random.Next(4); change > 0; change--)
                {
                    string name = $"k{random.Next(500)}";
                    bool add = !present.Contains(name);
                    if (add && present.Count > 400)
                    {
                        continue;
                    }

                    Toggle(name, present, add);
                    throughout.Remove(name);
                    ever.Add(name);
                }

                Assert.That(seen, Has.Count.LessThan(5_000), "it ends");
            }

            Assert.That(seen.Where(throughout.Contains), Is.EquivalentTo(throughout));
            Assert.That(ever.IsSupersetOf(seen));
        }
    }

    [Test]
    public void ListingIsLinear()
    {
        Make(0, 200_000);
        OpenFile directory = _box.OpenDirectory("/dir");
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        ulong cookie = 0;
        int count = 0;
        for (;;)
        {
            directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry);
            if (entry.IsEnd)
            {
                break;
            }

            cookie = entry.Next;
            count++;
        }

        Assert.That(count, Is.EqualTo(200_002));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), "a scan for each entry would take minutes");
    }

    private void Make(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            _box.Create($"/dir/n{i}").Release();
        }
    }

    private void Toggle(string name, HashSet<string> present, bool add)
    {
        if (add)
        {
            _box.Create("/dir/" + name).Release();
            present.Add(name);
        }
        else
        {
            Assert.That(_box.Unlink("/dir/" + name), Is.EqualTo(Errno.Success));
            present.Remove(name);
        }
    }
}
