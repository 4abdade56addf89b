namespace Marcotte.Vfs.Tests.HostAccess;

internal sealed class ListingContractTests(Target target) : FileSystemContract(target)
{
    [TestCase("*", "a.txt,b.TXT,c.log,noext,weird.t?t")]
    [TestCase("*.txt", "a.txt")]
    [TestCase("*.TXT", "b.TXT")]
    [TestCase("*.*", "a.txt,b.TXT,c.log,noext,weird.t?t")]
    [TestCase("?.txt", "a.txt")]
    [TestCase("*t", "a.txt,noext,weird.t?t")]
    [TestCase("no*", "noext")]
    [TestCase("*.t?t", "a.txt,weird.t?t")]
    [TestCase("", "a.txt,b.TXT,c.log,noext,weird.t?t")]
    [TestCase(".", "a.txt,b.TXT,c.log,noext,weird.t?t")]
    [TestCase("a.txt", "a.txt")]
    [TestCase("noext.", "")]
    [TestCase("*.", "noext")]
    [TestCase("sub/*", "sub/inner")]
    [TestCase("a\"txt", "")]
    [TestCase("<.txt", "")]
    public void PatternsMatchAsOnLinux(string pattern, string expected)
    {
        foreach (string name in new[] { "a.txt", "b.TXT", "c.log", "noext", "weird.t?t", "sub/inner" })
        {
            Make(name);
        }

        Assert.That(string.Join(',', Relative(Directory.GetFiles(Root, pattern))), Is.EqualTo(expected));
    }

    [TestCase(MatchType.Simple, MatchCasing.PlatformDefault, "*.txt", "a.txt")]
    [TestCase(MatchType.Simple, MatchCasing.CaseInsensitive, "*.txt", "a.txt,b.TXT")]
    [TestCase(MatchType.Simple, MatchCasing.CaseSensitive, "*.TXT", "b.TXT")]
    [TestCase(MatchType.Simple, MatchCasing.PlatformDefault, "*.*", "a.txt,b.TXT")]
    [TestCase(MatchType.Win32, MatchCasing.CaseInsensitive, "*.*", "a.txt,b.TXT,noext")]
    [TestCase(MatchType.Simple, MatchCasing.PlatformDefault, "", "")]
    public void OptionsSayHowToMatch(MatchType type, MatchCasing casing, string pattern, string expected)
    {
        foreach (string name in new[] { "a.txt", "b.TXT", "noext" })
        {
            Make(name);
        }

        EnumerationOptions options = new() { MatchType = type, MatchCasing = casing };
        Assert.That(string.Join(',', Relative(Directory.GetFiles(Root, pattern, options))), Is.EqualTo(expected));
    }

    [TestCase(0, "a")]
    [TestCase(1, "a,d/b")]
    [TestCase(2, "a,d/b,d/d/c")]
    public void OptionsSayHowDeepToGo(int depth, string expected)
    {
        Make("a");
        Make("d/b");
        Make("d/d/c");
        EnumerationOptions options = new() { RecurseSubdirectories = true, MaxRecursionDepth = depth };
        Assert.That(string.Join(',', Relative(Directory.GetFiles(Root, "*", options))), Is.EqualTo(expected));
    }

