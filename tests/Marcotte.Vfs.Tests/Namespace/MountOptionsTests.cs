using System.IO.Abstractions.TestingHelpers;
using System.Reflection;
using Marcotte.Core;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Namespaces;

/// <summary>What a mount takes away, and what Build refuses.</summary>
internal sealed class MountOptionsTests
{
    [Test]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void NothingIsRunOnAMountThatForbidsIt([ValueSource(typeof(TestTree), nameof(TestTree.OfLinux))] Driver driver)
    {
        using TestTree tree = new(driver);
        tree.HostWrite(tree.Inside + "/plain", "x");
        tree.HostWrite(tree.Inside + "/program", "x");
        File.SetUnixFileMode(tree.Inside + "/program", (UnixFileMode)0x1ED);
        MountOptions none = new();
        using TestBox box = new(options => options
            .MountHostDirectory("/may", tree.Inside, none).MountHostDirectory("/not", tree.Inside, none with { NoExecute = true }));
        Assert.Multiple(() =>
        {
            Assert.That(box.TryOpen("/may/program", OpenFlags.Execute), Is.EqualTo(Errno.Success));
            Assert.That(box.TryOpen("/may/plain", OpenFlags.Execute), Is.EqualTo(Errno.Access), "user 0 runs only what somebody may");
            Assert.That(box.TryOpen("/may", OpenFlags.Execute), Is.EqualTo(Errno.Access), "a directory");
            Assert.That(box.TryOpen("/not/program", OpenFlags.Execute), Is.EqualTo(Errno.Access));
            Assert.That(box.TryOpen("/not/program"), Is.EqualTo(Errno.Success));
            Assert.That(box.Files.Access(box.Path("/may/program"), AccessCheck.Execute), Is.EqualTo(Errno.Success));
            Assert.That(box.Files.Access(box.Path("/not/program"), AccessCheck.Execute), Is.EqualTo(Errno.Access));
            Assert.That(box.Files.Access(box.Path("/not"), AccessCheck.Execute), Is.EqualTo(Errno.Success), "searching is not running");
        });
    }

    [Test]
    public void FlagsAreSeenByPathAndByDescriptor()
    {
        MountOptions options = new() { ReadOnly = true, NoExecute = true, NoSetId = true };
        using TestBox box = new(vfs => vfs.MountMemory("/m", options).WriteFile("/m/f", "x"));
        const MountFlags All = MountFlags.ReadOnly | MountFlags.NoExecute | MountFlags.NoSetId;
        Assert.That(box.Files.Mounts.Mounts.Single(mount => mount.Parent is not null).Flags, Is.EqualTo(All));
        Assert.That(box.Files.StatFileSystem(box.Path("/m/f"), out FileSystemStat stat), Is.EqualTo(Errno.Success));
        Assert.That((stat.Flags, stat.Device), Is.EqualTo((All, box.Stat("/m").Device)));
        foreach (OpenFile file in new[] { box.Open("/m/f"), box.OpenDirectory("/m") })
        {
            Assert.That(box.Files.StatFileSystem(box.Process, file, out FileSystemStat opened), Is.EqualTo(Errno.Success));
            Assert.That(opened, Is.EqualTo(stat));
            Assert.That(box.Files.SetMode(box.Process, file, 0x1FF), Is.EqualTo(Errno.RoFs));
            Assert.That(box.Files.SetOwner(box.Process, file, new OwnerUpdate(1, 1)), Is.EqualTo(Errno.RoFs));
            Assert.That(box.Files.SetTimes(box.Process, file, new TimeUpdate(1, 1)), Is.EqualTo(Errno.RoFs));
            file.Release();
        }

        Assert.That(box.Files.SetMode(box.Path("/m/f"), 0x1FF), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Files.SetOwner(box.Path("/m/f"), new OwnerUpdate(1, 1)), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Files.SetSize(box.Path("/m/f"), 0), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Files.Access(box.Path("/m/f"), AccessCheck.Write), Is.EqualTo(Errno.RoFs));
        Assert.That(box.Files.Access(box.Path("/m/f"), AccessCheck.Read), Is.EqualTo(Errno.Success));
        Assert.That(box.Files.Rename(box.Path("/m/f"), box.Path("/m/g"), RenameMode.Exchange), Is.EqualTo(Errno.RoFs));
    }

    [Test]
    public void WhatIsOnlyNamedIsNotChanged()
    {
        using TestBox box = new();
        box.Write("/f", "x");
        OpenFile file = box.Open("/f", access: AccessModes.None);
        Assert.That(box.Files.SetMode(box.Process, file, 0x1FF), Is.EqualTo(Errno.BadF));
        Assert.That(box.Files.SetOwner(box.Process, file, new OwnerUpdate(1, 1)), Is.EqualTo(Errno.BadF));
        OpenFile directory = box.Open("/", OpenFlags.Directory, AccessModes.None);
        Assert.That(directory.Operations.ReadEntry(directory, 0, out _), Is.EqualTo(Errno.BadF), "nor listed");
        file.Release();
        directory.Release();
    }

