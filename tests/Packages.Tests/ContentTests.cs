using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>What is in each package.</summary>
internal sealed class ContentTests
{
    /// <summary>Portable PDBs keep Source Link's map under this kind.</summary>
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static IEnumerable<string> Packages() => Directory.GetDirectories(Path.Combine(Workspace.Repository, "src"))
        .Select(directory => Path.GetFileName(directory)!)
        .Where(name => File.Exists(Path.Combine(Workspace.Repository, "src", name, name + ".csproj")) && !name.EndsWith(".Generator", StringComparison.Ordinal));

    public static IEnumerable<string> Libraries() => Packages().Where(name => name is not ("Marcotte.Cli" or "Marcotte.GuestSdk" or "Marcotte.Templates"));

    [TestCaseSource(nameof(Packages))]
    public void A_package_introduces_itself(string package)
    {
        using ZipArchive archive = Open(package);
        XElement metadata = Metadata(archive);

        Assert.That(Value(metadata, "license"), Is.EqualTo("MIT"));
        Assert.That(Value(metadata, "description"), Is.Not.Empty.And.Not.EqualTo("Package Description"));
        Assert.That(Value(metadata, "tags"), Does.Contain("webassembly"));
        Assert.That(Value(metadata, "releaseNotes"), Does.Contain("CHANGELOG.md"));
        Assert.That(Text(archive, Value(metadata, "readme")), Does.StartWith($"# {package}\n"));
        Assert.That(Text(archive, "CHANGELOG.md"), Does.Contain("## 0.1.0"));
        Assert.That(archive.GetEntry(Value(metadata, "icon"))!.Length, Is.InRange(100, 100_000));
    }

    [TestCaseSource(nameof(Packages))]
    public void A_package_names_the_commit_it_was_made_of(string package)
    {
        using ZipArchive archive = Open(package);
        XElement metadata = Metadata(archive);
        XElement repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");

        Assert.That(repository.Attribute("commit")?.Value, Is.EqualTo(Packed.Tree.Head));
        Assert.That(repository.Attribute("url")?.Value, Is.EqualTo(Packed.Remote));
        Assert.That(Value(metadata, "projectUrl"), Is.EqualTo(Packed.Remote));
    }

    [TestCaseSource(nameof(Libraries))]
    public void A_library_has_its_documentation_and_symbols_that_lead_to_the_sources(string package)
    {
        using ZipArchive archive = Open(package);
        Assert.That(Text(archive, $"lib/net10.0/{package}.xml"), Does.Contain("<member name=\"T:Marcotte"));

        using ZipArchive symbols = ZipFile.OpenRead(Packed.PathOf(package, "snupkg"));
        using MemoryStream pdb = new();
        using (Stream stream = symbols.GetEntry($"lib/net10.0/{package}.pdb")!.Open())
        {
            stream.CopyTo(pdb);
        }

        pdb.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(pdb);
        MetadataReader reader = provider.GetMetadataReader();
        byte[] map = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == SourceLink)
            .Select(information => reader.GetBlobBytes(information.Value)).Single();
        Assert.That(Encoding.UTF8.GetString(map), Does.Contain("\"/_/*\"").And.Contain($"example/marcotte/{Packed.Tree.Head}/*"));
        Assert.That(reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)), Has.All.StartsWith("/_"));
    }

    [TestCaseSource(nameof(Libraries))]
    public void A_package_takes_compatible_versions_of_ours_and_releases_of_others(string package)
    {
        using ZipArchive archive = Open(package);
        ILookup<bool, (string Id, string Version)> dependencies = Metadata(archive).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => (Id: element.Attribute("id")!.Value, Version: element.Attribute("version")!.Value))
            .ToLookup(dependency => dependency.Id.StartsWith("Marcotte", StringComparison.Ordinal));

        Assert.That(dependencies[true].Select(dependency => dependency.Version), Has.All.EqualTo($"[{Workspace.Version()}, 0.2.0-0)"));
        Assert.That(dependencies[true].Select(dependency => dependency.Id), Has.None.Contains("Generator"));
        Assert.That(dependencies[false].Select(dependency => dependency.Version), Has.None.Contains("-"), "No prerelease of somebody else's.");
    }

    [Test]
    public void The_generator_comes_with_the_ABI()
    {
        using ZipArchive archive = Open("Marcotte.Abi");
        Assert.That(archive.GetEntry("analyzers/dotnet/cs/Marcotte.Abi.Generator.dll"), Is.Not.Null);
    }

    [Test]
    public void Each_package_states_its_own_version() =>
        Assert.That(Packages().Where(package => !File.ReadAllText(Path.Combine(Workspace.Repository, "src", package, package + ".csproj")).Contains("<VersionPrefix>", StringComparison.Ordinal)), Is.Empty);

    private static ZipArchive Open(string package) => ZipFile.OpenRead(Packed.PathOf(package));

    private static XElement Metadata(ZipArchive archive)
    {
        using Stream stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    private static string Value(XElement metadata, string name) =>
        metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static string Text(ZipArchive archive, string name)
    {
        using StreamReader reader = new(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
