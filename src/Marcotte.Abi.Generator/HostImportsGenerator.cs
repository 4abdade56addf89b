using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Marcotte.Abi.Generator;

/// <summary>
/// For each class marked [HostImports] emits a native thunk for each of its methods marked [HostImport], the WebAssembly
/// signature and the metadata of each, and the property that lists them.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class HostImportsGenerator : IIncrementalGenerator
{
    internal const string ReadingsStep = "Readings";
    internal const string ClassesStep = "Classes";
    internal const string StraysStep = "Strays";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ClassReading> readings = context.SyntaxProvider
            .ForAttributeWithMetadataName(KernelTypes.HostImports, static (node, _) => node is ClassDeclarationSyntax, ClassReader.Read)
            .Where(static reading => reading is not null)
            .Select(static (reading, _) => reading!)
            .WithTrackingName(ReadingsStep);

        // Apart from what is to be said, which has places in it: moving a class within its file emits nothing anew.
        IncrementalValuesProvider<ImportClass> classes = readings
            .Where(static reading => reading.Class is not null)
            .Select(static (reading, _) => reading.Class!)
            .WithTrackingName(ClassesStep);

        IncrementalValuesProvider<DiagnosticInfo> strays = context.SyntaxProvider
            .ForAttributeWithMetadataName(KernelTypes.HostImport, static (_, _) => true, StrayImports.Find)
            .Where(static diagnostic => diagnostic is not null)
            .Select(static (diagnostic, _) => diagnostic!)
            .WithTrackingName(StraysStep);

        context.RegisterSourceOutput(classes, static (output, model) =>
            output.AddSource(ClassWriter.FileName(model), SourceText.From(ClassWriter.Write(model), Encoding.UTF8)));
        context.RegisterSourceOutput(readings.SelectMany(static (reading, _) => reading.Diagnostics), static (output, diagnostic) =>
            output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(strays, static (output, diagnostic) =>
            output.ReportDiagnostic(diagnostic.ToDiagnostic()));
    }
}
