using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>What a guest finds of files, whichever driver they come through.</summary>
[TestFixtureSource(typeof(TestTree), nameof(TestTree.All))]
internal sealed class MountedFilesTests(Driver driver)
{
    private TestTree _tree = null!;
    private MountedBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new TestTree(driver);
        _box = _tree.Box();
    }

    [TearDown]
    public void TearDown()
    {
        _box.Dispose();
        _tree.AssertOutsideUntouched();
        _tree.Dispose();
    }

    [Test]
    public void ContentGoesBothWays()
    {
        _tree.HostWrite(_tree.Inside + "/from-host", "hello");
        Assert.That(_box.Read("/from-host"), Is.EqualTo("hello"));
        _box.Write("/from-guest", "world");
        Assert.That(_tree.HostRead(_tree.Inside + "/from-guest"), Is.EqualTo("world"));
    }

    [Test]
    public void WritingAtAPositionAndReadingItBack()
    {
        OpenFile file = _box.Open("/f", OpenFlags.Create, AccessModes.ReadWrite);
        Assert.That(file.WriteAt("cd"u8, 2, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(2));
        Assert.That(file.WriteAt("ab"u8, 0, out _), Is.EqualTo(Errno.Success));
        byte[] buffer = new byte[10];
        Assert.That(file.ReadAt(buffer, 1, out count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, count), Is.EqualTo("bcd"));
        Assert.That(file.ReadAt(buffer, 4, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero, "at the end");
        Assert.That(file.ReadAt(buffer, 1L << 40, out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero, "far beyond the end");
        file.Release();
    }

    [Test]
    public void AGapReadsAsZero()
    {
        OpenFile file = _box.Open("/f", OpenFlags.Create, AccessModes.ReadWrite);
        Assert.That(file.WriteAt("x"u8, 5000, out _), Is.EqualTo(Errno.Success));
        byte[] buffer = new byte[5000];
        buffer.AsSpan().Fill(1);
        Assert.That(file.ReadAt(buffer, 0, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(5000));
        Assert.That(buffer, Is.All.Zero);
        file.Release();
        Assert.That(_box.Stat("/f").Size, Is.EqualTo(5001));
    }

    [Test]
    public void TwoOpenFilesOfOneFileSeeEachOther()
    {
        OpenFile writer = _box.Open("/f", OpenFlags.Create, AccessModes.Write);
        OpenFile reader = _box.Open("/f");
        Assert.That(writer.Write("now"u8, out _), Is.EqualTo(Errno.Success));
        Assert.That(MountedBox.ReadAll(reader), Is.EqualTo("now"));
        Assert.That(_box.Stat("/f").Size, Is.EqualTo(3));
        writer.Release();
        reader.Release();
    }

    [Test]
    public void AppendingGoesToTheEndWhereverOthersWrote()
    {
        OpenFile first = _box.Open("/log", OpenFlags.Create, AccessModes.ReadWrite, StatusFlags.Append);
        OpenFile second = _box.Open("/log", OpenFlags.None, AccessModes.Write, StatusFlags.Append);
        first.Write("a"u8, out _);
        second.Write("bb"u8, out _);
        first.Write("c"u8, out _);
        Assert.That(MountedBox.ReadAll(first), Is.EqualTo("abbc"));
        Assert.That(first.Seek(0, Whence.Current, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(4), "the offset is behind what was appended");
        first.WriteAt("X"u8, 0, out _);
        Assert.That(MountedBox.ReadAll(first), Is.EqualTo("Xbbc"), "pwrite goes where it says, as POSIX has it");
        first.Release();
        second.Release();
    }

    [Test]
    public void SeekingFromTheEnd()
    {
        _box.Write("/f", "12345");
        OpenFile file = _box.Open("/f");
        Assert.That(file.Seek(-2, Whence.End, out long position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(3));
        Assert.That(file.Seek(-6, Whence.End, out _), Is.EqualTo(Errno.Inval));
        Assert.That(file.Seek(long.MaxValue, Whence.End, out _), Is.EqualTo(Errno.Overflow));
        Assert.That(file.Seek(2, Whence.Data, out position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(2));
        Assert.That(file.Seek(2, Whence.Hole, out position), Is.EqualTo(Errno.Success));
        Assert.That(position, Is.EqualTo(5));
        Assert.That(file.Seek(5, Whence.Data, out _), Is.EqualTo(Errno.NxIO));
        file.Release();
    }

    [Test]
    public void CuttingAndExtending()
    {
        _box.Write("/f", "12345");
        OpenFile file = _box.Open("/f", OpenFlags.None, AccessModes.ReadWrite);
        Assert.That(file.SetSize(2), Is.EqualTo(Errno.Success));
        Assert.That(MountedBox.ReadAll(file), Is.EqualTo("12"));
        Assert.That(file.SetSize(4), Is.EqualTo(Errno.Success));
        Assert.That(MountedBox.ReadAll(file), Is.EqualTo("12\0\0"));
        Assert.That(file.Allocate(0, 10), Is.EqualTo(Errno.Success));
        Assert.That(file.Operations.Stat(file, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Size, Is.EqualTo(10));
        Assert.That(file.Operations.Sync(file, dataOnly: true), Is.EqualTo(Errno.Success));
        file.Release();
    }

    [Test]
    public void OpeningFlags()
    {
        Assert.That(_box.TryOpen("/none"), Is.EqualTo(Errno.NoEnt));
        _box.Write("/f", "content");
        Assert.That(_box.TryOpen("/f", OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Write), Is.EqualTo(Errno.Exist));
        Assert.That(_box.TryOpen("/f", OpenFlags.Directory), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryOpen("/f/x"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.TryOpen("/f/"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.MakeDirectory("/d"), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("/d", OpenFlags.None, AccessModes.Write), Is.EqualTo(Errno.IsDir));
        Assert.That(_box.TryOpen("/d", OpenFlags.Create, AccessModes.Read), Is.EqualTo(Errno.IsDir));
        Assert.That(_box.TryOpen("/f", OpenFlags.Truncate, AccessModes.Read), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/f").Size, Is.Zero);
    }

    [Test]
    public void AFileOpenedForNeitherIsOnlyNamed()
    {
        _box.Write("/f", "content");
        OpenFile file = _box.Open("/f", OpenFlags.None, AccessModes.None);
        Assert.That(file.Operations.Stat(file, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Size, Is.EqualTo(7));
        Assert.That(file.ReadAt(new byte[1], 0, out _), Is.EqualTo(Errno.BadF));
        file.Release();
        Assert.That(_box.TryOpen("/made", OpenFlags.Create, AccessModes.None), Is.EqualTo(Errno.Success));
        Assert.That(_box.Exists("/made"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Directories()
    {
        Assert.That(_box.MakeDirectory("/d"), Is.EqualTo(Errno.Success));
        Assert.That(_box.MakeDirectory("/d"), Is.EqualTo(Errno.Exist));
        Assert.That(_box.MakeDirectory("/none/d"), Is.EqualTo(Errno.NoEnt));
        _box.Write("/d/f", "x");
        Assert.That(_box.MakeDirectory("/d/f"), Is.EqualTo(Errno.Exist));
        Assert.That(_box.MakeDirectory("/d/f/g"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.RemoveDirectory("/d"), Is.EqualTo(Errno.NotEmpty));
        Assert.That(_box.RemoveDirectory("/d/f"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.Unlink("/d"), Is.EqualTo(Errno.IsDir));
        Assert.That(_box.Unlink("/d/f"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Unlink("/d/f"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.RemoveDirectory("/d"), Is.EqualTo(Errno.Success));
        Assert.That(_box.RemoveDirectory("/d"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Stat("/", out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.Type, Is.EqualTo(FileType.Directory));
    }

    [Test]
    public void RenamingFiles()
    {
        _box.Write("/a", "a");
        _box.Write("/b", "b");
        ulong number = _box.Stat("/a").Inode;
        Assert.That(_box.Rename("/a", "/b"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Exists("/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Read("/b"), Is.EqualTo("a"));
        Assert.That(_box.Stat("/b").Inode, Is.EqualTo(number), "it is still the same file");
        Assert.That(_box.Rename("/none", "/b"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Rename("/b", "/none/b"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Rename("/b", "/b"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read("/b"), Is.EqualTo("a"));
    }

    [Test]
    public void RenamingDirectories()
    {
        _box.MakeDirectory("/d");
        _box.MakeDirectory("/d/sub");
        _box.Write("/d/sub/f", "deep");
        _box.MakeDirectory("/empty");
        _box.Write("/file", "x");
        Assert.That(_box.Rename("/d", "/d/sub/d"), Is.EqualTo(Errno.Inval), "into itself");
        Assert.That(_box.Rename("/d/sub", "/d"), Is.EqualTo(Errno.NotEmpty), "onto what it is in");
        Assert.That(_box.Rename("/d", "/file"), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.Rename("/file", "/empty"), Is.EqualTo(Errno.IsDir));
        Assert.That(_box.Rename("/empty", "/d"), Is.EqualTo(Errno.NotEmpty));
        Assert.That(_box.Rename("/d", "/empty"), Is.EqualTo(Errno.Success), "an empty directory is replaced");
        Assert.That(_box.Read("/empty/sub/f"), Is.EqualTo("deep"));
        Assert.That(_box.Exists("/d"), Is.EqualTo(Errno.NoEnt));
    }

    [Test]
    public void AnOpenDirectoryStaysItselfWhenRenamed()
    {
        _box.MakeDirectory("/d");
        _box.Write("/d/f", "mine");
        OpenFile directory = _box.Open("/d", OpenFlags.Directory);
        Assert.That(_box.Rename("/d", "/e"), Is.EqualTo(Errno.Success));
        _box.MakeDirectory("/d");
        _box.Write("/d/f", "another's");
        Assert.That(_box.Open("f", OpenFlags.None, AccessModes.Read, out OpenFile? file, at: directory), Is.EqualTo(Errno.Success));
        Assert.That(MountedBox.ReadAll(file!), Is.EqualTo("mine"));
        file!.Release();
        directory.Release();
    }

    [Test]
    public void AFileThatWasRemovedWhileOpenLivesOn()
    {
        OpenFile file = _box.Open("/f", OpenFlags.Create, AccessModes.ReadWrite);
        file.Write("alive"u8, out _);
        Assert.That(_box.Unlink("/f"), Is.EqualTo(Errno.Success));
        Assert.That(MountedBox.ReadAll(file), Is.EqualTo("alive"));
        Assert.That(file.WriteAt("A"u8, 0, out _), Is.EqualTo(Errno.Success));
        Assert.That(file.Operations.Stat(file, out FileStat stat), Is.EqualTo(Errno.Success));
        Assert.That((stat.Size, stat.Links), Is.EqualTo((5L, 0u)));
        _box.Write("/f", "new");
        Assert.That(MountedBox.ReadAll(file), Is.EqualTo("Alive"));
        file.Release();
        Assert.That(_box.Read("/f"), Is.EqualTo("new"), "closing the old one does not touch the new");
    }

    [Test]
    public void AFileThatWasRenamedWhileOpenKeepsWhatIsWritten()
    {
        OpenFile file = _box.Open("/a", OpenFlags.Create, AccessModes.ReadWrite);
        file.Write("one"u8, out _);
        Assert.That(_box.Rename("/a", "/b"), Is.EqualTo(Errno.Success));
        file.Write("two"u8, out _);
        file.Release();
        Assert.That(_box.Read("/b"), Is.EqualTo("onetwo"));
        Assert.That(_box.Exists("/a"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_tree.HostRead(_tree.Inside + "/b"), Is.EqualTo("onetwo"));
    }

    [Test]
    public void ReadingAtTheLastPlaceFindsTheEnd()
    {
        _box.Write("/f", "x");
        OpenFile file = _box.Open("/f");
        Assert.That(file.ReadAt(new byte[8], long.MaxValue, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.Zero);
        file.Release();
    }

    [Test]
    public void ListingGivesEachEntryOnce()
    {
        string[] names = [.. Enumerable.Range(0, 700).Select(static i => $"entry-with-a-longer-name-{i:000}").Order(StringComparer.Ordinal)];
        foreach (string name in names)
        {
            _tree.HostWrite(_tree.Inside + "/" + name, string.Empty);
        }

        Assert.That(_box.List("/"), Is.EqualTo(names));
    }

    [Test]
    public void CookiesStayRightWhileEntriesComeAndGo()
    {
        for (int i = 0; i < 300; i++)
        {
            _box.Write($"/keep-{i:000}", string.Empty);
            _box.Write($"/drop-{i:000}", string.Empty);
        }

        OpenFile directory = _box.Open("/", OpenFlags.Directory);
        List<string> seen = [];
        ulong cookie = 0;
        for (int step = 0; ; step++)
        {
            Assert.That(directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry), Is.EqualTo(Errno.Success));
            if (entry.IsEnd)
            {
                break;
            }

            string name = Encoding.UTF8.GetString(entry.Name.Span);
            seen.Add(name);
            cookie = entry.Next;
            if (name.StartsWith("drop", StringComparison.Ordinal))
            {
                Assert.That(_box.Unlink("/" + name), Is.EqualTo(Errno.Success));
                _box.Write($"/new-{step:0000}", string.Empty);
            }
        }

        directory.Release();
        Assert.That(seen.Where(static name => name.StartsWith("keep", StringComparison.Ordinal)), Is.Unique.And.Exactly(300).Items);
        Assert.That(seen, Is.Unique);
    }

    [Test]
    public void AnyCookieResumesWhereItWasGiven()
    {
        for (int i = 0; i < 50; i++)
        {
            _box.Write($"/f{i}", string.Empty);
        }

        OpenFile directory = _box.Open("/", OpenFlags.Directory);
        List<(ulong Cookie, string Name)> entries = [];
        ulong cookie = 0;
        while (directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry) == Errno.Success && !entry.IsEnd)
        {
            entries.Add((cookie, Encoding.UTF8.GetString(entry.Name.Span)));
            cookie = entry.Next;
        }

        foreach ((ulong before, string name) in Enumerable.Reverse(entries))
        {
            Assert.That(directory.Operations.ReadEntry(directory, before, out DirectoryEntry again), Is.EqualTo(Errno.Success));
            Assert.That(Encoding.UTF8.GetString(again.Name.Span), Is.EqualTo(name));
        }

        directory.Release();
    }

    [Test]
    public void ListedNumbersAndKindsAreThoseOfStat()
    {
        _box.Write("/f", "x");
        _box.MakeDirectory("/d");
        OpenFile directory = _box.Open("/", OpenFlags.Directory);
        ulong cookie = 0;
        int count = 0;
        while (directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry) == Errno.Success && !entry.IsEnd)
        {
            FileStat stat = _box.Stat("/" + Encoding.UTF8.GetString(entry.Name.Span), follow: false);
            Assert.That((entry.Inode, entry.Type), Is.EqualTo((stat.Inode, stat.Type)));
            cookie = entry.Next;
            count++;
        }

        directory.Release();
        Assert.That(count, Is.EqualTo(4), "the dots too");
    }

    [Test]
    public void RemovedDirectoryListingEnds()
    {
        _box.MakeDirectory("/d");
        _box.Write("/d/f", "x");
        OpenFile directory = _box.Open("/d", OpenFlags.Directory);
        _box.Unlink("/d/f");
        _box.RemoveDirectory("/d");
        Assert.That(MountedBox.List(directory), Is.Empty);
        Assert.That(_box.Open("f", OpenFlags.Create, AccessModes.Write, out _, at: directory), Is.EqualTo(Errno.NoEnt));
        directory.Release();
    }

    [Test]
    public void TimesAreSetAndLeft()
    {
        const long Access = 1_000_000_000_123_456_700;
        const long Modify = -86_400_000_000_000;
        _box.Write("/f", "x");
        Assert.That(_box.SetTimes("/f", new TimeUpdate(Access, Modify)), Is.EqualTo(Errno.Success));
        FileStat stat = _box.Stat("/f");
        Assert.That((stat.AccessTime, stat.ModifyTime), Is.EqualTo((Access, Modify)));
        Assert.That(_box.SetTimes("/f", new TimeUpdate(TimeUpdate.Omit, Access)), Is.EqualTo(Errno.Success));
        stat = _box.Stat("/f");
        Assert.That((stat.AccessTime, stat.ModifyTime), Is.EqualTo((Access, Access)));
        Assert.That(_box.MakeDirectory("/d"), Is.EqualTo(Errno.Success));
        Assert.That(_box.SetTimes("/d", new TimeUpdate(TimeUpdate.Omit, Access)), Is.EqualTo(Errno.Success));
        Assert.That(_box.Stat("/d").ModifyTime, Is.EqualTo(Access));
        OpenFile file = _box.Open("/f");
        Assert.That(file.Operations.SetTimes(file, new TimeUpdate(Access, Modify)), Is.EqualTo(Errno.Success));
        Assert.That(file.Operations.Stat(file, out stat), Is.EqualTo(Errno.Success));
        Assert.That(stat.ModifyTime, Is.EqualTo(Modify));
        file.Release();
    }

    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue + 2)]
    public void ExtremeTimesAreTakenOrRefusedAndNeverThrow(long time)
    {
        _box.Write("/f", "x");
        Errno errno = _box.SetTimes("/f", new TimeUpdate(time, time));
        Assert.That(errno, Is.AnyOf(Errno.Success, Errno.Inval));
        Assert.That(_box.Stat("/f", out _), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void NewFilesHaveTheModeAskedForLessTheUmask()
    {
        _box.Process.Umask = 0x3F;
        _box.Write("/f", "x");
        _box.MakeDirectory("/d");
        FileStat file = _box.Stat("/f");
        if (driver != Driver.Mock)
        {
            Assert.That(file.Mode, Is.EqualTo(0x180), "0600");
            Assert.That(_box.Stat("/d").Mode, Is.EqualTo(0x1C0), "0700");
        }

        Assert.That((file.UserId, file.GroupId, file.Links), Is.EqualTo((0u, 0u, 1u)));
    }

    [Test]
    public void HardLinks()
    {
        _box.Write("/f", "x");
        _box.MakeDirectory("/d");
        Assert.That(_box.Link("/d", "/e"), Is.EqualTo(Errno.Perm));
        if (!_tree.HasHardLinks)
        {
            Assert.That(_box.Link("/f", "/g"), Is.EqualTo(Errno.Perm));
            return;
        }

        Assert.That(_box.Link("/f", "/g"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Link("/f", "/g"), Is.EqualTo(Errno.Exist));
        Assert.That(_box.Link("/none", "/h"), Is.EqualTo(Errno.NoEnt));
        Assert.That(_box.Stat("/g").Links, Is.EqualTo(2));
        Assert.That(_box.Stat("/g").Inode, Is.EqualTo(_box.Stat("/f").Inode));
        Assert.That(_box.Rename("/f", "/g"), Is.EqualTo(Errno.Success), "two names of one file: nothing happens");
        Assert.That(_box.Exists("/f"), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void SymbolicLinks()
    {
        if (!_tree.MakesLinks)
        {
            Assert.That(_box.SymbolicLink("f", "/l"), Is.EqualTo(Errno.Perm));
            Assert.That(_box.Exists("/l"), Is.EqualTo(Errno.NoEnt));
            return;
        }

        _box.MakeDirectory("/d");
        _box.Write("/d/f", "found");
        Assert.That(_box.SymbolicLink("d/f", "/l"), Is.EqualTo(Errno.Success));
        Assert.That(_box.SymbolicLink("d/f", "/l"), Is.EqualTo(Errno.Exist));
        Assert.That(_box.ReadLink("/l", out string content), Is.EqualTo(Errno.Success));
        Assert.That(content, Is.EqualTo("d/f"));
        Assert.That(_box.ReadLink("/d/f", out _), Is.EqualTo(Errno.Inval));
        Assert.That(_box.ReadLink("/d", out _), Is.EqualTo(Errno.Inval));
        Assert.That(_box.Read("/l"), Is.EqualTo("found"));
        FileStat stat = _box.Stat("/l", follow: false);
        Assert.That((stat.Type, stat.Size), Is.EqualTo((FileType.SymbolicLink, 3L)));
        Assert.That(_box.TryOpen("/l", follow: false), Is.EqualTo(Errno.Loop));
        Assert.That(_box.Rename("/l", "/m"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read("/m"), Is.EqualTo("found"));
        Assert.That(_box.Unlink("/m"), Is.EqualTo(Errno.Success));
        Assert.That(_box.Read("/d/f"), Is.EqualTo("found"), "the link went, not the file");
    }

    [Test]
    public void NamesAreBytesOfUtf8()
    {
        _box.Write("/grüße 名前", "x");
        Assert.That(_box.List("/"), Is.EqualTo(new[] { "grüße 名前" }));
        Assert.That(_tree.HostExists(_tree.Inside + "/grüße 名前"), Is.True);
        Assert.That(_box.Exists("/" + new string('n', 256)), Is.EqualTo(Errno.NameTooLong));
        Assert.That(_box.TryOpen("/" + new string('n', 255), OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void AClosedFileIsABadDescriptorToWhoStillHoldsIt()
    {
        _box.Write("/f", "x");
        OpenFile file = _box.Open("/f", OpenFlags.None, AccessModes.ReadWrite);
        file.Release();
        Assert.That(file.ReadAt(new byte[1], 0, out _), Is.EqualTo(Errno.BadF));
        Assert.That(file.WriteAt("y"u8, 0, out _), Is.EqualTo(Errno.BadF));
        Assert.That(file.SetSize(0), Is.EqualTo(Errno.BadF));
        Assert.That(_box.Read("/f"), Is.EqualTo("x"));
    }

    [Test]
    public void ManyReadersAtOnce()
    {
        byte[] content = new byte[256 * 1024];
        for (int i = 0; i < content.Length; i++)
        {
            content[i] = (byte)(i * 31 >> 3);
        }

        OpenFile writer = _box.Open("/f", OpenFlags.Create, AccessModes.Write);
        Assert.That(writer.Write(content, out int written), Is.EqualTo(Errno.Success));
        Assert.That(written, Is.EqualTo(content.Length));
        writer.Release();
        OpenFile[] readers = [.. Enumerable.Range(0, 100).Select(_ => _box.Open("/f"))];
        int wrong = 0;
        Parallel.For(0, readers.Length, index =>
        {
            byte[] buffer = new byte[4096];
            for (int round = 0; round < 32; round++)
            {
                int offset = (index * 977 + round * 8191) % (content.Length - buffer.Length);
                Errno errno = readers[index].ReadAt(buffer, offset, out int count);
                if (errno != Errno.Success || !buffer.AsSpan(0, count).SequenceEqual(content.AsSpan(offset, buffer.Length)))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });
        Array.ForEach(readers, static reader => reader.Release());
        Assert.That(wrong, Is.Zero);
    }
}
