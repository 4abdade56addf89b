using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>Rules over parts of the tree: the walker asks on inodes, whatever the path looks like (SECURITY-CASES: check on raw path).</summary>
[Category("security: check on raw path")]
internal sealed class GuardTests
{
    private TestBox _box = null!;

    [SetUp]
    public void SetUp()
    {
        _box = new TestBox();
        _box.MakeDirectory("/a");
        _box.MakeDirectory("/a/b");
        _box.MakeDirectory("/a/b/c");
        _box.Write("/a/b/f", "content");
        _box.Write("/a/out", "x");
        _box.SymbolicLink("/a/b", "/link");
    }

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("/a/b/f")]
    [TestCase("/a/./b//f")]
    [TestCase("/a/b/c/../f")]
    [TestCase("/a/b/../b/f")]
    [TestCase("/link/f")]
    [TestCase("/a/../link/c/../f")]
    public void EveryWayThereIsUnderTheRule(string path)
    {
        Guard("/a/b", PathVerbs.Write);
        Assert.That(_box.TryOpen(path, access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen(path, OpenFlags.Truncate), Is.EqualTo(Errno.Access));
        Assert.That(_box.Read(path), Is.EqualTo("content"));
        Assert.That(_box.TryOpen("/a/out", access: AccessModes.Write), Is.EqualTo(Errno.Success), "beside it");
    }

    [Test]
    public void DescriptorsBelowStayBelow()
    {
        Guard("/a/b", PathVerbs.Write | PathVerbs.Change);
        OpenFile file = _box.Open("/a/b/f");
        Assert.That(_box.Files.SetTimes(_box.Process, file, new TimeUpdate(1, 1)), Is.EqualTo(Errno.Access));
        _box.At = _box.OpenDirectory("/a/b/c");
        Assert.That(_box.TryOpen("../f", access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("../../out", access: AccessModes.Write), Is.EqualTo(Errno.Success), "left by ..");
        Assert.That(_box.Files.SetTimes(_box.Process, _box.At, new TimeUpdate(1, 1)), Is.EqualTo(Errno.Access));
        _box.At = null;
        Assert.That(_box.Files.ChangeDirectory(_box.Path("/a/b")), Is.EqualTo(Errno.Success));
        Assert.That(_box.TryOpen("f", access: AccessModes.Write), Is.EqualTo(Errno.Access));
    }

    [Test]
    public void EveryVerbIsAsked()
    {
        List<AuditEvent> told = [];
        _box.Kernel.Audit = new Sink(told);
        Place(new PathRule("/a/b", PathAction.Observe));
        Asks(PathVerbs.Stat, () => _box.TryStat("/a/b/f"));
        Asks(PathVerbs.Read, () => _box.TryOpen("/a/b/f"));
        Asks(PathVerbs.Read | PathVerbs.Write, () => _box.TryOpen("/a/b/f", access: AccessModes.ReadWrite));
        Asks(PathVerbs.List, () => _box.TryOpen("/a/b", OpenFlags.Directory));
        Asks(PathVerbs.Create | PathVerbs.Write, () => _box.TryOpen("/a/b/new", OpenFlags.Create, AccessModes.Write));
        Asks(PathVerbs.Create, () => _box.MakeDirectory("/a/b/d"));
        Asks(PathVerbs.Create, () => _box.SymbolicLink("x", "/a/b/l"));
        Asks(PathVerbs.Stat, () => _box.ReadLink("/a/b/l", out _));
        Asks(PathVerbs.Create, () => _box.Rename("/a/b/f", "/a/b/g"));
        Asks(PathVerbs.Create, () => _box.Link("/a/b/g", "/a/b/h"));
        Asks(PathVerbs.Remove, () => _box.Unlink("/a/b/h"));
        Asks(PathVerbs.Remove, () => _box.RemoveDirectory("/a/b/d"));
        Asks(PathVerbs.Change, () => _box.Files.SetTimes(_box.Path("/a/b/g"), new TimeUpdate(1, 1)));
        Asks(PathVerbs.Write, () => _box.Files.SetSize(_box.Path("/a/b/g"), 1));
        Asks(PathVerbs.Write, () => _box.Files.Access(_box.Path("/a/b/g"), AccessCheck.Write));
        Asks(PathVerbs.Stat, () => _box.Files.StatFileSystem(_box.Path("/a/b/g"), out _));
        Asks(PathVerbs.Stat, () => _box.Files.ChangeDirectory(_box.Path("/a/b")));
        int asked = told.Count;
        _box.TryStat("/a/out");
        Assert.That(told, Has.Count.EqualTo(asked), "nothing is asked beside it");

        void Asks(PathVerbs verbs, Func<Errno> call)
        {
            Assert.That(call(), Is.EqualTo(Errno.Success));
            Assert.That(((PathObserved)told[^1]).Verbs, Is.EqualTo(verbs));
        }
    }

    /// <summary>What is denied is not done, whatever the call.</summary>
    [Test]
    public void NothingThatIsDeniedIsDone()
    {
        string[] before = Tree();
        Guard("/a/b", PathVerbs.All);
        Errno[] answers =
        [
            _box.TryStat("/a/b/f"),
            _box.TryOpen("/a/b/f"),
            _box.TryOpen("/a/b/f", OpenFlags.Truncate),
            _box.TryOpen("/a/b", OpenFlags.Directory),
            _box.TryOpen("/a/b/new", OpenFlags.Create, AccessModes.Write),
            _box.MakeDirectory("/a/b/d"),
            _box.SymbolicLink("x", "/a/b/l"),
            _box.Rename("/a/b/f", "/a/b/g"),
            _box.Link("/a/b/f", "/a/b/h"),
            _box.Unlink("/a/b/f"),
            _box.RemoveDirectory("/a/b/c"),
            _box.Files.SetTimes(_box.Path("/a/b/f"), new TimeUpdate(1, 1)),
            _box.Files.SetMode(_box.Path("/a/b/f"), 0),
            _box.Files.SetOwner(_box.Path("/a/b/f"), new OwnerUpdate(1, 1)),
            _box.Files.SetSize(_box.Path("/a/b/f"), 1),
            _box.Files.ChangeDirectory(_box.Path("/a/b")),
        ];
        Assert.That(answers, Has.All.EqualTo(Errno.Access));
        Place(new PathRule("/a/b", PathAction.Allow));
        Assert.That(Tree(), Is.EqualTo(before));

        string[] Tree() => [.. _box.List("/a/b"), _box.Read("/a/b/f"), _box.Stat("/a/b/f").ToString()];
    }

    /// <summary>An exchange moved only the one directory as far as rules went, and so left the rule's path to a directory of the guest's.</summary>
    [Test]
    public void AnExchangeLeavesWhatIsAboveARule()
    {
        _box.MakeDirectory("/mine");
        Guard("/a/b/c", PathVerbs.All);
        PathReference above = _box.Path("/a");
        Assert.That(_box.Files.Rename(above, _box.Path("/mine"), RenameMode.Exchange), Is.EqualTo(Errno.Busy));
        Assert.That(_box.Files.Rename(_box.Path("/mine"), above, RenameMode.Exchange), Is.EqualTo(Errno.Busy));
    }

    /// <summary>Rules were sought from the inodes of before.</summary>
    [Test]
    public void ARestoredTreeKeepsItsRules()
    {
        MemoryFileSystem files = (MemoryFileSystem)_box.Files.Mounts.Root.FileSystem;
        TreeSnapshot snapshot = files.Snapshot();
        Guard("/a/b", PathVerbs.Write);
        files.Restore(snapshot);
        Assert.That(_box.Rename("/a", "/elsewhere"), Is.EqualTo(Errno.Busy));
        Assert.That(_box.TryOpen("/a/b/c/../f", access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/a/b/../out", access: AccessModes.Write), Is.EqualTo(Errno.Success), "left by ..");
    }

    [Test]
    public void NothingCrossesAndTheNameStays()
    {
        Guard("/a/b", PathVerbs.Execute);
        Assert.Multiple(() =>
        {
            Assert.That(_box.Rename("/a/b/f", "/a/g"), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Rename("/a/out", "/a/b/g"), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Link("/a/b/f", "/a/g"), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Link("/a/out", "/a/b/g"), Is.EqualTo(Errno.XDev));
            Assert.That(_box.Rename("/a/b", "/a/z"), Is.EqualTo(Errno.Busy));
            Assert.That(_box.RemoveDirectory("/a/b"), Is.EqualTo(Errno.Busy));
            Assert.That(_box.Rename("/a", "/z"), Is.EqualTo(Errno.Busy), "nor is it taken along");
            Assert.That(_box.Rename("/a/out", "/a/moved"), Is.EqualTo(Errno.Success));
            Assert.That(_box.Rename("/a/b/f", "/a/b/g"), Is.EqualTo(Errno.Success), "within");
            Assert.That(_box.Stat("/a/b").Device, Is.EqualTo(_box.Stat("/a").Device));
            Assert.That(_box.List("/a"), Is.EquivalentTo(new[] { ".", "..", "b", "moved" }), "listed once");
        });
    }

    [Test]
    public void ARuleOverAFileAndOverNothing()
    {
        Guard("/a/out", PathVerbs.Read | PathVerbs.Create);
        Guard("/a/none", PathVerbs.Read | PathVerbs.Create);
        Assert.That(_box.TryOpen("/a/out"), Is.EqualTo(Errno.Access));
        Assert.That(_box.Rename("/a/out", "/a/x"), Is.EqualTo(Errno.Busy));
        Assert.That(_box.Link("/a/out", "/a/x"), Is.EqualTo(Errno.XDev));
        Assert.That(_box.TryOpen("/a/none", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.MakeDirectory("/a/none"), Is.EqualTo(Errno.Access));
        Assert.That(_box.Rename("/a/b", "/a/none"), Is.EqualTo(Errno.Access), "nor moved there");
        Assert.That(_box.Link("/a/b/f", "/a/none"), Is.EqualTo(Errno.XDev), "nor linked");
        Guard("/a/none", PathVerbs.Read);
        _box.Write("/a/none", "x");
        Assert.That(_box.TryOpen("/a/none"), Is.EqualTo(Errno.Access));
        Assert.That(_box.Unlink("/a/none"), Is.EqualTo(Errno.Success));
    }

    /// <summary>Names of which not even the directory is there: the rule comes into being with it.</summary>
    [Test]
    public void ARuleWaitsForItsDirectory()
    {
        Guard("/home/user/.ssh/id", PathVerbs.Write | PathVerbs.Create);
        Guard("/home/user/.ssh/known", PathVerbs.Write | PathVerbs.Create);
        Guard("/home/user/.netrc", PathVerbs.Write | PathVerbs.Create);
        foreach (string path in new[] { "/home", "/home/user", "/home/user/.ssh" })
        {
            Assert.That(_box.Rename("/a", path), Is.EqualTo(path == "/home" ? Errno.Busy : Errno.XDev));
            Assert.That(_box.MakeDirectory(path), Is.EqualTo(Errno.Success));
            _box.OpenDirectory(path).Release();
        }

        Assert.That(_box.TryOpen("/home/user/.ssh/id", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/home/user/.ssh/known", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/home/user/.netrc", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(_box.TryOpen("/home/user/other", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Success));
        _box.At = _box.OpenDirectory("/home/user");
        Assert.That(_box.TryOpen("../user/.ssh/id", OpenFlags.Create, AccessModes.Write), Is.EqualTo(Errno.Access));
        _box.At = null;
        Assert.That(_box.Rename("/home/user", "/home/u"), Is.EqualTo(Errno.Busy));
        Assert.That(_box.TryStat("/home/user/.ssh/../../.."), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void InnerRulesCountAndMountsTakeTheOuterOn()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/a/m").MountMemory("/a/m/deep"));
        box.MakeDirectory("/a/in");
        Place(
            box.Files.Mounts,
            new PathRule("/", PathAction.Deny, PathVerbs.Create),
            new PathRule("/a/in", PathAction.Allow),
            new PathRule("/a/m/deep", PathAction.Allow));
        Assert.That(box.MakeDirectory("/x"), Is.EqualTo(Errno.Access));
        Assert.That(box.MakeDirectory("/a/m/x"), Is.EqualTo(Errno.Access), "a mount is under the rule around it");
        Assert.That(box.MakeDirectory("/a/in/x"), Is.EqualTo(Errno.Success));
        Assert.That(box.MakeDirectory("/a/m/deep/x"), Is.EqualTo(Errno.Success));
        Assert.That(box.MakeDirectory("/a/m/deep/../x"), Is.EqualTo(Errno.Access));
        Assert.That(box.MakeDirectory("/a/in/../../x"), Is.EqualTo(Errno.Access));
    }

    /// <summary>A mount within a part leads back into it: <c>..</c> is no way out of a rule.</summary>
    [Test]
    public void MountsWithinAPartLeadBackIntoIt()
    {
        using TestBox box = new(options => options.MountMemory("/").MountMemory("/a/b/m"));
        Place(box.Files.Mounts, new PathRule("/a/b", PathAction.Deny, PathVerbs.Create));
        Assert.That(box.MakeDirectory("/a/b/m/../x"), Is.EqualTo(Errno.Access));
        Assert.That(box.MakeDirectory("/a/b/m/x"), Is.EqualTo(Errno.Access));
        Assert.That(box.MakeDirectory("/a/b/m/../../x"), Is.EqualTo(Errno.Success));
        MountNamespace clone = box.Files.Mounts.Clone();
        using Vfs.Namespace files = new(box.Kernel, clone);
        Process other = new(box.Kernel, 2);
        Assert.That(files.MakeDirectory(new PathReference(other, null, "/a/b/m/../y"u8, PathFlags.None), 0x1FF), Is.EqualTo(Errno.Access), "in a clone too");
    }

    [Test]
    public void WithinAPartTheWorkingDirectoryHasItsWholePath()
    {
        Guard("/a/b", PathVerbs.Write);
        _box.Files.ChangeDirectory(_box.Path("/a/b/c"));
        byte[] buffer = new byte[100];
        Assert.That(_box.Files.WorkingDirectory(_box.Process, buffer, out int count), Is.EqualTo(Errno.Success));
        Assert.That(Encoding.UTF8.GetString(buffer, 0, count), Is.EqualTo("/a/b/c"));
    }

    [Test]
    public void OnTheHostToo([ValueSource(typeof(TestTree), nameof(TestTree.All))] Driver driver)
    {
        using TestTree tree = new(driver);
        tree.HostMakeDirectory(tree.Inside + "/d");
        tree.HostWrite(tree.Inside + "/d/f", "x");
        using MountedBox box = tree.Box();
        Place(
            box.Files.Mounts,
            new PathRule("/d", PathAction.Deny, PathVerbs.Write | PathVerbs.Create),
            new PathRule("/later/on", PathAction.Deny, PathVerbs.Write | PathVerbs.Create));
        Assert.That(box.TryOpen("/d/../d/f", access: AccessModes.Write), Is.EqualTo(Errno.Access));
        Assert.That(box.Rename("/d", "/e"), Is.EqualTo(Errno.Busy));
        tree.HostMakeDirectory(tree.Inside + "/later");
        Assert.That(box.MakeDirectory("/later/on"), Is.EqualTo(Errno.Access));
        Assert.That(box.MakeDirectory("/later/other"), Is.EqualTo(Errno.Success));
    }

    /// <summary>A template's path rules reach its boxes, and what is denied is in the audit.</summary>
    [Test]
    public void RulesOfTheKernelAreUpWhenTheMountsAre()
    {
        List<AuditEvent> told = [];
        using Layer layer = new VfsOptions().MountMemory("/").WriteFile("/etc/secret", "x").Build(Limits.Default);
        using Kernel kernel = new(Limits.Default)
        {
            Paths = new PathPolicy([new PathRule("/etc", PathAction.Deny, PathVerbs.Read, Errno.Perm)]),
            Audit = new Sink(told),
        };
        layer.Attach(kernel);
        Process process = new(kernel, 1);
        layer.Start(process);
        PathReference path = new(process, null, "/./etc//secret"u8, PathFlags.Follow);
        Assert.That(kernel.Files.Open(path, new OpenRequest(OpenFlags.None, AccessModes.Read), out _), Is.EqualTo(Errno.Perm));
        Assert.That(((PathDenied)told.Single()).Path, Is.EqualTo(new AuditedPath("/etc", "/./etc//secret")));
    }

    private static void Place(MountNamespace mounts, params PathRule[] rules)
    {
        foreach (PathGuard guard in new PathPolicy(rules).Guards)
        {
            mounts.Guard(guard.Path, guard);
        }
    }

    private void Place(PathRule rule) => Place(_box.Files.Mounts, rule);

    private void Guard(string path, PathVerbs denied) => Place(new PathRule(path, PathAction.Deny, denied));

    private sealed class Sink(List<AuditEvent> told) : AuditSink
    {
        public override void Write(AuditEvent audited) => told.Add(audited);
    }
}
