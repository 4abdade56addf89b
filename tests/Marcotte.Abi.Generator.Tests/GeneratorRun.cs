using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Marcotte.Abi.Generator.Tests;

/// <summary>The generator, run over a source as a strict project would have it compiled.</summary>
internal sealed class GeneratorRun
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static int _count;

    private GeneratorRun(Compilation output, GeneratorRunResult result)
    {
        Output = output;
        Result = result;
    }

    public Compilation Output { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>What the generator said.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>The one file that it made.</summary>
    public string Text => Result.GeneratedSources.Single().SourceText.ToString();

    public static GeneratorRun Of(string source) => Of(Compile(source));

    public static GeneratorRun Of(string source, string other)
    {
        CSharpCompilation compilation = Compile(source);
        return Of(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(other, Parsing, "Other.cs")));
    }

    public static GeneratorRun Of(Compilation compilation)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return new GeneratorRun(output, driver.GetRunResult().Results.Single());
    }

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new HostImportsGenerator().AsSourceGenerator()],
        parseOptions: Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static CSharpCompilation Compile(string source, bool allowUnsafe = true) => CSharpCompilation.Create(
        string.Create(CultureInfo.InvariantCulture, $"Snippet{Interlocked.Increment(ref _count)}"),
        [CSharpSyntaxTree.ParseText(source, Parsing, "Snippet.cs")],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: allowUnsafe,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999));

    /// <summary>Compiles without a warning, and loads.</summary>
    /// <param name="expected">The ids of warnings that the test's own sources bring about.</param>
    public Assembly Load(params string[] expected)
    {
        using MemoryStream image = new();
        CompilationOptions options = Output.Options.WithSpecificDiagnosticOptions(expected.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn)));
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = Output.WithOptions(options).Emit(image);
        Assert.That(
            emitted.Diagnostics.Where(d => d.Severity != DiagnosticSeverity.Hidden && !expected.Contains(d.Id)).Select(d => d.ToString()),
            Is.Empty,
            () => string.Join("\n\n", Result.GeneratedSources.Select(file => file.SourceText.ToString())));
        return Assembly.Load(image.ToArray());
    }

    /// <summary>Compiles without a warning, loads, and takes the list of a class.</summary>
    public IReadOnlyList<HostImport> Imports(string type = "Snippet.Calls") => Imports(Load(), type);

    /// <summary>Takes the list of a class.</summary>
    public static IReadOnlyList<HostImport> Imports(Assembly assembly, string type = "Snippet.Calls")
    {
        PropertyInfo list = assembly.GetType(type, throwOnError: true)!
            .GetProperty("HostImports", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return (IReadOnlyList<HostImport>)list.GetValue(null)!;
    }

    private static CSharpParseOptions Parsing { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
}