    [TestCase(FileAttributes.Hidden | FileAttributes.System, "d,d/in,f,ld,lf")]
    [TestCase((FileAttributes)0, ".h,.hd,.hd/x,d,d/in,f,ld,lf")]
    [TestCase(FileAttributes.Directory, ".h,f,ld,lf")]
    [TestCase(FileAttributes.ReparsePoint, ".h,.hd,.hd/x,d,d/in,f")]
    [TestCase(FileAttributes.Normal, ".h,.hd,.hd/x,d,d/in,f,ld,lf")]
    public void OptionsSayWhatToSkip(FileAttributes skipped, string expected)
    {
        Make("f");
        Make(".h");
        Make(".hd/x");
        Make("d/in");
        File.CreateSymbolicLink(At("lf"), "f");
        Directory.CreateSymbolicLink(At("ld"), "nowhere");
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = skipped };
        Assert.That(string.Join(',', Relative(Directory.GetFileSystemEntries(Root, "*", options))), Is.EqualTo(expected));
    }

    [Test]
    public void DotsAreThereForWhoAsks()
    {
        Make("f");
        EnumerationOptions options = new() { ReturnSpecialDirectories = true };
        Assert.That(Directory.GetFileSystemEntries(Root, "*", options), Is.EquivalentTo(new[] { At("."), At(".."), At("f") }));
    }

    [Test]
    public void FilesAndDirectoriesAreToldApartAtTheEndOfLinks()
    {
        Make("f");
        Directory.CreateDirectory(At("d"));
        File.CreateSymbolicLink(At("lf"), "f");
        File.CreateSymbolicLink(At("ld"), "d");
        File.CreateSymbolicLink(At("dangling"), "nowhere");
        Assert.That(Relative(Directory.GetFiles(Root)), Is.EqualTo(new[] { "dangling", "f", "lf" }));
        Assert.That(Relative(Directory.GetDirectories(Root)), Is.EqualTo(new[] { "d", "ld" }));
    }

    [Test]
    public void LinksToDirectoriesAreEntered()
    {
        Make("d/f");
        Directory.CreateDirectory(At("e"));
        Directory.CreateSymbolicLink(At("e/link"), At("d"));
        Assert.That(Relative(Directory.GetFiles(At("e"), "*", SearchOption.AllDirectories)), Is.EqualTo(new[] { "e/link/f" }));
    }

    [Test]
    public void PathsBeginAsTheDirectoryWasGiven()
    {
        Make("d/f");
        Assert.That(Directory.GetFiles(At("d/")), Is.EqualTo(new[] { At("d/f") }));
        Assert.That(Directory.GetFiles(At("d/../d")), Is.EqualTo(new[] { At("d/../d/f") }));
        Assert.That(Directory.GetFiles(At("d/."), "*", SearchOption.AllDirectories), Is.EqualTo(new[] { At("d/./f") }));
    }

    [Test]
    public void AMissingDirectoryIsToldBeforeTheFirstEntry()
    {
        Assert.That(
            () => Directory.EnumerateFiles(At("missing")),
            Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo($"Could not find a part of the path '{At("missing")}'."));
        Assert.That(() => Files.DirectoryInfo.New(At("missing")).EnumerateFiles(), Throws.TypeOf<DirectoryNotFoundException>());
    }

    [Test]
    public void ArgumentsAreChecked()
    {
        Assert.That(() => Directory.GetFiles(Root, null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("searchPattern"));
        Assert.That(() => Directory.GetFiles(Root, "*", (SearchOption)7), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("searchOption"));
        Assert.That(() => Directory.GetFiles(Root, "/x"), Throws.ArgumentException);
        Assert.That(() => Directory.GetFiles(Root, "a\0"), Throws.ArgumentException);
        Assert.That(() => Directory.GetFiles(Root, "*", (EnumerationOptions)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void EntriesMayGoWhileTheyAreListed()
    {
        for (int i = 0; i < 300; i++)
        {
            Make($"f{i}", string.Empty);
        }

        int removed = 0;
        foreach (string path in Directory.EnumerateFiles(Root))
        {
            File.Delete(path);
            removed++;
        }

        Assert.That(removed, Is.EqualTo(300));
        Assert.That(Directory.GetFileSystemEntries(Root), Is.Empty);
    }

    [Test]
    public void AListingCanBeGoneThroughAgain()
    {
        Make("a");
        IEnumerable<string> listing = Directory.EnumerateFiles(Root);
        Assert.That(listing.Count(), Is.EqualTo(1));
        Make("b");
        Assert.That(listing.Count(), Is.EqualTo(2));
    }

    [Test]
    public void InfosSayWhatTheyAre()
    {
        Make("d/f");
        Make("d/e/g");
        Assert.That(Files.DirectoryInfo.New(At("d")).GetFileSystemInfos().Select(info => (info.Name, info.GetType().Name.Contains("Directory", StringComparison.Ordinal))),
            Is.EquivalentTo(new[] { ("f", false), ("e", true) }));
        Assert.That(Files.DirectoryInfo.New(At("d")).GetFiles("*", SearchOption.AllDirectories).Select(info => info.Length), Is.EqualTo(new[] { 7, 7 }));
        Assert.That(Files.DirectoryInfo.New(At("d")).GetDirectories().Single().FullName, Is.EqualTo(At("d/e")));
    }
}
