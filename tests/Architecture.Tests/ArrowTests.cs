using System.Reflection;
using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The arrows of the house: who may know whom. Written out, so that a new one is a decision.</summary>
internal sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Marcotte.Core"] = [],
        ["Marcotte.Vfs"] = ["Marcotte.Core"],
        ["Marcotte.Clock"] = ["Marcotte.Core"],
        ["Marcotte.Env"] = ["Marcotte.Core"],
        ["Marcotte.Processes"] = ["Marcotte.Core"],
        ["Marcotte.Abi"] = ["Marcotte.Core"],
        ["Marcotte.Wasi"] = ["Marcotte.Abi", "Marcotte.Core"],
        ["Marcotte.Wasix"] = ["Marcotte.Abi", "Marcotte.Core", "Marcotte.Wasi"],
        ["Marcotte"] = ["Marcotte.Abi", "Marcotte.Clock", "Marcotte.Core", "Marcotte.Env", "Marcotte.Processes", "Marcotte.Vfs", "Marcotte.Wasi", "Marcotte.Wasix"],
        ["Marcotte.Cli"] = ["Marcotte"],
    };

    private static readonly string[] KnowWasmtime = ["Marcotte.Abi", "Marcotte.Wasi", "Marcotte.Wasix", "Marcotte", "Marcotte.Cli"];

    private static string SourceRoot => typeof(ArrowTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "SourceRoot").Value!;

    public static IEnumerable<string> Packages() =>
        Directory.GetDirectories(SourceRoot)
            .Where(directory => Directory.GetFiles(directory, "*.csproj").Length > 0)
            .Select(directory => Path.GetFileName(directory)!)
            .Where(name => name is not ("Marcotte.Abi.Generator" or "Marcotte.GuestSdk" or "Marcotte.Templates"));

    public static IEnumerable<string> Libraries() => Packages().Where(name => name != "Marcotte.Cli");

    [TestCaseSource(nameof(Packages))]
    public void A_project_references_only_what_the_house_allows(string package)
    {
        Assert.That(Allowed, Does.ContainKey(package), "A new package needs its place in the house.");
        XDocument project = XDocument.Load(Path.Combine(SourceRoot, package, package + ".csproj"));
        IEnumerable<string> references = project.Descendants("ProjectReference")
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.That(references.Except(Allowed[package]), Is.Empty);
    }

    [TestCaseSource(nameof(Libraries))]
    public void An_assembly_references_only_what_the_house_allows(string package)
    {
        string[] references = [.. Assembly.Load(package).GetReferencedAssemblies().Select(name => name.Name!)];

        Assert.That(references.Where(name => name.StartsWith("Marcotte", StringComparison.Ordinal)).Except(Allowed[package]), Is.Empty);
        if (!KnowWasmtime.Contains(package))
        {
            Assert.That(references, Has.None.StartsWith("Wasmtime"));
        }
    }

    [Test]
    public void Every_project_is_in_the_solution()
    {
        string root = Path.GetFullPath(Path.Combine(SourceRoot, ".."));
        string solution = File.ReadAllText(Path.Combine(root, "Marcotte.sln"));
        IEnumerable<string> projects = new[] { "src", "tests", "samples", "benchmarks" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(project => !project.StartsWith(Path.Combine(root, "src", "Marcotte.Templates", "templates"), StringComparison.Ordinal))
            .Select(project => Path.GetFileName(project)!);

        Assert.That(projects.Where(project => !solution.Contains($"\\{project}\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void The_contracts_of_Core_can_be_implemented_by_strangers()
    {
        IEnumerable<Type> contracts = typeof(Marcotte.Core.Kernel).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<Marcotte.Core.LayerContractAttribute>() is not null);

        Assert.That(contracts.Select(type => type.Name), Is.Not.Empty);
        Assert.That(contracts.Where(type => !type.IsAbstract || !type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Any(constructor => constructor.IsFamily)), Is.Empty);
    }
}
