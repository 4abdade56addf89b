namespace Packages.Tests;

/// <summary>The templates, from the packed package, in a hive of their own.</summary>
internal sealed class TemplateTests
{
    private string _directory = string.Empty;

    private string Hive => Path.Combine(_directory, "hive");

    [OneTimeSetUp]
    public void Install()
    {
        _directory = Workspace.NewDirectory("templates");
        Dotnet.Run(_directory, "new", "install", Packed.PathOf("Marcotte.Templates"), "--debug:custom-hive", Hive);
    }

    [Test]
    public void A_host_from_the_template_runs_its_guest()
    {
        New("marcotte-host", "-n", "Runner");

        Dotnet.Run(Path.Combine(_directory, "Runner"), "build", "--nologo", "-v", "q", "-warnaserror");
        Assert.That(Dotnet.Run(Path.Combine(_directory, "Runner"), "bin/Debug/net10.0/Runner.dll", "good", "day"), Is.EqualTo("good day\n"));
    }

    [Test]
    public void A_layer_from_the_template_passes_its_tests_and_packs()
    {
        New("marcotte-layer", "-n", "Acme.Boxes.Dice", "--layer", "Dice");
        string layer = Path.Combine(_directory, "Acme.Boxes.Dice");

        Assert.That(Directory.GetFiles(layer, "*", SearchOption.AllDirectories).Select(File.ReadAllText),
            Has.None.Contains("Tally").IgnoreCase.And.None.Contains("MarcotteLayer1"));
        string tested = Dotnet.Run(Path.Combine(layer, "tests", "Acme.Boxes.Dice.Tests"), "test", "--nologo", "-warnaserror");
        Assert.That(tested, Does.Match(@"Passed:\s+3\b"));
        Dotnet.Run(Path.Combine(layer, "src", "Acme.Boxes.Dice"), "pack", "--nologo", "-v", "q", "-o", layer);
        Assert.That(Path.Combine(layer, "Acme.Boxes.Dice.0.1.0.nupkg"), Does.Exist);
    }

    private void New(string template, params IEnumerable<string> arguments) =>
        Dotnet.Run(_directory, ["new", template, "--debug:custom-hive", Hive, "--skipRestore", .. arguments]);
}
