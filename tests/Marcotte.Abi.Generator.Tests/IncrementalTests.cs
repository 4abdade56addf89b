using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Marcotte.Abi.Generator.Tests;

/// <summary>An editor runs the generator at every keystroke: what did not change is not made again.</summary>
public sealed class IncrementalTests
{
    private static readonly string Source = Snippets.Class("""
        [HostImport("acme", "call", Needs = typeof(BoxClock), Note = "A note.")]
        static Errno Call(GuestThread thread, GuestText path, GuestOut<uint> result) => Errno.Success;
        """);

    private static readonly string Faulty = Snippets.Class("""[HostImport("acme", "call")] static bool Call(GuestThread thread) => true;""")
        + """ internal static class Stray { [HostImport("acme", "stray")] static void Call(GuestThread thread) { } }""";

    [Test]
    public void An_unrelated_edit_makes_nothing_again() => AssertNothingMadeAgain(
        Source,
        compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options)));

    [Test]
    public void An_unrelated_edit_says_nothing_again() => AssertNothingMadeAgain(
        Faulty,
        compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options)));

    [Test]
    public void An_edit_of_a_body_or_a_move_within_the_file_makes_nothing_again() => AssertNothingMadeAgain(
        Source,
        compilation => Replace(compilation, "// A comment.\n\n" + Source.Replace("=> Errno.Success", "=> Errno.BadF", StringComparison.Ordinal)));

    [TestCase("GuestText path", "GuestText name")]
    [TestCase("GuestText path", "uint path")]
    [TestCase("\"call\"", "\"other\"")]
    [TestCase("A note.", "Another note.")]
    [TestCase("typeof(BoxClock)", "typeof(EntropySource)")]
    [TestCase("GuestOut<uint>", "GuestPtr<uint>")]
    [TestCase("static Errno Call", "static Errno Called")]
    [TestCase("internal static partial", "public static partial")]
    public void A_related_edit_makes_the_file_again(string before, string after)
    {
        CSharpCompilation compilation = GeneratorRun.Compile(Source);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(compilation);
        string old = driver.GetRunResult().GeneratedTrees.Single().ToString();

        driver = driver.RunGenerators(Replace(compilation, Source.Replace(before, after, StringComparison.Ordinal)));

        Assert.That(driver.GetRunResult().GeneratedTrees.Single().ToString(), Is.Not.EqualTo(old));
    }

    [Test]
    public void The_same_source_gives_the_same_text_in_any_culture()
    {
        string text = GeneratorRun.Of(Source).Text;
        System.Globalization.CultureInfo culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("tr-TR") { NumberFormat = { NegativeSign = "minus" } };
            Assert.That(GeneratorRun.Of(Source).Text, Is.EqualTo(text));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string source)
    {
        SyntaxTree tree = compilation.SyntaxTrees[0];
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    private static void AssertNothingMadeAgain(string source, Func<CSharpCompilation, CSharpCompilation> edit)
    {
        CSharpCompilation compilation = GeneratorRun.Compile(source);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(compilation);
        driver = driver.RunGenerators(edit(compilation));

        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        IncrementalStepRunReason[] outputs = [.. result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];
        IncrementalStepRunReason[] steps =
        [
            .. new[] { HostImportsGenerator.ReadingsStep, HostImportsGenerator.ClassesStep, HostImportsGenerator.StraysStep }
                .Where(result.TrackedSteps.ContainsKey)
                .SelectMany(step => result.TrackedSteps[step])
                .SelectMany(step => step.Outputs)
                .Select(output => output.Reason),
        ];
        Assert.That(outputs, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(steps, Is.Not.Empty.And.All.AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged));
    }
}