    [Test]
    public void BytesOfAMemoryMountAreBounded()
    {
        using TestBox box = new(vfs => vfs.MountMemory("/m", new MountOptions { MaxBytes = 64 * 1024 }));
        OpenFile file = box.Create("/m/f");
        byte[] most = new byte[1 << 20];
        Assert.That(file.Write(most, out int count), Is.EqualTo(Errno.Success).Or.EqualTo(Errno.NoSpc));
        Assert.That(count, Is.LessThanOrEqualTo(64 * 1024));
        Assert.That(file.Write(most, out _), Is.EqualTo(Errno.NoSpc));
        file.Release();
    }

    [Test]
    public void WhatCannotBeHadIsRefusedWithTheRemedy()
    {
        MountOptions bounded = new() { MaxBytes = 1000 };
        MountOptions mapped = new() { Identities = new IdentityMap([new IdentityRange(0, 0)], []) };
        Refused(vfs => vfs.MountHostDirectory("/h", Path.GetTempPath(), bounded), "MaxBytes", "quota");
        Refused(vfs => vfs.MountFileSystem("/h", new MockFileSystem(), "/", bounded), "MaxBytes", "leave it out");
        Refused(vfs => vfs.MountFileSystem("/h", new MockFileSystem(), "/", mapped), "Identities", "IdentityMap.To");
        Refused(vfs => vfs.MountMemory("/h", mapped), "Identities", "leave it out");
        Refused(vfs => vfs.MountMemory("/h", bounded with { MaxBytes = 0 }), "MaxBytes", "above zero");
        Assert.Throws<ArgumentException>(() => new IdentityMap([new IdentityRange(0, 0, 0)], []), "empty");
        Assert.Throws<ArgumentException>(() => new IdentityMap([new IdentityRange(0, 0, 10), new IdentityRange(9, 20)], []), "overlapping outside");
        Assert.Throws<ArgumentException>(() => new IdentityMap([], [new IdentityRange(0, 0, 10), new IdentityRange(20, 9)]), "overlapping inside");
        Assert.Throws<ArgumentException>(() => new IdentityMap([new IdentityRange(uint.MaxValue, 0)], []), "no number");

        static void Refused(Action<VfsOptions> configure, string option, string remedy)
        {
            VfsOptions options = new();
            ArgumentException thrown = Assert.Catch<ArgumentException>(() =>
            {
                configure(options);
                options.Build(Limits.Default);
            })!;
            Assert.That(thrown.Message, Does.Contain(option).And.Contain(remedy));
        }
    }

    [Test]
    public void ABuildThatFailsKeepsNothing()
    {
        Source first = new();
        VfsOptions options = new VfsOptions().Mount("/a", first).Mount("/b", new Source { Fails = true });
        Assert.Throws<DirectoryNotFoundException>(() => options.Build(Limits.Default));
        Assert.That((first.Validated, first.Disposed), Is.EqualTo((1, 1)));
    }

    /// <summary>A verb that is added to files and not thought of here would pass a read-only mount by, or be lost on one.</summary>
    [Test]
    public void AReadOnlyFileHasAnAnswerToEveryVerb()
    {
        // Of these the base class's own answer is right: directories', terminals', and what the open file sees to itself.
        string[] fine = ["get_IsTerminal", nameof(FileOperations.Write), nameof(FileOperations.ReadEntry), nameof(FileOperations.SetStatus)];
        Type type = typeof(FileSystemSource).Assembly.GetType("Marcotte.Vfs.ReadOnlyFile", throwOnError: true)!;
        IEnumerable<string> missing = type.GetMethods(BindingFlags.Instance | BindingFlags.Public)
            .Where(method => method.IsVirtual && method.DeclaringType == typeof(FileOperations))
            .Select(method => method.Name);
        Assert.That(missing.Except(fine), Is.Empty);
    }

    private sealed class Source : FileSystemSource
    {
        public bool Fails { get; init; }

        public int Validated { get; private set; }

        public int Disposed { get; private set; }

        public override void Validate()
        {
            Validated++;
            if (Fails)
            {
                throw new DirectoryNotFoundException("no");
            }
        }

        public override FileSystem Open(Kernel kernel) => throw new InvalidOperationException();

        protected override void Dispose(bool disposing)
        {
            Disposed++;
            base.Dispose(disposing);
        }
    }
}
