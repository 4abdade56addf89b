namespace Packages.Tests;

/// <summary>Packs everything once, for all fixtures.</summary>
[SetUpFixture]
internal sealed class Packed
{
    internal const string Remote = "https://github.com/example/marcotte.git";

    internal static SourceTree Tree { get; private set; } = null!;

    internal static string PathOf(string package, string extension = "nupkg", string version = "0.1.0") =>
        Path.Combine(Workspace.Feed, $"{package}.{Workspace.Version(version)}.{extension}");

    [OneTimeSetUp]
    public void Pack()
    {
        Workspace.Create();
        Tree = new SourceTree("tree");
        Tree.Commit(Remote);
        Tree.Pack(Workspace.Feed, Tree.Packages);
    }

    [OneTimeTearDown]
    public void Delete() => Workspace.Delete();
}
