using System.Buffers.Binary;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>inotify(7): what happens to files is told to who watches them.</summary>
internal sealed class WatchTests
{
    private TestBox _box = null!;
    private OpenFile _watcher = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(limits: Limits.Default with { Watches = 3, WatchEvents = 6 });
        _box.MakeDirectory("/d");
        _box.Write("/d/f", "content");
        Assert.That(_box.Files.OpenWatcher(_box.Process, StatusFlags.NonBlocking, out OpenFile? watcher), Is.EqualTo(Errno.Success));
        _watcher = watcher!;
    }

    [TearDown]
    public void TearDown()
    {
        _watcher.Release();
        _box.Dispose();
    }

    [Test]
    public void A_file_is_opened_read_written_and_closed()
    {
        Watch("/d", WatchEvents.All);
        OpenFile file = _box.Open("/d/f", access: AccessModes.ReadWrite);
        file.Read(new byte[4], out _);
        file.Write("x"u8, out _);
        file.Release();
        Assert.That(Events(), Is.EqualTo(new[] { "1 Open f", "1 Access f", "1 Modify f", "1 CloseWrite f" }));
    }

    [Test]
    public void Names_come_and_go()
    {
        Watch("/d", WatchEvents.Create | WatchEvents.Delete | WatchEvents.Attributes);
        _box.Write("/d/new", "");
        _box.MakeDirectory("/d/sub");
        _box.Link("/d/f", "/d/more");
        _box.Unlink("/d/new");
        _box.RemoveDirectory("/d/sub");
        Assert.That(Events(), Is.EqualTo(new[]
        {
            "1 Create new", "1 Create, IsDirectory sub", "1 Attributes f", "1 Create more", "1 Delete new", "1 Delete, IsDirectory sub",
        }));
    }

    [Test]
    public void A_rename_is_told_on_both_sides_with_one_cookie()
    {
        _box.MakeDirectory("/e");
        Watch("/d", WatchEvents.All);
        Watch("/e", WatchEvents.All);
        Watch("/d/f", WatchEvents.MoveSelf);
        _box.Rename("/d/f", "/e/g");
        Assert.That(Events(), Is.EqualTo(new[] { "1 MovedFrom f #1", "2 MovedTo g #1", "3 MoveSelf" }));
    }

    [Test]
    public void A_watch_goes_with_its_file()
    {
        int watch = Watch("/d/f", WatchEvents.DeleteSelf | WatchEvents.Attributes);
        _box.Link("/d/f", "/d/other");
        _box.Unlink("/d/f");
        _box.Unlink("/d/other");
        Assert.That(Events(), Is.EqualTo(new[] { "1 Attributes", "1 DeleteSelf", "1 Ignored" }), "the second change of links repeats the first");
        Assert.That(_box.Files.RemoveWatch(_watcher, watch), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Modes_owners_times_and_lengths_are_told()
    {
        Watch("/d", WatchEvents.Attributes | WatchEvents.Modify);
        _box.Files.SetMode(_box.Path("/d/f"), 0x180);
        _box.Files.SetSize(_box.Path("/d/f"), 3);
        _box.Files.SetOwner(_box.Path("/d/f"), new OwnerUpdate(1, 1));
        _box.TryOpen("/d/f", OpenFlags.Truncate, AccessModes.Write);
        OpenFile file = _box.Open("/d/f");
        _box.Files.SetTimes(_box.Process, file, new TimeUpdate(1, 1));
        file.Release();
        Assert.That(Events(), Is.EqualTo(new[] { "1 Attributes f", "1 Modify f", "1 Attributes f", "1 Modify f", "1 Attributes f" }));
    }

    [Test]
    public void What_repeats_is_told_once_and_what_is_too_much_is_told_to_be_lost()
    {
        Watch("/d", WatchEvents.Create | WatchEvents.Modify);
        OpenFile file = _box.Open("/d/f", access: AccessModes.Write);
        for (int i = 0; i < 10; i++)
        {
            file.Write("x"u8, out _);
        }

        for (int i = 0; i < 10; i++)
        {
            _box.Write($"/d/{i}", "");
        }

        file.Release();
        Assert.That(Events(), Is.EqualTo(new[] { "1 Modify f", "1 Create 0", "1 Create 1", "1 Create 2", "1 Create 3", "1 Create 4", "-1 Overflow" }));
        _box.Write("/d/later", "");
        Assert.That(Events(), Is.EqualTo(new[] { "1 Create later" }), "and then it goes on");
    }

    [Test]
    public void Limits_watches_beyond_the_limit_answer_ENOSPC_until_one_goes()
    {
        int first = Watch("/", WatchEvents.Create);
        Watch("/d", WatchEvents.Create);
        Watch("/d/f", WatchEvents.Modify);
        _box.Write("/g", "");
        Assert.That(_box.Files.AddWatch(_watcher, _box.Path("/g"), WatchEvents.Modify, out _), Is.EqualTo(Errno.NoSpc));
        Assert.That(_box.Files.RemoveWatch(_watcher, first), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.AddWatch(_watcher, _box.Path("/g"), WatchEvents.Modify, out int number), Is.EqualTo(Errno.Success));
        Assert.That(number, Is.EqualTo(4), "numbers do not come twice");
    }

    [Test]
    public void Watching_again_replaces_or_adds()
    {
        int watch = Watch("/d/f", WatchEvents.Modify);
        Assert.That(Watch("/d/f", WatchEvents.Open), Is.EqualTo(watch));
        _box.Write("/d/f", "x");
        Assert.That(Events(), Is.EqualTo(new[] { "1 Open" }));
        Watch("/d/f", WatchEvents.Modify | WatchEvents.MaskAdd | WatchEvents.OneShot);
        _box.Write("/d/f", "x");
        _box.Write("/d/f", "x");
        Assert.That(Events(), Is.EqualTo(new[] { "1 Modify", "1 Ignored" }), "with the first event it was gone");
        Assert.That(_box.Files.AddWatch(_watcher, _box.Path("/d"), WatchEvents.Open | WatchEvents.OnlyDirectory, out _), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.AddWatch(_watcher, _box.Path("/d"), WatchEvents.Open | WatchEvents.MaskCreate, out _), Is.EqualTo(Errno.Exist));
        Assert.That(_box.Files.AddWatch(_watcher, _box.Path("/d/f"), WatchEvents.Open | WatchEvents.OnlyDirectory, out _), Is.EqualTo(Errno.NotDir));
        Assert.That(_box.Files.AddWatch(_watcher, _box.Path("/d/f"), WatchEvents.None, out _), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void A_buffer_that_holds_no_event_is_refused_and_nothing_to_read_is_EAGAIN()
    {
        Assert.That(_watcher.Read(new byte[64], out _), Is.EqualTo(Errno.Again));
        Assert.That(_watcher.Poll(), Is.EqualTo(Readiness.None));
        Watch("/d", WatchEvents.Create);
        _box.Write("/d/new", "");
        Assert.That(_watcher.Poll(), Is.EqualTo(Readiness.In));
        Assert.That(_watcher.Read(new byte[31], out _), Is.EqualTo(Errno.Inval));
        Assert.That(_watcher.Read(new byte[32], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(32));
    }

    [Test]
    public void Closing_the_watcher_lets_its_inodes_go()
    {
        Watch("/d", WatchEvents.All);
        Assert.That(_box.Files.OpenWatcher(_box.Process, StatusFlags.None, out OpenFile? other), Is.EqualTo(Errno.Success));
        Assert.That(_box.Files.AddWatch(other!, _box.Path("/d"), WatchEvents.Create, out _), Is.EqualTo(Errno.Success));
        other!.Release();
        _box.Write("/d/new", "");
        Assert.That(Events(), Has.Member("1 Create new"));
    }

    [Test]
    public void A_file_opened_before_anybody_watched_is_told_of_by_the_name_it_has()
    {
        using TestBox box = new();
        box.MakeDirectory("/d");
        box.Write("/d/other", "");
        box.Write("/d/f", "content");
        OpenFile early = box.Open("/d/f", access: AccessModes.ReadWrite);
        OpenFile directory = box.Open("/d");
        Assert.That(box.Files.OpenWatcher(box.Process, StatusFlags.NonBlocking, out OpenFile? watcher), Is.EqualTo(Errno.Success));
        early.Write("told to nobody"u8, out _);
        Watch(box, watcher!, "/d", WatchEvents.All);
        Watch(box, watcher!, "/d/f", WatchEvents.Modify);
        early.Read(new byte[1], out _);
        early.Write("x"u8, out _);
        early.SetSize(3);
        box.Files.SetMode(box.Process, early, 0x180);
        early.ReadAt(new byte[1], 0, out _);
        early.Release();
        directory.Release();
        Assert.That(Events(watcher!), Is.EqualTo(new[]
        {
            "1 Modify f", "2 Modify", "1 Modify f", "2 Modify", "1 Attributes f", "1 Access f", "1 CloseWrite f", "1 CloseNoWrite, IsDirectory",
        }));
        watcher!.Release();
    }

    [Test]
    public void An_early_file_is_looked_for_in_directories_as_they_come_to_be_watched()
    {
        using TestBox box = new();
        box.MakeDirectory("/d");
        box.MakeDirectory("/e");
        box.Write("/d/f", "content");
        box.Write("/d/gone", "content");
        OpenFile early = box.Open("/d/f", access: AccessModes.Write);
        OpenFile gone = box.Open("/d/gone", access: AccessModes.Write);
        Assert.That(box.Files.OpenWatcher(box.Process, StatusFlags.NonBlocking, out OpenFile? watcher), Is.EqualTo(Errno.Success));
        Watch(box, watcher!, "/e", WatchEvents.All);
        early.Write("x"u8, out _);
        Assert.That(Events(watcher!), Is.Empty);
        box.Unlink("/d/gone");
        Watch(box, watcher!, "/d", WatchEvents.All);
        early.Write("x"u8, out _);
        gone.Write("x"u8, out _);
        Assert.That(Events(watcher!), Is.EqualTo(new[] { "2 Modify f" }));
        early.Release();
        gone.Release();
        watcher!.Release();
    }

    [Test]
    public void Copying_a_range_reads_one_file_and_changes_the_other()
    {
        Watch("/d", WatchEvents.Access | WatchEvents.Modify);
        OpenFile source = _box.Open("/d/f");
        OpenFile target = _box.Open("/d/g", OpenFlags.Create, AccessModes.Write);
        Assert.That(source.CopyTo(target, null, null, 4, out long count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(4));
        source.Release();
        target.Release();
        Assert.That(Events(), Is.EqualTo(new[] { "1 Access f", "1 Modify g" }));
    }

    private static void Watch(TestBox box, OpenFile watcher, string path, WatchEvents events) =>
        Assert.That(box.Files.AddWatch(watcher, box.Path(path), events, out _), Is.EqualTo(Errno.Success));

    private int Watch(string path, WatchEvents events)
    {
        Assert.That(_box.Files.AddWatch(_watcher, _box.Path(path), events, out int watch), Is.EqualTo(Errno.Success));
        return watch;
    }

    /// <summary>What there is to read, as "watch events name #cookie".</summary>
    private List<string> Events() => Events(_watcher);

    private static List<string> Events(OpenFile watcher)
    {
        byte[] buffer = new byte[4096];
        List<string> events = [];
        if (watcher.Read(buffer, out int count) != Errno.Success)
        {
            return events;
        }

        for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, count); !rest.IsEmpty;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
            uint cookie = BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]);
            string name = Encoding.UTF8.GetString(rest.Slice(16, length)).TrimEnd('\0');
            events.Add($"{BinaryPrimitives.ReadInt32LittleEndian(rest)} {(WatchEvents)BinaryPrimitives.ReadUInt32LittleEndian(rest[4..])}"
                + (name.Length > 0 ? $" {name}" : "") + (cookie > 0 ? $" #{cookie}" : ""));
            rest = rest[(16 + length)..];
        }

        return events;
    }
}
