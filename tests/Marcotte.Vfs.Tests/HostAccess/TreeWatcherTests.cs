using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Watchers of a box's tree, where .NET's own have no such thing or leave it to chance.</summary>
internal sealed class TreeWatcherTests
{
    private TestBox _box = null!;
    private TreeFileSystem _files = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox(limits: Limits.Default with { Watches = 8 });
        _files = TreeFileSystem.Of(_box.Kernel);
    }

    [TearDown]
    public void TearDown()
    {
        _files.Dispose();
        _box.Dispose();
    }

    [Test]
    public void WhatAGuestDoesIsTold()
    {
        using IFileSystemWatcher watcher = Watch(out WatchedEvents events);
        OpenFile file = _box.Create("/f");
        file.Write("x"u8, out _);
        file.Release();
        _box.Rename("/f", "/g");
        _box.Unlink("/g");
        Assert.That(events.UpTo("deleted g"), Is.EqualTo(new[] { "created f", "changed f", "renamed f g", "deleted g" }));
    }

    [Test]
    public void AllThatIsInANewDirectoryIsToldOnce()
    {
        using IFileSystemWatcher watcher = Watch(out WatchedEvents events, NotifyFilters.FileName | NotifyFilters.DirectoryName);
        _box.MakeDirectory("/d");
        _box.MakeDirectory("/d/sub");
        _box.Write("/d/sub/f", "");
        _box.Unlink("/d/sub/f");
        _box.Write("/d/sub/f", "");
        _box.MakeDirectory("/d/more");
        _box.Write("/last", "");
        string[] told = events.UpTo("created last");
        string[] expected = ["created d", "created d/sub", "created d/sub/f", "created d/more"];
        Assert.That(expected, Is.SubsetOf(told));
        Assert.That(told.Where(text => !text.EndsWith("d/sub/f", StringComparison.Ordinal)), Is.Unique);
        string[] ofFile = [.. told.Where(text => text.EndsWith("d/sub/f", StringComparison.Ordinal))];
        Assert.That(ofFile[^1], Is.EqualTo("created d/sub/f"));
        Assert.That(ofFile.Zip(ofFile.Skip(1)).Where(pair => pair.First == pair.Second), Is.Empty);
    }

    [Test]
    public void BothSidesOfARenameAreOneHoweverFastTheHandlersAre()
    {
        using IFileSystemWatcher watcher = Watch(out WatchedEvents events, NotifyFilters.FileName);
        _box.Write("/f0", "");
        events.UpTo("created f0");
        for (int i = 0; i < 500; i++)
        {
            string moved = $"renamed f{i} f{i + 1}";
            _box.Rename($"/f{i}", $"/f{i + 1}");
            Assert.That(events.UpTo(moved), Is.EqualTo(new[] { moved }));
        }
    }

    [Test]
    public void TooManyChangesAreAnErrorAndWatchingGoesOn()
    {
        using IFileSystemWatcher watcher = Watch(out WatchedEvents events, NotifyFilters.FileName | NotifyFilters.DirectoryName);
        using ManualResetEventSlim going = new();
        watcher.Created += (_, _) => going.Wait();
        for (int i = 0; i < 1000; i++)
        {
            _box.Write($"/f{i}", "");
        }

        _box.MakeDirectory("/d");
        going.Set();
        Assert.That(events.UpTo("error InternalBufferOverflowException"), Has.Length.InRange(100, 500));
        _box.Write("/mark", "");
        events.UpTo("created mark");
        _box.Write("/d/inside", "");
        Assert.That(events.UpTo("created d/inside"), Is.EqualTo(new[] { "created d/inside" }));
    }

    [Test]
    public void WatchesAreTheBoxs()
    {
        using IFileSystemWatcher watcher = Watch(out WatchedEvents events);
        for (int i = 0; i < 8; i++)
        {
            _box.MakeDirectory($"/d{i}");
        }

        Assert.That(events.UpTo("error IOException"), Does.Contain("created d7"));
        watcher.Dispose();
        using IFileSystemWatcher other = Watch(out events, deep: false);
        _box.Write("/f", "");
        Assert.That(events.UpTo("created f"), Has.Length.EqualTo(1));
    }

    [Test]
    public void TheEndOfTheViewIsTheEndOfItsWatchers()
    {
        IFileSystemWatcher watcher = Watch(out WatchedEvents events, deep: false);
        _files.Dispose();
        _box.Write("/f", "");
        for (int i = 0; i < 8; i++)
        {
            _box.MakeDirectory($"/d{i}");
            Assert.That(AddWatch($"/d{i}"), Is.EqualTo(Errno.Success));
        }

        Assert.That(events.IsEmpty, Is.True);
        Assert.That(() => _files.FileSystemWatcher.New("/"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(watcher.Dispose, Throws.Nothing);
    }

    [Test]
    public void TheEndOfTheBoxIsTheEndOfItsWatchers()
    {
        IFileSystemWatcher watcher = Watch(out _);
        _box.Write("/f", "");
        _box.Kernel.Dispose();
        Assert.That(watcher.Dispose, Throws.Nothing);
    }

    [Test]
    public void ADirectoryThatIsNobodysIsNotLookedInto()
    {
        _box.MakeDirectory("/secret", 0x1C0);
        _box.MakeDirectory("/open");
        TreeFileSystem files = _files.As(new Credentials(5, 5));
        using IFileSystemWatcher watcher = files.FileSystemWatcher.New("/");
        watcher.IncludeSubdirectories = true;
        WatchedEvents events = new(watcher);
        watcher.EnableRaisingEvents = true;
        _box.Write("/secret/f", "");
        _box.Write("/open/f", "");
        Assert.That(events.UpTo("created open/f"), Has.None.Contains("secret"));
    }

    [Test]
    public void WhatTellsOfNothingIsRefusedByName()
    {
        using Kernel kernel = new(Limits.Default);
        IFileSystem files = TreeFileSystem.Of(kernel);
        Assert.That(() => files.FileSystemWatcher.New("/"), Throws.TypeOf<NotSupportedException>().With.Message.Contains("FileNamespace"));
    }

    private IFileSystemWatcher Watch(
        out WatchedEvents events,
        NotifyFilters filter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
        bool deep = true)
    {
        IFileSystemWatcher watcher = _files.FileSystemWatcher.New("/");
        watcher.NotifyFilter = filter;
        watcher.IncludeSubdirectories = deep;
        events = new WatchedEvents(watcher);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private Errno AddWatch(string path)
    {
        Assert.That(_box.Files.OpenWatcher(_box.Process, StatusFlags.NonBlocking, out OpenFile? watcher), Is.EqualTo(Errno.Success));
        return _box.Files.AddWatch(watcher!, _box.Path(path), WatchEvents.All, out _);
    }
}
