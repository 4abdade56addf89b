using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Marcotte.Abi.Generator;

/// <summary>A diagnostic to report: equatable, and holding on to no syntax tree.</summary>
/// <param name="Descriptor">Which.</param>
/// <param name="Place">Where.</param>
/// <param name="Arguments">What its message speaks of.</param>
internal sealed record DiagnosticInfo(DiagnosticDescriptor Descriptor, SourcePlace? Place, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, Location? location, params string[] arguments) =>
        new(descriptor, SourcePlace.From(location), new EquatableArray<string>([.. arguments]));

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Place?.ToLocation() ?? Location.None, messageArgs: [.. Arguments]);
}

/// <summary>A place in a source file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">Where in its text.</param>
/// <param name="Lines">Where in its lines.</param>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace? From(Location? location) => location?.SourceTree is { } tree
        ? new SourcePlace(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
