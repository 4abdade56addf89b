using System.IO.Abstractions.TestingHelpers;
using Marcotte.Core;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Abstractions;

/// <summary>Modes, owners and renames as far as System.IO has them.</summary>
internal sealed class MockAttributesTests
{
    [TestCaseSource(nameof(Drivers))]
    public void ModesAreTheFileSystemsAndOwnersStay(Driver driver)
    {
        using TestTree tree = new(driver);
        using MountedBox box = tree.Box();
        box.Write("/f", "x");
        box.MakeDirectory("/d");
        Errno expected = OperatingSystem.IsWindows() ? Errno.Perm : Errno.Success;
        Assert.That(box.Files.SetMode(box.Path("/f"), 0x9A0), Is.EqualTo(expected));
        Assert.That(box.Files.SetMode(box.Path("/d"), 0x1C0), Is.EqualTo(expected));
        if (expected == Errno.Success)
        {
            Assert.That((box.Stat("/f").Mode, box.Stat("/d").Mode), Is.EqualTo(((ushort)0x1A0, (ushort)0x1C0)), "without the set-id bit");
        }

        OpenFile file = box.Open("/f");
        Assert.That(box.Files.SetMode(box.Process, file, 0x180), Is.EqualTo(expected));
        Assert.That(box.Files.SetOwner(box.Process, file, new OwnerUpdate(0, 0)), Is.EqualTo(Errno.Success));
        Assert.That(box.Files.SetOwner(box.Process, file, new OwnerUpdate(1, 0)), Is.EqualTo(Errno.Perm));
        Assert.That(box.Files.SetOwner(box.Path("/d"), new OwnerUpdate(OwnerUpdate.Keep, 1)), Is.EqualTo(Errno.Perm));
        Assert.That(box.Files.StatFileSystem(box.Process, file, out _), Is.EqualTo(Errno.Success));
        file.Release();
        using MountedBox readOnly = tree.Box(readOnly: true);
        Assert.That(readOnly.Files.SetMode(readOnly.Path("/f"), 0x1FF), Is.EqualTo(Errno.RoFs));
    }

    [TestCaseSource(nameof(Drivers))]
    public void NoReplaceIsDoneAndExchangeIsNot(Driver driver)
    {
        using TestTree tree = new(driver);
        using MountedBox box = tree.Box();
        box.Write("/a", "a");
        box.Write("/b", "b");
        Assert.That(box.Files.Rename(box.Path("/a"), box.Path("/b"), RenameMode.NoReplace), Is.EqualTo(Errno.Exist));
        Assert.That(box.Files.Rename(box.Path("/a"), box.Path("/b"), RenameMode.Exchange), Is.EqualTo(Errno.Inval));
        Assert.That(box.Files.Rename(box.Path("/a"), box.Path("/c"), RenameMode.NoReplace), Is.EqualTo(Errno.Success));
        Assert.That(box.Read("/b") + box.Read("/c"), Is.EqualTo("ba"));
    }

    [Test]
    public void OneOwnerInside()
    {
        MockFileSystem mock = new(new Dictionary<string, MockFileData> { ["/f"] = new("x") });
        using TestBox box = new(vfs => vfs.MountFileSystem("/m", mock, "/", new MountOptions { Identities = IdentityMap.To(7, 8) }));
        Assert.That((box.Stat("/m/f").UserId, box.Stat("/m").GroupId), Is.EqualTo((7u, 8u)));
        Assert.That(box.Files.SetOwner(box.Path("/m/f"), new OwnerUpdate(7, 8)), Is.EqualTo(Errno.Success));
        Assert.That(box.Files.SetOwner(box.Path("/m/f"), new OwnerUpdate(0, 0)), Is.EqualTo(Errno.Perm));
    }

    private static IEnumerable<Driver> Drivers => [Driver.Portable, Driver.Mock];
}
