namespace Packages.Tests;

/// <summary>
/// One layer is packed at other versions than the rest, of a copy of the sources that has no repository, and meets the
/// packages that were there before. Each test changes the copy, and changes it back.
/// </summary>
internal sealed class LayerVersionTests
{
    private const string Contract = "src/Marcotte.Core/Layers/CoreContract.cs";
    private const string Core = "src/Marcotte.Core/Marcotte.Core.csproj";
    private const string Clock = "src/Marcotte.Clock/Marcotte.Clock.csproj";
    private const string Options = "src/Marcotte.Clock/ClockOptions.cs";
    private const string Prefix = "<VersionPrefix>0.1.0<";

    private readonly SourceTree _tree = new("layer");

    [TearDown]
    public void Reset() => _tree.Reset();

    [Test]
    public void A_newer_layer_whose_contract_fits_is_taken()
    {
        _tree.Edit(Clock, Prefix, "<VersionPrefix>0.1.1<");
        _tree.Pack(Workspace.Feed, "Marcotte.Clock");

        Consumer consumer = new Consumer("NewerClock", ("Marcotte", Workspace.Version()), ("Marcotte.Clock", Workspace.Version("0.1.1"))).WithQuickStart();
        consumer.Write("Which.cs", """
            internal static class Which
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Tell() => Console.WriteLine(typeof(Marcotte.Clock.ClockLayer).Assembly.GetName().Version);
            }
            """);
        consumer.Build();
        CommandResult run = consumer.Run();
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.StartWith("0.1.1.0\nHello from a file of the box, world!\n"));
    }

    [Test]
    public void An_addition_passes_package_validation_and_a_removal_is_refused()
    {
        string feed = Workspace.NewDirectory("validated");
        const string Member = "public ClockOptions Stepped(";
        const string End = "    /// <inheritdoc/>\n    public override Layer Build";
        _tree.Edit(Options, End, "    /// <summary>New.</summary>\n    public void Halt() => Fixed(DateTimeOffset.UnixEpoch);\n\n" + End);
        _tree.Edit(Clock, Prefix, "<VersionPrefix>0.1.2<");
        CommandResult addition = Validate(feed);
        Assert.That(addition.ExitCode, Is.Zero, addition.Output);

        _tree.Edit(Options, Member, "internal ClockOptions Stepped(");
        CommandResult removal = Validate(feed);
        Assert.That(removal.ExitCode, Is.Not.Zero, removal.Output);
        Assert.That(removal.Output, Does.Contain("CP0002").And.Contain("Marcotte.Clock.ClockOptions.Stepped("));
    }

    /// <summary>Somebody changed the contract and forgot Core's version, so that NuGet sees nothing wrong.</summary>
    [Test]
    public void A_layer_of_another_contract_is_refused_by_name()
    {
        _tree.Edit(Contract, "Version = 1;", "Version = 2;");
        _tree.Edit(Clock, Prefix, "<VersionPrefix>0.1.3<");
        _tree.Pack(Workspace.Feed, "Marcotte.Clock");

        Consumer consumer = new Consumer("OtherContract", ("Marcotte", Workspace.Version()), ("Marcotte.Clock", Workspace.Version("0.1.3"))).WithQuickStart();
        consumer.Build();
        CommandResult run = consumer.Run();
        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Output, Does.Contain("Layer 'clock' was made for contract version 2 of Marcotte.Core, but this is version 1; use a version of its package that fits."));
    }

    /// <summary>As it should be: a new contract is an incompatible version of Core, and NuGet refuses to mix the two.</summary>
    [Test]
    public void A_layer_of_an_incompatible_Core_does_not_restore()
    {
        _tree.Edit(Contract, "Version = 1;", "Version = 2;");
        _tree.Edit(Core, Prefix, "<VersionPrefix>0.2.0<");
        _tree.Edit(Clock, Prefix, "<VersionPrefix>0.2.0<");
        _tree.Pack(Workspace.Feed, "Marcotte.Core", "Marcotte.Clock");

        Consumer consumer = new("NextCore", ("Marcotte", Workspace.Version()), ("Marcotte.Clock", Workspace.Version("0.2.0")));
        CommandResult restore = consumer.TryRestore();
        Assert.That(restore.ExitCode, Is.Not.Zero, restore.Output);
        Assert.That(restore.Output, Does.Contain("NU1107").And.Contain("Marcotte.Core"));
    }

    private CommandResult Validate(string feed) => _tree.PackAgainst(Packed.PathOf("Marcotte.Clock"), feed, "Marcotte.Clock");
}
