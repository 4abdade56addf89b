namespace Marcotte.Guests.Tests;

/// <summary>That nothing in tests/guests goes untested.</summary>
internal sealed class CoverageTests
{
    public static IEnumerable<string> Sources() => GuestCases.Sources().Select(source => Path.GetFileName(source)!);

    [TestCaseSource(nameof(Sources))]
    public void A_guest_has_a_test(string source) =>
        Assert.That(GuestTests.All(), Has.Exactly(1).EqualTo(Path.GetFileNameWithoutExtension(source)));

    [Test]
    public void A_guest_that_says_so_is_run_by_its_companions()
    {
        string[] compared = [.. GuestTests.ComparedWithNative()];

        Assert.That(GuestTests.ComparedWithBuiltin(), Is.Not.Empty);
        Assert.That(compared, Is.Not.Empty);
        Assert.That(compared.Where(name => GuestCases.Named(name).Native is null), Is.Empty, "They are for WebAssembly alone.");
    }

    [Test]
    public void A_scenario_has_steps()
    {
        foreach (string folder in ScenarioTests.Folders())
        {
            IReadOnlyList<GuestCase> steps = HeaderParser.Scenario(Path.Combine(Repository.Sources, "scenarios", folder), ScenarioRunner.ProgramPath);
            Assert.That(steps, Is.Not.Empty, folder);
            Assert.That(steps.Where(step => step.Expectations.Count == 0), Is.Empty, folder);
        }
    }
}
