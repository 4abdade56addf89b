using System.IO.Abstractions;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Watchers, on .NET's own file system and on a box's trees.</summary>
public sealed class WatcherContractTests(Target target) : FileSystemContract(target)
{
    private const NotifyFilters Names = NotifyFilters.FileName | NotifyFilters.DirectoryName;

    [Test]
    public void NamesComeMoveAndGo()
    {
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events);
        Make("f");
        Directory.CreateDirectory(At("d"));
        File.Move(At("f"), At("g"));
        File.Delete(At("g"));
        Directory.Delete(At("d"));
        Assert.That(events.UpTo("deleted d"), Is.EqualTo(new[] { "created f", "created d", "renamed f g", "deleted g", "deleted d" }));
    }

    [Test]
    public void ChangesAreTold()
    {
        Make("f");
        using IFileSystemWatcher watcher = Watch(NotifyFilters.LastWrite, out WatchedEvents events);
        Make("other/x");
        File.AppendAllText(At("f"), "more");
        Assert.That(events.UpTo("changed f"), Has.None.StartsWith("created"));
    }

    [Test]
    public void FiltersPick()
    {
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events);
        watcher.Filters.Clear();
        watcher.Filters.Add("*.txt");
        watcher.Filters.Add("last");
        Make("a.bin");
        Make("b.txt");
        File.Move(At("a.bin"), At("a.txt"));
        File.Move(At("b.txt"), At("b.bin"));
        Make("last");
        Assert.That(events.UpTo("created last"), Is.EqualTo(new[] { "created b.txt", "renamed a.bin a.txt", "renamed b.txt b.bin", "created last" }));
    }

    [TestCase(NotifyFilters.FileName, "created f")]
    [TestCase(NotifyFilters.DirectoryName, "created d")]
    public void KindsOfNamesAreToldApart(NotifyFilters filter, string expected)
    {
        using IFileSystemWatcher watcher = Watch(filter, out WatchedEvents events);
        Directory.CreateDirectory(At("d"));
        Make("f");
        Assert.That(events.UpTo(expected), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void OnlySubdirectoriesThatAreWantedAreWatched()
    {
        Make("d/f");
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events);
        File.Delete(At("d/f"));
        Make("last");
        Assert.That(events.UpTo("created last"), Is.EqualTo(new[] { "created last" }));
    }

    [Test]
    public void SubdirectoriesAreFollowedWhereTheyGo()
    {
        Make("d/sub/f");
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events, deep: true);
        Directory.Move(At("d"), At("e"));
        Assert.That(events.UpTo("renamed d e"), Has.Length.EqualTo(1));
        File.Delete(At("e/sub/f"));
        Assert.That(events.UpTo("deleted e/sub/f"), Has.Length.EqualTo(1));
    }

    [Test]
    public void NewSubdirectoriesAreWatched()
    {
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events, deep: true);
        Directory.CreateDirectory(At("d"));
        Make("mark");
        events.UpTo("created mark");
        Make("d/f");
        Assert.That(events.UpTo("created d/f"), Is.EqualTo(new[] { "created d/f" }));
    }

    [Test]
    public void ADirectoryThatLeftIsWatchedNoMore()
    {
        Make("in/d/f");
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events, deep: true, "in");
        Directory.Move(At("in/d"), At("out"));
        Assert.That(events.UpTo("deleted d"), Has.Length.EqualTo(1));
        Make("in/next");
        Assert.That(events.UpTo("created next"), Has.Length.EqualTo(1));
    }

    [Test]
    public void NothingIsToldWhileSwitchedOff()
    {
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events);
        watcher.EnableRaisingEvents = false;
        Make("unseen");
        watcher.EnableRaisingEvents = true;
        Make("seen");
        Assert.That(events.UpTo("created seen"), Is.EqualTo(new[] { "created seen" }));
    }

    [Test]
    public void AWaitEndsByAChangeOrByTime()
    {
        using IFileSystemWatcher watcher = Files.FileSystemWatcher.New(Root);
        Assert.That(watcher.WaitForChanged(WatcherChangeTypes.All, 1).TimedOut, Is.True);
        Assert.That(watcher.EnableRaisingEvents, Is.False);

        watcher.EnableRaisingEvents = true;
        Task<IWaitForChangedResult> wait = Task.Run(() => watcher.WaitForChanged(WatcherChangeTypes.Renamed, TimeSpan.FromSeconds(30)));
        for (int i = 0; !wait.IsCompleted; i++)
        {
            Make($"f{i}");
            File.Move(At($"f{i}"), At($"g{i}"));
            wait.Wait(10);
        }

        Assert.That(wait.Result.ChangeType, Is.EqualTo(WatcherChangeTypes.Renamed));
        Assert.That(wait.Result.OldName, Does.StartWith("f"));
        Assert.That(wait.Result.TimedOut, Is.False);
    }

    [Test]
    public void PathsAreFullAndNamesBeginBelow()
    {
        Directory.CreateDirectory(At("d"));
        using IFileSystemWatcher watcher = Watch(Names, out WatchedEvents events, deep: true);
        string? path = null;
        watcher.Created += (_, e) => path ??= e.FullPath;
        watcher.Created += (_, e) => watcher.EnableRaisingEvents = e.Name != "last";
        Make("d/f");
        Make("last");
        Assert.That(events.UpTo("created last"), Is.EqualTo(new[] { "created d/f", "created last" }));
        Assert.That(path, Is.EqualTo(At("d/f")));
    }

    [Test]
    public void SettingsAreChecked()
    {
        using IFileSystemWatcher watcher = Files.FileSystemWatcher.New(Root, string.Empty);
        Assert.That(watcher.Filter, Is.EqualTo("*"));
        watcher.Filter = "*.*";
        Assert.That(watcher.Filters, Is.EqualTo(new[] { "*" }));
        watcher.Filters.Clear();
        Assert.That(watcher.Filter, Is.EqualTo("*"));
        watcher.InternalBufferSize = 1;
        Assert.That(watcher.InternalBufferSize, Is.EqualTo(4096));
        Assert.That(watcher.NotifyFilter, Is.EqualTo(Names | NotifyFilters.LastWrite));
        Assert.That(() => watcher.NotifyFilter = (NotifyFilters)0x10000, Throws.ArgumentException.With.Message.EqualTo(
            "The value of argument 'value' (65536) is invalid for Enum type 'NotifyFilters'."));
        Assert.That(() => watcher.Path = null!, Refuses("The directory name  is invalid.", "Path"));
        Assert.That(() => watcher.Path = At("missing"), Refuses($"The directory name '{At("missing")}' does not exist.", "Path"));
        Assert.That(() => Files.FileSystemWatcher.New(Make("f")), Refuses($"The directory name '{At("f")}' does not exist.", "path"));
        Assert.That(() => Files.FileSystemWatcher.New(string.Empty), Throws.ArgumentException);
        Assert.That(() => Files.FileSystemWatcher.New(null!), Throws.ArgumentNullException);
        Assert.That(() => Files.FileSystemWatcher.New(Root, null!), Throws.ArgumentNullException);
        Assert.That(watcher.Path, Is.EqualTo(Root));
    }

    [Test]
    public void ADisposedWatcherStaysSilent()
    {
        IFileSystemWatcher watcher = Watch(Names, out _);
        watcher.Dispose();
        Assert.That(() => watcher.EnableRaisingEvents = true, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => watcher.EnableRaisingEvents = false, Throws.Nothing);
        Assert.That(() => watcher.WaitForChanged(WatcherChangeTypes.All, 1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(watcher.Dispose, Throws.Nothing);
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refuses(string message, string parameter) =>
        Throws.ArgumentException.With.Message.StartsWith(message).And.Property("ParamName").EqualTo(parameter);

    private IFileSystemWatcher Watch(NotifyFilters filter, out WatchedEvents events, bool deep = false, string? path = null)
    {
        IFileSystemWatcher watcher = Files.FileSystemWatcher.New(path is null ? Root : At(path));
        watcher.NotifyFilter = filter;
        watcher.IncludeSubdirectories = deep;
        events = new WatchedEvents(watcher);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }
}
