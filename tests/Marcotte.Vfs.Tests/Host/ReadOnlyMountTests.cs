using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>Read-only means read-only for every verb, by the namespace and by the driver alone.</summary>
[TestFixtureSource(typeof(TestTree), nameof(TestTree.All))]
internal sealed class ReadOnlyMountTests(Driver driver)
{
    private static readonly Creation Any = new(0x1FF, 0, 0);

    private TestTree _tree = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new TestTree(driver);
        _tree.HostWrite(_tree.Inside + "/f", "content");
        _tree.HostMakeDirectory(_tree.Inside + "/d");
    }

    [TearDown]
    public void TearDown()
    {
        Assert.That(_tree.HostRead(_tree.Inside + "/f"), Is.EqualTo("content"));
        Assert.That(_tree.HostExists(_tree.Inside + "/d"), Is.True);
        Assert.That(_tree.HostExists(_tree.Inside + "/new"), Is.False);
        _tree.AssertOutsideUntouched();
        _tree.Dispose();
    }

    [Test]
    public void EveryVerbIsRefusedByTheNamespace()
    {
        using MountedBox box = _tree.Box(readOnly: true);
        Assert.That(box.Read("/f"), Is.EqualTo("content"));
        Assert.That(box.TryOpen("/f", OpenFlags.None, AccessModes.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(box.TryOpen("/f", OpenFlags.Truncate, AccessModes.Read), Is.EqualTo(Errno.RoFs), "truncate as write");
        Assert.That(box.TryOpen("/f", OpenFlags.Truncate, AccessModes.None), Is.EqualTo(Errno.RoFs), "truncate as write");
        Assert.That(box.TryOpen("/new", OpenFlags.Create, AccessModes.Read), Is.EqualTo(Errno.RoFs));
        Assert.That(box.MakeDirectory("/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.RemoveDirectory("/d"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Unlink("/f"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Rename("/f", "/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Link("/f", "/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.SymbolicLink("f", "/new"), Is.EqualTo(Errno.RoFs));
        Assert.That(box.SetTimes("/f", new TimeUpdate(0, 0)), Is.EqualTo(Errno.RoFs));
    }

    [Test]
    public void EveryVerbIsRefusedByTheDriverAlone()
    {
        using FileSystemSource source = _tree.Source(readOnly: true);
        using FileSystem files = source.Open(new Kernel(Limits.Default));
        Inode root = files.Root;
        Assert.That(files.IsReadOnly, Is.True);
        Assert.That(root.Lookup("f"u8, out Inode? file), Is.EqualTo(Errno.Success));
        Assert.That(file!.Open(new InodeOpen(AccessModes.Write, StatusFlags.None), out _), Is.EqualTo(Errno.RoFs));
        Assert.That(file.Open(new InodeOpen(AccessModes.Read, StatusFlags.None, Truncate: true), out _), Is.EqualTo(Errno.RoFs));
        Assert.That(root.Create("new"u8, Any, new InodeOpen(AccessModes.Read, StatusFlags.None), out _), Is.EqualTo(Errno.RoFs));
        Assert.That(root.MakeDirectory("new"u8, Any), Is.EqualTo(Errno.RoFs));
        Assert.That(root.RemoveDirectory("d"u8), Is.EqualTo(Errno.RoFs));
        Assert.That(root.Unlink("f"u8), Is.EqualTo(Errno.RoFs));
        Assert.That(root.Rename("f"u8, root, "new"u8, RenameMode.Replace), Is.EqualTo(Errno.RoFs));
        Assert.That(root.Link("new"u8, file), Is.EqualTo(Errno.RoFs));
        Assert.That(root.SymbolicLink("new"u8, "f"u8, Any), Is.EqualTo(Errno.RoFs));
        Assert.That(file.SetTimes(new TimeUpdate(0, 0)), Is.EqualTo(Errno.RoFs));
        Assert.That(root.SetTimes(new TimeUpdate(0, 0)), Is.EqualTo(Errno.RoFs));

        // Even an open file that claims it may write.
        Assert.That(file.Open(new InodeOpen(AccessModes.Read, StatusFlags.None), out OpenFile? opened), Is.EqualTo(Errno.Success));
        Assert.That(opened!.Operations.WriteAt(opened, "x"u8, 0, out _), Is.EqualTo(Errno.RoFs));
        Assert.That(opened.Operations.Append(opened, "x"u8, out _, out _), Is.EqualTo(Errno.RoFs));
        Assert.That(opened.Operations.SetSize(opened, 0), Is.EqualTo(Errno.RoFs));
        Assert.That(opened.Operations.Allocate(opened, 0, 100, Allocation.Extend), Is.EqualTo(Errno.RoFs));
        Assert.That(opened.Operations.SetTimes(opened, new TimeUpdate(0, 0)), Is.EqualTo(Errno.RoFs));
        opened.Release();
        file.Release();
    }

    /// <summary>Two mounts of one directory, one of them read-only: a name cannot cross from the one to the other.</summary>
    [Test]
    public void LinkAcrossRights()
    {
        using MountedBox box = new(_tree.Source(readOnly: true), readOnly: true, second: _tree.Source());
        Assert.That(box.Link("/f", "/second/new"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Rename("/f", "/second/new"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Rename("/second/f", "/new"), Is.EqualTo(Errno.XDev));
        Assert.That(box.Read("/second/f"), Is.EqualTo("content"));

        using FileSystemSource source = _tree.Source();
        using FileSystem one = source.Open(box.Kernel);
        using FileSystem other = source.Open(box.Kernel);
        Assert.That(one.Root.Lookup("f"u8, out Inode? file), Is.EqualTo(Errno.Success));
        Assert.That(other.Root.Link("new"u8, file!), Is.EqualTo(Errno.XDev), "the driver alone");
        Assert.That(one.Root.Rename("f"u8, other.Root, "new"u8, RenameMode.Replace), Is.EqualTo(Errno.XDev), "the driver alone");
        file!.Release();
    }
}
