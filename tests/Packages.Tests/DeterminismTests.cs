using System.IO.Compression;

namespace Packages.Tests;

/// <summary>The same sources give the same bytes, wherever they lie.</summary>
internal sealed class DeterminismTests
{
    [Test]
    public void Packing_elsewhere_gives_the_same_files()
    {
        SourceTree elsewhere = new("a/directory/that/is/elsewhere");
        elsewhere.Commit(Packed.Remote);
        Assert.That(elsewhere.Head, Is.EqualTo(Packed.Tree.Head));
        string feed = Workspace.NewDirectory("again");
        elsewhere.Pack(feed, elsewhere.Packages.Where(package => package != "Marcotte.Cli"));

        string[] packages = Directory.GetFiles(feed);
        Assert.That(packages, Has.Length.GreaterThan(14));
        Assert.That(packages.SelectMany(package => Differences(package, Path.Combine(Workspace.Feed, Path.GetFileName(package)))), Is.Empty);
    }

    private static IEnumerable<string> Differences(string left, string right)
    {
        using ZipArchive one = ZipFile.OpenRead(left);
        using ZipArchive other = ZipFile.OpenRead(right);
        string[] names = [.. one.Entries.Select(entry => entry.FullName)];
        Assert.That(other.Entries.Select(entry => entry.FullName), Is.EquivalentTo(names));
        return [.. names.Where(name => !Read(one, name).AsSpan().SequenceEqual(Read(other, name))).Select(name => $"{Path.GetFileName(left)}: {name}")];
    }

    private static byte[] Read(ZipArchive archive, string name)
    {
        using Stream stream = archive.GetEntry(name)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
