using System.IO.Abstractions;

namespace Marcotte.Vfs.Tests.HostAccess;

internal sealed class InfoContractTests(Target target) : FileSystemContract(target)
{
    [Test]
    public void AnInfoKeepsWhatItSawUntilItIsRefreshed()
    {
        IFileInfo info = Files.FileInfo.New(At("f"));
        Assert.That(info.Exists, Is.False);
        Make("f");
        Assert.That(info.Exists, Is.False);
        info.Refresh();
        Assert.That((info.Exists, info.Length), Is.EqualTo((true, 7L)));
        File.AppendAllText(At("f"), "more");
        Assert.That(info.Length, Is.EqualTo(7));
        info.Refresh();
        Assert.That(info.Length, Is.EqualTo(11));
    }

    [Test]
    public void DeletingIsNoticed()
    {
        IFileInfo info = Files.FileInfo.New(Make("f"));
        Assert.That(info.Exists, Is.True);
        info.Delete();
        Assert.That(info.Exists, Is.False);
    }

    [Test]
    public void CreatingIsNoticed()
    {
        IDirectoryInfo info = Files.DirectoryInfo.New(At("d"));
        Assert.That(info.Exists, Is.False);
        info.Create();
        Assert.That(info.Exists, Is.True);
        info.Create();
        info.Delete();
        Assert.That(info.Exists, Is.False);
    }

    [Test]
    public void MovingAnInfoChangesItsPath()
    {
        Directory.CreateDirectory(At("d"));
        IFileInfo info = Files.FileInfo.New(Make("f"));
        info.MoveTo(At("d/g"));
        Assert.That((info.FullName, info.Name, info.Exists, info.DirectoryName), Is.EqualTo((At("d/g"), "g", true, At("d"))));
    }

    [Test]
    public void MovingADirectoryInfoChangesItsPath()
    {
        Make("d/f");
        IDirectoryInfo info = Files.DirectoryInfo.New(At("d"));
        info.MoveTo(At("e"));
        Assert.That((info.FullName, info.Name, info.Exists), Is.EqualTo((At("e/"), "e", true)));
        Assert.That(info.GetFiles().Single().FullName, Is.EqualTo(At("e/f")));
    }

    [Test]
    public void CopyToGivesTheCopy()
    {
        IFileInfo copy = Files.FileInfo.New(Make("f")).CopyTo(At("g"));
        Assert.That((copy.FullName, copy.Length), Is.EqualTo((At("g"), 7L)));
        Assert.That(() => copy.CopyTo(At("f")), Throws.TypeOf<IOException>().With.Message.EqualTo($"The file '{At("f")}' already exists."));
    }

    [Test]
    public void ALengthOfWhatIsNotThereNamesIt()
    {
        Assert.That(
            () => Files.FileInfo.New(At("f")).Length,
            Throws.TypeOf<FileNotFoundException>().With.Property("FileName").EqualTo(At("f")).And.Message.EqualTo($"Could not find file '{At("f")}'."));
        Directory.CreateDirectory(At("d"));
        Assert.That(() => Files.FileInfo.New(At("d")).Length, Throws.TypeOf<FileNotFoundException>());
    }

    [TestCase("f.tar.gz", ".gz", "f.tar.gz")]
    [TestCase("f", "", "f")]
    [TestCase(".hidden", ".hidden", ".hidden")]
    [TestCase("f.", ".", "f.")]
    public void NamesAndExtensions(string path, string extension, string name)
    {
        IFileInfo info = Files.FileInfo.New(At(path));
        Assert.That((info.Extension, info.Name), Is.EqualTo((extension, name)));
        Assert.That(info.Directory!.FullName, Is.EqualTo(Root));
    }

    [Test]
    public void TheTopHasNothingAbove()
    {
        IDirectoryInfo top = Files.DirectoryInfo.New("/");
        Assert.That((top.Name, top.FullName, top.Parent), Is.EqualTo(("/", "/", (IDirectoryInfo?)null)));
        Assert.That(top.Root.FullName, Is.EqualTo("/"));
        Assert.That(Directory.GetParent("/"), Is.Null);
        Assert.That(Directory.GetParent("/a/b/")!.FullName, Is.EqualTo("/a/b"));
    }

    [Test]
    public void HiddenIsWhatBeginsWithADot()
    {
        Assert.That(File.GetAttributes(Make(".f")), Is.EqualTo(FileAttributes.Hidden));
        Assert.That(Directory.CreateDirectory(At(".d")).Attributes, Is.EqualTo(FileAttributes.Directory | FileAttributes.Hidden));
    }

    [Test]
    public void SubdirectoriesStayBelow()
    {
        IDirectoryInfo info = Directory.CreateDirectory(At("d"));
        Assert.That(info.CreateSubdirectory("a/b").FullName, Is.EqualTo(At("d/a/b")));
        Assert.That(() => info.CreateSubdirectory("../x"), Throws.ArgumentException);
        Assert.That(() => info.CreateSubdirectory("/x"), Throws.ArgumentException);
        Assert.That(Directory.Exists(At("x")), Is.False);
    }

    [Test]
    public void EverythingKnowsItsFileSystem()
    {
        Assert.That(Files.File.FileSystem, Is.SameAs(Files));
        Assert.That(Files.Directory.FileSystem, Is.SameAs(Files));
        Assert.That(Files.Path.FileSystem, Is.SameAs(Files));
        Assert.That(Files.FileInfo.New("/x").FileSystem, Is.SameAs(Files));
        Assert.That(Files.DirectoryInfo.FileSystem, Is.SameAs(Files));
        Assert.That(Files.DriveInfo.FileSystem, Is.SameAs(Files));
        Assert.That(Files.FileStream.FileSystem, Is.SameAs(Files));
        Assert.That(Files.FileInfo.Wrap(null), Is.Null);
    }

    [Test]
    public void TheTopIsADrive()
    {
        IDriveInfo drive = Files.DriveInfo.New("/");
        Assert.That((drive.Name, drive.IsReady, drive.VolumeLabel, drive.RootDirectory.FullName), Is.EqualTo(("/", true, "/", "/")));
        Assert.That(drive.TotalSize, Is.GreaterThan(0));
        Assert.That(drive.AvailableFreeSpace, Is.InRange(0, drive.TotalSize));
        Assert.That(() => drive.VolumeLabel = "x", Throws.TypeOf<PlatformNotSupportedException>());
        Assert.That(Files.DriveInfo.New("/missing-mount").IsReady, Is.False);
        Assert.That(() => Files.DriveInfo.New(string.Empty), Throws.ArgumentException);
        Assert.That(Directory.GetLogicalDrives(), Does.Contain("/"));
    }
}
