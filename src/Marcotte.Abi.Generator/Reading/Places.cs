using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator;

/// <summary>Where things stand in source.</summary>
internal static class Places
{
    public static Location? Of(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference ? reference.SyntaxTree.GetLocation(reference.Span) : null;
}
